"""A worker's day, the two lists, and the page of one referral that both sides open."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clienten.models import Item
from core.moments import spoken_date
from doorverwijzing import actions, packet, receiving, thread, today, watchers
from doorverwijzing.client import talk
from doorverwijzing.client.forms import TalkForm
from doorverwijzing.client.reaching import phone_of
from doorverwijzing.consent import renewing, taking_back
from doorverwijzing.deadlines import due
from doorverwijzing.forms import CloseForm, ContactForm, RefuseForm
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.permissions import may, may_settle
from doorverwijzing.views import record
from doorverwijzing.views.known import READ, UserRequest, of_referral
from doorverwijzing.views.thread_part import messages_of
from doorverwijzing.words import badge
from doorverwijzing.workflow import AT_HOME, BACK_AT_SENDER, Side, Status
from organisaties.models import Organization
from sociale_kaart.models import Service

PAGE = 25
ON_TODAY = 4


def known(request: UserRequest, pk: object) -> Referral:
    """Fetch a referral that this person may know of, or answer 404."""
    return get_object_or_404(Referral.objects.visible_to(request.user).for_list(), pk=pk)


@require_safe
def my_day(request: UserRequest) -> HttpResponse:
    """Show what waits for me, then what came in and what went out."""
    user = request.user
    incoming = Referral.objects.received_by(user)
    outgoing = Referral.objects.sent_by(user).exclude(status__in=AT_HOME)
    waits = sorted([*today.waiting(user), *watchers.waiting(user)], key=lambda wait: wait.due)
    context = {
        "today": spoken_date(timezone.localdate()),
        "waits": waits,
        "people": sum(wait.of_a_person for wait in waits),
        "talks": today.paused_talks(user),
        "incoming": today.rows(list(incoming.newest(ON_TODAY)), Side.RECEIVER),
        "incoming_total": incoming.count(),
        "outgoing": today.rows(list(outgoing.newest(ON_TODAY)), Side.SENDER),
        "outgoing_total": outgoing.count(),
        "cares": Organization.objects.cared_for_by(user).exists(),
        "ending": renewing.ending_soon(user, timezone.localdate()),
        "unopened": renewing.unopened(user, timezone.now()),
    }
    return render(request, "doorverwijzing/today.html", context)


@require_safe
def inbox(request: UserRequest) -> HttpResponse:
    """List what came in, newest first."""
    return _flow(request, Referral.objects.received_by(request.user), Side.RECEIVER)


@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    """List what went out, newest first."""
    return _flow(request, Referral.objects.sent_by(request.user), Side.SENDER)


def _flow(request: UserRequest, referrals: ReferralQuerySet, side: Side) -> HttpResponse:
    page = Paginator(referrals, PAGE).get_page(request.GET.get("page"))
    shown = referrals.newest(PAGE, after=PAGE * (page.number - 1))
    context = {"page": page, "rows": today.rows(list(shown), side), "side": side.value}
    return render(request, "doorverwijzing/flow.html", context)


@of_referral(known, *READ)
def referral(request: UserRequest, found: Referral) -> HttpResponse:
    """Show one referral; each side sees its own page."""
    if found.side_of(request.user) is Side.SENDER:
        if found.state in AT_HOME:
            return redirect("doorverwijzing:share", pk=found.pk)
        return render(request, "doorverwijzing/sent.html", sent_context(request, found))
    return render(request, "doorverwijzing/received.html", received_context(request, found))


def sent_context(request: UserRequest, found: Referral) -> dict[str, object]:
    """Give what the sending side sees: everything is its own."""
    name = found.client.first_name
    shared = actions.shared_items(found)
    return {
        "referral": found,
        "side": Side.SENDER.value,
        "name": name,
        "title": found.question.title(name),
        "badge": badge(found.state, Side.SENDER, settled=bool(found.settled_at)),
        "thread": thread.for_workers(found, Side.SENDER, name),
        "packet_open": packet.is_open(found),
        "shared": [Item(item).label for item in shared],
        "receiver_phone": phone_of(found.receiver, found.service_id) if found.state is Status.EXPIRED else "",
        "came_back": found.state in BACK_AT_SENDER and not found.settled_at,
        "may_settle": may_settle(request.user, found),
        "may_withdraw": may(request.user, "withdraw", found) or packet.is_open(found),
        "decline": getattr(found, "decline", None),
        "contact": next((attempt for attempt in found.attempts.all() if attempt.reached), None),
        "answer": found.answers.last(),
        "alarm": (alarm := talk.alarm(found)),
        "alarm_phone": phone_of(found.receiver, found.service_id) if alarm else "",
        "client_messages": talk.open_for_worker(found, by=request.user),
        "client_form": TalkForm(auto_id="client_%s"),
        **record.context(found, request.user),
        **messages_of(request, found),
        "clock_start": found.sent_at,
    }


def received_context(request: UserRequest, found: Referral, *, refuse: RefuseForm | None = None) -> dict[str, object]:
    """Give what the receiving side sees: the frozen packet, and nothing beside it."""
    reading = receiving.read(found, by=request.user)
    name = reading.name if reading else ""
    return {
        "referral": found,
        "side": Side.RECEIVER.value,
        "reading": reading,
        "name": name,
        "title": packet.subject_for_receiver(found),
        "taken": ", ".join(str(Item(item).label) for item in taking_back.taken_since(found)),
        "badge": badge(found.state, Side.RECEIVER),
        "thread": thread.for_workers(found, Side.RECEIVER, name),
        "may_accept": may(request.user, "accept", found),
        **record.context(found, request.user),
        "speak_by": due(Status.ACCEPTED, found.urgency, timezone.now()),
        "may_refuse": may(request.user, "refuse", found),
        "may_confirm": may(request.user, "confirm_contact", found),
        "may_start": may(request.user, "start", found),
        "may_close": may(request.user, "close", found),
        "refuse_form": refuse or RefuseForm(alternatives=alternatives(found)),
        "contact_form": ContactForm(),
        "close_form": CloseForm(),
        **messages_of(request, found),
        "waiting": found.state in (Status.SENT, Status.RECEIVED, Status.ACCEPTED),
        "clock_start": found.sent_at,
    }


def alternatives(found: Referral) -> list[Service]:
    """Propose up to three other services that answer the same needs, those that take people first."""
    needs = [attribute.taxonomy_term_id for attribute in found.service.attributes.all()]
    same = Service.objects.taking_referrals().filter(attributes__taxonomy_term__in=needs)
    others = same.exclude(organization__in=[found.receiver_id, found.sender_id]).select_related("organization")
    ranked = others.annotate(alike=Count("attributes__taxonomy_term", distinct=True))
    return list(ranked.order_by("-takes_new_people", "-alike", "name")[:3])

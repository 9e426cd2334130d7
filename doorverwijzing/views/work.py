"""A worker's day, the two lists, and the page of one referral that both sides open."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clienten.models import FEEDBACK, Item
from core.moments import spoken_date
from doorverwijzing import actions, feedback, packet, thread, today, waits
from doorverwijzing.client import talk
from doorverwijzing.client.forms import TalkForm
from doorverwijzing.client.reaching import phone_of
from doorverwijzing.consent import renewing, taking_back
from doorverwijzing.forms import RefuseForm
from doorverwijzing.guest import diary
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.permissions import may, may_settle
from doorverwijzing.views import received, record
from doorverwijzing.views.known import READ, UserRequest, known, of_referral, side_shown
from doorverwijzing.views.thread_part import messages_of
from doorverwijzing.words import badge_for_sender
from doorverwijzing.workflow import AT_HOME, BACK_AT_SENDER, Side, Status
from organisaties.models import Organization
from sociale_kaart import corrections, keeping

PAGE = 25
ON_TODAY = 4


@require_safe
def my_day(request: UserRequest) -> HttpResponse:
    """Show what waits for me, then what came in and what went out."""
    user = request.user
    incoming = Referral.objects.received_by(user)
    sent = Referral.objects.sent_by(user).not_dropped()
    outgoing = sent.away()
    waiting = waits.waiting(user)
    first, folded = waits.split(waiting)
    people, others = waits.people_and_others(waiting)
    cares = Organization.objects.cared_for_by(user).exists()
    context = {
        "today": spoken_date(timezone.localdate()),
        "waits": waiting,
        "first": first,
        "folded": folded,
        "people": people,
        "others": others,
        "talks": today.paused_talks(user),
        "incoming": today.rows(list(incoming.newest(ON_TODAY)), Side.RECEIVER),
        "incoming_total": incoming.count(),
        "outgoing": today.rows(list(outgoing.newest(ON_TODAY)), Side.SENDER),
        "outgoing_total": sent.count(),
        "cares": cares,
        "listings": None if cares else keeping.of_the_day(user, timezone.localdate()),
        "corrections": corrections.waiting_for(user) if cares else 0,
        "ending": renewing.ending_soon(user, timezone.localdate()),
        "unopened": renewing.unopened(user, timezone.now()),
    }
    return render(request, "doorverwijzing/today.html", context)


@require_safe
def inbox(request: UserRequest) -> HttpResponse:
    """List what came in: what waits for this person on top, then the newest."""
    return _flow(request, Referral.objects.received_by(request.user), Side.RECEIVER)


@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    """List what went out: what waits for this person on top, then the newest."""
    return _flow(request, Referral.objects.sent_by(request.user).not_dropped(), Side.SENDER)


def _flow(request: UserRequest, referrals: ReferralQuerySet, side: Side) -> HttpResponse:
    page = Paginator(referrals, PAGE).get_page(request.GET.get("page"))
    on_top = waits.first_in_list(request.user, side, PAGE)
    start = PAGE * (page.number - 1)
    keys = on_top[start : start + PAGE]
    keys += referrals.newest_keys(PAGE - len(keys), after=max(0, start - len(on_top)), but=on_top)
    rows = today.rows(referrals.in_this_order(keys), side)
    context = {"page": page, "rows": rows, "side": side.value}
    return render(request, "doorverwijzing/flow.html", context)


@of_referral(known, *READ)
def referral(request: UserRequest, found: Referral) -> HttpResponse:
    """Show one referral; each side sees its own page, and who works on both that of the sender unless asked."""
    if side_shown(request, found) is Side.SENDER:
        if found.state in AT_HOME:
            return redirect("doorverwijzing:share", pk=found.pk)
        if found.sent_at is None:
            return redirect("doorverwijzing:search", question=found.question_id)
        return render(request, "doorverwijzing/sent.html", sent_context(request, found))
    return render(request, "doorverwijzing/received.html", received_context(request, found))


def sent_context(request: UserRequest, found: Referral) -> dict[str, object]:
    """Give what the sending side sees: everything is its own."""
    name = found.client.first_name
    shared, spoken = actions.shared_items(found), messages_of(request, found, Side.SENDER)
    return {
        "referral": found,
        "side": Side.SENDER.value,
        "name": name,
        "title": found.question.title(name),
        "badge": badge_for_sender(found, told=spoken["result_told"]),
        "thread": thread.for_workers(found, Side.SENDER, name),
        "packet_open": packet.is_open(found),
        "shared": [Item(item).label for item in shared if item not in FEEDBACK],
        "told": [Item(item).label for item in shared if item in FEEDBACK],
        "receiver_phone": phone_of(found.receiver, found.service_id) if _must_be_called(found) else "",
        "withdrawn": found.state is Status.WITHDRAWN,
        "came_back": found.state in BACK_AT_SENDER and not found.settled_at,
        "may_settle": may_settle(request.user, found),
        "may_withdraw": may(request.user, "withdraw", found) or packet.is_open(found),
        "decline": getattr(found, "decline", None),
        "contact": found.contact,
        "appointment": feedback.appointment_for_sender(found),
        "answer": found.answers.last(),
        "diary": diary.of(found),
        "alarm": (alarm := talk.alarm(found)),
        "alarm_phone": phone_of(found.receiver, found.service_id) if alarm else "",
        "client_messages": talk.open_for_worker(found, by=request.user),
        "client_form": TalkForm(auto_id="client_%s"),
        **record.context(found, request.user, Side.SENDER),
        **spoken,
    }


def _must_be_called(found: Referral) -> bool:
    """Tell whether only the receiver can say more: nobody answered, or a no came without a way on that we know."""
    decline = getattr(found, "decline", None)
    known = decline is not None and not decline.elsewhere
    return found.state is Status.EXPIRED or (found.state in (Status.REFUSED, Status.PASSED_ON) and not known)


def received_context(request: UserRequest, found: Referral, *, refuse: RefuseForm | None = None) -> dict[str, object]:
    """Give what the receiving side sees; `refuse` is a refusal that was not right, with what was typed."""
    shown = received.page(found, by=request.user, others=received.alternatives(found))
    return {
        **shown,
        "side": Side.RECEIVER.value,
        "taken": ", ".join(str(Item(item).label) for item in taking_back.taken_since(found)),
        **record.context(found, request.user, Side.RECEIVER),
        "refuse_form": refuse or shown["refuse_form"],
        **messages_of(request, found, Side.RECEIVER),
    }

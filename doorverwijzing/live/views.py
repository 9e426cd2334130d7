"""The screens of a live handover: propose, choose, call off, take into a calendar, tell how it went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import AtForm
from doorverwijzing import packet
from doorverwijzing.actors import Actor, user_of
from doorverwijzing.live import appointments, outcome, pressing, working_hours
from doorverwijzing.live.appointments import may, side_in
from doorverwijzing.live.asks import standing_of
from doorverwijzing.live.forms import HoursForm, OutcomeForm, ProposeForm
from doorverwijzing.live.hours import diary_of, proposals
from doorverwijzing.live.invitations import REQUEST, calendar
from doorverwijzing.live.rules import USUAL_MINUTES, Stage
from doorverwijzing.models import Handover, NextStep, Referral
from doorverwijzing.notifications import link_for
from doorverwijzing.overview import colleagues_of
from doorverwijzing.views.known import READ, WRITE, UserRequest, known, of_referral
from doorverwijzing.workflow import AT_HOME, Side
from organisaties.models import Organization


@of_referral(known, *WRITE)
def propose(request: UserRequest, referral: Referral) -> HttpResponse:
    """Propose moments, or other moments than before; they all lie inside the hours of both sides."""
    before = standing_of(referral)
    verdict = appointments.may_propose(request.user, referral)
    if not verdict:
        messages.warning(request, str(verdict.reason))
        return redirect(referral)
    side = side_in(request.user, before, referral)
    form = propose_form(request.POST or None, referral, before, side, request.user)
    if form.is_bound and form.is_valid():
        with AtForm(form):
            appointments.propose(referral, form.wish, by=request.user)
            return _proposed(request, referral)
    ours = side is Side.SENDER
    context = {
        "referral": referral,
        "form": form,
        "before": before,
        "title": referral.question.title(referral.client.first_name) if ours else packet.subject_for_receiver(referral),
        "other": referral.receiver if ours else referral.sender,
        "ours": ours,
        "at_home": referral.state in AT_HOME,
        "own": _managed(request, referral.sender if ours else referral.receiver),
    }
    return render(request, "doorverwijzing/live/propose.html", context)


def _managed(request: UserRequest, organization: Organization) -> Organization | None:
    """Give the own organization to who may change its hours."""
    return organization if working_hours.may_change(request.user, organization) else None


def propose_form(
    data: QueryDict | None, referral: Referral, before: Handover | None, side: Side | None, by: Actor
) -> ProposeForm:
    """Make the form with the moments that suit both sides; the sender also says who takes part."""
    ours = side is Side.SENDER
    account = user_of(by)
    mine = before.sender_worker_id if before and ours else (account.pk if account else None)
    seats = (mine, None) if ours or not before else (mine, before.sender_worker_id)
    offered = proposals(diary_of(referral, *seats, but=before), timezone.now(), USUAL_MINUTES)
    filled = {"kind": before.kind, "place": before.place, "minutes": before.minutes} if before else {}
    companion = before.sender_worker_id if before and ours else ""
    people = colleagues_of(referral.sender) if ours else []
    return ProposeForm(data, offered=offered, companions=people, initial={**filled, "companion": companion})


def _proposed(request: UserRequest, referral: Referral) -> HttpResponse:
    if referral.state in AT_HOME:
        messages.success(request, _("Kept. The moments go along when you send."))
        return redirect("doorverwijzing:share", pk=referral.pk)
    messages.success(request, _("Proposed. You get a mail when they choose."))
    return redirect(referral)


@of_referral(known, "POST")
def choose(request: UserRequest, referral: Referral) -> HttpResponse:
    """Agree on one of the moments."""
    pressing.choose(request, referral, by=request.user)
    return redirect(referral)


@of_referral(known, "POST")
def decline(request: UserRequest, referral: Referral) -> HttpResponse:
    """Say no to speaking together."""
    pressing.decline(request, referral, by=request.user)
    return redirect(referral)


@of_referral(known, "POST")
def cancel(request: UserRequest, referral: Referral) -> HttpResponse:
    """Call it off."""
    pressing.cancel(request, referral, by=request.user)
    return redirect(referral)


@of_referral(known, *READ)
def invitation(request: UserRequest, referral: Referral) -> HttpResponse:
    """Give the agreed moment for a calendar; nothing of the person is in it."""
    handover = standing_of(referral)
    if handover is None or handover.state is not Stage.AGREED:
        raise Http404
    handover.referral = referral
    return as_calendar(handover, email=request.user.email, link=link_for(request.user.email, referral))


def as_calendar(handover: Handover, *, email: str, link: str) -> HttpResponse:
    """Answer with a file that a calendar opens."""
    content_type = f"text/calendar; method={REQUEST}; charset=utf-8"
    response = HttpResponse(calendar(handover, REQUEST, email=email, link=link), content_type=content_type)
    response["Content-Disposition"] = 'attachment; filename="overdracht.ics"'
    response["Cache-Control"] = "no-store"
    return response


@of_referral(known, *WRITE)
def tell(request: UserRequest, referral: Referral) -> HttpResponse:
    """Tell how it went: spoken is contact made, not there has a next step."""
    handover = standing_of(referral)
    if handover is None:
        late = told_already(request, referral)
        return render(request, "doorverwijzing/live/outcome.html", late) if late else redirect(referral)
    handover.referral = referral
    verdict = may(request.user, "hold", handover)
    if not verdict or not handover.has_begun:
        messages.warning(request, str(verdict.reason) or _("The moment is still to come. Tell afterwards how it went."))
        return redirect(referral)
    form = OutcomeForm(request.POST or None, handover=handover)
    if form.is_bound and form.is_valid():
        with AtForm(form):
            where = _told(request, handover, form)
            return redirect(where)
    reading = packet.read(referral)
    context = {
        "referral": referral,
        "form": form,
        "handover": handover,
        "name": (reading.name if reading else "") or _("this person"),
        "title": packet.subject_for_receiver(referral),
    }
    return render(request, "doorverwijzing/live/outcome.html", context)


def told_already(request: HttpRequest, referral: Referral) -> dict[str, object] | None:
    """Give the page that returns the words of who told how it went after a colleague did; None without words."""
    typed = [text for name in ("appointment", "note") if (text := request.POST.get(name, "").strip())]
    return {"referral": referral, "typed": typed, "title": packet.subject_for_receiver(referral)} if typed else None


def _told(request: UserRequest, handover: Handover, form: OutcomeForm) -> str:
    """Do what was told and give the page that follows."""
    referral = handover.referral
    said, again = keep_outcome(handover, form, by=request.user)
    messages.success(request, said)
    return reverse("doorverwijzing:handover", args=[referral.pk]) if again else referral.get_absolute_url()


def keep_outcome(handover: Handover, form: OutcomeForm, *, by: Actor) -> tuple[str, bool]:
    """Do what was told; give what to say, and whether new moments follow. Raises NotAllowed or Refusal."""
    given, referral = form.cleaned_data, handover.referral
    if given["went"] == form.SPOKEN:
        outcome.held(
            handover, at=form.at, channel=given["channel"], initiative=given["initiative"],
            appointment=given["appointment"], by=by,
        )  # fmt: skip
        return _("Contact confirmed. %(sender)s sees it.") % {"sender": referral.sender}, False
    if given["went"] == form.FELL_THROUGH:
        outcome.fell_through(handover, by=by)
        return _("Noted. Propose a new moment."), True
    outcome.missed(handover, next_step=given["next_step"], note_text=given["note"], by=by)
    referral.refresh_from_db(fields=["status"])
    again = given["next_step"] == NextStep.AGAIN and bool(appointments.may_propose(by, referral))
    return _("Noted. The question does not disappear."), again


def hours(request: UserRequest, organization: str) -> HttpResponse:
    """Let who manages say when people work here; moments for a handover lie inside these hours."""
    found = get_object_or_404(Organization, pk=organization)
    if not working_hours.may_change(request.user, found):
        raise Http404
    form = HoursForm(request.POST or None, organization=found)
    if form.is_bound and form.is_valid():
        working_hours.keep(found, form.stretches, by=request.user)
        messages.success(request, _("Kept. New moments follow these hours."))
        return redirect("doorverwijzing:working_hours", organization=found.pk)
    return render(request, "doorverwijzing/live/hours.html", {"organization": found, "form": form})

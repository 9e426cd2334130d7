"""Speaking together, for a receiver without an account: the same moments, the same machine, by the door of a guest."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.refusals import AtForm
from doorverwijzing import packet
from doorverwijzing.actors import Guest
from doorverwijzing.guest.views.door import of_guest
from doorverwijzing.live import appointments, pressing
from doorverwijzing.live.asks import standing_of
from doorverwijzing.live.forms import OutcomeForm
from doorverwijzing.live.rules import Stage
from doorverwijzing.live.views import as_calendar, keep_outcome, propose_form, told_already
from doorverwijzing.models import Referral
from doorverwijzing.notifications import link_for
from doorverwijzing.workflow import Side

WRITE = ("GET", "HEAD", "POST")


def _page(referral: Referral) -> HttpResponse:
    return redirect("doorverwijzing:guest", pk=referral.pk)


@of_guest(*WRITE)
def propose(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Propose moments, or other moments than the sender did; whoever proposes takes the question."""
    verdict = appointments.may_propose(guest, referral)
    if not verdict:
        messages.warning(request, str(verdict.reason))
        return _page(referral)
    before = standing_of(referral)
    form = propose_form(request.POST or None, referral, before, Side.RECEIVER, guest)
    if form.is_bound and form.is_valid():
        with AtForm(form):
            appointments.propose(referral, form.wish, by=guest)
            messages.success(request, _("Proposed. You get a mail when they choose."))
            return _page(referral)
    context = {
        "referral": referral, "mailbox": guest.mailbox, "form": form, "before": before,
        "title": packet.subject_for_receiver(referral), "other": referral.sender,
    }  # fmt: skip
    return render(request, "doorverwijzing/guest/propose.html", context)


@of_guest("POST")
def choose(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Agree on one of the moments."""
    pressing.choose(request, referral, by=guest)
    return _page(referral)


@of_guest("POST")
def decline(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Say no to speaking together."""
    pressing.decline(request, referral, by=guest)
    return _page(referral)


@of_guest("POST")
def cancel(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Call it off."""
    pressing.cancel(request, referral, by=guest)
    return _page(referral)


@of_guest("GET", "HEAD")
def invitation(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Give the agreed moment for a calendar; nothing of the person is in it."""
    handover = standing_of(referral)
    if handover is None or handover.state is not Stage.AGREED:
        raise Http404
    handover.referral = referral
    return as_calendar(handover, email=guest.mailbox, link=link_for(guest.mailbox, referral))


@of_guest(*WRITE)
def tell(request: HttpRequest, referral: Referral, guest: Guest) -> HttpResponse:
    """Tell how it went: spoken is contact made, not there has a next step."""
    handover = standing_of(referral)
    if handover is None:
        late = told_already(request, referral)
        page = "doorverwijzing/guest/outcome.html"
        return render(request, page, {**late, "mailbox": guest.mailbox}) if late else _page(referral)
    handover.referral = referral
    verdict = appointments.may(guest, "hold", handover)
    if not verdict or not handover.has_begun:
        messages.warning(request, str(verdict.reason) or _("The moment is still to come. Tell afterwards how it went."))
        return _page(referral)
    form = OutcomeForm(request.POST or None, handover=handover)
    if form.is_bound and form.is_valid():
        with AtForm(form):
            said, again = keep_outcome(handover, form, by=guest)
            messages.success(request, said)
            return redirect("doorverwijzing:guest_handover", pk=referral.pk) if again else _page(referral)
    reading = packet.read(referral)
    context = {
        "referral": referral, "mailbox": guest.mailbox, "form": form, "handover": handover,
        "name": (reading.name if reading else "") or _("this person"), "title": packet.subject_for_receiver(referral),
    }  # fmt: skip
    return render(request, "doorverwijzing/guest/outcome.html", context)

"""What either side presses on the handover that stands, with an account or without: agree, say no, call it off."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.refusals import OnThePage
from doorverwijzing.actors import Actor
from doorverwijzing.live import appointments
from doorverwijzing.live.asks import standing_of
from doorverwijzing.models import Handover, Referral


def choose(request: HttpRequest, referral: Referral, *, by: Actor) -> None:
    """Agree on the moment that was chosen on the page."""
    try:
        slot = UUID(request.POST.get("slot", ""))
    except ValueError:
        messages.warning(request, _("Choose one of the moments."))
        return
    said = _("Agreed. Both of you get an invitation by mail.")
    _press(request, referral, partial(appointments.choose, slot=slot, by=by), said)


def decline(request: HttpRequest, referral: Referral, *, by: Actor) -> None:
    """Say no to speaking together."""
    said = _("Noted: not together. The question itself goes on.")
    _press(request, referral, partial(appointments.decline, by=by), said)


def cancel(request: HttpRequest, referral: Referral, *, by: Actor) -> None:
    """Call it off."""
    _press(request, referral, partial(appointments.cancel, by=by), _("Called off. The other side hears it."))


def _press(request: HttpRequest, referral: Referral, act: Callable[[Handover], object], said: str) -> None:
    handover = standing_of(referral)
    if handover is None:
        messages.warning(request, _("There is no handover any more. Look what happened."))
        return
    with OnThePage(request, said):
        act(handover)

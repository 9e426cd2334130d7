"""What came of a live handover. Spoken is contact made, by the receiver's own word; not there has a next step."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal
from doorverwijzing import receiving
from doorverwijzing.actors import Actor, signed
from doorverwijzing.live.appointments import may
from doorverwijzing.live.rules import GOES_ALONG, Stage
from doorverwijzing.models import Attempt, Channel, Handover, HandoverKind, NextStep, Place, Referral

CHANNEL_OF_PLACE = {Place.RECEIVER: Channel.DESK, Place.SENDER: Channel.DESK, Place.HOME: Channel.HOME}


def channel_of(handover: Handover) -> Channel:
    """Name how the contact was, for the confirmation."""
    if handover.kind == HandoverKind.CALL:
        return Channel.PHONE
    return CHANNEL_OF_PLACE[Place(handover.place)] if handover.place else Channel.DESK


@transaction.atomic
def held(handover: Handover, *, at: datetime, channel: str, initiative: str, appointment: str, by: Actor) -> Attempt:
    """Confirm that the three spoke: the handover is held and the contact confirmed, in one step.

    Raises NotAllowed or Refusal.
    """
    handover = _held(handover, "hold", by=by)
    _close(handover, Stage.HELD)
    Referral.objects.filter(pk=handover.referral_id).update(warmth=GOES_ALONG)
    attempt = receiving.confirm_contact(
        handover.referral, at=at, channel=channel, initiative=initiative, appointment=appointment, by=by
    )
    _note("handover.held", handover, by=by)
    return attempt


@transaction.atomic
def missed(handover: Handover, *, next_step: str, note_text: str, by: Actor) -> Attempt:
    """Write down that the person was not there, and what follows; it counts as a try. Raises NotAllowed or Refusal."""
    handover = _held(handover, "miss", by=by)
    if next_step not in NextStep.values:
        raise Refusal(_("Say what the next step is."))
    handover.next_step = next_step
    _close(handover, Stage.MISSED)
    attempt = receiving.record_attempt(
        handover.referral,
        at=handover.starts_at or handover.created_at,
        channel=channel_of(handover),
        note_text=note_text,
        by=by,
    )
    _note("handover.missed", handover, by=by)
    return attempt


@transaction.atomic
def fell_through(handover: Handover, *, by: Actor) -> None:
    """Write down that it did not take place and that this was not for the person: no try is counted."""
    handover = _held(handover, "fall_through", by=by)
    _close(handover, Stage.CANCELLED)
    _note("handover.fell_through", handover, by=by)


def _held(handover: Handover, act: str, *, by: Actor) -> Handover:
    """Take the handover as it is now; its outcome is told once, and not before its moment."""
    referral = Referral.objects.select_for_update(of=("self",)).select_related("sender", "receiver", "service")
    whose = referral.get(pk=handover.referral_id)
    found = Handover.objects.select_for_update(of=("self",)).with_people().get(pk=handover.pk)
    found.referral = whose
    may(by, act, found).require()
    if not found.has_begun:
        raise Refusal(_("The moment is still to come. Tell afterwards how it went."))
    return found


def _close(handover: Handover, stage: Stage) -> None:
    handover.stage, handover.turn = stage.value, ""
    handover.save(update_fields=["stage", "turn", "next_step"])


def _note(action: str, handover: Handover, *, by: Actor) -> None:
    referral = handover.referral
    audit.record(action, subject=handover, by=signed(by), organization=referral.receiver, referral=str(referral.pk))

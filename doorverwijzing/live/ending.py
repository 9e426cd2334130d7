"""A handover falls with its referral: who has to be nowhere any more is told at once."""

from django.db.models import F

from core import audit
from doorverwijzing.live import telling
from doorverwijzing.live.rules import ALIVE, Stage
from doorverwijzing.models import Handover, Referral
from doorverwijzing.workflow import Status


def follow(referral: Referral) -> None:
    """End what still stands when the referral is past the first contact, came back or ended. Call it in the move."""
    if referral.state not in ALIVE:
        end(referral)


def end(referral: Referral) -> None:
    """End what still stands, whatever the referral does: also before its rows are erased."""
    handover = Handover.objects.standing().with_people().filter(referral=referral).first()
    if handover is None:
        return
    was_agreed = handover.state is Stage.AGREED
    spoken = referral.state is Status.CONTACT_MADE and was_agreed and handover.has_begun
    stage = Stage.HELD if spoken else Stage.CANCELLED
    ended = Handover.objects.standing().filter(pk=handover.pk).update(
        stage=stage.value, turn="", sequence=F("sequence") + 1
    )  # fmt: skip
    if not ended:
        return
    handover.referral = referral
    handover.stage, handover.turn, handover.sequence = stage.value, "", handover.sequence + 1
    if was_agreed and not spoken:
        telling.called_off(handover)
    audit.record(f"handover.{'hold' if spoken else 'fall'}", subject=handover, by=audit.SYSTEM)

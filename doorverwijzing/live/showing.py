"""What the page of a referral shows of its live handover, to each side."""

from dataclasses import dataclass, field

from django.utils import timezone

from doorverwijzing.actors import Actor, user_of
from doorverwijzing.live.appointments import may, may_propose, side_in
from doorverwijzing.live.asks import standing_of
from doorverwijzing.live.hours import taken, touches
from doorverwijzing.live.rules import Stage
from doorverwijzing.models import Handover, Referral, Slot
from doorverwijzing.workflow import Side
from organisaties.models import Organization


@dataclass(frozen=True)
class Shown:
    """The handover as one side sees it. Without one, only whether it may be proposed."""

    may_propose: bool
    handover: Handover | None = None
    slots: list[Slot] = field(default_factory=list)
    clashes: list[Slot] = field(default_factory=list)
    other: Organization | None = None
    last: Handover | None = None
    my_turn: bool = False
    may_tell: bool = False

    @property
    def agreed(self) -> bool:
        """Tell whether a moment stands."""
        return self.handover is not None and self.handover.state is Stage.AGREED

    @property
    def begun(self) -> bool:
        """Tell whether that moment has come."""
        return self.agreed and bool(self.handover and self.handover.has_begun)

    @property
    def anything(self) -> bool:
        """Tell whether there is something to show at all."""
        return bool(self.handover or self.last or self.may_propose)


def show(referral: Referral, user: Actor) -> Shown:
    """Gather it in a few queries, whatever there is."""
    handover = standing_of(referral)
    allowed = bool(may_propose(user, referral))
    if handover is None:
        last = Handover.objects.filter(referral=referral).with_people().order_by("-created_at").first()
        return Shown(may_propose=allowed, last=last)
    handover.referral = referral
    side = side_in(user, handover, referral)
    free, clashing = _ahead(handover, user)
    return Shown(
        may_propose=allowed,
        handover=handover,
        slots=free,
        clashes=clashing,
        other=referral.receiver if side is Side.SENDER else referral.sender,
        my_turn=handover.turn == side,
        may_tell=handover.has_begun and bool(may(user, "hold", handover)),
    )


def meeting_of(referral: Referral) -> Handover | None:
    """Give the agreed moment that is still to come, for the person and the sheet."""
    found = referral.handovers.agreed().with_people().first()
    return None if found is None or found.has_begun else found


def _ahead(handover: Handover, user: Actor) -> tuple[list[Slot], list[Slot]]:
    """Give the moments that are still to come: those that can be, and those at which one of the two is taken."""
    ahead = [slot for slot in handover.slots.all() if slot.starts_at > timezone.now()]
    workers = {handover.sender_worker_id, handover.receiver_worker_id or _account(user)}
    busy = (
        taken([worker for worker in workers if worker], but=handover)
        if ahead and handover.state is Stage.PROPOSED
        else []
    )
    clashing = [slot for slot in ahead if touches(busy, slot.starts_at, handover.minutes)]
    return [slot for slot in ahead if slot not in clashing], clashing


def _account(user: Actor) -> int | None:
    account = user_of(user)
    return account.pk if account else None

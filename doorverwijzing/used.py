"""Which pieces of a packet were used, so that the person did not have to tell them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clienten.models import FEEDBACK, Item
from core.errors import NotAllowed, Refusal
from doorverwijzing import packet
from doorverwijzing.actors import Actor, stands_for, user_of
from doorverwijzing.models import PieceUse, Referral
from doorverwijzing.moving import note
from doorverwijzing.workflow import Status

# Who took the question can tell what was of use; until it is closed.
TELLS = frozenset({Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING})


@dataclass(frozen=True)
class Use:
    """How many of the pieces were used; `total` is nought when nobody said anything yet."""

    used: int
    total: int

    @property
    def known(self) -> bool:
        """Tell whether the receiver said anything."""
        return self.total > 0


def choices(referral: Referral) -> list[tuple[str, str]]:
    """List the pieces that the receiver can tell about: what is in the packet now."""
    reading = packet.read(referral)
    pieces = reading.pieces if reading else {}
    return [(item.value, capfirst(str(item.label))) for item in Item if item in pieces and item not in FEEDBACK]


def shown(referral: Referral) -> dict[str, object]:
    """Give what the page of the receiver shows: the pieces to tick, and what was ticked before."""
    return {
        "may_tell_use": referral.state in TELLS,
        "use_choices": choices(referral),
        "use_ticked": ticked(referral),
    }


@transaction.atomic
def tell(referral: Referral, *, items: Iterable[str], by: Actor) -> Use:
    """Write down which pieces were used and which were not. Raises NotAllowed or Refusal."""
    if not stands_for(by, referral.receiver, referral):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.receiver})
    if referral.state not in TELLS:
        raise Refusal(_("Not possible: this question is %(state)s.") % {"state": referral.get_status_display()})
    used, now = set(items), timezone.now()
    for item, _label in choices(referral):
        PieceUse.objects.update_or_create(
            referral=referral, item=item, defaults={"used": item in used, "by": user_of(by), "at": now}
        )
    made = of(referral)
    note("referral.pieces_used", referral, by=by, organization=referral.receiver, used=str(made.used))
    return made


def of(referral: Referral) -> Use:
    """Count for one referral."""
    return _count(Q(referral=referral))


def ticked(referral: Referral) -> list[str]:
    """Name the pieces that were ticked before."""
    return list(PieceUse.objects.filter(referral=referral, used=True).values_list("item", flat=True))


def between(since: datetime, until: datetime) -> Use:
    """Count over all referrals of which the receiver told in a period: a figure for steering, of nobody in it."""
    return _count(Q(at__gte=since, at__lt=until))


def _count(which: Q) -> Use:
    counted = PieceUse.objects.filter(which).aggregate(used=Count("pk", filter=Q(used=True)), total=Count("pk"))
    return Use(counted["used"], counted["total"])

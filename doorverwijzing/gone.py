"""A kind word for who comes by a link to a question that was erased; for everyone else it never was."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from core.models import User
from core.short_codes import keyed_hash
from doorverwijzing.models import Origin, Referral, Tombstone, WhyGone
from doorverwijzing.workflow import AT_HOME
from organisaties.models import Organization

# Nobody follows a link in a mail of a year ago.
KEPT = timedelta(days=365)


def mark(referral: Referral, *, by: User | str) -> None:
    """Leave a mark where a referral was, in the transaction that erases it. A draft was known to its sender only."""
    sides = [referral.sender_id] if referral.state in AT_HOME else [referral.sender_id, referral.receiver_id]
    reason = WhyGone.ASKED if isinstance(by, User) else WhyGone.TERM
    born = Origin.objects.filter(referral=referral).first()
    Tombstone.objects.update_or_create(
        referral_id=referral.pk,
        defaults={
            "reason": reason,
            "origin": _digest(born.system, born.value) if born else "",
            "sides": [str(side) for side in sides],
        },
    )


def _digest(system: str, value: str) -> str:
    return keyed_hash(f"{system}\n{value}")


def was_here(system: str, value: str) -> bool:
    """Tell whether a question from elsewhere was taken by this name, and erased."""
    return Tombstone.objects.filter(origin=_digest(system, value)).exists()


def known_to(user: User, pk: UUID | str) -> Tombstone | None:
    """Give the mark of a referral to who works where it was known; None for who may not know that it was."""
    found = Tombstone.objects.filter(referral_id=pk).first()
    if found is None or not Organization.objects.cared_for_by(user).filter(pk__in=found.sides).exists():
        return None
    return found


def is_marked(pk: UUID | str) -> bool:
    """Tell whether a referral was erased; only for who proved to have been its guest."""
    return Tombstone.objects.filter(referral_id=pk).exists()


def tidy() -> dict[str, int]:
    """Forget marks of long ago: their links lead to nothing again."""
    forgotten, _kinds = Tombstone.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return {"forgotten": forgotten}

"""What the review of an emergency access looks at: each look at the card, and how often this person did it before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from clienten.models import EmergencyAccess
from core import audit
from core.models import User

# So far back does "often" count.
RECENTLY = timedelta(days=90)
OFTEN = 3


@dataclass(frozen=True)
class LookBack:
    """One access with what is known around it."""

    access: EmergencyAccess
    looks: list[datetime]
    times: int

    @property
    def is_often(self) -> bool:
        """Tell whether this person opens cards in emergencies remarkably often."""
        return self.times >= OFTEN


def look_back(access: EmergencyAccess) -> LookBack:
    """Gather what the audit chain says about one access."""
    lines = audit.history(access.client).filter(action="emergency.read", details__access=str(access.pk))
    return LookBack(access, list(lines.values_list("at", flat=True)), times_of(access.opened_by))


def times_of(user: User) -> int:
    """Count how often this person opened a card in an emergency lately, anywhere."""
    return EmergencyAccess.objects.of(user).filter(created_at__gte=timezone.now() - RECENTLY).count()

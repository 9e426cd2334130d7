"""What someone leaves behind: higher rooms say here what a colleague has in hand, and take it over when that one goes.

This room knows nothing of questions or clients. A room registers itself when it starts (`AppConfig.ready`).
"""

from typing import Protocol

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from core.models import User
from organisaties.models import Absence, Membership, Organization
from organisaties.roles import Role


class Room(Protocol):
    """A room that gives people things to do."""

    def count(self, user: User, organization: Organization) -> int:
        """Tell how much this person has in hand here."""

    def hand_over(self, user: User, organization: Organization, *, to: User | None, by: User | str) -> int:
        """Give it to someone else, or to the team when there is nobody; tell how much that was."""


_rooms: list[Room] = []


def register(room: Room) -> None:
    """Let a room hear of departures."""
    if room not in _rooms:
        _rooms.append(room)


def in_hand(user: User, organization: Organization) -> int:
    """Count what someone has in hand here, over all rooms."""
    return sum(room.count(user, organization) for room in _rooms)


def hand_over(user: User, organization: Organization, *, by: User | str, to: User | None = None) -> int:
    """Have every room pass on what this person has in hand: to `to`, else to who manages, else to a colleague.

    Call it inside the transaction of the departure.
    """
    heir = to or next(iter(heirs(organization, but=user)), None)
    return sum(room.hand_over(user, organization, to=heir, by=by) for room in _rooms)


def heirs(organization: Organization, *, but: User) -> list[User]:
    """Give who can take over, the first choice first: present before away, who manages before who does not."""
    held = Membership.objects.caring().filter(organization=organization)
    lead = Case(When(role=Role.TEAM_LEAD, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = held.exclude(user=but).select_related("user").order_by(lead, "started_at", "pk")
    people = list(dict.fromkeys(row.user for row in rows))
    away = set(
        Absence.objects.on(timezone.localdate()).filter(organization=organization).values_list("user", flat=True)
    )
    return sorted(people, key=lambda person: person.pk in away)

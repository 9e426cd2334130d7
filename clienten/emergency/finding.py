"""Finding the card that someone means, by the link that a colleague gives over the phone. There is no search."""

import re
from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from clienten.models import ClientCard
from core.models import User
from organisaties.models import Organization, OrganizationQuerySet
from organisaties.roles import SecrecyRegime

Finder = Callable[[UUID], ClientCard | None]

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Rooms above that know a card by a link of their own, such as a question.
_FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    """Let a room above find the card behind one of its links."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def circle_of(user: User) -> OrganizationQuerySet:
    """Give the organizations around mine: the one above, those beside and those below. Not my own: there I see cards.

    Only from where silence is a duty.
    """
    mine = Organization.objects.cared_for_by(user).exclude(secrecy_regime=SecrecyRegime.NONE)
    above = mine.exclude(parent_organization=None).values("parent_organization")
    around = Q(parent_organization__in=mine) | Q(pk__in=above) | Q(parent_organization__in=above)
    return Organization.objects.filter(around).exclude(pk__in=Organization.objects.cared_for_by(user)).distinct()


def find(reference: str, user: User) -> ClientCard | None:
    """Give the card that a link or an id means, when it is of the circle of this person."""
    found = _UUID.search(reference)
    if found is None:
        return None
    pk = UUID(found[0])
    card = ClientCard.objects.filter(pk=pk).first()
    for finder in _FINDERS:
        card = card or finder(pk)
    return card if card and circle_of(user).filter(pk=card.organization_id).exists() else None

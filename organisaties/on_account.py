"""The part of the account page about leaving: where someone works, and what they have in hand there."""

from typing import Any

from core.account_parts import Part
from core.models import User
from organisaties import departures
from organisaties.models import Organization


def _about(user: User) -> dict[str, Any]:
    """Give each partner where this person works, with the number of questions to pass on."""
    places = [(place, departures.in_hand(user, place)) for place in Organization.objects.of(user)]
    return {"places": places, "user": user} if places else {}


LEAVING = Part("organisaties/_leaving_part.html", _about)

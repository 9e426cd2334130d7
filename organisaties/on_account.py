"""The part of the account page about leaving: where someone works, and what they have in hand there."""

from typing import Any

from core.account_parts import Part
from core.requests import UserRequest
from organisaties import departures
from organisaties.models import Organization
from organisaties.second_factor import is_half_way


def _about(request: UserRequest) -> dict[str, Any]:
    """Give each partner where this person works, with the number of questions to pass on; nothing at the door."""
    if is_half_way(request):
        return {}
    user = request.user
    places = [(place, departures.in_hand(user, place)) for place in Organization.objects.of(user)]
    return {"places": places, "user": user} if places else {}


LEAVING = Part("organisaties/_leaving_part.html", _about)

"""The part of the account page about mails: which ones come, and when."""

from typing import Any

from core.account_parts import Part
from core.requests import UserRequest
from doorverwijzing.messages.forms import RhythmForm
from doorverwijzing.messages.writing import wish_of
from organisaties.models import Organization
from organisaties.second_factor import is_half_way


def _about(request: UserRequest) -> dict[str, Any]:
    """Give the choice of who handles questions; nobody else gets news of them."""
    user = request.user
    if is_half_way(request) or not Organization.objects.cared_for_by(user).exists():
        return {}
    wish = wish_of(user)
    return {"form": RhythmForm(initial={"rhythm": wish.rhythm}), "before_clock": wish.before_clock}


MAILS = Part("doorverwijzing/_mails_part.html", _about)

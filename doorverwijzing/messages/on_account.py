"""The part of the account page about mails: which ones come, and when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.account_parts import Part, Tick, ticks_of
from core.requests import UserRequest
from doorverwijzing.messages.forms import RhythmForm
from doorverwijzing.messages.writing import choose_before_clock, wish_of
from organisaties.models import Organization
from organisaties.second_factor import is_half_way


def may_choose(request: UserRequest) -> bool:
    """Tell whether this person handles questions; nobody else gets news of them."""
    return not is_half_way(request) and Organization.objects.cared_for_by(request.user).exists()


def _about(request: UserRequest) -> dict[str, Any]:
    """Give the choices that someone has: of questions, and of what other rooms mail."""
    shown: dict[str, Any] = {"ticks": ticks} if (ticks := ticks_of(request)) else {}
    if may_choose(request):
        shown["form"] = RhythmForm(initial={"rhythm": wish_of(request.user).rhythm})
    return shown


def _wants_before_clock(request: UserRequest) -> bool | None:
    return wish_of(request.user).before_clock if may_choose(request) else None


MAILS = Part("doorverwijzing/_mails_part.html", _about)
BEFORE_CLOCK = Tick(
    "before_clock", _("An hour before a clock runs out"), _("Only when it is your turn."), _wants_before_clock,
    choose_before_clock,
)  # fmt: skip

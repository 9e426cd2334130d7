"""Parts of the account page that higher rooms add, such as mails and leaving, and the ticks for each kind of mail.

This room knows nothing of partners or questions. A room registers its part when it starts (`AppConfig.ready`).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise

from core.models import User
from core.requests import UserRequest


class Part(NamedTuple):
    """One part: its template, and what that needs for someone; nothing for who has no such part."""

    template: str
    about: Callable[[UserRequest], dict[str, Any]]


class Tick(NamedTuple):
    """One kind of mail to want or not: `wanted` is None for who cannot have it."""

    name: str
    label: str | Promise
    hint: str | Promise
    wanted: Callable[[UserRequest], bool | None]
    keep: Callable[[User, bool], None]


_parts: list[Part] = []
_ticks: list[Tick] = []


def register(part: Part) -> None:
    """Add a part to the account page, below the ones before it."""
    if part not in _parts:
        _parts.append(part)


def register_tick(tick: Tick) -> None:
    """Add a kind of mail, below the ones before it."""
    if tick not in _ticks:
        _ticks.append(tick)


def ticks_of(request: UserRequest) -> list[tuple[Tick, bool]]:
    """Give the kinds of mail that this person can have, and which ones they want."""
    asked = ((tick, tick.wanted(request)) for tick in _ticks)
    return [(tick, wanted) for tick, wanted in asked if wanted is not None]


def keep_ticks(request: UserRequest) -> None:
    """Keep what was ticked on the form, for each kind of mail that this person can have."""
    for tick, wanted in ticks_of(request):
        if (chosen := tick.name in request.POST) != wanted:
            tick.keep(request.user, chosen)


def parts_of(request: UserRequest) -> list[tuple[str, dict[str, Any]]]:
    """Give the parts that this person has, each with what it shows."""
    return [(part.template, shown) for part in _parts if (shown := part.about(request))]

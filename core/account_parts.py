"""Parts of the account page that higher rooms add, such as mails and leaving.

This room knows nothing of partners or questions. A room registers its part when it starts (`AppConfig.ready`).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from core.requests import UserRequest


class Part(NamedTuple):
    """One part: its template, and what that needs for someone; nothing for who has no such part."""

    template: str
    about: Callable[[UserRequest], dict[str, Any]]


_parts: list[Part] = []


def register(part: Part) -> None:
    """Add a part to the account page, below the ones before it."""
    if part not in _parts:
        _parts.append(part)


def parts_of(request: UserRequest) -> list[tuple[str, dict[str, Any]]]:
    """Give the parts that this person has, each with what it shows."""
    return [(part.template, shown) for part in _parts if (shown := part.about(request))]

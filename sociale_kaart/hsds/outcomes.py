"""What a cleaner can say besides a plain value."""

from typing import Any, NamedTuple


class Mended(NamedTuple):
    """A value that was repaired; the original is kept beside it, unless nobody may keep it."""

    value: Any
    reason: str
    is_secret: bool = False


class Refused(NamedTuple):
    """A value with which the row means nothing."""

    reason: str

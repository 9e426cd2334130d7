"""The letters of the list from A to Z."""

import unicodedata
from collections.abc import Iterable

MOST_ON_ONE_PAGE = 600
OTHER = "#"


def initial(name: str) -> str:
    """Give the letter under which a name stands, without accents; a figure or a sign stands under #."""
    plain = unicodedata.normalize("NFKD", name.strip()).lstrip("'\"‘’“”(")
    first = plain[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHER


def place_of(name: str) -> tuple[bool, str, str]:
    """Give where a name stands in the list: signs last, accents as plain letters."""
    first = initial(name)
    return first == OTHER, first, unicodedata.normalize("NFKD", name).casefold()


def initials(names: Iterable[str]) -> list[str]:
    """Give the letters in use, in order, the signs last."""
    return sorted({initial(name) for name in names}, key=lambda letter: (letter == OTHER, letter))

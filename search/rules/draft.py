"""A rule as editors write it, before and beside its row in the database; knows no models."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from search.language.analyser import fold, is_stop, words

EQUAL, ONE_WAY, KEEP, PART, WHOLE = "equal", "one_way", "keep", "part", "whole"
SYNONYM_KINDS = (EQUAL, ONE_WAY)

Key = tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """One rule: its kind, the words or phrases on each side, and a note for colleagues."""

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    note: str = ""
    active: bool = True

    @property
    def sides(self) -> tuple[str, ...]:
        """Give everything that is written, left before right."""
        return (*self.left, *self.right)

    @property
    def found(self) -> tuple[str, ...]:
        """Give what a question also finds: all of it when equal."""
        return self.sides if self.kind == EQUAL else self.right

    def signature(self) -> str:
        """Give one name for all ways to write down the same rule."""
        return _signature_of(self)

    def steps(self) -> frozenset[tuple[Key, Key]]:
        """Give every step from what is asked to what is also found, by stems; a word to itself is no step.

        A rule about single words has one step for each word, to itself; how compounds are cut goes by the letter.
        """
        return _steps_of(self)


# All rules are gone through at every change of one: what follows from a rule alone is remembered.
@lru_cache(maxsize=20_000)
def _signature_of(draft: Draft) -> str:
    left, right = _folded(draft.left), _folded(draft.right)
    if draft.kind == EQUAL:
        left, right = sorted({*left, *right}), []
    line = "|".join([draft.kind, ",".join(left), ",".join(right)])
    return hashlib.sha256(line.encode()).hexdigest()


@lru_cache(maxsize=20_000)
def _steps_of(draft: Draft) -> frozenset[tuple[Key, Key]]:
    if draft.kind not in SYNONYM_KINDS:
        keys = (key_of(side) if draft.kind == KEEP else (fold(side),) for side in draft.left)
        return frozenset((key, key) for key in keys)
    asked = draft.sides if draft.kind == EQUAL else draft.left
    steps = ((key_of(one), key_of(other)) for one, other in product(asked, draft.found))
    return frozenset(step for step in steps if step[0] != step[1])


def _folded(sides: Iterable[str]) -> list[str]:
    return sorted({" ".join(fold(side).split()) for side in sides})


@lru_cache(maxsize=50_000)
def key_of(side: str) -> Key:
    """Give the stems of a side, stop words included: "uit huis gezet" is not "huis gezet"."""
    return tuple(word.stem for word in words(side) if not word.joined)


@lru_cache(maxsize=50_000)
def stems_of(side: str) -> Key:
    """Give the stems that are looked for when a side is what is meant."""
    spoken = [word for word in words(side) if not word.joined]
    telling = [word.stem for word in spoken if not is_stop(word.text)]
    return tuple(dict.fromkeys(telling))


@lru_cache(maxsize=50_000)
def spoken_in(side: str) -> Key:
    """Give the telling words of a side as they are spelled."""
    return tuple(word.text for word in words(side) if not is_stop(word.text))


def sides_of(text: str) -> tuple[str, ...]:
    """Read what someone typed between commas or on lines of their own."""
    pieces = (" ".join(piece.split()) for piece in text.replace("\n", ",").replace(";", ",").split(","))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def in_one_line(sides: Iterable[str]) -> str:
    """Write sides the way `sides_of` reads them."""
    return ", ".join(sides)

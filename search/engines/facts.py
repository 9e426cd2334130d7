"""What ranking must know of a record besides its words: read once from the index, remembered by its content."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from search.engines.base import Condition
from search.records.doc import SearchDoc

# Records that a process remembers, about 1.5 kB each.
MOST = 20_000
SLOT = "slot"
# Fields of exact values of which a flag may ask.
FLAGGED = (
    "category", "target", "language", "cost", "referral", "how", "access", "accessibility",
    "about", "areas", "at", "parts", "closed",
)  # fmt: skip
CATEGORY = FLAGGED.index("category")


class Facts(NamedTuple):
    """One record; `slots` are its half-hours of the week as bits, `values` stand in the order of FLAGGED."""

    key: str
    latitude: float | None
    longitude: float | None
    verified_day: int
    area_size: int
    popularity: float
    slots: int
    values: tuple[tuple[str, ...], ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Give the categories that it stands in."""
        return self.values[CATEGORY]


def written(doc: SearchDoc) -> bytes:
    """Give what the index keeps of a record for ranking, beside its key."""
    held = doc.values
    values = [sorted(held.get(field, ())) for field in FLAGGED]
    slots = f"{sum(1 << slot for slot in doc.slots):x}"
    facts = [doc.latitude, doc.longitude, doc.verified_day, doc.area_size, doc.popularity, slots, values]
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def ident_of(key: str, facts: bytes) -> int:
    """Give a number for these facts that no other facts have: 63 bits of what they say of whom."""
    return int.from_bytes(hashlib.blake2b(key.encode() + facts, digest_size=8).digest()) >> 1


def read(key: str, facts: bytes) -> Facts:
    """Read what `written` wrote; words that many records share are held once."""
    latitude, longitude, verified_day, area_size, popularity, slots, values = json.loads(facts)
    held = tuple(tuple(map(sys.intern, several)) for several in values)
    return Facts(key, latitude, longitude, verified_day, area_size, popularity, int(slots, 16), held)


def flags_of(conditions: Iterable[Condition], facts: Sequence[Facts]) -> list[int]:
    """Give one number per record, with one bit per condition."""
    flags = [0] * len(facts)
    for bit, condition in enumerate(conditions):
        told = _has(condition, facts)
        flags = [flag | has << bit for flag, has in zip(flags, told, strict=True)]
    return flags


def _has(condition: Condition, facts: Sequence[Facts]) -> list[bool]:
    """Tell of each record whether it has one of these values."""
    if condition.field == SLOT:
        asked = sum(1 << int(slot) for slot in condition.values)
        return [one.slots & asked != 0 for one in facts]
    at = FLAGGED.index(condition.field)
    if len(condition.values) == 1:
        value = condition.values[0]
        return [value in one.values[at] for one in facts]
    wanted = frozenset(condition.values)
    return [not wanted.isdisjoint(one.values[at]) for one in facts]


class Remembered:
    """Facts by their number. A commit changes nothing here: a record that reads differently has another number."""

    def __init__(self) -> None:
        self._facts: dict[int, Facts] = {}

    def all(self, idents: Sequence[int], load: Callable[[int], tuple[str, bytes]]) -> list[Facts]:
        """Give the facts of these records; `load` reads those at a position that are not known yet."""
        held = self._facts
        for at, ident in enumerate(idents):
            if ident not in held:
                held[ident] = read(*load(at))
        found = [held[ident] for ident in idents]
        if len(held) > MOST:
            self._forget()
        return found

    def _forget(self) -> None:
        """Drop the quarter that was read longest ago."""
        for ident in list(islice(self._facts, MOST // 4)):
            self._facts.pop(ident, None)

"""What ranking must know of a record besides its words; and what was read once, remembered by its content."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Generic, NamedTuple, TypeVar
from zlib import crc32

from search.engines.base import Condition
from search.records.doc import SearchDoc

T = TypeVar("T")
SLOT = "slot"
# Fields of exact values of which a flag may ask.
FLAGGED = (
    "category", "target", "language", "cost", "referral", "how", "access", "accessibility",
    "about", "areas", "at", "parts", "closed",
)  # fmt: skip
CATEGORY = FLAGGED.index("category")
# How the node of one municipality begins; its code follows, and neighbours have codes near each other.
NARROW_NODE = "municipality:"


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


def ident_of(key: str, facts: bytes, card: bytes) -> int:
    """Give a number for what is kept of a record that nothing else has: 63 bits of what it says of whom."""
    return int.from_bytes(hashlib.blake2b(key.encode() + facts + card, digest_size=8).digest()) >> 1


def order_of(doc: SearchDoc) -> int:
    """Give where a record lies in the index: beside what serves the same places, the wide ones first.

    What a place leaves lies together then, and of the words in all other records next to nothing is read.
    """
    wide = [node for node in doc.areas if not node.startswith(NARROW_NODE)]
    if wide:
        return -1 - crc32(min(wide).encode())
    codes = [node.removeprefix(NARROW_NODE) for node in doc.areas]
    return min((int(code) for code in codes if code.isdecimal()), default=0)


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


class Remembered(Generic[T]):
    """What was read of records, by their number. A commit changes nothing here: what reads differently has another."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._read: dict[int, T] = {}

    def all(self, idents: Sequence[int], load: Callable[[int], T]) -> list[T]:
        """Give what was read of these records; `load` reads those at a position that are not known yet."""
        held = self._read
        for at, ident in enumerate(idents):
            if ident not in held:
                held[ident] = load(at)
        found = [held[ident] for ident in idents]
        if len(held) > self._most:
            self._forget()
        return found

    def _forget(self) -> None:
        """Drop the quarter that was read longest ago."""
        for ident in list(islice(self._read, self._most // 4)):
            self._read.pop(ident, None)

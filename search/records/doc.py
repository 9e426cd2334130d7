"""One record as the index holds it, and the tokens that it is found by; knows no models and no engine."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from search.language.analyser import VERSION, is_stop, texts
from search.language.compounds import Splits, all_parts, split
from search.language.stemmer import stem

# How often a stem is repeated in the index: plain BM25 on one field then weighs fields like BM25F.
NAME, ALTERNATE, CATEGORY, ORGANIZATION, TEXT = 5, 4, 3, 2, 1
SHORTEST_KNOWN_WORD = 3
EPOCH = date(1970, 1, 1)
EVERYWHERE = 999
# Bytes of what tells equals apart in an order.
TURN = 3
LABEL_PARTS = "\x1f"
# How the key of a label begins: a UUID in few letters, or as it was given.
PACKED, GIVEN = "u", "k"


@dataclass(frozen=True)
class Passage:
    """One text with the weight of its field."""

    weight: int
    text: str


@dataclass(frozen=True)
class SearchDoc:
    """A record, ready for any engine. `areas` are covering nodes, `at` the municipalities of its doors."""

    key: str
    version: int
    passages: tuple[Passage, ...]
    name: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    areas: frozenset[str] = frozenset()
    area_size: int = EVERYWHERE
    at: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    slots: frozenset[int] = frozenset()
    closed: frozenset[str] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    verified: date | None = None
    popularity: float = 0.0
    visible_to: frozenset[str] = frozenset({"public"})
    card: Mapping[str, Any] = field(default_factory=dict)
    # How its compounds are taken apart: the installation's lists when the record was made, else the shipped ones.
    splits: Splits | None = None

    @property
    def verified_day(self) -> int:
        """Days since 1970, 0 when never checked."""
        return (self.verified - EPOCH).days if self.verified else 0

    @property
    def by_name(self) -> str:
        """Where it stands by name; what has the same name stands in an order of its own, the same in every engine."""
        return f"{self.name.casefold()}\0{_turn(self.key).hex()}"

    @property
    def by_check(self) -> int:
        """Where it stands by the day of the last check; of one day, in an order of its own as well."""
        return self.verified_day << 8 * TURN | int.from_bytes(_turn(self.key))

    @property
    def takes(self) -> int:
        """1 when it takes new people now."""
        return int("takes_new" in self.facets.get("access", ()))

    @property
    def labels(self) -> Iterable[str]:
        """The names by which people look for it while they type: its own and that of its organization."""
        yield label_of("service", self.key, self.name)
        if organization := self.card.get("organization"):
            yield label_of("organization", str(self.card.get("organization_id", "")), str(organization))

    def _about(self) -> Iterable[str]:
        """Give the stems of what the record calls itself: its names, its headings and who offers it."""
        for passage in self.passages:
            if passage.weight >= ORGANIZATION:
                yield from (piece for told in _said(passage.text, self.splits) for piece in told.pieces)

    @cached_property
    def values(self) -> Mapping[str, Iterable[str]]:
        """Exact values by the field of the index they stand in."""
        return {
            **self.facets,
            "about": frozenset(self._about()),
            "areas": self.areas, "at": self.at, "parts": self.parts, "closed": self.closed,
            "slot": [str(slot) for slot in sorted(self.slots)], "visible_to": self.visible_to,
        }  # fmt: skip


def _turn(key: str) -> bytes:
    """Give the turn of a record among equals: short, so that the index hardly grows, and seldom that of another."""
    return hashlib.blake2b(key.encode(), digest_size=TURN).digest()


def label_of(kind: str, key: str, name: str = "") -> str:
    """Give the form in which the index keeps a name; without the name, how it begins."""
    return f"{kind}{LABEL_PARTS}{_packed(key)}{LABEL_PARTS}{name}"


def label_read(label: str) -> tuple[str, str, str]:
    """Give kind, key and name of a label."""
    kind, key, name = label.split(LABEL_PARTS, 2)
    return kind, _unpacked(key), name


def _packed(key: str) -> str:
    """Write a key in six bits a letter where it is a UUID: half of a list of names is keys."""
    try:
        one = UUID(key)
    except ValueError:
        return f"{GIVEN}{key}"
    return f"{PACKED}{urlsafe_b64encode(one.bytes).decode().rstrip('=')}" if str(one) == key else f"{GIVEN}{key}"


def _unpacked(key: str) -> str:
    return str(UUID(bytes=urlsafe_b64decode(f"{key[1:]}=="))) if key[0] == PACKED else key[1:]


@dataclass(frozen=True)
class Tokens:
    """What goes into the token fields: whole words, parts of words, and the forms as written."""

    whole: list[str]
    parts: list[str]
    forms: set[str]


def tokens_of(doc: SearchDoc) -> Tokens:
    """Analyse all passages of a record."""
    whole: list[str] = []
    parts: list[str] = []
    forms: set[str] = set()
    for passage in doc.passages:
        said = _said(passage.text, doc.splits)
        whole.extend([told.stem for told in said] * passage.weight)
        parts.extend([piece for told in said for piece in told.pieces] * passage.weight)
        for told in said:
            forms.update(told.forms)
    return Tokens(whole, parts, forms)


class Told(NamedTuple):
    """What one word brings: its stem, that stem and those of its parts on every level, and the forms as written."""

    stem: str
    pieces: tuple[str, ...]
    forms: tuple[str, ...]


@lru_cache(maxsize=4096)
def _said(text: str, splits: Splits | None) -> tuple[Told, ...]:
    """Give what the words of a text bring, without those that say nothing; headings and towns come back often."""
    return tuple(told for word in texts(text) if (told := _told(word, splits)))


@lru_cache(maxsize=100_000)
def _told(word: str, splits: Splits | None) -> Told | None:
    if is_stop(word):
        return None
    root = stem(word)
    return Told(root, (root, *all_parts(word, splits)), tuple(_forms(word, splits)))


def _forms(word: str, splits: Splits | None) -> Iterator[str]:
    if len(word) >= SHORTEST_KNOWN_WORD and not word.isdigit():
        yield word
        yield from (part for part in split(word, splits) if len(part) > SHORTEST_KNOWN_WORD)


GENERATION_PARTS = (VERSION, NAME, ALTERNATE, CATEGORY, ORGANIZATION, TEXT)

"""What an engine is asked and what it answers; the planner and the ranking know nothing more of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from search.doc import SearchDoc
from search.plan import Concept, Plan
from search.vocabulary import Vocabulary


class EngineDownError(Exception):
    """The index cannot be read now; the page says so kindly."""


class Condition(NamedTuple):
    """Something that a record has or has not: any of `values` in one field."""

    field: str
    values: tuple[str, ...]


Filters = Mapping[str, tuple[Condition, ...]]


@dataclass(frozen=True)
class Ask:
    """One question to an engine.

    `filters` by group, each group all of its conditions; `flags` are answered per row as bits, after
    two bits (strong, any) for each of the plan's concepts.
    """

    plan: Plan
    needed: tuple[Concept, ...]
    must_match: int
    filters: Filters = field(default_factory=dict)
    always: tuple[Condition, ...] = ()
    never: tuple[Condition, ...] = ()
    flags: tuple[Condition, ...] = ()
    outside: int = 0
    box: tuple[float, float, float, float] | None = None


class Row(NamedTuple):
    """A candidate: text score, which concepts it has (strongly, at all), the flags, and its facts."""

    key: str
    score: float
    strong: int
    some: int
    flags: int
    latitude: float | None
    longitude: float | None
    verified_day: int
    area_size: int
    popularity: float


class Found(NamedTuple):
    """Candidates, best first, and how many there are in all."""

    total: int
    rows: list[Row]


class Engine(Protocol):
    """Holds records and finds them. Every question carries who may see what."""

    name: str

    def vocabulary(self) -> Vocabulary:
        """Give the words that stand in the records."""

    def find(self, ask: Ask, limit: int, offset: int = 0) -> Found:
        """Find the best records with all that ranking needs to know of them."""

    def keys_by(self, ask: Ask, order: str, limit: int, offset: int = 0) -> Found:
        """Find records in the order of a field."""

    def count(self, ask: Ask) -> int:
        """Count what answers."""

    def facets(self, ask: Ask, groups: Iterable[str]) -> dict[str, dict[str, int]]:
        """Count the values of each group, its own filter left open."""

    def cards(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Give what a result row shows, by key."""

    def write(self, docs: Iterable[SearchDoc], gone: Iterable[str]) -> None:
        """Replace records and take others out, all at once."""

    def keys_and_versions(self) -> Iterator[tuple[str, int]]:
        """Go through all records."""

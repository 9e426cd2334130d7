"""What an engine is asked and what it answers; the planner and the ranking know nothing more of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

from search.engines.circle import Circle
from search.records.doc import SearchDoc
from search.understanding.plan import Concept, Plan
from search.understanding.vocabulary import Vocabulary


class EngineDownError(Exception):
    """The index cannot be read now; the page says so kindly, the log in English, `told` in the words of people."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message % facts if facts else message)
        self.message, self.facts = message, facts

    @property
    def told(self) -> str:
        """Say it to the operator."""
        return _(self.message) % self.facts if self.facts else _(self.message)


class Condition(NamedTuple):
    """Something that a record has or has not: any of `values` in one field."""

    field: str
    values: tuple[str, ...]


Filters = Mapping[str, tuple[Condition, ...]]


@dataclass(frozen=True)
class Ask:
    """One question to an engine.

    `filters` by group, each group all of its conditions; `flags` are answered per row as bits, after
    two bits (strong, any) for each of the plan's concepts. Records in `seen` were shown already.
    """

    plan: Plan
    needed: tuple[Concept, ...]
    must_match: int
    filters: Filters = field(default_factory=dict)
    always: tuple[Condition, ...] = ()
    never: tuple[Condition, ...] = ()
    flags: tuple[Condition, ...] = ()
    outside: int = 0
    within: Circle | None = None
    seen: tuple[str, ...] = ()


class Row(NamedTuple):
    """A candidate: text score, which needed concepts it has (strongly, at all), the flags, and its facts.

    `needs` are the categories that it stands in.
    """

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
    needs: tuple[str, ...] = ()


class Found(NamedTuple):
    """Candidates, best first, and how many there are in all."""

    total: int
    rows: list[Row]


class Shown(NamedTuple):
    """What a page needs besides its rows: cards by key, counts by group and value, and the size of `also`."""

    cards: dict[str, dict[str, Any]]
    facets: dict[str, dict[str, int]]
    also: int


# Takes the keys of a page and gives all that is left to make it.
Show = Callable[[Sequence[str]], Shown]


class Engine(Protocol):
    """Holds records and finds them. Every question carries who may see what."""

    name: str

    def vocabulary(self) -> Vocabulary:
        """Give the words that stand in the records."""

    def find_each(self, asks: Iterable[tuple[Ask, int]]) -> Iterator[Found]:
        """Find the best records of several questions, each with a limit; those not looked at may cost nothing."""

    def find(self, ask: Ask, limit: int, offset: int = 0) -> Found:
        """Find the best records with all that ranking needs to know of them."""

    def keys_by(self, ask: Ask, order: str, limit: int, offset: int = 0) -> Found:
        """Find records in the order of a field: `by_name` upwards, `by_check` downwards; both engines alike."""

    def nearest(self, ask: Ask, centre: tuple[float, float], limit: int, offset: int = 0) -> Found:
        """Find the nearest records; those that lie nowhere come last."""

    def count(self, ask: Ask) -> int:
        """Count what answers."""

    def facets(self, ask: Ask, groups: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the values of each group, its own filter left open."""

    def cards(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Give what a result row shows, by key."""

    def begin(self, ask: Ask, groups: Sequence[str], also: Ask | None) -> Show:
        """Begin to count values and the size of one more question; what is returned waits for them and adds cards."""

    def write(self, docs: Iterable[SearchDoc], gone: Iterable[str], at: int) -> None:
        """Replace records and take others out; `at` is the newest change that these were read after."""

    def keys_and_versions(self) -> Iterator[tuple[str, int]]:
        """Go through all records."""

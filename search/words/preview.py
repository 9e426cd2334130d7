"""Tries a rule before it is kept: the same questions with and without it, side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from search.engines import index
from search.engines.base import Engine
from search.finder import Finder
from search.query import SearchQuery
from search.rules.draft import KEEP, SYNONYM_KINDS, Draft
from search.rules.synonyms import SynonymTable
from search.understanding.known import drafts_in_force, table_of
from search.understanding.places import Places, places
from search.understanding.plan import Plan
from search.understanding.planner import Planner
from search.words import questions

TOP = 10
MOST_OWN = 8


class Why(StrEnum):
    """Why a question is tried."""

    OWN = "own"
    FREQUENT = "frequent"
    FAILING = "failing"


@dataclass(frozen=True)
class Place:
    """One result with its place in the other list: `moved` up (+) or down (-), `fresh` when it was not there."""

    number: int
    name: str
    organization: str
    moved: int = 0
    fresh: bool = False
    gone: bool = False

    @property
    def fallen(self) -> int:
        """How many places lower it stands."""
        return -self.moved


@dataclass(frozen=True)
class Shift:
    """One question that gives another page with the rule than without."""

    text: str
    why: Why
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    exact_before: int
    exact_after: int

    @property
    def moves(self) -> bool:
        """Tell whether anything that people see changes."""
        return self.exact_before != self.exact_after or any(
            place.moved or place.fresh or place.gone for place in (*self.before, *self.after)
        )


@dataclass(frozen=True)
class Preview:
    """What the rule changes among `tried` questions."""

    tried: int
    shifts: tuple[Shift, ...]

    @property
    def newly_found(self) -> int:
        """How many questions find exactly what is asked and did not before."""
        return sum(not shift.exact_before and bool(shift.exact_after) for shift in self.shifts)

    @property
    def lost(self) -> int:
        """How many questions lose a result from their first ten."""
        return sum(any(place.gone for place in shift.before) for shift in self.shifts)


def preview(draft: Draft, replaces: Draft | None = None) -> Preview:
    """Ask everything with and without the rule. Raises EngineDownError when no index can be read."""
    rules = drafts_in_force()
    without = table_of(rules)
    kept = (rule for rule in rules if replaces is None or rule.signature() != replaces.signature())
    trial = _Trial(index.engine(), places(), timezone.localtime(), without, table_of((*kept, draft)))
    asked = list(_questions(draft))
    shifts = (trial.shift(text, why) for text, why in asked)
    return Preview(len(asked), tuple(shift for shift in shifts if shift and shift.moves))


def _questions(draft: Draft) -> Iterator[tuple[str, Why]]:
    """Give the words of the rule themselves, then what is asked often, then what failed; each once."""
    own = draft.sides if draft.kind in SYNONYM_KINDS else draft.left
    seen: set[str] = set()
    for why, texts in (
        (Why.OWN, own[:MOST_OWN]),
        (Why.FREQUENT, questions.frequent_texts()),
        (Why.FAILING, questions.failing_texts()),
    ):
        for text in texts:
            if text.lower() not in seen:
                seen.add(text.lower())
                yield text, why


@dataclass(frozen=True)
class _Trial:
    engine: Engine
    known: Places
    now: datetime
    without: SynonymTable
    with_rule: SynonymTable

    def shift(self, text: str, why: Why) -> Shift | None:
        """Compare one question; when it is read the same way, the engine is not asked."""
        before, after = self._plan(text, self.without), self._plan(text, self.with_rule)
        if before == after:
            return None
        exact_before, old = self._top(text, before)
        exact_after, new = self._top(text, after)
        return Shift(text, why, _places(old, new, leaving=True), _places(new, old), exact_before, exact_after)

    def _plan(self, text: str, table: SynonymTable) -> Plan:
        # A space behind it: the question is finished, so its last word is no beginning of other words.
        return Planner(self.engine.vocabulary(), table, self.known.gazetteer).plan(f"{text} ", now=self.now)

    def _top(self, text: str, plan: Plan) -> tuple[int, list[tuple[str, str, str]]]:
        """Give how many services answer all of it, and the first ten on the page as (key, name, organization)."""
        result = Finder(self.engine, SearchQuery(text, size=TOP), plan, {}, self.now).find()
        rows = [*result.rows, *result.related][:TOP]
        cards = self.engine.cards([row.key for row in rows])
        named = [(row.key, cards[row.key]) for row in rows if row.key in cards]
        exact = 0 if result.level else result.total
        return exact, [(key, card["name"], card.get("organization", "")) for key, card in named]


def _places(
    rows: Iterable[tuple[str, str, str]], others: Iterable[tuple[str, str, str]], *, leaving: bool = False
) -> tuple[Place, ...]:
    """Give the rows numbers, and tell how each stands in the other list."""
    elsewhere = {key: number for number, (key, _name, _organization) in enumerate(others, start=1)}
    made = []
    for number, (key, name, organization) in enumerate(rows, start=1):
        other = elsewhere.get(key)
        if leaving:
            made.append(Place(number, name, organization, gone=other is None))
        else:
            made.append(Place(number, name, organization, moved=(other or number) - number, fresh=other is None))
    return tuple(made)


def acts_on_listings(draft: Draft) -> bool:
    """Tell whether the rule also changes how listings are read, which this cannot try beforehand."""
    return draft.kind not in SYNONYM_KINDS and draft.kind != KEEP

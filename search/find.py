"""The one door to search: `search(query)` gives a page, whichever engine answers."""

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from search.engines import index
from search.engines.base import Ask, Condition, Engine, Filters, Show, Shown
from search.facets import (
    FIELDS,
    LEGENDS,
    OPEN_NOW,
    Terms,
    clean_filters,
    conditions_of,
    load_terms,
    narrowest,
    values_of,
)
from search.finder import Finder, home_of
from search.fresh import serving, sync
from search.query import LARGEST_PAGE, LAST_PAGE, FacetValue, Hit, SearchPage, SearchQuery
from search.ranking import closed_on
from search.understanding.known import current
from search.understanding.moments import slot_of
from search.understanding.places import Places, places
from search.understanding.plan import Plan, Where
from search.understanding.planner import Planner
from search.understanding.understood import suggestion, understood
from search.understanding.vocabulary import Vocabulary

LONGEST_TEXT = 500
# Plans that are kept: each tick of a filter and each next page asks the same question again.
MOST_PLANS = 300


class _Plans(NamedTuple):
    """The plans that were made with one state of the words."""

    planner: Planner
    plans: dict[tuple[str, Where | None, bool, date, int], Plan]


class _Held:
    """What this process made last; replaced as one, so that a thread never sees half of it."""

    now: _Plans | None = None


def search(query: SearchQuery) -> SearchPage:
    """Answer one question. Raises EngineDownError when no index can be read."""
    started = time.perf_counter()
    sync.keep_up()
    page, degraded = serving.answer(lambda engine: _page(query, engine))
    return replace(page, degraded=degraded, took_ms=round((time.perf_counter() - started) * 1000, 2))


def _page(query: SearchQuery, engine: Engine) -> SearchPage:
    """Let one engine answer."""
    known, terms = places(), load_terms()
    now = _local(query.now or timezone.now())
    asked = replace(
        query,
        text=query.text[:LONGEST_TEXT],
        filters=clean_filters(query.filters, terms, known),
        open_at=_local(query.open_at) if query.open_at else None,
        page=min(max(query.page, 1), LAST_PAGE),
        size=min(max(query.size, 1), LARGEST_PAGE),
    )
    plan = plan_of(asked, engine, known, now)
    finder = Finder(engine, asked, plan, filters_of(asked, known, terms, now), now)
    return _PageMaker(asked, engine, finder, plan, terms, known, now).page()


def danger_in(text: str) -> str:
    """Tell which danger a question points to, also while no index can be read."""
    known = places().gazetteer
    plan = Planner(Vocabulary({}, {}), current(), known).plan(text[:LONGEST_TEXT], now=_local(timezone.now()))
    return plan.danger


def warm() -> None:
    """Read index, places and words before the first question, so that it is as quick as the others."""
    search(SearchQuery("warm"))


def plan_of(query: SearchQuery, engine: Engine, known: Places, now: datetime) -> Plan:
    """How the question is read now: with the same words in force and in the same half hour, as it was before."""
    planner = Planner(engine.vocabulary(), current(), known.gazetteer)
    home = _home(query, known)
    asked = query.text, home, query.correct, now.date(), slot_of(now)
    held = _Held.now
    if held is None or held.planner != planner or len(held.plans) >= MOST_PLANS:
        held = _Held.now = _Plans(planner, {})
    plan = held.plans.get(asked)
    if plan is None:
        plan = held.plans[asked] = planner.plan(query.text, now=now, home=home, correct=query.correct)
    return plan


def _home(query: SearchQuery, known: Places) -> Where | None:
    spot = known.gazetteer.spot(query.area) if query.area else None
    return home_of(spot.where(typed=False)) if spot else None


def _local(moment: datetime) -> datetime:
    """Brussels time; a moment without a zone is taken as such."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else timezone.make_aware(moment)


def filters_of(query: SearchQuery, known: Places, terms: Terms, now: datetime) -> Filters:
    """Give the chosen filters, and those that the query's own fields ask for."""
    asked = dict(conditions_of(narrowest(query.filters, terms), known, now))
    if query.area_only and query.area:
        spot = known.gazetteer.spot(query.area)
        asked["area"] = (Condition("areas", spot.nodes if spot else ("nowhere",)),)
    if query.open_at:
        asked["open_at"] = (Condition("slot", (str(slot_of(query.open_at)),)),)
    return asked


@dataclass(frozen=True)
class _PageMaker:
    """Everything that one page is made from."""

    query: SearchQuery
    engine: Engine
    finder: Finder
    plan: Plan
    terms: Terms
    known: Places
    now: datetime

    def page(self) -> SearchPage:
        """Find, fetch the cards, count the filters."""
        result = self.finder.find(self._begin)
        shown = result.show([row.key for row in (*result.rows, *result.related)])
        hits = self.finder.hits(result.rows, shown.cards)
        related = self.finder.hits(result.related, shown.cards)
        facets = self._facets(shown)
        return SearchPage(
            total=result.total,
            level=result.level,
            hits=hits,
            related=related,
            facets={group: values for group, (values, _cut) in facets.items()},
            suggestion=suggestion(self.plan, correct=self.query.correct),
            understood=understood(self.plan),
            missing=_missing(hits if result.level else related),
            engine=self.engine.name,
            generation=index.generation(),
            degraded=False,
            took_ms=0.0,
            page=self.query.page,
            pages=max(1, -(-result.total // self.query.size)),
            cut_facets=frozenset(group for group, (_values, cut) in facets.items() if cut),
        )

    @property
    def _fields(self) -> dict[str, str]:
        return {group: FIELDS.get(group, group) for group in self.query.facets if group in LEGENDS}

    def _begin(self, ask: Ask) -> Show:
        """Begin to count; what is open now is counted as a question of its own."""
        fields = self._fields
        also = self._open_now(ask) if "access" in fields else None
        return self.engine.begin(ask, list(fields.values()), also)

    def _facets(self, shown: Shown) -> dict[str, tuple[list[FacetValue], bool]]:
        counts, fields, whole = shown.facets, self._fields, self.query.whole_facets
        if "access" in fields:
            counts["access"][OPEN_NOW] = shown.also
        return {
            group: values_of(group, counts[field], self._chosen(group), self.terms, self.known, whole=group in whole)
            for group, field in fields.items()
        }

    def _open_now(self, ask: Ask) -> Ask:
        condition = Condition("slot", (str(slot_of(self.now)),))
        shut = closed_on(self.now.date())
        return replace(ask, always=(*ask.always, condition), never=(*ask.never, shut))

    def _chosen(self, group: str) -> frozenset[str]:
        return self.query.filters.get(group, frozenset())


def _missing(weaker: list[Hit]) -> tuple[str, ...]:
    """Tell what most of the weaker results lack, the most common first."""
    counts = Counter(part for hit in weaker for part in hit.missing)
    often = sorted(counts, key=lambda part: (-counts[part], part))
    return tuple(part for part in often if counts[part] * 2 >= len(weaker))

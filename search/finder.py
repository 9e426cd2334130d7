"""Asks an engine what a plan wants, level by level, and makes a page of the answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gebied.distance import km_between
from search.engines.base import Ask, Condition, Engine, Filters, Found, Row, Show, Shown
from search.engines.circle import Circle
from search.needs import Needs, alternated
from search.query import Hit, SearchQuery
from search.ranking import Ranking, about, closed_on, serves
from search.records.hours import Badge, badges
from search.understanding.highlight import highlight, roots_of
from search.understanding.plan import Plan, Where

# How many candidates are ranked exactly; deeper pages keep the engine's own order.
WINDOW = 150
WORDS_ONLY_WINDOW = 60
EXTRA_WINDOW = 60
MOST_RELATED = 10
# With fewer results than these, what helps with the same need stands below them.
ENOUGH = 10
FURTHEST_KM = 400.0
OPEN_NOW_GROUP = "access:open_now"


def shows_nothing(_keys: Sequence[str]) -> Shown:
    """Show no page: only its rows are wanted."""
    return Shown({}, {}, 0)


@dataclass(frozen=True)
class Result:
    """What was found for one page, before it becomes HTML."""

    level: int
    total: int
    ask: Ask
    rows: list[Row]
    related: list[Row]
    show: Show


class Finder:
    """One question on its way: plan and query in, rows out."""

    def __init__(self, engine: Engine, query: SearchQuery, plan: Plan, filters: Filters, now: datetime) -> None:
        self._engine = engine
        self._query = query
        self._plan = plan
        self._filters = filters
        self._now = now
        self.ranking = Ranking(plan, now.date())
        needed = plan.needed
        self._musts = levels(len(needed))
        self._base = Ask(
            plan=plan,
            needed=needed,
            must_match=len(needed),
            filters=filters,
            always=(Condition("visible_to", tuple(sorted(query.visible_to))),),
            flags=self.ranking.conditions,
            never=self._shut(now),
            within=self._circle(),
        )

    def _shut(self, now: datetime) -> tuple[Condition, ...]:
        """Where something must be open at a moment, a day of closing counts as well."""
        days = [now.date()] if OPEN_NOW_GROUP in self._filters else []
        days += [self._query.open_at.date()] if self._query.open_at else []
        return (closed_on(*days),) if days else ()

    def _circle(self) -> Circle | None:
        """Nothing further than so many kilometres, where it is known from where."""
        km = self._query.within_km
        return Circle(*self.centre, min(km, FURTHEST_KM)) if self.centre and km and km > 0 else None

    def find(self, begin: Callable[[Ask], Show] = lambda _ask: shows_nothing) -> Result:
        """Find the first level that has a hit, one page of it, and weaker hits to fill the page.

        `begin` may begin to count what answers: mostly that is what the first level finds.
        """
        asks = self._levels()
        show = begin(asks[0])
        window = self._window if self._query.sort == "relevance" else 1
        answers = zip(asks, self._engine.find_each([(ask, window) for ask in asks]), strict=True)
        for at, (ask, found) in enumerate(answers):
            if found.total or at == len(asks) - 1:
                show = begin(ask) if at else show
                rows, related = self._page(ask, found)
                level = at if self._plan.several else self._musts.index(ask.must_match)
                return Result(level, found.total, ask, rows, related, show)
        raise AssertionError("there is always a level")

    def _levels(self) -> list[Ask]:
        """Give a question per level; first what is made for one of its concepts and does not only mention them.

        Of several needs at once, what is made for one of them answers.
        """
        base = self._base
        asks = [replace(base, must_match=must) for must in self._musts]
        if len(base.needed) > 1:
            must = 1 if self._plan.several else base.must_match
            asks.insert(0, replace(base, must_match=must, always=(*base.always, self._made_for_one())))
        return asks

    def _made_for_one(self) -> Condition:
        names = {name for concept in self._base.needed for name in about(concept).values}
        return Condition("about", tuple(sorted(names)))

    def _page(self, ask: Ask, found: Found) -> tuple[list[Row], list[Row]]:
        first, size = (self._query.page - 1) * self._query.size, self._query.size
        needs = Needs(())
        if found.total <= first:
            rows: list[Row] = []
        elif self._query.sort == "relevance":
            candidates = self._with_favoured(ask, found)
            needs = Needs((self.ranking.score(row), row) for row in candidates)
            rows = self._by_relevance(ask, found.total, self._ranked(candidates, needs))
        elif self._query.sort == "distance" and self.centre:
            rows = self._engine.nearest(ask, self.centre, size, first).rows
        else:
            order = "by_check" if self._query.sort == "verified" else "by_name"
            rows = self._engine.keys_by(ask, order, size, first).rows
        room = size - len(rows)
        on_last_page = 0 < found.total <= first + size
        related = self._related(ask, min(room, MOST_RELATED), needs) if on_last_page and room > 0 else []
        if on_last_page and not first:
            related += self._same_needs([*rows, *related], needs)
        return rows, related

    @property
    def _window(self) -> int:
        """Where nothing but words is asked for, the engine's order is nearly ours already."""
        plan = self._plan
        return WINDOW if plan.where or plan.opening or plan.wishes or plan.several else WORDS_ONLY_WINDOW

    @property
    def centre(self) -> tuple[float, float] | None:
        """From where distances count."""
        where = self._plan.where
        if self._query.near:
            return self._query.near
        if where and where.latitude is not None and where.longitude is not None:
            return where.latitude, where.longitude
        return None

    def _by_relevance(self, ask: Ask, total: int, window: Sequence[Row]) -> list[Row]:
        first = (self._query.page - 1) * self._query.size
        page = list(window[first : first + self._query.size])
        missing = self._query.size - len(page)
        if missing and total > len(window):
            # Beyond the window the engine's own order holds, without what the window showed already.
            deeper = replace(ask, seen=tuple(row.key for row in window))
            page += self._engine.find(deeper, missing, max(0, first - len(window))).rows
        return page

    def _with_favoured(self, ask: Ask, found: Found) -> list[Row]:
        """Candidates that place or opening would lift, in case many others have more of the words."""
        rows = {row.key: row for row in found.rows}
        if found.total > len(found.rows):
            asks = (replace(ask, always=(*ask.always, condition)) for condition in self._favoured())
            for more in self._engine.find_each([(lifted, EXTRA_WINDOW) for lifted in asks]):
                rows.update((row.key, row) for row in more.rows)
        return list(rows.values())

    def _favoured(self) -> Iterable[Condition]:
        if self._plan.where:
            yield serves(self._plan.where)
            yield Condition("at", (self._plan.where.municipality,))
        if self._plan.opening:
            yield Condition("slot", tuple(str(slot) for slot in sorted(self._plan.opening.slots)))

    def _ranked(self, rows: Iterable[Row], needs: Needs) -> list[Row]:
        scores = {row.key: self.ranking.score(row) for row in rows}
        ordered = sorted(rows, key=lambda row: (-scores[row.key] * needs.lift(row), row.key))
        return alternated(ordered, scores, self.ranking.has_each) if self._plan.several else ordered

    def _related(self, ask: Ask, limit: int, needs: Needs) -> list[Row]:
        """Give weaker answers; what has only a trace of the words must stand under the same needs."""
        if not ask.needed or ask.must_match == 0:
            return []
        weaker = self._weaker(ask)
        found = self._with_favoured(weaker, self._engine.find(weaker, WORDS_ONLY_WINDOW))
        rows = [row for row in found if self.ranking.strong_count(row) or needs.fits(row)]
        return self._ranked([row for row in rows if not self._is_found_by(ask, row)], needs)[:limit]

    def _weaker(self, ask: Ask) -> Ask:
        if len(ask.always) == len(self._base.always):
            return replace(ask, must_match=0, outside=ask.must_match)
        if self._plan.several:
            return replace(self._base, must_match=0, never=(*self._base.never, self._made_for_one()))
        return replace(self._base, must_match=0)

    def _is_found_by(self, ask: Ask, row: Row) -> bool:
        """Tell whether a row is no weaker answer: an engine cannot be asked for all but the first level."""
        return self.ranking.strong_count(row) >= ask.must_match and self.ranking.is_made_for_one(row)

    def _same_needs(self, shown: Sequence[Row], needs: Needs) -> list[Row]:
        """Give what stands under the same needs, where too little is found by its words."""
        missing = ENOUGH - len(shown)
        if missing <= 0 or not needs.meant:
            return []
        always = (*self._base.always, Condition("category", needs.meant))
        ask = replace(self._base, needed=(), must_match=0, always=always, seen=tuple(row.key for row in shown))
        rows = self._with_favoured(ask, self._engine.find(ask, WORDS_ONLY_WINDOW))
        return sorted(rows, key=lambda row: (-needs.share(row) * self.ranking.worth(row), row.key))[:missing]

    def km(self, row: Row) -> float | None:
        """Kilometres as the crow flies, or nothing when either end is unknown."""
        if self.centre is None or row.latitude is None or row.longitude is None:
            return None
        return km_between(self.centre, (row.latitude, row.longitude))

    def hits(self, rows: Sequence[Row], cards: Mapping[str, Mapping[str, Any]]) -> list[Hit]:
        """Give the rows with their cards, marked words, reasons, and whether they are open then."""
        roots, badge = roots_of(self._plan.concepts), badges(self._query.open_at or self._now)
        return [self._hit(row, cards[row.key], roots, badge(cards[row.key])) for row in rows if row.key in cards]

    def _hit(self, row: Row, card: Mapping[str, Any], roots: frozenset[str], badge: Badge) -> Hit:
        why, missing = self._reasons(row)
        return Hit(
            key=row.key,
            score=round(self.ranking.score(row), 4),
            card=card,
            name_html=highlight(str(card.get("name", "")), roots, self._plan.splits),
            text_html=highlight(str(card.get("summary", "")), roots, self._plan.splits),
            km=self.km(row),
            position=None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude),
            open_now=badge.open_now,
            opening=badge.said,
            opening_tone=badge.tone,
            why=tuple(why),
            missing=tuple(missing),
        )

    def _reasons(self, row: Row) -> tuple[list[str], list[str]]:
        why: list[str] = []
        missing: list[str] = []
        for at, concept in enumerate(self._plan.concepts):
            if concept not in self._plan.needed:
                continue
            (why if row.strong >> at & 1 else missing).append(concept.label)
        where = self._plan.where
        if where and where.typed:
            (why if self.ranking.has(row, "serves") else missing).append(where.label)
        if self._plan.opening and self.ranking.has(row, "open") and not self.ranking.has(row, "shut"):
            why.append(self._plan.opening.label)
        return why, missing


def levels(count: int) -> list[int]:
    """How many of the concepts must match: all, two thirds, half, then any trace."""
    if count == 0:
        return [0]
    wanted = [count, -(-2 * count // 3), -(-count // 2)]
    return [*dict.fromkeys(wanted), 0]


def home_of(spot_where: Where | None) -> Where | None:
    """Give the session's municipality as the plan wants it: preferred less than a typed one."""
    return replace(spot_where, typed=False) if spot_where else None

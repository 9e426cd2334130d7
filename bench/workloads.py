"""What the engines are asked: the same questions with more and more around them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bench.figures import Timings, keep
from bench.load import Question, load
from search.engines.base import Engine
from search.facets import FIELDS, Terms
from search.find import filters_of, plan_of
from search.finder import Finder, Result
from search.query import SearchQuery
from search.understanding.places import places

# Brugge: a town with many services, a zone, a province and a region above it.
HOME = "31005"
CENTRE = (51.2089, 3.2242)
NOW = datetime.fromisoformat("2026-11-25T10:30:00+01:00")
# The names of needs play no part in an engine.
TERMS = Terms({}, {})
SIX = ("category", "municipality", "target", "language", "cost", "referral")
AREA = {"municipality": frozenset({HOME})}
FOUR = AREA | {
    "cost": frozenset({"free"}), "language": frozenset({"nl"}), "referral": frozenset({"self"}),
}  # fmt: skip
SEVERAL = {
    "category": frozenset({"money", "housing", "care"}), "target": frozenset({"everyone", "families"}),
    "cost": frozenset({"free", "low"}), "language": frozenset({"nl", "fr"}),
}  # fmt: skip


@dataclass(frozen=True)
class Workload:
    """A way of asking: options of the query, and whether values are counted."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


WORKLOADS = (
    Workload("text", {"facets": ()}),
    Workload("six facets", {"facets": SIX}),
    Workload("one filter, six facets", {"facets": SIX, "filters": AREA}),
    Workload("four filters, six facets", {"facets": SIX, "filters": FOUR}),
    Workload("several of each, six facets", {"facets": SIX, "filters": SEVERAL}),
    Workload("open now, one filter, six facets", {"facets": SIX, "filters": AREA, "open_at": NOW}),
    Workload("nearest first", {"facets": (), "near": CENTRE, "sort": "distance"}),
)


def home_nodes() -> tuple[str, ...]:
    """Give the nodes that cover the town of the filter."""
    return tuple(places().nodes[HOME])


def found(engine: Engine, query: SearchQuery) -> Result:
    """Plan, and find one page of keys; begin to count what the query asks to be counted."""
    known, now = places(), query.now or NOW
    plan = plan_of(query, engine, known, now)
    groups = [FIELDS.get(group, group) for group in query.facets]
    finder = Finder(engine, query, plan, filters_of(query, known, TERMS, now), now)
    return finder.find(lambda ask: engine.begin(ask, groups, None))


def call(engine: Engine, query: SearchQuery) -> int:
    """Plan, find one page of keys, count the values: what an engine is there for; return how many rows it shows."""
    result = found(engine, query)
    if query.facets:
        result.show(())
    return len(result.rows) + len(result.related)


def run(name: str, size: int, ask: Callable[[Question, Workload], int], only: int = len(WORKLOADS)) -> None:
    """Ask everything once to warm up and once for the figures, workload by workload."""
    for workload in WORKLOADS[:only]:
        for _warm in load():
            ask(_warm, workload)
        timings = Timings(name, size, workload.name)
        for question in load():
            timings.add(question.kind, lambda question=question, workload=workload: ask(question, workload))  # type: ignore[misc]
        keep(timings.row())


def asker(engine: Engine) -> Callable[[Question, Workload], int]:
    """Give a way to ask one of our engines."""
    return lambda question, workload: call(engine, SearchQuery(question.text, now=NOW, **workload.options))

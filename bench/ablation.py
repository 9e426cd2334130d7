"""What each ingredient of search is worth: the judged questions of the demo region, with one ingredient left out."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402 (needs the apps)

from bench.demo_region import JUDGED  # noqa: E402 (needs the apps)
from bench.figures import keep  # noqa: E402 (needs the apps)
from search.engines import index  # noqa: E402 (needs the apps)
from search.facets import load_terms  # noqa: E402 (needs the apps)
from search.find import filters_of, plan_of  # noqa: E402 (needs the apps)
from search.finder import Finder  # noqa: E402 (needs the apps)
from search.query import SearchQuery  # noqa: E402 (needs the apps)
from search.scoring import Judged, Known, judge, read, summed  # noqa: E402 (needs the apps)
from search.understanding.places import places  # noqa: E402 (needs the apps)
from search.understanding.plan import Concept, Kind, Plan  # noqa: E402 (needs the apps)

Change = Callable[[Plan], Plan]


def without(*kinds: Kind) -> Change:
    """Leave out alternatives of some kinds; a concept that has no other keeps the word as it was typed."""

    def changed(concept: Concept) -> Concept:
        kept = tuple(one for one in concept.alternatives if one.kind not in kinds)
        return replace(concept, alternatives=kept)

    return lambda plan: replace(plan, concepts=tuple(changed(concept) for concept in plan.concepts))


def needed_by_all(plan: Plan) -> Plan:
    """Take no word as one that only lifts."""
    return replace(plan, concepts=tuple(replace(concept, optional=False) for concept in plan.concepts))


LEFT_OUT: dict[str, Change] = {
    "nothing": lambda plan: plan,
    "synonyms and everyday words": without(Kind.SYNONYM, Kind.FURTHER),
    "what synonyms also mean": without(Kind.FURTHER),
    "correction of typing": without(Kind.CORRECTED),
    "compounds": without(Kind.COMPOUND, Kind.PIECE, Kind.PART, Kind.JOINED, Kind.APART),
    "unfinished words": without(Kind.PREFIX),
    "words that only lift": needed_by_all,
    "places": lambda plan: replace(plan, where=None),
    "opening hours": lambda plan: replace(plan, opening=None),
    "wishes (free, without appointment)": lambda plan: replace(plan, wishes=()),
    "several needs at once": lambda plan: replace(plan, several=()),
    "all of these": lambda plan: replace(
        without(*(kind for kind in Kind if kind not in {Kind.WORD, Kind.FACET}))(plan),
        where=None, opening=None, wishes=(), several=(),
    ),
}  # fmt: skip


def answer(question: Judged, change: Change) -> Sequence[Known]:
    """Ask one question with the plan changed."""
    engine, known, now = index.engine(), places(), question.now or timezone.localtime()
    now = now if timezone.is_aware(now) else timezone.make_aware(now)
    query = SearchQuery(question.text, area=question.municipality or None, now=now, facets=())
    plan = change(plan_of(query, engine, known, now))
    result = Finder(engine, query, plan, filters_of(query, known, load_terms(), now), now).find()
    rows = [*result.rows, *result.related]
    cards = engine.cards([row.key for row in rows])
    return [(cards[row.key]["name"], cards[row.key]["organization"]) for row in rows]


def main(files: Iterable[Path]) -> None:
    """Print one row per ingredient."""
    questions = [question for file in files for question in read(file)]
    for name, change in LEFT_OUT.items():
        whole = summed(judge(questions, lambda question, change=change: answer(question, change)))[-1]  # type: ignore[misc]
        keep({
            "workload": f"without {name}", "questions": whole.count, "ndcg": round(whole.ndcg, 3),
            "success": round(whole.success, 3), "without": whole.without,
        })  # fmt: skip


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(JUDGED.glob("demo-*.toml")))

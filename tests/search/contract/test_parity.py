"""Both engines answer alike: the same totals, counts and readings, and nearly always the same order."""

from dataclasses import replace
from datetime import date

import pytest

from search.engines.base import Condition
from search.engines.embedded import EmbeddedEngine
from search.engines.tantivy_schema import build
from search.records.doc import SearchDoc
from search.scoring import read
from search.understanding.understood import suggestion, understood
from tests.search.fixture import HERE

JUDGED = [(one.text, {"area": one.municipality or None, **({"now": one.now} if one.now else {})})
          for one in read(HERE / "judged" / "formal.toml")]  # fmt: skip
FREE = {"cost": frozenset({"free"})}
ARABIC_OR_DUTCH = {"language": frozenset({"ar", "nl"})}
MOL = {"municipality": frozenset({"13025"})}
MORE = [
    ("", {}),
    ("", {"area": "Mol"}),
    ("", {"sort": "name", "size": 100}),
    ("", {"sort": "verified", "size": 100}),
    ("", {"filters": MOL | FREE}),
    ("zzzz qqqq", {}),
    ("de het een", {}),
    *((text, {"filters": filters}) for text in ("schulden", "zorg thuis", "kind") for filters in (FREE, MOL | FREE)),
    *((text, {"filters": ARABIC_OR_DUTCH | FREE}) for text in ("tolk", "nederlands leren", "advocaat")),
    *((text, {"sort": "distance", "area": "Mol", "size": 50}) for text in ("", "hulp", "ocmw")),
    *((text, {"area": "Mol", "within_km": km}) for text in ("", "hulp") for km in (2.0, 12.5, 40.0)),
    *((text, {"size": 5, "page": 2}) for text in ("zorg", "gezin", "wonen")),
]
QUESTIONS = [*JUDGED, *MORE]
GROUPS = ("category", "language", "cost", "areas", "access")


@pytest.fixture(scope="module")
def both(ask, formal, server):
    """Give what both engines found for every question: finder and result, embedded first."""

    def answers(text, options):
        return [ask(text, engine=engine, **options) for engine in (formal, server)]

    return [(text, answers(text, options)) for text, options in QUESTIONS]


def test_more_than_a_hundred_questions_are_asked():
    assert len(QUESTIONS) > 150


def test_totals_and_levels_are_equal(both):
    different = {
        text: [(result.total, result.level) for _finder, result in answers]
        for text, answers in both
        if len({(result.total, result.level) for _finder, result in answers}) > 1
    }

    assert different == {}


def test_counts_of_facets_are_equal(both, formal, server):
    for text, ((_one, here), (_other, there)) in both:
        counted = [engine.facets(result.ask, GROUPS) for engine, result in ((formal, here), (server, there))]

        assert counted[0] == counted[1], text


def test_the_question_is_read_alike(both):
    for text, answers in both:
        plans = [finder._plan for finder, _result in answers]
        readings = [(understood(plan), suggestion(plan, correct=True)) for plan in plans]

        assert readings[0] == readings[1], text


def test_the_first_hit_and_the_top_ten_are_nearly_always_the_same(both):
    firsts, overlaps = [], []
    for _text, answers in both:
        one, other = ([row.key for row in (*result.rows, *result.related)][:10] for _finder, result in answers)
        firsts.append(one[:1] == other[:1])
        overlaps.append(len({*one} & {*other}) / max(len(one), len(other), 1) if one or other else 1.0)

    assert sum(firsts) / len(firsts) >= 0.98
    assert sum(overlaps) / len(overlaps) >= 0.95


@pytest.mark.parametrize("sort", ["name", "verified"])
def test_what_has_the_same_name_or_day_stands_in_the_same_order(make_server, ask, tmp_path, sort):
    days = (date(2026, 11, 1), date(2026, 10, 1), None)
    twins = [SearchDoc(f"{at:02}", 1, (), name=f"Onthaal {at % 2}", verified=days[at % 3]) for at in range(30)]
    build(tmp_path / "index", reversed(twins))
    engines = (EmbeddedEngine(tmp_path / "index"), make_server(twins))
    pages = [
        [row.key for number in range(1, 5) for row in ask("", engine=engine, sort=sort, size=8, page=number)[1].rows]
        for engine in engines
    ]

    assert pages[0] == pages[1]
    assert len(set(pages[0])) == 30


def test_what_is_told_of_each_row_is_equal(both):
    for text, ((finder, here), (_other, there)) in both:
        concepts = finder._plan.concepts
        needed = sum(1 << at for at, concept in enumerate(concepts) if concept in finder._plan.needed)
        known = {row.key: told(row, needed) for row in here.rows}
        for row in there.rows:
            if row.key in known:
                assert told(row, needed) == known[row.key], text


def told(row, needed):
    """Give a row without its score; of concepts that only lift nobody asks whether it has them."""
    return row._replace(score=0.0, strong=row.strong & needed, some=row.some & needed)


def test_scores_are_equal_but_for_phrases_with_a_gap(both):
    for text, ((finder, here), (_other, there)) in both:
        known = {row.key: row.score for row in here.rows}
        if any(way.phrase for concept in finder._plan.concepts for way in concept.alternatives):
            continue
        for row in there.rows:
            if row.key in known:
                assert row.score == pytest.approx(known[row.key], rel=0.001, abs=0.001), text


def test_one_round_trip_shows_the_same_as_three(engine, ask):
    _finder, result = ask("schulden", engine=engine)
    keys = [row.key for row in result.rows]
    free = replace(result.ask, always=(*result.ask.always, Condition("cost", ("free",))))
    shown = engine.begin(result.ask, GROUPS, free)(keys)

    assert shown.cards == engine.cards(keys)
    assert shown.facets == engine.facets(result.ask, GROUPS)
    assert shown.also == engine.count(free)

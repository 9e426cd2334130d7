"""Properties that hold whatever is asked; every engine has to keep them."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import Ask, Condition
from search.finder import Finder
from search.query import LARGEST_PAGE, LAST_PAGE, SearchQuery
from search.records.doc import NAME, TEXT, Passage, SearchDoc
from search.rules.synonyms import SynonymTable, parse
from search.understanding.plan import Plan
from search.understanding.planner import Planner
from tests.search import fixture

WEDNESDAY = datetime(2026, 11, 25, 10, 30)
QUESTIONS = [
    "", "schulden", "ocmw mol", "kind", "psycholoog", "gratis advocaat", "dokter zaterdag", "zorg thuis ouderen",
    "vluchteling nederlandse les", "eten", "huis", "zzzz", "de het een",
]  # fmt: skip
SORTS = ["relevance", "name", "verified", "distance"]
GROUPS = ("category", "language", "cost", "areas")
FILTERS = [{"cost": frozenset({"free"})}, {"language": frozenset({"ar"})}, {"municipality": frozenset({"13025"})}]
ODD = [
    '"', "'; DROP TABLE x; --", "* AND (", "\\", "a:b", "\u200f\u202e", "%00", "🙂", "ok" * 5000, "1" * 300, "ш م 字",
    "\x00\x01", "{}[]", "NOT schulden", "/.*/", "woord " * 200,
]  # fmt: skip
EVERYTHING = Ask(plan=Plan(text=""), needed=(), must_match=0)


def record(key, name="Voorbeeld", **fields):
    """Give a small record."""
    return SearchDoc(
        key=key, version=1, name=name, passages=(Passage(NAME, name),), areas=frozenset({"country:BE"}), **fields
    )


@pytest.fixture
def asked(ask, engine):
    """Ask one engine: `asked("schulden", area="Mol")` gives a finder and what it found."""
    return lambda text="", **options: ask(text, engine=engine, **options)


@pytest.fixture
def keys(asked):
    """Give only the keys of what was found, the weaker ones last."""

    def found(text, **options):
        _finder, result = asked(text, **options)
        return [row.key for row in (*result.rows, *result.related)]

    return found


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_filter_never_raises_the_total(asked, text):
    _finder, everything = asked(text)
    for filters in FILTERS:
        _finder, filtered = asked(text, filters=filters)

        assert filtered.level > everything.level or filtered.total <= everything.total


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_count_is_the_total_after_choosing_it(asked, engine, text):
    _finder, result = asked(text)
    counted = engine.facets(result.ask, GROUPS)

    for group in ("category", "language", "cost"):
        for value, count in counted[group].items():
            chosen = replace(result.ask, filters={group: (Condition(group, (value,)),)})
            assert engine.count(chosen) == count


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_group_counts_as_if_its_own_filter_were_open(asked, engine, text):
    _finder, result = asked(text)
    before = engine.facets(result.ask, ["cost", "language"])
    free, arabic = Condition("cost", ("free",)), Condition("language", ("ar",))
    one = replace(result.ask, filters={"cost": (free,)})
    both = replace(result.ask, filters={"cost": (free,), "language": (arabic,)})

    assert engine.facets(one, ["cost"])["cost"] == before["cost"]
    assert engine.facets(both, ["cost", "language"])["language"] == engine.facets(one, ["language"])["language"]


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("sort", SORTS)
def test_pages_are_disjoint_and_hold_everything_once(asked, text, sort):
    _finder, first = asked(text, sort=sort, size=7, area="Mol")
    pages = [asked(text, sort=sort, size=7, page=page, area="Mol")[1].rows for page in range(1, first.total // 7 + 2)]
    found = [row.key for rows in pages for row in rows]

    assert len(found) == len(set(found)) == first.total


def test_pages_beyond_the_window_are_disjoint_too(fresh, ask):
    engine = fresh([record(f"r{number:03}", f"Oppas {number}") for number in range(400)])
    pages = [ask("oppas", engine=engine, size=60, page=page)[1].rows for page in range(1, 8)]
    found = [row.key for rows in pages for row in rows]

    assert len(found) == len(set(found)) == 400


@pytest.mark.parametrize("text", QUESTIONS)
def test_related_results_are_no_results(asked, text):
    _finder, result = asked(text)

    assert {row.key for row in result.rows}.isdisjoint(row.key for row in result.related)


@pytest.mark.parametrize("text", ODD)
def test_odd_questions_get_an_answer(asked, text):
    finder, result = asked(text[:500])

    assert result.total >= 0
    assert finder.hits(result.rows[:3], {}) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_any_text_gets_an_answer(asked, text):
    _finder, result = asked(text)

    assert result.total >= len(result.rows)


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_far_beyond_the_end_is_empty(asked, sort):
    _finder, result = asked("schulden", page=LAST_PAGE, size=LARGEST_PAGE, sort=sort, area="Mol")

    assert result.rows == []
    assert result.total > 0


def test_the_same_question_gives_the_same_answer(asked):
    assert asked("zorg thuis")[1].rows == asked("zorg thuis")[1].rows


def test_rules_of_equal_words_work_both_ways(fresh, known):
    engine = fresh([record("een", "Zetelfonds"), record("twee", "Kussenkast"), record("drie", "Oppas")])
    planner = Planner(engine.vocabulary(), SynonymTable(parse("zetelfonds, kussenkast")), known.gazetteer)

    def found(text):
        query = SearchQuery(text)
        plan = planner.plan(text, now=WEDNESDAY)
        return {row.key for row in Finder(engine, query, plan, {}, WEDNESDAY).find().rows}

    assert found("zetelfonds") == found("kussenkast") == {"een", "twee"}


def test_names_come_in_order_of_the_alphabet(asked, engine):
    _finder, result = asked("", sort="name", size=100)
    cards = engine.cards([row.key for row in result.rows])
    names = [cards[row.key]["name"].casefold() for row in result.rows]

    assert names == sorted(names)


def test_distances_only_grow(asked):
    finder, result = asked("", sort="distance", area="Mol", size=100)
    distances = [km for row in result.rows if (km := finder.km(row)) is not None]

    assert len(distances) > 50
    assert distances == sorted(distances)


def test_the_nearest_stand_first_also_where_very_many_lie_close_together(fresh, ask, known):
    spot = known.gazetteer.named("Mol")
    crowd = [
        record(f"r{at:04}", latitude=spot.latitude + (2200 - at) * 2e-6, longitude=spot.longitude) for at in range(2200)
    ]
    _finder, result = ask("", engine=fresh(crowd), sort="distance", area="Mol", size=20)

    assert [row.key for row in result.rows] == [f"r{at:04}" for at in range(2199, 2179, -1)]


@pytest.mark.parametrize("km", [5.0, 25.0])
def test_nothing_lies_further_than_asked_and_nothing_nearer_is_left_out(asked, km):
    finder, near = asked("", sort="distance", area="Mol", size=100, within_km=km)
    _finder, everything = asked("", sort="distance", area="Mol", size=100)
    within = {row.key: finder.km(row) for row in near.rows}
    inside = {row.key for row in everything.rows if row.latitude and finder.km(row) < km * 0.98}

    assert inside <= within.keys()
    assert all(distance <= km * 1.02 for distance in within.values())
    assert near.total == len(within) > 0


def test_a_service_of_the_place_stands_before_the_same_elsewhere(keys):
    assert keys("mindermobielencentrale geel")[0] == "mmc-geel"
    assert keys("mindermobielencentrale mol")[0] == "mmc-mol"
    assert keys("mindermobielencentrale", area="Geel")[0] == "mmc-geel"


def test_what_is_open_at_the_asked_moment_stands_first(keys):
    assert keys("praten zaterdagavond")[0] in {"tele-onthaal", "zelfmoordlijn"}


def test_a_stronger_answer_stands_before_a_weaker_one(asked):
    _finder, result = asked("schulden advocaat")

    assert result.level > 0 or result.total > 0
    assert all(row.strong for row in result.rows)


def test_deleting_and_adding_leaves_the_number_of_records_unchanged(fresh):
    engine = fresh([record("een", "Poetshulp"), record("twee", "Oppas")])
    before = engine.count(EVERYTHING)
    for turn in range(1, 4):
        engine.write([record("een", "Poetsdienst")], gone=["twee"], at=2 * turn)
        engine.write([record("twee", "Oppas")], at=2 * turn + 1)

    assert engine.count(EVERYTHING) == before
    assert sorted(key for key, _version in engine.keys_and_versions()) == ["een", "twee"]


def test_a_written_record_is_found_at_once_by_an_open_reader(fresh):
    engine = fresh([record("een", "Poetshulp"), record("twee", "Oppas")])
    assert engine.vocabulary().count("tandart") == 0
    engine.write([record("drie", "Tandarts")])

    assert engine.count(EVERYTHING) == 3
    assert engine.vocabulary().has_word("tandarts")


def test_a_hidden_record_is_nowhere(fresh, ask):
    engine = fresh(
        [record("open", "Oppas"), replace(record("geheim", "Geheimzinnigheid"), visible_to=frozenset({"staff"}))]
    )
    public = replace(EVERYTHING, always=(Condition("visible_to", ("public",)),))
    _finder, result = ask("geheimzinnigheid oppas", engine=engine)

    assert [row.key for row in engine.find(public, 10).rows] == ["open"]
    assert engine.count(public) == 1
    assert engine.facets(public, ["areas"]) == {"areas": {"country:BE": 1}}
    assert engine.vocabulary().has_word("oppas")
    assert not engine.vocabulary().has_word("geheimzinnigheid")
    assert {row.key for row in (*result.rows, *result.related)} == {"open"}


@pytest.mark.parametrize("sort", SORTS)
def test_a_hidden_record_stands_on_no_page_in_any_order(fresh, ask, sort):
    hidden = replace(record("geheim", "Oppas"), visible_to=frozenset({"staff"}))
    engine = fresh([record("open", "Oppas"), hidden])
    _finder, result = ask("oppas", engine=engine, sort=sort, area="Mol")

    assert [row.key for row in result.rows] == ["open"]


@pytest.mark.parametrize("audience", [frozenset(), frozenset({"staff"})])
def test_a_record_that_is_hidden_later_is_found_no_more(fresh, audience):
    engine = fresh([record("open", "Oppas"), record("geheim", "Oppas")])
    public = replace(EVERYTHING, always=(Condition("visible_to", ("public",)),))
    assert engine.count(public) == 2

    engine.write([replace(record("geheim", "Oppas"), visible_to=audience)])

    assert [row.key for row in engine.find(public, 10).rows] == ["open"]
    assert engine.facets(public, ["areas"]) == {"areas": {"country:BE": 1}}


def test_a_record_keeps_its_card(engine):
    row = fixture.rows()[0]

    assert engine.cards([row["slug"]])[row["slug"]]["name"] == row["name"]
    assert engine.cards([]) == {}


def test_long_texts_are_indexed(fresh):
    long = replace(record("lang"), passages=(Passage(TEXT, "woord " * 20000 + "fietsles"),))

    assert fresh([long]).vocabulary().has_word("fietsles")

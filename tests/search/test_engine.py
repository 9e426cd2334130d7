"""Properties that hold whatever is asked; every engine has to keep them."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.doc import NAME, TEXT, Passage, SearchDoc
from search.engines.base import Ask, Condition
from search.engines.embedded import EmbeddedEngine, WriterBusyError, build
from search.plan import Plan
from search.query import LAST_PAGE
from tests.search import fixture

# The places are read from the database.
pytestmark = pytest.mark.django_db
QUESTIONS = [
    "", "schulden", "ocmw mol", "kind", "psycholoog", "gratis advocaat", "dokter zaterdag", "zorg thuis ouderen",
    "vluchteling nederlandse les", "eten", "huis", "zzzz", "de het een",
]  # fmt: skip
GROUPS = ("category", "language", "cost", "areas")
ODD = [
    '"',
    "'; DROP TABLE x; --",
    "* AND (",
    "\\",
    "a:b",
    "\u200f\u202e",
    "%00",
    "🙂",
    "ok" * 5000,
    "1" * 300,
    "ш م 字",
]
EVERYTHING = Ask(plan=Plan(text=""), needed=(), must_match=0)


def record(key, name="Voorbeeld", **fields):
    """Give a small record."""
    return SearchDoc(
        key=key, version=1, name=name, passages=(Passage(NAME, name),), areas=frozenset({"country:BE"}), **fields
    )


@pytest.fixture
def own(tmp_path):
    """Give an engine of one's own, to write to."""
    build(tmp_path / "index", [record("een", "Poetshulp"), record("twee", "Oppas")])
    return EmbeddedEngine(tmp_path / "index")


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_filter_never_raises_the_total(ask, text):
    _finder, everything = ask(text)
    _finder, free = ask(text, filters={"cost": frozenset({"free"})})

    assert free.level > everything.level or free.total <= everything.total


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_count_is_the_total_after_choosing_it(ask, formal, text):
    _finder, result = ask(text)
    counted = formal.facets(result.ask, GROUPS)

    for group in ("category", "language", "cost"):
        for value, count in counted[group].items():
            chosen = replace(result.ask, filters={group: (Condition(group, (value,)),)})
            assert formal.count(chosen) == count


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_group_counts_as_if_its_own_filter_were_open(ask, formal, text):
    _finder, result = ask(text)
    before = formal.facets(result.ask, ["cost", "language"])
    chosen = replace(result.ask, filters={"cost": (Condition("cost", ("free",)),)})

    assert formal.facets(chosen, ["cost"])["cost"] == before["cost"]


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("sort", ["relevance", "name", "verified", "distance"])
def test_pages_are_disjoint_and_hold_everything_once(ask, text, sort):
    _finder, first = ask(text, sort=sort, size=7, area="Mol")
    pages = [ask(text, sort=sort, size=7, page=page, area="Mol")[1].rows for page in range(1, first.total // 7 + 2)]
    keys = [row.key for rows in pages for row in rows]

    assert len(keys) == len(set(keys)) == first.total


@pytest.mark.parametrize("text", QUESTIONS)
def test_related_results_are_no_results(ask, text):
    _finder, result = ask(text)

    assert {row.key for row in result.rows}.isdisjoint(row.key for row in result.related)


@pytest.mark.parametrize("text", ODD)
def test_odd_questions_get_an_answer(ask, text):
    finder, result = ask(text[:500])

    assert result.total >= 0
    assert finder.hits(result.rows[:3], {}) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_gets_an_answer(ask, text):
    _finder, result = ask(text)

    assert result.total >= len(result.rows)


def test_a_page_far_beyond_the_end_is_empty(ask):
    _finder, result = ask("schulden", page=LAST_PAGE)

    assert result.rows == []
    assert result.total > 0


def test_the_same_question_gives_the_same_answer(ask):
    assert ask("zorg thuis")[1].rows == ask("zorg thuis")[1].rows


def test_names_come_in_order_of_the_alphabet(ask, formal):
    _finder, result = ask("", sort="name", size=100)
    cards = formal.cards([row.key for row in result.rows])
    names = [cards[row.key]["name"].casefold() for row in result.rows]

    assert names == sorted(names)


def test_distances_only_grow(ask):
    finder, result = ask("", sort="distance", area="Mol", size=100)
    distances = [km for row in result.rows if (km := finder.km(row)) is not None]

    assert len(distances) > 50
    assert distances == sorted(distances)


def test_a_service_of_the_place_stands_before_the_same_elsewhere(keys):
    assert keys("mindermobielencentrale geel")[0] == "mmc-geel"
    assert keys("mindermobielencentrale mol")[0] == "mmc-mol"
    assert keys("mindermobielencentrale", area="Geel")[0] == "mmc-geel"


def test_what_is_open_at_the_asked_moment_stands_first(keys):
    assert keys("praten zaterdagavond")[0] in {"tele-onthaal", "zelfmoordlijn"}


def test_a_stronger_answer_stands_before_a_weaker_one(ask):
    _finder, result = ask("schulden advocaat")

    assert result.level > 0 or result.total > 0
    assert all(row.strong for row in result.rows)


def test_deleting_and_adding_leaves_the_number_of_records_unchanged(own):
    before = own.count(EVERYTHING)
    for _time in range(3):
        own.write([record("een", "Poetsdienst")], gone=["twee"])
        own.write([record("twee", "Oppas")])

    assert own.count(EVERYTHING) == before
    assert sorted(key for key, _version in own.keys_and_versions()) == ["een", "twee"]


def test_a_written_record_is_found_at_once_by_an_open_reader(own):
    assert own.vocabulary().count("tandart") == 0
    own.write([record("drie", "Tandarts")])

    assert own.count(EVERYTHING) == 3
    assert own.vocabulary().has_word("tandarts")


def test_two_writers_do_not_meet(own, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.LOCK_WAIT", 0.1)
    busy = own._writer(15_000_000)

    with pytest.raises(WriterBusyError):
        own.write([record("vier")])
    busy.wait_merging_threads()


def test_a_hidden_record_is_nowhere(tmp_path, known):
    open_, hidden = (
        record("open", "Oppas"),
        replace(record("geheim", "Geheimzinnigheid"), visible_to=frozenset({"staff"})),
    )
    build(tmp_path / "index", [open_, hidden])
    engine = EmbeddedEngine(tmp_path / "index")
    public = replace(EVERYTHING, always=(Condition("visible_to", ("public",)),))

    assert [row.key for row in engine.find(public, 10).rows] == ["open"]
    assert engine.count(public) == 1
    assert engine.facets(public, ["areas"]) == {"areas": {"country:BE": 1}}
    assert engine.vocabulary().has_word("oppas")
    assert not engine.vocabulary().has_word("geheimzinnigheid")


def test_a_record_keeps_its_card(formal):
    row = fixture.rows()[0]

    assert formal.cards([row["slug"]])[row["slug"]]["name"] == row["name"]
    assert formal.cards([]) == {}


def test_long_texts_are_indexed(tmp_path):
    long = replace(record("lang"), passages=(Passage(TEXT, "woord " * 20000 + "fietsles"),))
    build(tmp_path / "index", [long])

    assert EmbeddedEngine(tmp_path / "index").vocabulary().has_word("fietsles")

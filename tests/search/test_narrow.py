"""What need not be looked for, and what is looked for in a few records only, changes no answer and no score."""

from pathlib import Path

import pytest

from search.engines import embedded, narrow
from search.engines.embedded import EmbeddedEngine
from search.engines.narrow import Few, proving
from search.understanding.plan import PARTS, Alternative, Kind

GROUPS = ("category", "language", "cost", "areas")
HERE = {"municipality": frozenset({"13025"})}
QUESTIONS = (
    "", "schulden", "ocmw mol", "te weinig eten in huis", "gratis advocaat", "dokter zaterdag", "zorg thuis ouderen",
    "rechtsbijstand", "sociale dienst", "schuldhulp", "huisvest", "psycholog", "ik kan mijn rekening niet betalen",
    "nederlandse les en werk", "hulp in het turks", "zzzz", "vluchteling zonder papieren",
)  # fmt: skip


def one(*terms, **options):
    """Give an alternative of these terms."""
    return Alternative(terms, 1.0, Kind.WORD, **options)


@pytest.fixture
def everywhere(formal, monkeypatch):
    """Open the formal catalogue anew, as a large one in which looking among few records always pays."""
    monkeypatch.setattr(embedded, "MUCH", 1)
    monkeypatch.setattr(narrow, "NARROW", 1)
    monkeypatch.setattr(narrow, "ALONE", 0)
    monkeypatch.setattr(narrow, "TOGETHER", 10_000)
    return EmbeddedEngine(Path(formal._folder))


@pytest.mark.parametrize("text", QUESTIONS)
def test_looking_among_few_records_finds_the_same_with_the_same_scores(ask, everywhere, formal, text):
    for options in ({}, {"filters": HERE}, {"filters": HERE, "area": "Mol"}):
        _finder, few = ask(text, engine=everywhere, **options)
        _finder, all_records = ask(text, **options)

        assert (few.level, few.total, few.rows, few.related) == (
            all_records.level, all_records.total, all_records.rows, all_records.related,
        )  # fmt: skip
        assert everywhere.facets(few.ask, GROUPS) == formal.facets(all_records.ask, GROUPS)


def test_a_filter_that_few_records_meet_is_chosen(everywhere, ask):
    _finder, result = ask("schulden", engine=everywhere, filters=HERE)
    conditions = [condition for group in result.ask.filters.values() for condition in group]

    assert everywhere._queries.few.narrowest(conditions) == conditions[0]
    assert everywhere._queries.few.narrowest([]) is None


def test_a_filter_that_most_records_meet_is_not(formal, ask):
    _finder, result = ask("schulden")

    assert Few(formal.searcher()).narrowest(result.ask.always) is None


def test_what_has_a_phrase_has_each_of_its_words():
    phrase, word = one("gratis", "eten", phrase=True), one("eten")

    assert proving([phrase, word]) == [word]


def test_whole_words_stand_among_the_parts_of_words_and_not_the_other_way():
    whole, part = one("eten"), one("eten", field=PARTS)

    assert proving([whole, part]) == [part]
    assert proving([whole, one("gratis", "eten", field=PARTS)]) == [whole, one("gratis", "eten", field=PARTS)]


def test_a_value_of_another_field_is_no_part_of_a_word():
    language, part = one("tr", field="language"), one("tr", field=PARTS)

    assert proving([language, part]) == [language, part]


def test_what_has_the_phrase_has_its_words_apart_and_not_the_other_way():
    phrase, apart = one("gratis", "eten", phrase=True), one("gratis", "eten", field=PARTS)

    assert proving([phrase, apart]) == [apart]
    assert proving([phrase, one("gratis"), apart]) == [one("gratis"), apart]

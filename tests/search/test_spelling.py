"""Which word was meant: edits, sounds and parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.spelling import Speller, distance, sound

LETTERS = st.text(alphabet="abcdefghij", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("huis", "huis", 0),
        ("huis", "hius", 1),
        ("huis", "huist", 1),
        ("huis", "uis", 1),
        ("huis", "haas", 2),
        ("huis", "boom", 3),
    ],
)
def test_distance_counts_swapped_neighbours_once(one, other, expected):
    assert distance(one, other, 2) == expected


@given(LETTERS, LETTERS)
def test_distance_is_the_same_from_both_sides_and_zero_only_for_itself(one, other):
    there = distance(one, other, 3)

    assert there == distance(other, one, 3)
    assert (there == 0) == (one == other)


@pytest.mark.parametrize(
    "pair", ["psycholoog psygoloog", "krediet credit", "verslaving verslafing", "mutualiteit mutualitijt"]
)
def test_words_that_sound_alike_have_one_sound(pair):
    one, other = pair.split()

    assert sound(one) == sound(other)


def test_the_nearest_word_comes_first_then_the_most_used():
    speller = Speller({"poets": 2, "poetst": 9, "plaats": 50})

    assert [near.word for near in speller.near("poetz")] == ["poets"]


def test_a_compound_with_one_slip_is_found_though_the_index_lacks_it():
    speller = Speller({"budget": 5, "begeleiding": 9})

    assert "budgetbegeleiding" in [near.word for near in speller.near("budgetbegelieding")]


@pytest.mark.parametrize("word", ["ocm", "1733", "x", "", "24u"])
def test_short_words_and_numbers_have_no_neighbours(word):
    assert Speller({"ocmw": 3, "1733": 2}).near(word) == []

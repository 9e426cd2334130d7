"""Two people in one form: who changed what, and where both did."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.merging import Clash, Piece, compared, digest, merge, read_stamp, write_stamp

SHOWN = {"wish": "blijven wonen", "goal": ""}


def seen(**values):
    return read_stamp(write_stamp({**SHOWN, **values}))


@pytest.mark.parametrize(
    ("now", "mine", "keep", "clashes"),
    [
        ("blijven wonen", "blijven wonen", {}, []),
        ("blijven wonen", "verhuizen", {"wish": "verhuizen"}, []),
        ("verhuizen", "blijven wonen", {}, []),
        ("verhuizen", "verhuizen", {}, []),
        ("verhuizen", "een tuin", {}, [Clash("wish", "verhuizen", "een tuin")]),
        ("", "een tuin", {}, [Clash("wish", "", "een tuin")]),
    ],
)
def test_a_field_clashes_only_when_both_changed_it_differently(now, mine, keep, clashes):
    assert merge(seen(), {"wish": now}, {"wish": mine}) == (keep, clashes)


def test_each_field_is_merged_by_itself():
    current = {"wish": "verhuizen", "goal": ""}
    mine = {"wish": "blijven wonen", "goal": "rust"}

    assert merge(seen(), current, mine) == ({"goal": "rust"}, [])


def test_a_field_that_this_form_wrote_itself_never_clashes():
    assert merge(seen(), {"wish": "verhuizen"}, {"wish": "een tuin"}, own={"wish"}) == ({"wish": "een tuin"}, [])


def test_a_field_that_this_form_wrote_can_be_put_back_as_it_was():
    keep, clashes = merge(seen(), {"wish": "verhuizen"}, {"wish": "blijven wonen"}, own={"wish"})

    assert (keep, clashes) == ({"wish": "blijven wonen"}, [])


def test_without_a_stamp_a_full_field_is_never_overwritten():
    keep, clashes = merge({}, {"wish": "verhuizen"}, {"wish": "een tuin"})

    assert keep == {}
    assert clashes[0].theirs == "verhuizen"


@pytest.mark.parametrize("stamp", ["", "geen stempel", ",,,", "wish"])
def test_a_broken_stamp_counts_as_not_seen(stamp):
    assert "wish" not in read_stamp(stamp) or read_stamp(stamp)["wish"] != digest("blijven wonen")


@pytest.mark.parametrize(
    ("theirs", "mine", "together"),
    [
        ("Belt morgen.", "Belt de huisbaas.", "Belt morgen.\n\nBelt de huisbaas."),
        ("Belt morgen.", "Belt morgen. En overmorgen.", "Belt morgen. En overmorgen."),
        ("Belt morgen. En overmorgen.", "Belt morgen.", "Belt morgen. En overmorgen."),
        ("Huurt privé, tot mei.", "Huurt privé. Belde zelf.", "Huurt privé, tot mei. Belde zelf."),
        ("Kom om 9 uur.", "Kom om 10 uur.", "Kom om 9 uur.\n\nKom om 10 uur."),
        (4, 7, 7),
        (True, None, None),
    ],
)
def test_together_loses_no_text(theirs, mine, together):
    assert Clash("goal", theirs, mine).together == together


WORDS = st.lists(st.sampled_from([" huurt", " privé", " tot", " mei", ".", "\n", " Belde"]), max_size=8).map("".join)


@given(WORDS, WORDS)
def test_together_keeps_every_word_of_both_in_its_order(theirs, mine):
    for text in (theirs, mine):
        together = iter(re.findall(r"\w+|\.", Clash("goal", theirs, mine).together))
        assert all(word in together for word in re.findall(r"\w+|\.", text))


@given(WORDS, WORDS)
def test_the_pieces_are_the_whole_text(one, other):
    assert "".join(piece.text for piece in compared(one, other)) == one.rstrip()


def test_only_what_the_other_text_lacks_is_marked():
    pieces = compared("Huurt privé, tot mei.", "Huurt privé. Belde zelf.")

    assert [piece for piece in pieces if piece.own] == [Piece(", tot mei", own=True)]


def test_the_space_before_what_is_marked_is_not_marked():
    assert compared("Huurt sociaal", "Huurt privé") == [
        Piece("Huurt", own=False), Piece(" ", own=False), Piece("sociaal", own=True),
    ]  # fmt: skip


def test_empty_and_not_answered_are_the_same():
    assert digest(None) == digest("")
    assert digest(0) != digest(None)
    assert digest(False) != digest(None)

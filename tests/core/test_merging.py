"""Two people in one form: who changed what, and where both did."""

import pytest

from core.merging import Clash, digest, merge, read_stamp, write_stamp

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
        (4, 7, 7),
        (True, None, None),
    ],
)
def test_together_loses_no_text(theirs, mine, together):
    assert Clash("goal", theirs, mine).together == together


def test_empty_and_not_answered_are_the_same():
    assert digest(None) == digest("")
    assert digest(0) != digest(None)
    assert digest(False) != digest(None)

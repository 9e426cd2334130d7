"""What the best answers have in common lifts their like, and several needs take turns."""

import pytest

from search.engines.base import Row
from search.needs import LIFT, Needs, alternated


def row(key, *needs, score=1.0):
    """Give a candidate that stands under these needs."""
    return Row(key, score, 0, 0, 0, None, None, 0, 1, 0.0, needs)


BEST = [(4.0, row("a", "money", "budget")), (3.0, row("b", "money")), (2.0, row("c", "money", "law"))]


@pytest.mark.parametrize(
    ("needs", "fits", "share"),
    [
        (("money",), True, 1.0),
        (("budget",), True, 4 / 9),
        (("money", "sport"), True, 0.75),
        (("law",), False, 2 / 9),
        (("sport",), False, 0.0),
        ((), False, 0.0),
    ],
)
def test_a_record_is_lifted_as_far_as_it_stands_under_the_needs_of_the_best(needs, fits, share):
    found = Needs(BEST)

    assert found.fits(row("x", *needs)) is fits
    assert found.share(row("x", *needs)) == pytest.approx(share)
    assert found.lift(row("x", *needs)) == pytest.approx(1 + LIFT * share)


def test_only_the_best_tell_which_needs_are_meant():
    many = [(9.0 - at, row(str(at), "money")) for at in range(5)] + [(1.0, row("last", "sport"))]

    assert Needs(many).meant == ("money",)
    assert Needs(()).meant == ()


@pytest.mark.parametrize(
    ("has", "order"),
    [
        ({"a": [1, 0], "b": [1, 0], "c": [0, 1]}, "acb"),
        ({"a": [1, 0], "b": [0, 1], "c": [0, 1]}, "abc"),
        ({"a": [1, 0], "b": [1, 0], "c": [1, 0]}, "abc"),
        ({"a": [0, 0], "b": [0, 0], "c": [1, 1]}, "cab"),
    ],
)
def test_of_several_needs_the_one_that_is_not_answered_yet_comes_next(has, order):
    rows = [row("a"), row("b"), row("c")]
    scores = {"a": 5.0, "b": 4.5, "c": 4.0}

    assert "".join(one.key for one in alternated(rows, scores, lambda one: has[one.key])) == order

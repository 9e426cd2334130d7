"""What lifts or lowers a candidate beyond its words."""

from datetime import date

import pytest

from search.engines.base import Row
from search.ranking import Ranking
from search.understanding.plan import Opening, Plan, Where

TODAY = date(2026, 11, 25)
WEEKEND = Opening(frozenset({250}), "weekend", says=("weekend",))


def score(plan, *, area_size=5, flags=()):
    """Give the score of a candidate with these flags."""
    ranking = Ranking(plan, TODAY)
    bits = sum(ranking._bits[flag] for flag in flags)
    return ranking.score(Row("a", 1.0, 0, 0, bits, None, None, 0, area_size, 0.0, ()))


def test_with_a_place_what_is_only_for_that_place_comes_first():
    plan = Plan("", where=Where("31040", "Zedelgem", ("municipality:31040",)))

    assert score(plan, area_size=1, flags=["serves"]) > score(plan, area_size=5, flags=["serves"])


@pytest.mark.parametrize("flag", ["open", "says"])
def test_what_is_open_then_or_calls_itself_by_that_time_is_lifted(flag):
    assert score(Plan("", opening=WEEKEND), flags=[flag]) > score(Plan("", opening=WEEKEND))


def test_what_is_closed_that_day_is_not_lifted():
    plan = Plan("", opening=Opening(frozenset({250}), "zaterdag", (date(2026, 11, 28),), ("zaterdag",)))

    assert score(plan, flags=["says", "shut"]) == score(plan)

"""Ceilings with their dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rechtenverkenning.household import Household
from rechtenverkenning.thresholds import For, Position, Threshold, Unit, compare, limit_for

TODAY = date(2026, 11, 28)


def rows(key="leefloon", valid_from=date(2026, 3, 1), unit=Unit.MONTH_NET, **amounts):
    return [Threshold(key, For(household), amount, valid_from, unit, "proef") for household, amount in amounts.items()]


LEEFLOON = rows(cohabiting=893.65, single=1340.47, family=1811.57)


@pytest.mark.parametrize(
    ("together", "children", "amount"),
    [
        ("alone", 0, 1340.47),
        ("partner", 0, 893.65),
        ("others", 0, 893.65),
        ("alone", 1, 1811.57),
        ("partner", 3, 1811.57),
    ],
)
def test_the_household_decides_which_amount_holds(together, children, amount):
    limit = limit_for("leefloon", Household(household=together, children=children), LEEFLOON, TODAY)

    assert limit is not None
    assert (limit.low, limit.high, limit.old) == (amount, amount, False)


@pytest.mark.parametrize(("together", "low", "high"), [("partner", 1787.30, 1787.30), ("others", 893.65, 1787.30)])
def test_an_amount_per_person_is_not_the_ceiling_of_two(together, low, high):
    per_person = rows(cohabiting=893.65, couple=1787.30, single=1340.47)

    limit = limit_for("leefloon", Household(household=together, children=0), per_person, TODAY)

    assert limit is not None
    assert (limit.low, limit.high) == (low, high)


def test_an_unknown_household_gives_the_whole_range():
    limit = limit_for("leefloon", Household(), LEEFLOON, TODAY)

    assert limit is not None
    assert (limit.low, limit.high) == (893.65, 1811.57)


def test_extra_people_and_children_add_up():
    social = rows("huur", single=25850, cohabiting=38773, family=38773, extra_child=2167)
    fund = rows("vt", any=24155.16, extra_person=4471.78)
    mother = Household(household="alone", children=2)

    assert limit_for("huur", mother, social, TODAY).high == pytest.approx(38773 + 2 * 2167)
    assert limit_for("vt", mother, fund, TODAY).high == pytest.approx(24155.16 + 2 * 4471.78)


def test_only_the_newest_amounts_that_have_started_count():
    old = rows(valid_from=date(2025, 3, 1), any=900)
    now = rows(valid_from=date(2026, 3, 1), any=1000)
    later = rows(valid_from=date(2027, 3, 1), any=1100)

    assert limit_for("leefloon", Household(), [*later, *old, *now], TODAY).high == 1000
    assert limit_for("leefloon", Household(), later, TODAY) is None


@pytest.mark.parametrize(
    ("income", "position"),
    [(0, Position.BELOW), (1200, Position.BELOW), (1340, Position.NEAR), (1380, Position.NEAR), (1500, Position.ABOVE)],
)
def test_an_income_close_to_the_ceiling_is_left_to_the_body(income, position):
    limit = limit_for("leefloon", Household(household="alone", children=0), LEEFLOON, TODAY)

    assert compare(income, limit, TODAY) is position


def test_taxable_income_lies_somewhere_above_net_income():
    limit = limit_for("x", Household(), rows("x", unit=Unit.YEAR_TAXABLE, any=24000), TODAY)

    assert compare(1400, limit, TODAY) is Position.BELOW
    assert compare(1800, limit, TODAY) is Position.NEAR
    assert compare(2300, limit, TODAY) is Position.ABOVE


def test_an_old_ceiling_shows_who_is_below_but_not_so_quickly_who_is_above():
    fresh = limit_for("x", Household(), rows("x", any=1000), TODAY)
    old = limit_for("x", Household(), rows("x", valid_from=date(2022, 3, 1), any=1000), TODAY)

    assert old.old
    assert compare(900, old, TODAY) is Position.BELOW
    assert (compare(1200, fresh, TODAY), compare(1200, old, TODAY)) == (Position.ABOVE, Position.NEAR)


@given(st.integers(0, 5000), st.integers(0, 20), st.sampled_from(["alone", "partner", "others"]))
def test_knowing_the_household_never_reverses_what_was_certain(income, children, together):
    unsure = compare(income, limit_for("leefloon", Household(), LEEFLOON, TODAY), TODAY)
    known = Household(household=together, children=children)
    sure = compare(income, limit_for("leefloon", known, LEEFLOON, TODAY), TODAY)

    assert unsure is Position.NEAR or unsure is sure

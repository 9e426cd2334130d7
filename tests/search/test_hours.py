"""What a row of results says of opening hours, when it was worked out for an earlier moment already."""

from datetime import datetime, timedelta

import pytest

from search.records.hours import HoursRow, badges
from sociale_kaart.opening import ZONE, opening

SATURDAY = datetime(2026, 12, 5, tzinfo=ZONE)
WEEKEND = [
    {"freq": "WEEKLY", "byday": "FR,SA", "opens_at": "00:00", "closes_at": "23:59"},
    {"freq": "WEEKLY", "byday": "SU", "opens_at": "00:00", "closes_at": "10:00"},
]
DESK = [{"freq": "WEEKLY", "byday": "MO,SA", "opens_at": "09:00", "closes_at": "12:00"}]


def test_an_end_that_comes_within_a_day_loses_its_day():
    said = [badges(SATURDAY + timedelta(hours=at))({"hours": WEEKEND}).said for at in (9, 11)]

    assert said == ["open tot zo. 10 u.", "open tot 10 u."]


@pytest.mark.parametrize("hours", [WEEKEND, DESK], ids=["weekend", "desk"])
@pytest.mark.parametrize("step", [1, -1], ids=["onwards", "backwards"])
def test_what_is_remembered_is_what_is_worked_out_anew(hours, step):
    rows = [HoursRow(row) for row in hours]

    for half_hours in list(range(-48, 96))[::step]:
        now = SATURDAY + timedelta(minutes=30 * half_hours)
        anew = opening(rows, now)

        assert badges(now)({"hours": hours}) == (anew.open_now, anew.short, anew.tone)


def test_what_is_closed_for_now_says_so_whatever_its_hours():
    assert badges(SATURDAY)({"closed_for_now": True, "hours": WEEKEND}) == (False, "nu gesloten", "quiet")


def test_without_hours_there_is_no_badge():
    assert badges(SATURDAY)({}) == (None, "", "quiet")


def test_a_badge_is_not_green_on_a_public_holiday_of_which_the_listing_says_nothing():
    holiday, day_after = (datetime(2026, 12, day, 10, tzinfo=ZONE) for day in (25, 28))
    hours = [{"freq": "WEEKLY", "byday": "MO,FR", "opens_at": "09:00", "closes_at": "12:00"}]

    assert badges(holiday)({"hours": hours}) == (True, "feestdag: bel eerst", "quiet")
    assert badges(day_after)({"hours": hours}).tone == "reached"

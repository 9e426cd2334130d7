"""Moments for a live handover: inside both sides' hours, never on a holiday, right when the clock jumps."""

from datetime import UTC, date, datetime, time

import pytest

from doorverwijzing.live.hours import ZONE, diary_of, proposals, spread, why_not
from doorverwijzing.models import WorkingHours
from organisaties.models import Absence
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import OrganizationFactory
from tests.factories.sociale_kaart import ScheduleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary():
    """Give the hours of a house that works in the week, and of a service that is open in the afternoon."""
    cast = Cast()
    for days, opens, closes in (
        ("MO,TU,WE,TH", "13:00", "17:00"),
        ("FR", "08:00", "12:00"),
        ("SA,SU", "01:00", "06:00"),
    ):
        ScheduleFactory(service=cast.service, byday=days, opens_at=opens, closes_at=closes)
    ScheduleFactory(
        service=cast.service, byday="", opens_at=None, closes_at=None, valid_from="2026-12-14", valid_to="2026-12-15"
    )
    for weekday in range(5):
        for opens, closes in ((time(9), time(12)), (time(13, 30), time(16, 30))):
            WorkingHours.objects.create(organization=cast.house, weekday=weekday, opens_at=opens, closes_at=closes)
    return diary_of(cast.draft(), cast.lotte.pk)


def local(*parts):
    """Give a moment in Brussels."""
    return datetime(*parts, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "minutes", "reason"),
    [
        (local(2026, 12, 8, 14), 30, ""),
        (local(2026, 12, 8, 16), 30, ""),
        (local(2026, 12, 8, 16, 15), 30, "Sociaal Huis Pannenhoek is niet open"),
        (local(2026, 12, 8, 10), 30, "Huurhulp De Blauwe Deur is niet open"),
        (local(2026, 12, 11, 9), 60, ""),
        (local(2026, 12, 11, 8), 60, "Sociaal Huis Pannenhoek is niet open"),
        (local(2026, 12, 14, 14), 30, "Huurhulp De Blauwe Deur is niet open"),
        (local(2026, 12, 25, 9), 30, "is een feestdag"),
        (local(2026, 12, 12, 2), 30, "Sociaal Huis Pannenhoek is niet open"),
        (local(2026, 12, 7, 8), 30, "is voorbij"),
        (local(2027, 1, 26, 14), 30, "meer dan zes weken"),
    ],
)
def test_a_moment_is_possible_only_when_both_sides_are_there(diary, start, minutes, reason):
    said = why_not(diary, start, minutes, local(2026, 12, 7, 12))

    assert (reason in said) if reason else said == ""


def test_proposals_lie_in_both_hours_and_skip_closed_days(diary):
    found = proposals(diary, local(2026, 12, 10, 15), 30)

    assert list(found) == [date(2026, 12, day) for day in (11, 16, 17, 18, 21)]
    assert [start.astimezone(ZONE).time() for start in found[date(2026, 12, 16)]] == [
        time(13, 30), time(14, 30), time(15), time(16),
    ]  # fmt: skip
    assert all(
        why_not(diary, start, 30, local(2026, 12, 10, 15)) == "" for starts in found.values() for start in starts
    )


def test_nobody_is_asked_to_be_there_within_two_hours(diary):
    found = proposals(diary, local(2026, 12, 8, 13), 30)

    assert found[date(2026, 12, 8)][0] == local(2026, 12, 8, 15)


def test_who_announced_to_be_away_is_in_no_handover_on_those_days():
    cast, now = Cast(), local(2026, 12, 7, 12)
    days = {"starts_on": date(2026, 12, 8), "ends_on": date(2026, 12, 9)}
    Absence.objects.create(user=cast.lotte, organization=cast.house, **days)
    Absence.objects.create(user=cast.noor, organization=OrganizationFactory(), starts_on=date(2026, 12, 10))
    diary = diary_of(cast.draft(), cast.lotte.pk, cast.noor.pk)

    assert list(proposals(diary, now, 30))[:2] == [date(2026, 12, 7), date(2026, 12, 10)]
    assert "weg" in why_not(diary, local(2026, 12, 9, 14), 30, now)
    assert not diary.is_free(local(2026, 12, 9, 14), 30)


def test_a_closure_that_was_announced_counts_also_where_the_hours_are_not_known():
    cast, now = Cast(), local(2026, 12, 7, 12)
    closed = {"byday": "", "opens_at": None, "closes_at": None}
    ScheduleFactory(service=cast.service, valid_from="2026-12-08", valid_to="2026-12-09", **closed)
    diary = diary_of(cast.draft())

    assert list(proposals(diary, now, 30))[:2] == [date(2026, 12, 7), date(2026, 12, 10)]
    assert "niet open" in why_not(diary, local(2026, 12, 9, 14), 30, now)


def test_a_night_that_began_the_day_before_is_open_in_the_morning():
    cast, now = Cast(), local(2026, 12, 7, 12)
    for opens, closes in (("20:00", "10:30"), ("10:00", "11:00")):
        ScheduleFactory(service=cast.service, byday="MO,FR", opens_at=opens, closes_at=closes)
    diary = diary_of(cast.draft())

    found = proposals(diary, now, 60)

    # Monday itself is over, Tuesday is the end of that night; Friday in the morning is no night but has its own hour.
    assert {day: [start.astimezone(ZONE).time() for start in starts] for day, starts in found.items()} == {
        date(2026, 12, 8): [time(9), time(9, 30)],
        date(2026, 12, 11): [time(10)],
        date(2026, 12, 14): [time(10)],
        date(2026, 12, 15): [time(9), time(9, 30)],
        date(2026, 12, 18): [time(10)],
    }
    assert why_not(diary, local(2026, 12, 8, 9), 60, now) == ""
    assert "Huurhulp De Blauwe Deur is niet open" in why_not(diary, local(2026, 12, 11, 9), 60, now)


@pytest.mark.parametrize(("day", "utc_hour"), [(date(2027, 3, 26), 8), (date(2027, 3, 30), 11)])
def test_the_hour_on_the_wall_stays_when_the_clock_jumps(diary, day, utc_hour):
    found = proposals(diary, local(2027, 3, 25, 18), 30)

    assert found[day][0].astimezone(UTC).hour == utc_hour


def test_an_hour_that_does_not_exist_is_never_proposed():
    cast = Cast()
    ScheduleFactory(service=cast.service, byday="SU", opens_at="01:30", closes_at="04:00")
    WorkingHours.objects.create(organization=cast.house, weekday=6, opens_at=time(1, 30), closes_at=time(4))

    found = proposals(diary_of(cast.draft()), local(2028, 3, 24, 12), 30)[date(2028, 3, 26)]

    assert [start.astimezone(ZONE).strftime("%H.%M") for start in found] == ["01.30", "03.00", "03.30"]


def test_a_long_day_is_spread_over_its_first_and_last_moment():
    starts = [local(2026, 12, 8, 9, 0), *[local(2026, 12, 8, hour) for hour in range(10, 17)]]

    assert spread(starts, 4)[0] == starts[0] and spread(starts, 4)[-1] == starts[-1] and len(spread(starts, 4)) == 4


def test_who_manages_says_when_people_work_and_nobody_else(log_in, team_lead, worker, coordinator, organization):
    page = f"/leden/werkuren/{organization.pk}/"
    hours = {"opens_0_0": "09:00", "closes_0_0": "12:00", "opens_0_1": "13:00", "closes_0_1": "16:30"}

    assert log_in(worker).get(page).status_code == 404
    assert log_in(coordinator).get(page).status_code == 200
    assert log_in(team_lead).post(page, {**hours, "opens_1_0": "10:00"}).status_code == 200
    assert not organization.working_hours.exists()
    assert log_in(team_lead).post(page, hours).status_code == 302

    kept = organization.working_hours.values_list("weekday", "opens_at", "closes_at")
    assert list(kept) == [(0, time(9), time(12)), (0, time(13), time(16, 30))]

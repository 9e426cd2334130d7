"""Dates and times in the words of the region."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from core import moments
from core.templatetags.dorpel import capped, euros
from core.workdays import add_workdays, is_workday, next_workday

FRIDAY = timezone.make_aware(datetime(2026, 11, 20, 15, 10))
TODAY = date(2026, 11, 23)


def test_dates_are_said_in_words() -> None:
    assert moments.spoken_date(date(2026, 11, 25), today=TODAY) == "woensdag 25 november"
    assert moments.spoken_date(date(2027, 3, 30), today=TODAY) == "dinsdag 30 maart 2027"
    assert moments.day_month(FRIDAY, today=TODAY) == "20 november"
    assert moments.day_month(date(2025, 11, 23), today=TODAY) == "23 november 2025"
    assert moments.full_date(FRIDAY) == "20 november 2026"


def test_short_forms_fit_a_thread() -> None:
    assert moments.short_moment(FRIDAY, today=TODAY) == "vr 20 nov., 15.10 u."
    assert moments.short_moment(date(2026, 9, 3), today=TODAY) == "do 3 sept."
    assert moments.short_date(FRIDAY, today=TODAY) == "vr 20 nov."


def test_a_day_of_last_year_says_so_in_a_thread_too() -> None:
    assert moments.short_moment(FRIDAY, today=date(2027, 1, 4)) == "vr 20 nov. 2026, 15.10 u."
    assert moments.short_date(FRIDAY, today=date(2027, 1, 4)) == "vr 20 nov. 2026"


def test_times_leave_out_what_is_not_needed() -> None:
    assert moments.clock_time(time(16, 0)) == "16 u."
    assert moments.clock_time(time(8, 5)) == "8.05 u."
    assert moments.full_time(time(16, 0)) == "16 uur"


def test_a_moment_is_told_in_our_own_time_zone() -> None:
    evening = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert moments.short_moment(evening, today=TODAY) == "do 2 juli, 0.30 u."


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "gisteren"),
        (date(2026, 11, 23), "vandaag"),
        (date(2026, 11, 24), "morgen"),
        (date(2026, 11, 27), "vrijdag"),
        (date(2026, 12, 8), "8 december"),
        (date(2027, 2, 8), "8 februari 2027"),
    ],
)
def test_near_days_have_a_name(day: date, words: str) -> None:
    assert moments.near_day(day, today=TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "vandaag"),
        (date(2026, 11, 22), "gisteren"),
        (date(2026, 11, 10), "13 dagen geleden"),
        (date(2026, 11, 2), "3 weken geleden"),
        (date(2026, 9, 1), "2 maanden geleden"),
        (date(2025, 9, 20), "14 maanden geleden"),
    ],
)
def test_ages_grow_from_days_to_months(day: date, words: str) -> None:
    assert moments.ago(day, today=TODAY) == words


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert not is_workday(date(2026, 11, 11))
    assert next_workday(date(2026, 11, 20)) == date(2026, 11, 23)
    assert add_workdays(date(2026, 12, 24), 2) == date(2026, 12, 29)


def test_amounts_and_counts_read_easily() -> None:
    assert euros(1450) == "1.450 euro"
    assert euros(12.5) == "12,50 euro"
    assert (capped(99), capped(100)) == ("99", "99+")

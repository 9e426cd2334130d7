"""Whatever a receiver says of its hours, a deadline is there, and it is near."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.workdays import add_workdays
from doorverwijzing.deadlines import MOST_PAUSE, days_without, due_of, later
from doorverwijzing.workflow import DEFAULT_TERMS, Status
from sociale_kaart.models import LONGEST_PROMISE, Schedule
from tests.factories.doorverwijzing import Cast
from tests.factories.sociale_kaart import ScheduleFactory
from tests.sociale_kaart.test_opening import days_of_week, moments, near_dates, schedules

closures = st.builds(Schedule, byday=st.just("") | days_of_week, valid_from=near_dates, valid_to=st.none() | near_dates)
TERMS = [term for terms in DEFAULT_TERMS.values() for term in terms.values() if term.days or term.hours]


@settings(max_examples=60)
@given(st.lists(schedules | closures, max_size=4), moments, st.sampled_from(TERMS))
def test_a_deadline_is_always_there_and_never_more_than_the_longest_pause_away(hours, since, term):
    ends = later(since, term, works=days_without(hours))

    first = timezone.localtime(since)
    # A term in hours that begins in the evening or in a weekend is used up on the working days after.
    last = add_workdays(first.date(), max(term.days, 2) + MOST_PAUSE)
    assert first < ends <= timezone.make_aware(datetime.combine(last, time(17)))


@pytest.mark.django_db
def test_a_service_that_is_open_on_thursdays_answers_on_the_same_day_as_any_other(time_machine):
    monday = timezone.make_aware(datetime(2026, 11, 23, 10))
    time_machine.move_to(monday, tick=False)
    cast = Cast()
    ScheduleFactory(service=cast.service, freq="WEEKLY", byday="TH", opens_at=time(9), closes_at=time(12))

    referral = cast.sent()

    assert due_of(referral, Status.SENT, monday).date() == date(2026, 11, 25)


@pytest.mark.django_db
def test_a_promise_of_a_year_leaves_nobody_waiting_that_long():
    cast = Cast()
    cast.service.response_days = 260
    cast.service.save()
    referral = cast.sent()

    longest = add_workdays(timezone.localdate(), LONGEST_PROMISE)

    assert timezone.localdate(referral.due_at) == longest
    with pytest.raises(ValidationError, match="20"):
        cast.service.clean_fields()

"""Belgian working days: Monday to Friday, without public holidays."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Give the public holidays of Belgium in one year."""
    return frozenset(holidays.country_holidays("BE", years=year))


def is_workday(day: date) -> bool:
    """Tell whether offices work on this day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def next_workday(day: date) -> date:
    """Give the first working day after this day."""
    return add_workdays(day, 1)


def add_workdays(day: date, count: int) -> date:
    """Walk `count` working days forward; the day itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day

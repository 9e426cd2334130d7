"""Let the demo happen in the past: actions run as if it were another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta, tzinfo
from unittest.mock import patch

from django.utils import timezone

from core.workdays import is_workday


class _Clock(type):
    """A clock counts as the class that it stands in for."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, datetime)


def _stopped_at(moment: datetime) -> type:
    """Give what Django's clock asks for the time: it always says this moment, also to the defaults of fields."""

    def now(tz: tzinfo | None = None) -> datetime:
        return moment.astimezone(tz)

    return _Clock("datetime", (), {"now": staticmethod(now)})


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run what is inside as if it were `moment`."""
    with patch("django.utils.timezone.datetime", _stopped_at(moment)):
        yield


def workdays_ago(count: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment that many working days before the real today, also inside `at`; 0 is today, or the last one."""
    day = datetime.now(tz=timezone.get_current_timezone()).date()
    while count > 0:
        day -= timedelta(days=1)
        count -= is_workday(day)
    while not is_workday(day):
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))

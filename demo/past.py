"""Let the demo happen in the past: actions run as if it were another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from core.workdays import is_workday


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run what is inside as if it were `moment`."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def workdays_ago(count: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment that many working days before today."""
    day = timezone.localdate()
    while count > 0 or not is_workday(day):
        day -= timedelta(days=1)
        count -= is_workday(day)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))

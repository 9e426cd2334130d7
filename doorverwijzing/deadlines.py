"""When the turn of a state ends, counted in Belgian working days."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from core.workdays import add_workdays, is_workday
from doorverwijzing.workflow import TERMS, Status

OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)


def due(status: Status, urgency: str, since: datetime, *, answer_days: int | None = None) -> datetime | None:
    """Give the moment that the turn ends, at the close of the office; None when nobody's turn begins.

    `answer_days` is what the service itself promises; it replaces the region's term for a normal question.
    """
    term = TERMS.get(status, {}).get(urgency)
    if term is None:
        return None
    if term.hours:
        return _office_hours_later(timezone.localtime(since), timedelta(hours=term.hours))
    days = answer_days if status is Status.SENT and answer_days else term.days
    return _close_of(add_workdays(timezone.localtime(since).date(), days))


def _close_of(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, OFFICE_CLOSES))  # type: ignore[arg-type]


def _office_hours_later(moment: datetime, left: timedelta) -> datetime:
    """Walk through office hours until `left` is used up."""
    while True:
        opens = timezone.make_aware(datetime.combine(moment.date(), OFFICE_OPENS))
        closes = _close_of(moment.date())
        start = max(moment, opens)
        if is_workday(moment.date()) and start < closes:
            if start + left <= closes:
                return start + left
            left -= closes - start
        moment = timezone.make_aware(datetime.combine(moment.date() + timedelta(days=1), OFFICE_OPENS))

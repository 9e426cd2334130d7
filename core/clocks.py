"""The clock of an open matter: how much time is left, in words, and how loud it should be."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.moments import clock_time, local_day, near_day, spoken_date
from core.workdays import next_workday

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Clock:
    """What component 4 shows. `tone` is quiet, soon or late; `used` is 0 to 100 percent of the time."""

    due: datetime
    tone: str
    words: str
    moment: str
    used: int


def read_clock(due: date | datetime, start: date | datetime | None = None, *, now: datetime | None = None) -> Clock:
    """Read the clock of a deadline. A due day lasts until its midnight; without a start nothing is used up."""
    now = timezone.localtime(now or timezone.now())
    deadline = end_of(due)
    with_time = isinstance(due, datetime)
    if deadline < now:
        due_today = local_day(due) == now.date()
        moment = _("was due %(day)s") % {"day": near(due, now, with_time=due_today)}
        return Clock(deadline, "late", late_words(deadline, now), moment, 100)
    soon = local_day(due) <= next_workday(now.date())
    moment = near(due, now, with_time=with_time and soon)
    used = used_percent(beginning_of(start), deadline, now) if start else 0
    return Clock(deadline, "soon" if soon else "quiet", left_words(deadline, local_day(due), now), moment, used)


def beginning_of(moment: date | datetime) -> datetime:
    """Give the first moment of a day; a moment stays itself."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(moment, time.min))


def end_of(moment: date | datetime) -> datetime:
    """Give the last moment of a day; a moment stays itself."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(moment + timedelta(days=1), time.min))


def used_percent(start: datetime, deadline: datetime, now: datetime) -> int:
    """Give how much of the time is gone, 0 to 100."""
    whole = (deadline - start).total_seconds()
    return min(max(round(100 * (now - start).total_seconds() / whole), 0), 100) if whole > 0 else 100


def near(due: date | datetime, now: datetime, *, with_time: bool) -> str:
    """Say the day in the fewest words, with the time when it is near."""
    far = abs((local_day(due) - now.date()).days) >= 7
    day = spoken_date(due, today=now.date()) if far else near_day(due, today=now.date())
    return f"{day}, {clock_time(due)}" if with_time and isinstance(due, datetime) else day


def left_words(deadline: datetime, day: date, now: datetime) -> str:
    """Say how long it still takes: minutes, hours today, days after that."""
    seconds = (deadline - now).total_seconds()
    days = (day - now.date()).days
    if days > 0:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    if seconds < HOUR:
        minutes = max(int(seconds // MINUTE), 1)
        return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}
    hours = int((seconds + HOUR / 2) // HOUR)
    return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}


def late_words(deadline: datetime, now: datetime) -> str:
    """Say how late it is: minutes, hours, then whole days."""
    seconds = (now - deadline).total_seconds()
    if seconds < HOUR:
        minutes = max(int(seconds // MINUTE), 1)
        return ngettext("%(count)s minute late", "%(count)s minutes late", minutes) % {"count": minutes}
    if seconds < DAY:
        hours = int(seconds // HOUR)
        return ngettext("%(count)s hour late", "%(count)s hours late", hours) % {"count": hours}
    days = int(seconds // DAY)
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}

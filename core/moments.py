"""Dates and times in words, the way people say them: 'woensdag 25 november', 'vr 20 nov., 15.10 u.', 'gisteren'."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

SHORT_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
DAYS_UNTIL_WEEKS, WEEKS_UNTIL_MONTHS = 13, 8


def local_day(moment: date | datetime) -> date:
    """Give the day in our own time zone; a day stays itself."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def local_time(moment: time | datetime) -> time:
    """Give the time of day in our own time zone."""
    if isinstance(moment, datetime):
        return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).time()
    return moment


def _is_this_year(day: date, today: date | None) -> bool:
    return day.year == (today or timezone.localdate()).year


def spoken_date(moment: date | datetime, *, today: date | None = None) -> str:
    """Say 'woensdag 25 november'; another year than this one is named."""
    day = local_day(moment)
    return date_format(day, "l j F" if _is_this_year(day, today) else "l j F Y")


def day_month(moment: date | datetime, *, today: date | None = None) -> str:
    """Say '25 november'; another year than this one is named."""
    day = local_day(moment)
    return date_format(day, "j F" if _is_this_year(day, today) else "j F Y")


def full_date(moment: date | datetime) -> str:
    """Say '9 november 2026'."""
    return date_format(local_day(moment), "j F Y")


def clock_time(moment: time | datetime) -> str:
    """Say '16 u.' or '15.10 u.', for screens of workers."""
    clock = local_time(moment)
    if clock.minute:
        return _("%(hour)s.%(minute)s h") % {"hour": clock.hour, "minute": f"{clock.minute:02}"}
    return _("%(hour)s h") % {"hour": clock.hour}


def full_time(moment: time | datetime) -> str:
    """Say '16 uur' or '15.10 uur', for texts that a client reads."""
    clock = local_time(moment)
    if clock.minute:
        return _("%(hour)s.%(minute)s hours") % {"hour": clock.hour, "minute": f"{clock.minute:02}"}
    return _("%(hour)s hours") % {"hour": clock.hour}


def short_date(moment: date | datetime, *, today: date | None = None) -> str:
    """Say 'wo 25 nov.'; another year than this one is named."""
    day = local_day(moment)
    month = pgettext("short month", SHORT_MONTHS[day.month - 1])
    words = f"{date_format(day, 'D')} {day.day} {month}"
    return words if _is_this_year(day, today) else f"{words} {day.year}"


def short_moment(moment: date | datetime, *, today: date | None = None) -> str:
    """Say 'vr 20 nov., 15.10 u.'; a day without a time is just that day."""
    words = short_date(moment, today=today)
    return f"{words}, {clock_time(moment)}" if isinstance(moment, datetime) else words


def near_day(moment: date | datetime, *, today: date | None = None) -> str:
    """Say 'vandaag', 'morgen', 'gisteren', a weekday within a week, else the date."""
    day, today = local_day(moment), today or timezone.localdate()
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return (_("yesterday"), _("today"), _("tomorrow"))[distance + 1]
    if abs(distance) < 7:
        return date_format(day, "l")
    return day_month(day, today=today)


def ago(moment: date | datetime, *, today: date | None = None) -> str:
    """Say how old it is: days up to 13, weeks up to 8, then months."""
    days = ((today or timezone.localdate()) - local_day(moment)).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days <= DAYS_UNTIL_WEEKS:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if days <= WEEKS_UNTIL_MONTHS * 7:
        return ngettext("%(count)s week ago", "%(count)s weeks ago", days // 7) % {"count": days // 7}
    months = max(days * 12 // 365, 2)
    return ngettext("%(count)s month ago", "%(count)s months ago", months) % {"count": months}

"""Dates, times and days as people write them."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sociale_kaart.hsds.outcomes import Mended
from sociale_kaart.hsds.words import DAY_GROUPS, DAY_WORDS, DAYS, MONTHS

_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_DATE_START = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]")
_IN_FIGURES = re.compile(r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2}) ([a-z]+)\.? (\d{4})$")
_MONTH_FIRST = re.compile(r"^([a-z]+)\.? (\d{1,2}), ?(\d{4})$")
_TIME = re.compile(r"^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?(?:\.\d+)?$")
_SPOKEN = re.compile(r"^(\d{1,2})\s*(?:[u:.h]\s*(\d{2})?)?\s*(am|pm|a\.m\.|p\.m\.|uur)?$")
# "10:00:00-05:00" ends in a zone; "09:00-12:00" is a morning.
_ZONE = re.compile(r"(Z|\+\d{2}:?\d{2}|(?<=:\d{2}:\d{2})-\d{2}:?\d{2})$")
_BYDAY = re.compile(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$")
_UNTIL = re.compile(r"\s*(?:[-–]|\b(?:t/m|t\.?e\.?m\.?|tot en met|tot|to|through)(?![a-z]))\s*")
_PART = re.compile(r"^[+-]?\d{1,3}$")
_PARTS = {"byweekno": 53, "bymonthday": 31, "byyearday": 366}
TIMES, DATES = ("opens_at", "closes_at"), ("valid_from", "valid_to")
WHEN = TIMES + DATES
MIDNIGHT_AT_THE_END = time(23, 59)
# Before this a date is what a programme writes for "nothing": 1 January of the year 1, or of 1900.
FIRST_YEAR = 1901
# A moment of the very last year has no local time any more.
LAST_YEAR = 9998


def clean_date(value: Any) -> Any:
    """Give a date or nothing. A day that does not exist, such as 31 February, is left out."""
    if value is None or value == "":
        return None
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not text:
        return None if value == text else Mended(None, _("This is not a date."))
    try:
        is_iso = _ISO.match(text) is not None
        found = date.fromisoformat(text) if is_iso else _other_date(text)
    except ValueError:
        return Mended(None, _("This date does not exist."))
    if found is None:
        return Mended(None, _("This is not a date."))
    if found.year < FIRST_YEAR:
        return Mended(None, _("This date cannot be right."))
    return found if is_iso else Mended(found, _("The date was written differently."))


def _other_date(text: str) -> date | None:
    """Read a date in another form; the day comes before the month unless that cannot be."""
    if start := _DATE_START.match(text):
        return date.fromisoformat(start[1])
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if figures := _IN_FIGURES.match(text):
        return _from_figures(*(int(part) for part in figures.groups()), four_first=len(figures[1]) == 4)
    lower = " ".join(text.lower().split())
    if named := _DAY_FIRST.match(lower):
        return _named(named[1], named[2], named[3])
    if named := _MONTH_FIRST.match(lower):
        return _named(named[2], named[1], named[3])
    return None


def _from_figures(first: int, second: int, third: int, *, four_first: bool) -> date:
    if four_first:
        return date(first, second, third)
    year = third + 2000 if third < 100 else third
    return date(year, first, second) if second > 12 >= first else date(year, second, first)


def _named(day: str, month: str, year: str) -> date | None:
    return date(int(year), MONTHS[month], int(day)) if month in MONTHS else None


def clean_datetime(value: Any) -> Any:
    """Give a moment with its zone; one without is taken as local time."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(str(value).strip())
        moment = moment if moment.tzinfo else timezone.make_aware(moment)
        in_range = FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR
    except (ValueError, OverflowError):
        return Mended(None, _("This is not a moment in time."))
    return moment if in_range else Mended(None, _("This date cannot be right."))


def clean_time(value: Any) -> Any:
    """Give a time of day or nothing. Midnight at the end of a day, 24:00, becomes 23:59."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    if exact := _TIME.match(text):
        found = _time_of(exact[1], exact[2] or "0", exact[3] or "0")
        if found is not None and exact[2]:
            return found
        if text.startswith("24:00"):
            return Mended(MIDNIGHT_AT_THE_END, _("24:00 was read as 23:59."))
    found = _spoken_time(_ZONE.sub("", text).strip().lower())
    reason = _("This is not a time.") if found is None else _("The time was written differently.")
    return Mended(found, reason)


def _spoken_time(text: str) -> time | None:
    if exact := _TIME.match(text):
        return _time_of(exact[1], exact[2] or "0", exact[3] or "0")
    spoken = _SPOKEN.match(text)
    if not spoken:
        return None
    hour, half = int(spoken[1]), (spoken[3] or "").replace(".", "")
    if half in {"am", "pm"}:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return _time_of(str(hour), spoken[2] or "0", "0")


def _time_of(hour: str, minute: str, second: str) -> time | None:
    try:
        return time(int(hour), int(minute), int(second))
    except ValueError:
        return None


def oddities(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name what in a schedule can never come true, by column; it is kept as it is."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        yield "valid_to", _("The last day comes before the first.")
    if (values.get("opens_at") is None) != (values.get("closes_at") is None):
        yield "closes_at", _("Only one of the two times is given; these hours are not shown.")
    for column, highest in _PARTS.items():
        numbers = [number.strip() for number in str(values.get(column) or "").split(",")]
        if numbers != [""] and not all(_PART.match(number) and 1 <= abs(int(number)) <= highest for number in numbers):
            yield column, _("This part of the rhythm cannot be right; it was kept as it is.")


def half_read(values: Mapping[str, Any], unread: Collection[str]) -> tuple[str, ...]:
    """Name what a schedule must not say while a part of it cannot be read.

    Hours without their days would be hours of every day; days without their hours would be days on which it is closed.
    """
    if "byday" in unread:
        return WHEN
    has_times = any(values.get(column) is not None for column in TIMES)
    return DATES if unread and not has_times else ()


def clean_days(value: Any) -> Any:
    """Give BYDAY as an RRULE writes it; names of days become their codes."""
    if isinstance(value, list):
        value = ",".join(str(day) for day in value)
    text = "" if value is None else str(value).strip()
    compact = text.upper().replace(" ", "")
    if not text or (_BYDAY.match(text) and len(text) <= 60):
        return text
    if _BYDAY.match(compact) and len(compact) <= 60:
        return Mended(compact, _("The days were written differently."))
    parts = re.split(r"[\s,;/&+]+", _UNTIL.sub("-", text.lower()))
    days = [_days_of(part) for part in parts if part not in {"", "en", "and"}]
    if days and all(days):
        codes = sorted({code for part in days for code in part}, key=DAYS.index)
        return Mended(",".join(codes), _("The days were written differently."))
    return Mended("", _("These are not days of the week."))


def _days_of(word: str) -> tuple[str, ...]:
    """Give the codes of one day, of days that follow each other such as ma-vr, or of a word for some; else nothing."""
    if word in DAY_GROUPS:
        return DAY_GROUPS[word]
    ends = [DAY_WORDS.get(end.strip("."), "") for end in word.split("-")]
    if not all(ends) or len(ends) > 2:
        return ()
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return DAYS[first : last + 1] if first <= last else DAYS[first:] + DAYS[: last + 1]


def clean_day(value: Any) -> Any:
    """Give WKST as an RRULE writes it."""
    text = "" if value is None else str(value).strip()
    if text in DAYS or not text:
        return text
    return Mended(DAY_WORDS.get(text.lower(), ""), _("The day was written differently."))

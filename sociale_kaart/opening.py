"""Opening hours: from HSDS schedules to "nu open, tot 17 uur" and a week that people can read.

Hours are local hours of Brussels. A row with times opens; a row with dates but without times closes those days.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.moments import clock_time, day_month, full_time, short_date
from core.workdays import public_holidays
from sociale_kaart.models import Schedule, Service

ZONE = ZoneInfo("Europe/Brussels")
DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)  # "until 23:59" is how the exchange format writes midnight
SOON, FAR = 8 * DAY, 70 * DAY  # a monthly hour may be nine weeks away when one month is closed
UNBROKEN = "\N{NO-BREAK SPACE}"  # a pair of hours stays on one line
EPOCH = date(2024, 1, 1)  # a Monday: where "every second week" starts counting when nobody says so
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SATURDAY, SUNDAY = 5, 6
ALSO_THEN = re.compile(r"\book (open )?op feestdagen\b", re.IGNORECASE)


class Span(NamedTuple):
    """From the first moment to the moment after the last; local, without zone."""

    start: datetime
    end: datetime

    @property
    def words(self) -> str:
        """Say '9 – 12.30 u.', or that it is open all day."""
        if self.end - self.start >= DAY:
            return _("day and night")
        start, _sep, _unit = clock_time(self.start).partition(" ")
        return f"{start} – {clock_time(self.end)}".replace(" ", UNBROKEN)


@dataclass(frozen=True)
class Opening:
    """The answer at one moment (`at`). `until` is empty when it never closes; moments carry the zone of Brussels.

    `uncertain`: these hours fall on a public holiday, about which the listing says nothing.
    """

    at: datetime
    open_now: bool = False
    until: datetime | None = None
    next_opening: datetime | None = None
    known: bool = False
    uncertain: bool = False

    @property
    def never_closes(self) -> bool:
        """Tell whether it is open day and night, every day."""
        return self.open_now and self.until is None

    @property
    def tone(self) -> str:
        """Give the tone of a badge: green only for what is surely open."""
        return "reached" if self.open_now and not self.uncertain else "quiet"

    @property
    def words(self) -> str:
        """Say it in full: 'nu open, tot 17 uur', 'nu gesloten, open donderdag om 14 uur'."""
        if not self.known:
            return _("Hours not known. Call first.")
        return f"{self._said} ({_('public holiday: call first')})" if self.uncertain else self._said

    @property
    def _said(self) -> str:
        if self.open_now:
            if not self.until:
                return _("open day and night")
            return _("open now, until %(moment)s") % {"moment": self._ends(self.until, full_time(self.until), "l")}
        if not self.next_opening:
            return _("closed now")
        starts = self._starts(self.next_opening, full_time(self.next_opening), "l")
        return _("closed now, open %(moment)s") % {"moment": starts}

    @property
    def short(self) -> str:
        """Say it in a badge: 'open tot 17 u.', 'open om 14 u.', 'open do. 14 u.'."""
        if not self.known:
            return _("hours not known")
        if self.uncertain:
            return _("public holiday: call first")
        if self.open_now:
            if not self.until:
                return _("open day and night")
            return _("open until %(moment)s") % {"moment": self._ends(self.until, clock_time(self.until), "D.")}
        if not self.next_opening:
            return _("closed now")
        starts = self._starts(self.next_opening, clock_time(self.next_opening), "D.")
        return _("open %(moment)s") % {"moment": starts}

    def _ends(self, until: datetime, clock: str, weekday: str) -> str:
        if until - self.at <= DAY:
            return _("midnight") if until.time() == time.min else clock
        return f"{_weekday(until, weekday)} {clock}"

    def _starts(self, start: datetime, clock: str, weekday: str) -> str:
        days = (start.date() - self.at.date()).days
        if days == 0:
            return _("at %(time)s") % {"time": clock}
        if days == 1:
            day = _("tomorrow")
        elif days < 7:
            day = _weekday(start, weekday)
        else:
            day = short_date(start, today=start.date())  # it comes soon, and a badge is short
        if weekday == "l":
            return _("%(day)s at %(time)s") % {"day": day, "time": clock}
        return f"{day} {clock}"


@dataclass(frozen=True)
class DayRow:
    """One line of the week. `note` says why a day is closed, or may be."""

    day: date
    is_today: bool
    spans: tuple[Span, ...]
    note: str = ""

    @property
    def words(self) -> str:
        """Say '9 – 12 u. en 13 – 17 u.', or that it is closed."""
        parts = [span.words for span in self.spans]
        if not parts:
            return _("closed")
        if len(parts) == 1:
            return parts[0]
        return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def hours_of(service: Service) -> list[Schedule]:
    """Give the rows that count for a service: its own, else those of where it is given, else of the place itself."""
    if own := list(service.schedules.all()):
        return own
    places = list(service.service_at_locations.all())
    if there := [row for place in places for row in place.schedules.all()]:
        return there
    return [row for place in places for row in place.location.schedules.all()]


def opening_of(service: Service, now: datetime, hours: list[Schedule] | None = None) -> Opening:
    """Say whether a service is open; one that is closed for a while or stopped is closed without a next time.

    `hours` are its rows where those were read before.
    """
    if service.status != "active":
        return Opening(at=now.astimezone(ZONE), known=True)
    return opening(hours_of(service) if hours is None else hours, now)


def opening(schedules: Iterable[Schedule], now: datetime) -> Opening:
    """Say whether it is open at a moment with a zone, until when, and else when it opens."""
    rows = list(schedules)
    at = now.astimezone(ZONE)
    if not any(_has_times(row) for row in rows):
        return Opening(at=at)
    local = at.replace(tzinfo=None)
    for horizon in (SOON, FAR):
        spans = merged(_all_spans(rows, local.date() - DAY, local.date() + horizon))
        ahead = [span for span in spans if span.end > local]
        if ahead:
            answer = _answer(ahead[0], local, at, limit=local.date() + horizon)
            return replace(answer, uncertain=not answer.never_closes and _may_be_closed(rows, ahead[0].start.date()))
    return Opening(at=at, known=True)


def week(schedules: Iterable[Schedule], day: date) -> list[DayRow]:
    """Give seven days from `day`; a closed weekend is left out. Empty when no hours are known."""
    rows = list(schedules)
    if not any(_has_times(row) for row in rows):
        return []
    days = [_day_row(rows, day + ahead * DAY, today=day) for ahead in range(7)]
    weekend_is_open = any(row.spans or row.note for row in days if row.day.weekday() >= SATURDAY)
    return [row for row in days if weekend_is_open or row.is_today or row.day.weekday() < SATURDAY]


def remarks(schedules: Iterable[Schedule], day: date) -> list[str]:
    """Give what the rows say in words: notes without days, and closures that start within ten weeks."""
    texts: list[str] = []
    for row in schedules:
        note = row.notes or row.description
        if _is_closure(row):
            starts, ends = row.valid_from or day, row.valid_to or day
            if ends >= day and starts <= day + FAR:
                texts.append(_closure_words(row, note, today=day))
        elif note and (not row.valid_to or row.valid_to >= day):
            texts.append(note)
    return list(dict.fromkeys(texts))


def is_announced_closed(schedules: Iterable[Schedule], day: date) -> bool:
    """Tell whether someone announced to be closed that day. A closure without an end is not a pause but a stop."""
    return any(_is_closure(row) and row.valid_to is not None and _occurs(row, day) for row in schedules)


def _closure_words(row: Schedule, note: str, *, today: date) -> str:
    starts, ends = row.valid_from, row.valid_to
    first, last = (day_month(day, today=today) if day else "" for day in (starts, ends))
    if starts and ends and starts != ends:
        words = _("Closed from %(first)s until %(last)s.") % {"first": first, "last": last}
    elif starts and not ends:
        words = _("Closed from %(first)s.") % {"first": first}
    else:
        words = _("Closed on %(day)s.") % {"day": last}
    return f"{words} {note}".strip()


def _answer(span: Span, local: datetime, at: datetime, *, limit: date) -> Opening:
    if span.start > local:
        return Opening(at=at, next_opening=span.start.replace(tzinfo=ZONE), known=True)
    never_closes = span.end.date() >= limit
    until = None if never_closes else span.end.replace(tzinfo=ZONE)
    return Opening(at=at, open_now=True, until=until, known=True)


def _weekday(moment: datetime, form: str) -> str:
    return date_format(moment, "D") + "." if form == "D." else date_format(moment, form)


def _has_times(row: Schedule) -> bool:
    return row.opens_at is not None and row.closes_at is not None


def _is_closure(row: Schedule) -> bool:
    return row.opens_at is None and row.closes_at is None and bool(row.valid_from or row.valid_to)


def _day_row(rows: list[Schedule], day: date, *, today: date) -> DayRow:
    closures = [row for row in rows if _is_closure(row) and _occurs(row, day)]
    spans = tuple(merged(_spans(rows, day)))
    note = "" if spans else next((row.notes or row.description for row in closures), "")
    if spans and _may_be_closed(rows, day):
        note = _("public holiday: call first")
    return DayRow(day=day, is_today=day == today, spans=spans, note=note)


def _may_be_closed(rows: list[Schedule], day: date) -> bool:
    """Tell whether it is a public holiday for who works on no Sunday; a listing seldom says that it is closed then."""
    if day not in public_holidays(day.year) or any(ALSO_THEN.search(row.notes or row.description) for row in rows):
        return False
    return not any(_spans(rows, day + (SUNDAY - day.weekday()) * DAY))


def _all_spans(rows: list[Schedule], first: date, last: date) -> Iterator[Span]:
    day = first
    while day <= last:
        yield from _spans(rows, day)
        day += DAY


def _spans(rows: list[Schedule], day: date) -> Iterator[Span]:
    """Give what opens on a day. A closure wins, except from hours that were made for a part of that same closure."""
    closures = [row for row in rows if _is_closure(row) and _occurs(row, day)]
    for row in rows:
        if row.opens_at is None or row.closes_at is None or not _occurs(row, day):
            continue
        if all(_lies_within(row, closure) for closure in closures):
            yield _span(day, row.opens_at, row.closes_at)


def _lies_within(row: Schedule, closure: Schedule) -> bool:
    if not row.valid_from or not row.valid_to:
        return False
    starts_later = closure.valid_from is None or closure.valid_from <= row.valid_from
    return starts_later and (closure.valid_to is None or row.valid_to <= closure.valid_to)


def _span(day: date, opens: time, closes: time) -> Span:
    start, end = datetime.combine(day, opens), datetime.combine(day, closes)
    if closes.replace(second=0, microsecond=0) == LAST_MINUTE:
        end = datetime.combine(day + DAY, time.min)
    return Span(start, end if end > start else end + DAY)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join what touches or overlaps, in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _occurs(row: Schedule, day: date) -> bool:
    if (row.valid_from and day < row.valid_from) or (row.valid_to and day > row.valid_to):
        return False
    if (row.dtstart and day < row.dtstart) or (row.until and day > row.until):
        return False
    if not _in(row.bymonthday, day.day, day.day - _days_in_month(day) - 1):
        return False
    if not (_in(row.byyearday, day.timetuple().tm_yday) and _in(row.byweekno, day.isocalendar().week)):
        return False
    return _in_rhythm(row, day)


def _in_rhythm(row: Schedule, day: date) -> bool:
    if (row.interval or 1) > 1 or row.count:
        return _in_rule(row, day)
    if row.byday:
        return any(code == WEEKDAYS[day.weekday()] and _is_nth(row, nth, day) for nth, code in _byday(row))
    if _every_day(row) or row.dtstart is None:
        return True
    return row.dtstart.day == day.day if row.freq == "MONTHLY" else row.dtstart.weekday() == day.weekday()


def _is_nth(row: Schedule, nth: str, day: date) -> bool:
    """Tell whether this is the second (2) or the last (-1) such weekday of its month; weekly rows ask no number."""
    if row.freq != "MONTHLY" or not nth:
        return True
    return int(nth) in ((day.day - 1) // 7 + 1, -((_days_in_month(day) - day.day) // 7 + 1))


def _every_day(row: Schedule) -> bool:
    """Tell whether the row names no weekday and no first day to repeat: its other parts alone decide."""
    return not row.byday and (row.dtstart is None or bool(row.bymonthday or row.byyearday))


def _in_rule(row: Schedule, day: date) -> bool:
    """Tell whether a day lies in the week or month whose turn it is; a count is followed as long as it can end."""
    start = row.dtstart or row.valid_from or EPOCH
    if day < start or not _has_its_turn(row, start, day) or not _is_named(row, start, day):
        return False
    return not row.count or row.count > (day - start).days or _is_among_first(row, row.count, start, day)


def _has_its_turn(row: Schedule, start: date, day: date) -> bool:
    interval = max(row.interval or 1, 1)
    if row.freq == "MONTHLY":
        return ((day.year - start.year) * 12 + day.month - start.month) % interval == 0
    first = WEEKDAYS.index(row.wkst) if row.wkst in WEEKDAYS else 0
    return ((day - start).days + (start.weekday() - first) % 7) // 7 % interval == 0


def _is_named(row: Schedule, start: date, day: date) -> bool:
    """Tell whether it is one of the days that the row names, or the one on which it started."""
    if row.byday:
        return any(code == WEEKDAYS[day.weekday()] and _is_nth(row, nth, day) for nth, code in _byday(row))
    if _every_day(row):
        return True
    return start.day == day.day if row.freq == "MONTHLY" else start.weekday() == day.weekday()


def _is_among_first(row: Schedule, count: int, start: date, day: date) -> bool:
    monthly = row.freq == "MONTHLY"
    days = [(int(nth or 0), WEEKDAYS.index(code)) for nth, code in _byday(row)]
    weekdays = [rrule.weekday(number, nth if monthly and nth else None) for nth, number in days]
    rule = rrule.rrule(
        rrule.MONTHLY if monthly else rrule.WEEKLY,
        dtstart=datetime.combine(start, time.min),
        until=datetime.combine(day, time.min),
        interval=max(row.interval or 1, 1),
        wkst=WEEKDAYS.index(row.wkst) if row.wkst in WEEKDAYS else None,
        byweekday=weekdays or (range(7) if _every_day(row) else None),
    )
    return any(hit.date() == day for _number, hit in zip(range(count), rule, strict=False))


def _byday(row: Schedule) -> list[tuple[str, str]]:
    return re.findall(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", row.byday.upper())


def _in(listed: str, *numbers: int) -> bool:
    """Tell whether one of the numbers stands in "1,15,-1"; an empty list asks nothing."""
    return not listed or any(int(number) in numbers for number in re.findall(r"[+-]?\d+", listed))


def _days_in_month(day: date) -> int:
    return ((day.replace(day=28) + 4 * DAY).replace(day=1) - DAY).day

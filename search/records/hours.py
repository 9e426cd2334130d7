"""Opening hours as the index keeps them: half-hours of the week, days of closing, and the rows for the card."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, cast

from django.utils.translation import get_language

from search.understanding.moments import SLOTS_PER_DAY, WEEK
from sociale_kaart.models import Schedule
from sociale_kaart.opening import ZONE, Opening, Span, opening, week

CLOSURES_AHEAD = 60
MOST_ANSWERS = 4096
Stored = tuple[tuple[tuple[str, Any], ...], ...]
DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)
# What is closed until further notice has no hours to look at.
SHUT = Opening(at=datetime.min, known=True)
DATES = ("valid_from", "valid_to", "dtstart", "until")
TIMES = ("opens_at", "closes_at")
OTHERS = (
    "freq", "byday", "bymonthday", "byyearday", "byweekno", "interval", "count", "wkst", "description", "notes",
)  # fmt: skip
# All that is read of a row.
HOURS = (*DATES, *TIMES, *OTHERS)


class _Answered:
    """What this process worked out last for these hours: many services keep the same ones."""

    by_hours: dict[Stored, Opening] = {}


# What a row says, without whose it is.
Content = namedtuple("Content", HOURS)  # type: ignore[misc]  # the columns have one home
_content = attrgetter(*HOURS)


def slots_of(rows: Sequence[Schedule], today: date) -> frozenset[int]:
    """Give the half-hours of an ordinary week in which it is open for at least a quarter; closings are left out."""
    regular = [row for row in rows if row.opens_at and row.closes_at and (not row.valid_to or row.valid_to >= today)]
    monday = today - today.weekday() * DAY
    return frozenset().union(*(_slots_of_row(Content(*_content(row)), monday) for row in regular))


@lru_cache(maxsize=MOST_ANSWERS)
def _slots_of_row(row: Any, monday: date) -> frozenset[int]:
    """Give those of one row: thousands of services share some hundreds of rows, put together in many ways."""
    return frozenset(slot for day in week([row], monday) for span in day.spans for slot in _slots(span, monday))


def _slots(span: Span, monday: date) -> Iterable[int]:
    start = datetime.combine(monday, time.min)
    slot = int((span.start - start) / HALF_HOUR)
    while True:
        begins = start + slot * HALF_HOUR
        if begins >= span.end or slot > WEEK + SLOTS_PER_DAY:
            return
        if min(begins + HALF_HOUR, span.end) - max(begins, span.start) >= QUARTER:
            yield slot % WEEK
        slot += 1


def closed_days(rows: Sequence[Schedule], today: date) -> frozenset[str]:
    """Give the days of the coming two months on which it is closed though the week says open."""
    closures = [row for row in rows if not row.opens_at and not row.closes_at and (row.valid_from or row.valid_to)]
    found: set[str] = set()
    for row in closures:
        first = max(row.valid_from or today, today)
        last = min(row.valid_to or first, today + CLOSURES_AHEAD * DAY)
        found.update((first + ahead * DAY).isoformat() for ahead in range((last - first).days + 1))
    return frozenset(found)


def packed(rows: Iterable[Schedule]) -> list[dict[str, Any]]:
    """Give the rows as the card stores them; empty parts are left out."""
    return [_pack(row) for row in rows]


def _pack(row: Schedule) -> dict[str, Any]:
    stamped = {name: getattr(row, name).isoformat() for name in (*DATES, *TIMES) if getattr(row, name)}
    return stamped | {name: getattr(row, name) for name in OTHERS if getattr(row, name)}


class HoursRow:
    """A schedule row out of a card: the parts that `sociale_kaart.opening` reads, without a model."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        for name in DATES:
            setattr(self, name, date.fromisoformat(stored[name]) if name in stored else None)
        for name in TIMES:
            setattr(self, name, time.fromisoformat(stored[name]) if name in stored else None)
        for name in OTHERS:
            setattr(self, name, stored.get(name) or (None if name in {"interval", "count"} else ""))


class Badge(NamedTuple):
    """Whether it is open at a moment, and how a badge says so; empty where the hours are not known."""

    open_now: bool | None = None
    said: str = ""
    tone: str = "quiet"


def badges(now: datetime) -> Callable[[Mapping[str, Any]], Badge]:
    """Give what makes the badge of a card, at a moment with a zone and in the language of the page."""
    there, language = now.astimezone(ZONE), get_language() or ""

    def badge(card: Mapping[str, Any]) -> Badge:
        opening = SHUT if card.get("closed_for_now") else _opening(_stored(card), there)
        return Badge(opening.open_now, _short(opening, language), opening.tone) if opening.known else Badge()

    return badge


def _stored(card: Mapping[str, Any]) -> Stored:
    return tuple(tuple(row.items()) for row in card.get("hours", ()))


def _opening(stored: Stored, now: datetime) -> Opening:
    """Many services keep the same hours, and until something opens or closes the answer stays the same."""
    known = _Answered.by_hours.get(stored)
    if known is None or not _still_holds(known, now):
        rows = [HoursRow(dict(row)) for row in stored]
        known = opening(cast("list[Schedule]", rows), now)
        if len(_Answered.by_hours) >= MOST_ANSWERS:
            _Answered.by_hours.clear()
        _Answered.by_hours[stored] = known
    return known


def _still_holds(known: Opening, now: datetime) -> bool:
    """Tell whether it is still so, and said in the same words: an end within a day is said without the day."""
    ends = known.until or known.next_opening
    if known.at > now or known.at.date() != now.date() or (ends and now >= ends):
        return False
    return known.until is None or (known.until - known.at <= DAY) == (known.until - now <= DAY)


@lru_cache(maxsize=4096)
def _short(opening: Opening, _language: str) -> str:
    return opening.short

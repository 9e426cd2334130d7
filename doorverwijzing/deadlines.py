"""When the turn of a state ends: the region's term, in the working days of whose turn it is."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from core.workdays import is_workday
from doorverwijzing.models.deadline import Deadline, Unit
from doorverwijzing.models.referral import Referral
from doorverwijzing.workflow import AT_HOME, DEFAULT_TERMS, PHASES, TURN, Phase, Side, Status, Term
from gebied.models import Municipality
from sociale_kaart.models import LONGEST_PROMISE, Schedule, Service
from sociale_kaart.opening import hours_of, is_announced_closed

OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)
# An announced closure stops the clock for so many working days at most: nobody waits for a whole summer unseen.
MOST_PAUSE = 15

Works = Callable[[date], bool]


def due(
    status: Status,
    urgency: str,
    since: datetime,
    *,
    answer_days: int | None = None,
    municipality: Municipality | None = None,
    works: Works = is_workday,
) -> datetime | None:
    """Give the moment that the turn ends, at the close of the office; None when nobody's turn begins.

    `answer_days` is what the service itself promises; it replaces the region's term for a normal question. `works`
    tells on which days whoever has the turn works.
    """
    if status not in PHASES:
        return None
    term = term_of(PHASES[status], urgency, municipality)
    if term.days and status is Status.SENT and answer_days and not term.hours:
        term = Term(days=min(answer_days, LONGEST_PROMISE))
    return later(since, term, works=works)


def due_of(referral: Referral, status: Status, since: datetime) -> datetime | None:
    """Give the moment that the turn of a referral ends when it comes into this state."""
    return due(
        status,
        referral.urgency,
        since,
        answer_days=referral.service.response_days,
        municipality=referral.client.municipality,
        works=works_of(referral, status),
    )


def answer_by(referral: Referral) -> datetime | None:
    """Give until when the receiver would have if this draft left now; nothing for what left already."""
    return due_of(referral, Status.SENT, timezone.now()) if referral.state in AT_HOME else None


def term_of(phase: Phase, urgency: str, municipality: Municipality | None = None) -> Term:
    """Give the term of a turn: of the care zone where the person lives, else of the network, else the house's own."""
    rows = Deadline.objects.filter(phase=phase, urgency=urgency)
    here = Q(zone=None) | Q(zone__municipalities=municipality) if municipality else Q(zone=None)
    found = sorted(rows.filter(here).distinct(), key=lambda row: (row.zone_id is None, row.zone_id))
    if not found:
        return DEFAULT_TERMS[phase][urgency]
    return Term(hours=found[0].amount) if found[0].unit == Unit.HOURS else Term(days=found[0].amount)


def later(since: datetime, term: Term, *, works: Works = is_workday) -> datetime:
    """Walk a term forward: office hours one by one, days until the close of the last."""
    since = timezone.localtime(since)
    if term.hours:
        return _office_hours_later(since, timedelta(hours=term.hours), works)
    return close_of(add_days(since.date(), term.days, works))


def works_of(referral: Referral, status: Status) -> Works:
    """Tell on which days whoever has the turn works: for the receiver without what the service announced."""
    if TURN.get(status) is Side.RECEIVER:
        return working_days(referral.service)
    return is_workday


def working_days(service: Service) -> Works:
    """Give the working days of a service, without the first working days of an announced closure.

    Its weekly hours do not count: they say when a visitor finds someone, not when a team works (ADR 12).
    """
    return days_without(hours_of(service))


def days_without(hours: Iterable[Schedule]) -> Works:
    """Give the working days that these rows leave; however many they close, a few weeks later every day counts."""
    rows = [row for row in hours if row.opens_at is None]
    if not rows:
        return is_workday
    paused: set[date] = set()

    def works(day: date) -> bool:
        if not is_workday(day):
            return False
        if day in paused:
            return False
        if is_announced_closed(rows, day) and len(paused) < MOST_PAUSE:
            paused.add(day)
            return False
        return True

    return works


def add_days(day: date, count: int, works: Works) -> date:
    """Walk `count` working days forward; the day itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= works(day)
    return day


def closed_between(service: Service, after: datetime, until: datetime) -> int:
    """Count the working days after one moment, up to another, on which the service announced to be closed."""
    works, day, last = working_days(service), timezone.localtime(after).date(), timezone.localtime(until).date()
    closed = 0
    while day < last:
        day += timedelta(days=1)
        closed += is_workday(day) and not works(day)
    return closed


def close_of(day: date) -> datetime:
    """Give the close of the office on a day."""
    return timezone.make_aware(datetime.combine(day, OFFICE_CLOSES))


def _office_hours_later(moment: datetime, left: timedelta, works: Works) -> datetime:
    """Walk through office hours until `left` is used up."""
    while True:
        opens = timezone.make_aware(datetime.combine(moment.date(), OFFICE_OPENS))
        closes = close_of(moment.date())
        start = max(moment, opens)
        if works(moment.date()) and start < closes:
            if start + left <= closes:
                return start + left
            left -= closes - start
        moment = timezone.make_aware(datetime.combine(moment.date() + timedelta(days=1), OFFICE_OPENS))

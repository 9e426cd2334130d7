"""When both sides can be there: opening hours, working hours, Belgian holidays, and what stands in the way already."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from core.moments import spoken_date
from core.workdays import SATURDAY, public_holidays
from doorverwijzing.deadlines import OFFICE_CLOSES, OFFICE_OPENS
from doorverwijzing.models import Handover, Referral, WorkingHours
from organisaties.models import Absence, Organization
from sociale_kaart.models import Service
from sociale_kaart.opening import DAY, ZONE, Span, hours_of, is_announced_closed, merged, week

# Nobody is asked to be somewhere within two hours, and no person is parked for longer than three weeks.
NOTICE, HORIZON = timedelta(hours=2), timedelta(days=21)
STEP = timedelta(minutes=30)
DAYS_SHOWN, MOMENTS_A_DAY = 5, 4


@dataclass(frozen=True)
class Diary:
    """The hours of both sides, the moments at which a worker is in another handover, and the days that one is away."""

    sender: Organization
    receiver: Organization
    service: Service
    sender_hours: dict[int, list[tuple[time, time]]]
    receiver_hours: dict[int, list[tuple[time, time]]]
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    away: list[tuple[date, date | None]] = field(default_factory=list)

    def of_sender(self, day: date) -> list[Span]:
        """Give when the sending side works on a day."""
        return _on(day, self.sender_hours)

    def of_receiver(self, day: date) -> list[Span]:
        """Give when the service is open on a day, from the night before too; else when its organization works."""
        known = hours_of(self.service)
        if is_announced_closed(known, day):
            return []
        rows = week(known, day - DAY)
        if not rows:
            return _on(day, self.receiver_hours)
        midnight = datetime.combine(day, time.min)
        return merged(span for row in rows if row.day <= day for span in row.spans if span.end > midnight)

    def common(self, day: date) -> list[Span]:
        """Give the stretches of a day in which both sides are there; none on a public holiday."""
        if day in public_holidays(day.year):
            return []
        return list(_overlaps(self.of_sender(day), self.of_receiver(day)))

    def is_manned(self, day: date) -> bool:
        """Tell whether none of these workers announced to be away on a day."""
        return not any(first <= day and (last is None or day <= last) for first, last in self.away)

    def is_free(self, start: datetime, minutes: int) -> bool:
        """Tell whether these workers are there, and no other handover of theirs touches this one."""
        return self.is_manned(start.astimezone(ZONE).date()) and not touches(self.busy, start, minutes)


def touches(busy: Iterable[tuple[datetime, datetime]], start: datetime, minutes: int) -> bool:
    """Tell whether a meeting overlaps one of these stretches; right after or right before is fine."""
    end = start + timedelta(minutes=minutes)
    return any(start < busy_end and busy_start < end for busy_start, busy_end in busy)


def diary_of(referral: Referral, *workers: int | None, but: Handover | None = None) -> Diary:
    """Read the hours of both sides, what these workers agreed to already, and when they are away."""
    sides, people = [referral.sender_id, referral.receiver_id], [worker for worker in workers if worker]
    rows = WorkingHours.objects.filter(organization__in=sides)
    absences = Absence.objects.coming(timezone.localdate()).filter(user__in=people, organization__in=sides)
    hours: dict[str, dict[int, list[tuple[time, time]]]] = {}
    for row in rows:
        hours.setdefault(str(row.organization_id), {}).setdefault(row.weekday, []).append((row.opens_at, row.closes_at))
    return Diary(
        referral.sender,
        referral.receiver,
        referral.service,
        hours.get(str(referral.sender_id), _office()),
        hours.get(str(referral.receiver_id), _office()),
        taken(people, but=but),
        list(absences.values_list("starts_on", "ends_on")),
    )


def taken(workers: Iterable[int], *, but: Handover | None = None) -> list[tuple[datetime, datetime]]:
    """Give the stretches in which one of these workers is in an agreed handover."""
    found: list[tuple[datetime, datetime]] = []
    for worker in sorted(set(workers)):
        rows = Handover.objects.of_worker(worker)
        rows = rows.exclude(pk=but.pk) if but else rows
        found += [stretch for row in rows.only("starts_at", "minutes") if (stretch := row.stretch)]
    return found


def _office() -> dict[int, list[tuple[time, time]]]:
    return {weekday: [(OFFICE_OPENS, OFFICE_CLOSES)] for weekday in range(SATURDAY)}


def _on(day: date, hours: dict[int, list[tuple[time, time]]]) -> list[Span]:
    return [
        Span(datetime.combine(day, opens), datetime.combine(day, closes))
        for opens, closes in hours.get(day.weekday(), [])
    ]


def _overlaps(first: list[Span], second: list[Span]) -> Iterator[Span]:
    for one in first:
        for other in second:
            start, end = max(one.start, other.start), min(one.end, other.end)
            if start < end:
                yield Span(start, end)


def moment(local: datetime) -> datetime | None:
    """Give a local time of Brussels as a moment; None for the hour that the clock skips in spring."""
    aware = local.replace(tzinfo=ZONE)
    return aware if aware.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) == local else None


def proposals(diary: Diary, now: datetime, minutes: int) -> dict[date, list[datetime]]:
    """Give moments that suit both sides, a few on each of the first days; spread over the day."""
    first = now.astimezone(ZONE).date()
    found: dict[date, list[datetime]] = {}
    for ahead in range(HORIZON.days + 1):
        day = first + timedelta(days=ahead)
        starts = [
            start
            for span in diary.common(day)
            for start in _starts(span, minutes)
            if start >= now + NOTICE and diary.is_free(start, minutes)
        ]
        if starts:
            found[day] = spread(starts, MOMENTS_A_DAY)
        if len(found) == DAYS_SHOWN:
            break
    return found


def _starts(span: Span, minutes: int) -> Iterator[datetime]:
    """Walk in half hours through a stretch, as long as the whole meeting lies within it."""
    start = span.start
    if late := (start - datetime.min) % STEP:
        start += STEP - late
    while start + timedelta(minutes=minutes) <= span.end:
        if aware := moment(start):
            yield aware
        start += STEP


def spread(starts: list[datetime], count: int) -> list[datetime]:
    """Keep at most `count`, the first and the last among them."""
    if len(starts) <= count:
        return starts
    last = len(starts) - 1
    return [starts[round(number * last / (count - 1))] for number in range(count)]


def why_not(diary: Diary, start: datetime, minutes: int, now: datetime) -> str:
    """Say in one sentence why a moment cannot be proposed or chosen; empty when it can."""
    local = start.astimezone(ZONE).replace(tzinfo=None)
    whole = Span(local, local + timedelta(minutes=minutes))
    day = local.date()
    if start <= now:
        return _("This moment has passed. Choose a later one.")
    if start > now + 2 * HORIZON:
        return _("This is more than six weeks away. Choose an earlier day, so that nobody waits too long.")
    if day in public_holidays(day.year):
        return _("%(day)s is a public holiday. Choose another day.") % {"day": spoken_date(day).capitalize()}
    for organization, spans in ((diary.sender, diary.of_sender(day)), (diary.receiver, diary.of_receiver(day))):
        if not any(span.start <= whole.start and whole.end <= span.end for span in spans):
            words = {"organization": organization, "day": spoken_date(day)}
            return _("%(organization)s is not open at that hour on %(day)s. Choose another moment.") % words
    return "" if diary.is_free(start, minutes) else _engaged(diary, day)


def _engaged(diary: Diary, day: date) -> str:
    """Say why one of the workers cannot be there."""
    if diary.is_manned(day):
        return _("One of you is in another handover at that moment. Choose another one.")
    return _("One of you is away on %(day)s. Choose another day, or a colleague.") % {"day": spoken_date(day)}


def clash_among(starts: list[datetime], minutes: int) -> bool:
    """Tell whether two of these moments overlap."""
    return any(later < earlier + timedelta(minutes=minutes) for earlier, later in pairwise(sorted(starts)))

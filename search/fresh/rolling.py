"""Which services read differently because days passed: a closing that begins or ends, hours that come or go."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from search.fresh import sync
from search.models import Rolled
from search.records.hours import closed_days, slots_of
from sociale_kaart.models import Schedule, Service
from sociale_kaart.models.schedule import Frequency
from sociale_kaart.opening import hours_of

# How many nights that were missed are made up for; what waited longer is found by the check.
MISSED = timedelta(days=7)
BATCH = 200
# Rows that say the same every week are left out.
BY_THE_CALENDAR = (
    Q(valid_from__isnull=False) | Q(valid_to__isnull=False) | Q(dtstart__isnull=False) | Q(until__isnull=False)
    | Q(count__isnull=False) | Q(interval__gt=1) | Q(freq=Frequency.MONTHLY) | ~Q(bymonthday="") | ~Q(byweekno="")
    | ~Q(byyearday="")
)  # fmt: skip


@transaction.atomic
def roll(today: date) -> int:
    """Have every index read again what changed with the calendar since the last time; return how many services."""
    last = Rolled.objects.values_list("day", flat=True).first()
    since = max(last or today - MISSED, today - MISSED)
    moved = [str(service.pk) for service in _by_the_calendar() if _reads(service, since) != _reads(service, today)]
    sync.note(moved)
    Rolled.objects.exclude(day=today).delete()
    Rolled.objects.get_or_create(day=today)
    return len(moved)


def _by_the_calendar() -> Iterable[Service]:
    """Give the services with hours in which a date stands."""
    rows = Schedule.objects.filter(BY_THE_CALENDAR).order_by()
    roads = ("service", "service_at_location__service", "location__service_at_locations__service")
    ids = {pk for road in roads for pk in rows.exclude(**{road: None}).values_list(road, flat=True).distinct()}
    listed = sorted(ids)
    for start in range(0, len(listed), BATCH):
        yield from Service.objects.public().for_index().filter(pk__in=listed[start : start + BATCH])


def _reads(service: Service, day: date) -> tuple[frozenset[int], frozenset[str]]:
    """Give what the record of a service says of its hours on a day."""
    hours = hours_of(service)
    return slots_of(hours, day), closed_days(hours, day)

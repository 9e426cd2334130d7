"""Which services read differently because days passed: a closing that begins or ends, hours that come or go."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from search.fresh import sync
from search.models import Rolled
from search.records.hours import closed_days, slots_of
from search.records.listing import Listing, listings
from sociale_kaart.models import Schedule, Service
from sociale_kaart.models.schedule import Frequency

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
    read = listings(_by_the_calendar(), today)
    moved = [str(one.service.pk) for one in read if _hours_at(since, one) != (one.slots, one.closed)]
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


def _hours_at(day: date, one: Listing) -> tuple[frozenset[int], frozenset[str]]:
    """Give what the record of a service said of its hours on a day."""
    return slots_of(one.hours, day), closed_days(one.hours, day)

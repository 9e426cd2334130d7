"""Who looked at unusually much in one day, told to who watches over the data of that organization (P-19)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from clienten import notifications
from clienten.emergency.permissions import watchers
from clienten.reading import READ
from core import audit
from core.models import AuditEvent, User
from organisaties import network
from organisaties.models import Organization

# So many different cards, talks and questions in one day, and so many times what this colleague usually opens.
LEAST, TIMES_USUAL = 60, 3
# Over how many days the usual is taken, and how many are looked at again when nothing ran.
USUAL_OVER, LOOKED_AT = 28, 3
TOLD = "reading.unusual"
# Of which organization, which colleague, which day.
Found = tuple[str, str, date]


def tell(now: datetime | None = None) -> Mapping[str, int]:
    """Mail who watches about each colleague who looked at unusually much; each day of each colleague is told once."""
    today = timezone.localdate(now)
    known = _told(today)
    return {"unusual": sum(_tell_one(*found) for found in _unusual(today) if found not in known)}


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _unusual(today: date) -> Iterator[Found]:
    """Give who looked at how much more than on the days before; today is not over yet."""
    first = today - timedelta(days=USUAL_OVER + LOOKED_AT)
    seen = AuditEvent.objects.filter(action__endswith=READ, at__gte=_start(first), at__lt=_start(today))
    days = seen.exclude(organization="").order_by().annotate(day=TruncDate("at"))
    per_day: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    counted = days.values_list("organization", "actor", "day").annotate(things=Count("subject_id", distinct=True))
    for organization, actor, day, things in counted:
        per_day[organization, actor][day] = things
    for (organization, actor), things_on in sorted(per_day.items()):
        for day in sorted(one for one in things_on if one >= today - timedelta(days=LOOKED_AT)):
            before = [things for other, things in things_on.items() if other < day]
            usual = sum(before) / len(before) if before else 0
            if things_on[day] >= max(LEAST, TIMES_USUAL * usual):
                yield organization, actor, day


def _told(today: date) -> set[Found]:
    lately = AuditEvent.objects.filter(action=TOLD, at__gte=_start(today - timedelta(days=LOOKED_AT)))
    rows = lately.values_list("organization", "details")
    return {(organization, said["person"], date.fromisoformat(said["day"])) for organization, said in rows}


@transaction.atomic
def _tell_one(organization_id: str, actor: str, day: date) -> int:
    organization = Organization.objects.filter(pk=organization_id).first()
    person = User.objects.filter(pk=actor).first() if actor.isdigit() else None
    if organization is None or person is None:
        return 0
    path = f"{reverse('clienten:read_log', args=[organization.pk])}?van={day.isoformat()}&tot={day.isoformat()}"
    people = watchers(organization, other_than=person)
    for watcher in people:
        notifications.read_much(watcher.email, organization, day=day, path=path)
    if not people:
        network.ask_for_a_contact(organization, but=person)
    audit.record(
        TOLD, subject=organization, by=audit.SYSTEM, organization=organization, person=actor, day=day.isoformat()
    )
    return 1

"""How long an organization keeps a file: announced first, then erased, with a report. Safe to run at any time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clienten import notifications
from clienten.models import (
    ClientCard,
    Consent,
    Hold,
    PlannedErasure,
    RetentionPolicy,
    RetentionReport,
    SubjectRequest,
)
from clienten.models.rights import MOST_MONTHS, USUAL_MONTHS
from clienten.rights_of_subject import rooms
from clienten.rights_of_subject.erasing import erase, reasons_to_keep
from clienten.rules import months_on
from core import audit
from core.errors import Refusal
from core.models import AuditEvent
from organisaties.models import Organization

# Between telling the team and erasing: time to look, to hold, or to call someone.
NOTICE = timedelta(days=14)
# Reading a card is a sign of life of the team, not of the person.
NO_SIGN_OF_LIFE = ("client.read", "client.exported", "client.planned")


@dataclass
class Preview:
    """What the next nights will do in one organization."""

    months: int
    before: date
    due: list[ClientCard] = field(default_factory=list)
    planned: list[PlannedErasure] = field(default_factory=list)
    held: list[Hold] = field(default_factory=list)


def months_of(organization: Organization) -> int:
    """Give how long an organization keeps a file after the last sign of life."""
    months = RetentionPolicy.objects.filter(organization=organization).values_list("months", flat=True).first()
    return months or USUAL_MONTHS


def months_before(now: datetime, months: int) -> datetime:
    """Go back a number of months; the last day of a shorter month when that day does not exist."""
    local = timezone.localtime(now)
    day = months_on(local.date(), -months)
    return local.replace(year=day.year, month=day.month, day=day.day)


def over_time(organization: Organization, now: datetime) -> list[ClientCard]:
    """Give the files of which the time is over: nothing open, and no sign of life since."""
    since = months_before(now, months_of(organization))
    old = ClientCard.objects.filter(organization=organization, created_at__lt=since)
    alive = set(_alive(organization, since, now))
    return [card for card in old.order_by("created_at") if card.pk not in alive]


def _alive(organization: Organization, since: datetime, now: datetime) -> Iterator[UUID]:
    """Name the cards that something happened with, or that wait for something."""
    for busy in rooms.BUSY:
        yield from busy(since)
    yield from Consent.objects.filter(given_at__gte=since).values_list("client", flat=True)
    yield from Hold.objects.filter(until__gte=timezone.localdate(now)).values_list("card", flat=True)
    yield from SubjectRequest.objects.open().exclude(card=None).values_list("card", flat=True)
    lines = AuditEvent.objects.filter(
        subject_type=ClientCard._meta.label_lower, organization=str(organization.pk), at__gte=since
    )
    for pk in lines.exclude(action__in=NO_SIGN_OF_LIFE).values_list("subject_id", flat=True):
        yield UUID(pk)


def preview(organization: Organization, now: datetime | None = None) -> Preview:
    """Tell what the next nights will do, without doing it."""
    now = now or timezone.now()
    months = months_of(organization)
    planned = PlannedErasure.objects.filter(card__organization=organization).select_related("card")
    held = Hold.objects.filter(card__organization=organization, until__gte=timezone.localdate(now))
    known = {plan.card_id for plan in planned}
    return Preview(
        months=months,
        before=timezone.localdate(months_before(now, months)),
        due=[card for card in over_time(organization, now) if card.pk not in known],
        planned=list(planned),
        held=list(held.select_related("card")),
    )


def run(now: datetime | None = None) -> dict[str, int]:
    """Spare, erase and announce for every organization; give the counts. Twice in a night changes nothing."""
    now = now or timezone.now()
    total = {"announced": 0, "spared": 0, "erased": 0, "held": 0}
    for organization in Organization.objects.filter(pk__in=ClientCard.objects.values("organization")).order_by("pk"):
        done = run_for(organization, now)
        total = {name: total[name] + done[name] for name in total}
    return total


def run_for(organization: Organization, now: datetime) -> dict[str, int]:
    """Do one organization; each file in a transaction of its own, so that a crash loses at most one."""
    due = {card.pk: card for card in over_time(organization, now)}
    done = {"announced": 0, "spared": 0, "erased": 0, "held": 0, "waiting": 0}
    for plan in list(PlannedErasure.objects.filter(card__organization=organization).select_related("card")):
        done[_carry_out(plan, due, timezone.localdate(now))] += 1
    known = set(PlannedErasure.objects.filter(card__in=due).values_list("card", flat=True))
    still_there = ClientCard.objects.filter(pk__in=set(due) - known)
    done["announced"] = sum(_announce(card, now) for card in still_there.select_related("organization"))
    done.pop("waiting")
    if done["announced"]:
        notifications.files_will_go(organization, done["announced"], timezone.localdate(now) + NOTICE)
    if any(done.values()):
        RetentionReport.objects.create(organization=organization, ran_at=now, **done)
    return done


def _carry_out(plan: PlannedErasure, due: dict[UUID, ClientCard], today: date) -> str:
    """Erase what was announced long enough ago; let go what came to life again."""
    if plan.card_id not in due:
        plan.delete()
        return "spared"
    if plan.erase_on > today:
        return "waiting"
    try:
        erase(plan.card, by=audit.SYSTEM)
    except Refusal:
        return "held"
    return "erased"


@transaction.atomic
def _announce(card: ClientCard, now: datetime) -> int:
    """Say when a file will go; nothing when the law keeps it now."""
    if reasons_to_keep(card):
        return 0
    _plan, new = PlannedErasure.objects.get_or_create(
        card=card, defaults={"erase_on": timezone.localdate(now) + NOTICE}
    )
    if new:
        audit.record("client.planned", subject=card, by=audit.SYSTEM, organization=card.organization)
    return int(new)


@transaction.atomic
def set_months(organization: Organization, months: int, *, by: object) -> RetentionPolicy:
    """Choose how long files are kept, one to twelve months. The caller asked whether this person may."""
    policy, _new = RetentionPolicy.objects.update_or_create(
        organization=organization, defaults={"months": min(max(months, 1), MOST_MONTHS)}
    )
    audit.record("retention.changed", subject=policy, by=by, organization=organization, months=policy.months)  # type: ignore[arg-type]
    return policy

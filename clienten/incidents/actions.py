"""Noting an incident, deciding who is told of it, reminding while something is undecided, and letting old words go."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten import notifications
from clienten.models import About, ClientCard, Incident, IncidentKind, IncidentLine, TouchedPerson
from clienten.permissions import may_answer_for
from clienten.rules import months_on
from core import audit
from core.errors import Refusal
from core.models import User
from organisaties.models import Organization

# How long the register keeps an incident about which all was decided (domain.md P-17).
KEPT_MONTHS = 60
REMINDED = "incident.reminded"


@transaction.atomic
def note(
    organization: Organization, *, kind: str, known_at: datetime, cards: Iterable[ClientCard] = (), by: User,
    **told: Any,
) -> Incident:  # fmt: skip
    """Write an incident down; the hours run from when it was known. Who answers there hears it. Raises NotAllowed."""
    may_answer_for(by, organization).require()
    incident = Incident(organization=organization, kind=IncidentKind(kind), known_at=known_at, noted_by=by, **told)
    incident.due_at = _next(incident)
    incident.save(force_insert=True)
    known_on = timezone.localdate(known_at)
    touched = [TouchedPerson(incident=incident, card=card, known_on=known_on) for card in cards]
    TouchedPerson.objects.bulk_create(touched)
    notifications.incident_waits(incident, but=by)
    audit.record(
        "incident.noted", subject=incident, by=by, organization=organization, kind=incident.kind,
        known_at=known_at.isoformat(), people=incident.people, cards=[str(one.card_id) for one in touched],
    )  # fmt: skip
    return incident


def _next(incident: Incident) -> datetime | None:
    return min(incident.undecided().values(), default=None)


@transaction.atomic
def write(incident: Incident, *, about: str, told: bool | None = None, text: str, by: User) -> IncidentLine:
    """Decide whether these are told, once and with the reason, or write down what is learned. Raises Refusal."""
    may_answer_for(by, incident.organization).require()
    locked = Incident.objects.select_for_update().get(pk=incident.pk)
    if about != About.LEARNED and About(about) not in locked.undecided():
        raise Refusal(_("A colleague was first: this was decided already. Write what changed as something new."))
    line = IncidentLine.objects.create(incident=locked, about=About(about), told=told, text=text, written_by=by)
    locked.due_at = _next(locked)
    locked.save(update_fields=["due_at"])
    action = "incident.learned" if about == About.LEARNED else "incident.decided"
    audit.record(action, subject=locked, by=by, organization=incident.organization, about=str(line.about), told=told)
    return line


def night(now: datetime | None = None) -> dict[str, int]:
    """Mail about each incident with something undecided, once a day; let go what is kept long enough."""
    waiting = Incident.objects.open().order_by("due_at").values_list("pk", flat=True)
    before = months_on(timezone.localdate(now), -KEPT_MONTHS)
    return {"reminded": sum(_remind_one(pk, now) for pk in waiting), "forgotten": _forget(before)}


@transaction.atomic
def _remind_one(pk: UUID, now: datetime | None) -> int:
    incident = Incident.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pk)
    if incident.due_at is None or audit.is_done_today(incident, REMINDED, now):
        return 0
    count = notifications.incident_waits(incident)
    audit.record(REMINDED, subject=incident, by=audit.SYSTEM, organization=incident.organization)
    return count


@transaction.atomic
def _forget(before: date) -> int:
    old = Incident.objects.filter(due_at=None, known_at__date__lt=before)
    count = 0
    for incident in old.select_related("organization"):
        audit.record("incident.forgotten", subject=incident, by=audit.SYSTEM, organization=incident.organization)
        incident.delete()
        count += 1
    return count

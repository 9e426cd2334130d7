"""The read log of one organization, for who watches over its data: who looked at what, proved by the chain."""

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.models import answers_for
from clienten.reading import READ
from core import audit
from core.errors import NotAllowed
from core.models import AuditEvent, AuditHead, JobRun, User
from organisaties.models import Organization

FORMAT = "dorpel-read-log/1"
NIGHTLY = "audit chain"
FAULTS_TOLD = 100
# A spreadsheet takes what begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("sequence", "at", "action", "person", "actor", "subject_type", "subject_id", "page", "previous", "digest")


class Outsiders(Protocol):
    """A room that lets in people without an account, and knows what they did."""

    def about(self, organization: Organization) -> models.Q:
        """Keep what they did with what is of this organization."""

    def names(self, actors: Iterable[str]) -> dict[str, str]:
        """Say who they were, as far as that is known."""

    def said(self, action: str) -> str:
        """Say what they did, where it was more than looking."""


_outsiders: list[Outsiders] = []


def register(room: Outsiders) -> None:
    """Let the read log tell of people without an account."""
    _outsiders.append(room)


def said(action: str) -> str:
    """Say what someone without an account did; nothing for looking."""
    return next((words for room in _outsiders if (words := room.said(action))), "")


@dataclass(frozen=True)
class Chain:
    """How the chain stood: how many lines there are, what is wrong with it, and since when that is known."""

    lines: int
    checked_at: datetime | None
    faults: list[str]

    @property
    def whole(self) -> bool:
        """Tell whether every line is what it was when it was written."""
        return not self.faults


def may_export(user: User, organization: Organization) -> bool:
    """Tell whether this person answers for the personal data of an organization."""
    return answers_for(user).filter(pk=organization.pk).exists()


def lines(organization: Organization, *, since: date | None, until: date | None) -> models.QuerySet[AuditEvent]:
    """Give who read something for this organization, and what people without an account did with what it sent.

    Oldest first; both days are included.
    """
    kept = models.Q(organization=str(organization.pk), action__endswith=READ)
    for room in _outsiders:
        kept |= room.about(organization)
    found = AuditEvent.objects.filter(kept).order_by("sequence")
    if since:
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if until:
        found = found.filter(at__lt=timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min)))
    return found


def people(events: Collection[AuditEvent]) -> dict[str, str]:
    """Name the people behind some lines."""
    ids = {int(event.actor) for event in events if event.actor.isdigit()}
    named = {str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)}
    for room in _outsiders:
        named |= room.names({event.actor for event in events})
    return named


def last_check() -> Chain:
    """Say how the nightly check found the chain; nothing is walked now."""
    run = JobRun.objects.filter(name=NIGHTLY).first()
    lines_now = AuditHead.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
    if run is None or run.finished_at is None:
        return Chain(lines_now, None, [])
    return Chain(lines_now, run.finished_at, [run.outcome] if run.failures else [])


def check_now() -> Chain:
    """Walk the whole chain."""
    faults = [str(fault) for fault in audit.verify()]
    count = AuditHead.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
    told = [
        *faults[:FAULTS_TOLD],
        *([_("… and %(count)d more.") % {"count": len(faults) - FAULTS_TOLD}] if len(faults) > FAULTS_TOLD else []),
    ]
    return Chain(count, timezone.now(), told)


def _rows(events: list[AuditEvent]) -> Iterator[dict[str, str]]:
    names = people(events)
    for event in events:
        yield {
            "sequence": str(event.sequence),
            "at": event.at.isoformat(),
            "action": event.action,
            "person": names.get(event.actor, ""),
            "actor": event.actor,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "page": str(event.details.get("page", "")),
            "previous": event.previous,
            "digest": event.digest,
        }


def as_csv(events: list[AuditEvent]) -> str:
    """Write lines as a table that a spreadsheet opens; nothing in it runs."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for row in _rows(events):
        table.writerow({name: f"'{word}" if word.startswith(FORMULA) else word for name, word in row.items()})
    return out.getvalue()


def as_json(organization: Organization, events: list[AuditEvent], chain: Chain) -> str:
    """Write lines with the proof: the hash before and of each line, how the chain stood, and a hash over all lines."""
    rows = list(_rows(events))
    head = AuditHead.objects.filter(pk=1).first()
    packed = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    told: dict[str, Any] = {
        "format": FORMAT,
        "organization": {"id": str(organization.pk), "name": organization.name},
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "lines": rows,
        "sha256_of_lines": hashlib.sha256(packed.encode()).hexdigest(),
        "chain": {
            "whole": chain.whole,
            "checked_at": chain.checked_at.isoformat(timespec="seconds") if chain.checked_at else None,
            "lines": chain.lines,
            "head": head.digest if head else "",
            "faults": chain.faults,
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


@transaction.atomic
def export(organization: Organization, *, since: date | None, until: date | None, kind: str, by: User | str) -> str:
    """Give the read log as "csv" or "json", and write down who took it. Raises NotAllowed."""
    if isinstance(by, User) and not may_export(by, organization):
        raise NotAllowed(
            _("Only a team lead or the data-protection contact of %(organization)s can do this.")
            % {"organization": organization}
        )
    chain = check_now()
    events = list(lines(organization, since=since, until=until))
    text = as_csv(events) if kind == "csv" else as_json(organization, events, chain)
    audit.record(
        "readlog.exported", subject=organization, by=by, organization=organization, kind=kind, lines=len(events),
        whole=chain.whole,
    )  # fmt: skip
    return text

"""The audit chain: who did what to which thing, in an order that cannot be changed unseen."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.models import AuditEvent, AuditHead, User

SYSTEM, CLIENT, VISITOR = "system", "client", "visitor"
FAULTS: dict[str, Promise] = {
    "missing": pgettext_lazy("line of the audit chain", "missing"),
    "reordered": pgettext_lazy("line of the audit chain", "reordered"),
    "changed": pgettext_lazy("line of the audit chain", "changed"),
}
_watched: ContextVar[list[str] | None] = ContextVar("audit_watched", default=None)


class HasId(Protocol):
    """Anything with a primary key: an organisation, mostly."""

    @property
    def pk(self) -> Any:
        """Give the primary key."""


@dataclass(frozen=True)
class Fault:
    """A line of the chain that is not what it was when it was written."""

    sequence: int
    what: str

    def __str__(self) -> str:
        """Say which line, and what is the matter with it."""
        return _("line %(number)d: %(what)s") % {"number": self.sequence, "what": FAULTS[self.what]}


def _digest(event: AuditEvent) -> str:
    line = json.dumps(
        [
            event.sequence, event.at.isoformat(), event.action, event.actor, event.organization, event.subject_type,
            event.subject_id, event.details, event.previous,
        ],
        sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return hmac.new(settings.AUDIT_KEY.encode(), line.encode(), hashlib.sha256).hexdigest()


def record(
    action: str,
    *,
    subject: models.Model,
    by: User | str,
    organization: HasId | None = None,
    at: datetime | None = None,
    **details: str | int | bool | list[str] | None,
) -> AuditEvent:
    """Add one line to the chain, inside the caller's transaction.

    `details` may hold ids, codes, counts and dates; never what a client said. Call it last in an action:
    the head of the chain stays locked until the transaction ends.
    """
    # No way back of its own: without its line in the chain no action may stand.
    with transaction.atomic(savepoint=False):
        head, _made = AuditHead.objects.select_for_update().get_or_create(pk=1)
        event = AuditEvent(
            sequence=head.sequence + 1,
            at=(at or timezone.now()).astimezone(UTC),
            action=action,
            actor=by if isinstance(by, str) else str(by.pk),
            organization=str(organization.pk) if organization else "",
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            details=details,
            previous=head.digest,
        )
        event.digest = _digest(event)
        event.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(sequence=event.sequence, digest=event.digest)
    if (actions := _watched.get()) is not None:
        actions.append(action)
    return event


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the actions that are written down meanwhile, by this thread."""
    actions: list[str] = []
    before = _watched.set(actions)
    try:
        yield actions
    finally:
        _watched.reset(before)


def history(subject: models.Model) -> models.QuerySet[AuditEvent]:
    """Give the lines about one thing, oldest first."""
    return AuditEvent.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def is_done_today(subject: models.Model, action: str, now: datetime | None = None) -> bool:
    """Tell whether this was written down today already, of what is done once a day."""
    last = history(subject).filter(action=action).last()
    return last is not None and timezone.localdate(last.at) >= timezone.localdate(now)


def history_at(organization: HasId) -> models.QuerySet[AuditEvent]:
    """Give the lines about what happened in one organization, newest first."""
    return AuditEvent.objects.filter(organization=str(organization.pk)).order_by("-sequence")


def verify() -> Iterator[Fault]:
    """Walk the whole chain and tell each line that was changed, is missing or stands in another order."""
    previous, expected = "", 1
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != expected:
            yield Fault(expected, "missing")
        elif event.previous != previous:
            yield Fault(event.sequence, "reordered")
        if event.digest != _digest(event):
            yield Fault(event.sequence, "changed")
        previous, expected = event.digest, event.sequence + 1
    head = AuditHead.objects.filter(pk=1).first()
    if (head.sequence if head else 0) != expected - 1 or (head.digest if head else "") != previous:
        yield Fault(expected, "missing")

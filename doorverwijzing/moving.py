"""One move, made whole: the guarded UPDATE, its log line and its audit line."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core import audit
from doorverwijzing.actors import Actor, signed, user_of
from doorverwijzing.deadlines import closed_between, due_of
from doorverwijzing.live import ending
from doorverwijzing.models import Referral, Step
from doorverwijzing.workflow import MOVES, TURN, Side, Status
from organisaties.models import Organization


def make(
    referral: Referral,
    name: str,
    *,
    by: Actor | str,
    side: Side,
    reason: str = "",
    at: datetime | None = None,
    **fields: object,
) -> None:
    """Move the referral, set the next date, log it. Raises Refusal when someone moved first.

    `at` is the moment when it happens, for the clock. Call it inside a transaction and last: it writes the audit line.
    """
    before, expected, now = referral.state, referral.due_at, at or _after(referral.status_at)
    referral.move(name, status_at=now, **_dates(referral, MOVES[name].target, now), **fields)
    organization = {Side.SENDER: referral.sender, Side.RECEIVER: referral.receiver}.get(side)
    Step.objects.create(
        referral=referral,
        move=name,
        from_status=before,
        to_status=referral.status,
        side=side,
        by=user_of(by),
        organization=organization,
        at=now,
        created_at=timezone.now() if at else now,
        reason=reason,
        due_at=expected,
    )
    ending.follow(referral)
    note(f"referral.{name}", referral, by=by, organization=organization, reason=reason)


def _after(last: datetime) -> datetime:
    """Give the moment of now; where the clock of the machine was set back, the first one after the last move."""
    return max(timezone.now(), last + timedelta.resolution)


def _dates(referral: Referral, target: Status, now: datetime) -> dict[str, object]:
    if target is Status.RECEIVED:
        return {}
    due = due_of(referral, target, now)
    closed = closed_between(referral.service, now, due) if due and TURN.get(target) is Side.RECEIVER else 0
    return {"due_at": due, "paused_days": closed}


def held(referral: Referral) -> Referral:
    """Give the referral as it is now, with what stands around it; nobody moves it until this transaction is over.

    Locked first and read after: PostgreSQL would join the packet as it was before the wait.
    """
    Referral.objects.select_for_update().values_list("pk").get(pk=referral.pk)
    around = ("packet", "question", "client__organization", "sender", "receiver", "service")
    return Referral.objects.select_related(*around).get(pk=referral.pk)


def note(
    action: str, referral: Referral, *, by: Actor | str, organization: Organization | None, **details: str
) -> None:
    """Write one audit line about a referral."""
    said: dict[str, Any] = {key: word for key, word in details.items() if word}
    audit.record(action, subject=referral, by=signed(by), organization=organization, **said)

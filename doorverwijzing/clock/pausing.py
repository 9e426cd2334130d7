"""Announced closures stop the clock, also those that were announced later; what was called off runs again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core import audit
from doorverwijzing.deadlines import MOST_PAUSE, add_days, closed_between, works_of
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_RECEIVER, Status


def pause(referrals: ReferralQuerySet, now: datetime) -> int:
    """Move the dates of these that the receiver's closures put off, or no longer do; return how many."""
    known = referrals.filter(status__in=AT_RECEIVER).select_related("service").order_by("pk")
    return sum(_pause_one(referral, now) for referral in known)


@transaction.atomic
def _pause_one(referral: Referral, now: datetime) -> int:
    due, paused = _put_off(referral)
    if paused == referral.paused_days:
        due, paused = _given_back(referral, now)
    changes: dict[str, object] = {"due_at": due, "paused_days": paused} if paused != referral.paused_days else {}
    if not changes and due is not None and due < now and _closed_now(referral, due, now):
        tomorrow = add_days(timezone.localtime(now).date(), 1, works_of(referral, referral.state))
        changes = {"notice_at": timezone.localtime(now).replace(year=tomorrow.year, month=tomorrow.month,
                                                                day=tomorrow.day)}  # fmt: skip
    same = Referral.objects.filter(pk=referral.pk, status=referral.status, due_at=referral.due_at)
    if not changes or not same.update(**changes):
        return 0
    note("referral.paused", referral, by=audit.SYSTEM, organization=None, days=str(paused - referral.paused_days))
    return 1


def _put_off(referral: Referral) -> tuple[datetime | None, int]:
    """Give the due date with every closed day of its turn counted, and how many that are."""
    since, due, paused = _since(referral), referral.due_at, referral.paused_days
    if since is None or due is None:
        return due, paused
    while (closed := closed_between(referral.service, since, due)) > paused:
        day = add_days(timezone.localtime(due).date(), closed - paused, works_of(referral, referral.state))
        due = timezone.localtime(due).replace(year=day.year, month=day.month, day=day.day)
        # `add_days` walked over the closed days in between: they count as paused as well.
        paused = max(closed, closed_between(referral.service, since, due))
    return due, paused


def _since(referral: Referral) -> datetime | None:
    """Give when the turn began; opening a question begins none."""
    return referral.sent_at if referral.state is Status.RECEIVED else referral.status_at


def _given_back(referral: Referral, now: datetime) -> tuple[datetime | None, int]:
    """Take back the days of a closure that was called off or shortened, and tell how many closed days are left.

    Nobody is late at once by that: there is a working day left. What was agreed together keeps its day.
    """
    since, due, paused = _since(referral), referral.due_at, referral.paused_days
    if since is None or due is None or not paused or referral.handovers.agreed().exists():
        return due, paused
    too_many = paused - closed_between(referral.service, since, due)
    works, day = works_of(referral, referral.state), timezone.localtime(due).date()
    while too_many > 0:
        day -= timedelta(days=1)
        too_many -= works(day)
    day = max(day, add_days(timezone.localtime(now).date(), 1, works_of(referral, referral.state)))
    earlier = min(due, timezone.localtime(due).replace(year=day.year, month=day.month, day=day.day))
    return earlier, closed_between(referral.service, since, earlier)


def _closed_now(referral: Referral, due: datetime, now: datetime) -> bool:
    """Tell whether the receiver is closed today, and was not quiet for too long already."""
    yesterday = now - timedelta(days=1)
    return closed_between(referral.service, yesterday, now) > 0 and (
        closed_between(referral.service, due, now) < MOST_PAUSE
    )

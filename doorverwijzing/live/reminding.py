"""Reminds both workers of an agreed handover, once, on the working day before or in the morning itself."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from core.workdays import next_workday
from doorverwijzing.live import telling
from doorverwijzing.models import Handover


def run(now: datetime | None = None) -> int:
    """Send what is due and give how many handovers that were. Safe to run at any time, also twice at once."""
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    until = timezone.make_aware(datetime.combine(next_workday(today), time.max))
    morning = timezone.make_aware(datetime.combine(today, time.min))
    # Who agreed this very day does not need to hear it again.
    near = Handover.objects.agreed().filter(reminded_at=None, starts_at__gt=now, starts_at__lte=until)
    return sum(_remind(handover, now) for handover in near.filter(agreed_at__lt=morning).order_by("starts_at"))


@transaction.atomic
def _remind(found: Handover, now: datetime) -> int:
    if not Handover.objects.agreed().filter(pk=found.pk, reminded_at=None).update(reminded_at=now):
        return 0
    telling.reminder(Handover.objects.select_related("referral", "sender_worker", "receiver_worker").get(pk=found.pk))
    return 1

"""What happens when nobody moves: reminders, escalation, and back to the sender. Safe to run at any time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clienten.models import Consent
from core import audit
from core.doomed_keys import destroy_doomed
from core.workdays import add_workdays
from doorverwijzing import notifications, packet
from doorverwijzing.fhir.keeping import forget_old
from doorverwijzing.live import reminding
from doorverwijzing.models import Referral
from doorverwijzing.moving import make, note
from doorverwijzing.workflow import AT_RECEIVER, NOTICES_BEFORE_EXPIRY, Side
from organisaties.roles import Role

URGENT_NOTICE_EVERY = timedelta(hours=2)


def run(now: datetime | None = None) -> dict[str, int]:
    """Do everything that is due; return how many notices, expiries and lapses there were."""
    now = now or timezone.now()
    done = {"notices": 0, "expired": 0, "lapsed": 0}
    for pk in list(Referral.objects.overdue(now).values_list("pk", flat=True)):
        done[_attend(pk, now)] += 1
    for pk in _without_consent(timezone.localtime(now).date()):
        done["lapsed"] += _lapse(pk)
    reminding.run(now)
    # A crash may have come between a commit and the end of a key.
    destroy_doomed()
    forget_old()
    return done


@transaction.atomic
def _attend(pk: UUID, now: datetime) -> str:
    """Remind, escalate or give back one overdue referral; at most one of these in a run."""
    referral = Referral.objects.overdue(now).filter(pk=pk).select_for_update(of=("self",)).first()
    if referral is None:
        return "notices"
    if referral.notices >= NOTICES_BEFORE_EXPIRY:
        packet.destroy(referral)
        make(referral, "expire", by=audit.SYSTEM, side=Side.SYSTEM)
        notifications.sender_told(referral, "expire")
        return "expired"
    _remind(referral, now)
    return "notices"


def _remind(referral: Referral, now: datetime) -> None:
    """Send one notice and be quiet for a while; the last one goes to the team lead. The due date stays as promised."""
    last = referral.notices == NOTICES_BEFORE_EXPIRY - 1
    address = _team_lead_address(referral) if last else referral.receiver.inbox
    if referral.urgency == "urgent":
        again = now + URGENT_NOTICE_EVERY
    else:
        day = add_workdays(timezone.localtime(now).date(), 1)
        again = timezone.localtime(now).replace(year=day.year, month=day.month, day=day.day)
    Referral.objects.filter(pk=referral.pk).update(notices=F("notices") + 1, notice_at=again)
    note("referral.escalated" if last else "referral.reminded", referral, by=audit.SYSTEM, organization=None)
    notifications.reminder(referral, address)


def _team_lead_address(referral: Referral) -> str:
    lead = referral.receiver.memberships.filter(role=Role.TEAM_LEAD, ended_at=None).select_related("user").first()
    return lead.user.email if lead else referral.receiver.inbox


def _without_consent(today: date) -> list[UUID]:
    """Find referrals at a receiver that share items of which no yes is valid any more."""
    found = []
    for referral in Referral.objects.filter(status__in=AT_RECEIVER).select_related("packet", "receiver"):
        consents = Consent.objects.for_purpose(referral.question_id, referral.receiver)
        if referral.packet.items and not consents.valid(today).exists():
            found.append(referral.pk)
    return found


@transaction.atomic
def _lapse(pk: UUID) -> int:
    """Close the packet and give the question back, because the yes has ended."""
    referral = Referral.objects.filter(pk=pk, status__in=AT_RECEIVER).select_for_update(of=("self",)).first()
    if referral is None:
        return 0
    packet.destroy(referral)
    make(referral, "lapse", by=audit.SYSTEM, side=Side.SYSTEM)
    notifications.sender_told(referral, "lapse")
    return 1

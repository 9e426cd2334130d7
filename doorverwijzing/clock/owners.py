"""Every open question is somebody's, and has a next date: looked at every night, mended, or told to the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core import audit
from core.models import User
from doorverwijzing import overview
from doorverwijzing.clock import pausing, reminders
from doorverwijzing.clock.leaving import Questions
from doorverwijzing.deadlines import due_of
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_RECEIVER
from organisaties import departures, network
from organisaties.models import Membership, Organization


@dataclass(frozen=True)
class Lost:
    """An open question that nobody can answer, for who coordinates: the partners and since when, nothing else."""

    referral: Referral
    side: Organization
    since: datetime


def _working(**where: OuterRef) -> Exists:
    """Tell whether someone who can log in handles questions there."""
    return Exists(Membership.objects.caring().filter(**where))


# Each is a question to the database, so that a hundred thousand open referrals are no reason to wait.
SENDER_WORKS = _working(user=OuterRef("sender_worker"), organization=OuterRef("sender"))
RECEIVER_WORKS = _working(user=OuterRef("receiver_worker"), organization=OuterRef("receiver"))
SENDER_IS_MANNED = _working(organization=OuterRef("sender"))
RECEIVER_IS_MANNED = _working(organization=OuterRef("receiver"))
UNREACHABLE = Q(status__in=AT_RECEIVER, receiver__inbox="") & ~RECEIVER_IS_MANNED


def _open() -> ReferralQuerySet:
    known = Referral.objects.unfinished().select_related("sender", "receiver", "sender_worker", "receiver_worker")
    return known.order_by("status_at", "pk")


def _lost() -> ReferralQuerySet:
    """Keep what nobody can answer: the side whose turn it is has no worker and no mailbox, or works elsewhere.

    Also what is on its way for a person whose own house has nobody left: an answer would reach no one.
    """
    back = ~Q(status__in=AT_RECEIVER) & ~SENDER_WORKS
    return _open().filter(UNREACHABLE | back | (Q(origin=None) & ~SENDER_IS_MANNED))


def lost(most: int | None = None) -> list[Lost]:
    """Give what nobody can answer, the oldest first, and at which side."""
    rows = _lost().annotate(unreachable=UNREACHABLE)[:most]
    return [Lost(one, one.receiver if one.unreachable else one.sender, one.status_at) for one in rows]


def mend(now: datetime | None = None) -> Mapping[str, int]:
    """Give every open question an owner and a next date; tell the network what cannot be mended."""
    now = now or timezone.now()
    handed = sum(_pass_on(user, organization) for user, organization in _gone())
    undated = list(Referral.objects.unfinished().filter(due_at=None).values_list("pk", flat=True))
    dated = sum(_mend_date(pk, now) for pk in undated)
    paused = pausing.pause(Referral.objects.unfinished().filter(status__in=AT_RECEIVER, due_at__gte=now), now)
    kept = overview.mend()
    if left := _lost().count():
        for address in network.everywhere():
            reminders.without_owner(address, left)
    return {"handed over": handed, "dated": dated, "paused": paused, "kept": kept, "told": left}


def _gone() -> list[tuple[User, Organization]]:
    """Name who has questions in hand and no longer works there, where someone or a mailbox can take them over.

    Who works elsewhere never did.
    """
    senders = _open().filter(~SENDER_WORKS, SENDER_IS_MANNED, origin=None)
    can_take = ~Q(receiver__inbox="") | RECEIVER_IS_MANNED
    receivers = _open().filter(~RECEIVER_WORKS, can_take, receiver_worker__isnull=False)
    pairs = {(one.sender_worker, one.sender): None for one in senders}
    pairs |= {(one.receiver_worker, one.receiver): None for one in receivers if one.receiver_worker}
    return list(pairs)


@transaction.atomic
def _pass_on(user: User, organization: Organization) -> int:
    heir = next(iter(departures.heirs(organization, but=user)), None)
    return Questions().hand_over(user, organization, to=heir, by=audit.SYSTEM)


@transaction.atomic
def _mend_date(pk: UUID, now: datetime) -> int:
    referral = Referral.objects.filter(pk=pk, due_at=None).select_for_update(of=("self",)).first()
    if referral is None:
        return 0
    Referral.objects.filter(pk=pk).update(due_at=due_of(referral, referral.state, referral.status_at) or now)
    note("referral.dated", referral, by=audit.SYSTEM, organization=None)
    return 1

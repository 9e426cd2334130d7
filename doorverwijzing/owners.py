"""Every open question is somebody's, and has a next date: looked at every night, mended, or told to the network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import audit
from core.models import User
from doorverwijzing import chain, overview, pausing, reminders
from doorverwijzing.deadlines import due_of
from doorverwijzing.leaving import Questions
from doorverwijzing.models import Origin, Referral
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_RECEIVER, Side
from organisaties import departures
from organisaties.models import Membership, Organization
from organisaties.roles import CARE_ROLES


@dataclass(frozen=True)
class Lost:
    """An open question that nobody can answer, for who coordinates: the partners and since when, nothing else."""

    referral: Referral
    side: Organization
    since: datetime


class _People:
    """Who handles questions where, read once."""

    def __init__(self) -> None:
        held = Membership.objects.current().filter(role__in=CARE_ROLES, user__is_active=True)
        self._pairs = set(held.values_list("user_id", "organization_id"))
        self._manned = {organization for _user, organization in self._pairs}

    def works(self, user_id: int, organization: Organization) -> bool:
        """Tell whether this person handles questions there."""
        return (user_id, organization.pk) in self._pairs

    def reachable(self, organization: Organization) -> bool:
        """Tell whether a question there reaches someone."""
        return organization.pk in self._manned or bool(organization.inbox)


def _open() -> Iterator[Referral]:
    known = Referral.objects.unfinished().select_related("sender", "receiver", "sender_worker", "receiver_worker")
    return known.order_by("pk").iterator(chunk_size=500)


def lost() -> list[Lost]:
    """Find what nobody can answer: the side whose turn it is has no worker and no mailbox, or works elsewhere."""
    people = _People()
    found = [_lost_one(referral, people) for referral in _open()]
    return [one for one in found if one is not None]


def _lost_one(referral: Referral, people: _People) -> Lost | None:
    side = referral.sender if referral.turn is Side.SENDER else referral.receiver
    manned = people.reachable(side) if referral.turn is Side.RECEIVER else _sender_holds(referral, people)
    return None if manned else Lost(referral, side, referral.status_at)


def _sender_holds(referral: Referral, people: _People) -> bool:
    return people.works(referral.sender_worker_id, referral.sender)


def mend(now: datetime | None = None) -> Mapping[str, int]:
    """Give every open question an owner and a next date; tell who coordinates what cannot be mended."""
    now, people = now or timezone.now(), _People()
    elsewhere = set(Origin.objects.values_list("referral_id", flat=True))
    handed = sum(_mend_owner(referral, people, elsewhere) for referral in list(_open()))
    dated = sum(_mend_date(referral.pk, now) for referral in list(Referral.objects.unfinished().filter(due_at=None)))
    paused = pausing.pause(Referral.objects.unfinished().filter(status__in=AT_RECEIVER, due_at__gte=now), now)
    kept = overview.mend()
    if left := lost():
        for address in chain.coordinators():
            reminders.without_owner(address, len(left))
    return {"handed over": handed, "dated": dated, "paused": paused, "kept": kept, "told": len(left)}


def _mend_owner(referral: Referral, people: _People, elsewhere: set[UUID]) -> int:
    """Pass on what someone who no longer works there still has in hand."""
    gone: list[tuple[User, Organization]] = []
    if referral.pk not in elsewhere and not people.works(referral.sender_worker_id, referral.sender):
        gone.append((referral.sender_worker, referral.sender))
    if referral.receiver_worker and not people.works(referral.receiver_worker.pk, referral.receiver):
        gone.append((referral.receiver_worker, referral.receiver))
    moved = 0
    for user, organization in gone:
        heir = next(iter(departures.heirs(organization, but=user)), None)
        with transaction.atomic():
            moved += Questions().hand_over(user, organization, to=heir, by=audit.SYSTEM)
    return moved


@transaction.atomic
def _mend_date(pk: UUID, now: datetime) -> int:
    referral = Referral.objects.filter(pk=pk, due_at=None).select_for_update(of=("self",)).first()
    if referral is None:
        return 0
    Referral.objects.filter(pk=pk).update(due_at=due_of(referral, referral.state, referral.status_at) or now)
    note("referral.dated", referral, by=audit.SYSTEM, organization=None)
    return 1

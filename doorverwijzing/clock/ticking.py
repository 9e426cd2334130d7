"""What happens when nobody moves: the chain of reminders, and back to the sender. Safe to run at any time.

Each referral takes one step of the chain in a run, however long nothing ran: what was left undone while no worker
lived is made up for in the same rhythm. A step and its mail are one transaction, so a crash repeats neither.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from core.doomed_keys import destroy_doomed
from doorverwijzing import packet
from doorverwijzing.clock import chain, nearing, pausing, reminders
from doorverwijzing.consent import overriding, renewing
from doorverwijzing.deadlines import later, term_of, works_of
from doorverwijzing.fhir.keeping import forget_old
from doorverwijzing.holders import of_sender
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.moving import make, note
from doorverwijzing.ways import copies
from doorverwijzing.workflow import LADDER, MOVES, Phase, Rung, Side

BATCH = 50
# Whose address a step may need.
HEARD = ("sender", "receiver", "sender_worker", "receiver_worker")
Counts = Counter[str]


def run(now: datetime | None = None, *, only: UUID | None = None) -> dict[str, int]:
    """Do everything that is due; return how many clocks came near, pauses, notices, expiries and lapses there were.

    With `only` the chain looks at that one referral.
    """
    now = now or timezone.now()
    done: Counts = Counter(paused=0, notices=0, expired=0, lapsed=0)
    done["near"] = nearing.tell(now, only=only)
    if _chased(now, only).exists():
        done["paused"] = pausing.pause(_chased(now, only), now)
        for pks in _together(now, only):
            done += _attend(pks, now)
    if only is None:
        swept = renewing.sweep(now)
        done["lapsed"] = swept["lapsed"]
        if done["expired"] or any(swept.values()):
            # What a receiver copied to refer on ends with what it was copied from, not a night later.
            copies.tidy()
        overriding.remind(now)
        # A crash may have come between a commit and the end of a key.
        destroy_doomed()
        forget_old()
    return {name: done[name] for name in ("near", "paused", "notices", "expired", "lapsed")}


def _chased(now: datetime, only: UUID | None = None) -> ReferralQuerySet:
    known = Referral.objects.filter(pk=only) if only else Referral.objects.all()
    return known.chased(now)


def _together(now: datetime, only: UUID | None) -> Iterator[list[UUID]]:
    """Give the late referrals in groups of which the same people hear: many of them become one mail."""
    groups: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    for referral in _chased(now, only).select_related(*HEARD).order_by("due_at", "pk"):
        rung = chain.rung_of(referral)
        told = ("back", of_sender(referral)) if rung is None else tuple(chain.addresses(referral, rung))
        groups[told].append(referral.pk)
    for pks in groups.values():
        yield from (pks[first : first + BATCH] for first in range(0, len(pks), BATCH))


@transaction.atomic
def _attend(pks: Sequence[UUID], now: datetime) -> Counts:
    """Take one step with each of these, and tell each address once. All are locked before anything is written."""
    late = _chased(now).filter(pk__in=pks).select_related(*HEARD, "client__municipality")
    held = late.select_for_update(of=("self",)).order_by("pk")
    told: dict[str, list[tuple[Referral, Rung]]] = defaultdict(list)
    back: dict[str, list[Referral]] = defaultdict(list)
    for referral in list(held):
        rung = chain.rung_of(referral)
        if rung is not None:
            for address in chain.addresses(referral, rung):
                told[address].append((referral, rung))
            _climb(referral, rung, now)
        elif referral.state in MOVES["expire"].sources:
            _give_back(referral, now)
            back[of_sender(referral)].append(referral)
        else:
            Referral.objects.filter(pk=referral.pk).update(notices=len(LADDER))
    for address, steps in told.items():
        reminders.chase(address, steps)
    for address, returned in back.items():
        reminders.came_back(address, returned)
    return Counter(
        notices=len({step[0].pk for steps in told.values() for step in steps}), expired=sum(map(len, back.values()))
    )


def _climb(referral: Referral, rung: Rung, now: datetime) -> None:
    """Note the step and be quiet for a while. The due date stays as promised."""
    term = term_of(Phase.NOTICE, referral.urgency, referral.client.municipality)
    works = works_of(referral, referral.state)
    again = later(now, term, works=works)
    if not term.hours:
        # The same hour as now: not everyone's reminders at five in the afternoon.
        again = again.replace(hour=timezone.localtime(now).hour, minute=timezone.localtime(now).minute)
    Referral.objects.filter(pk=referral.pk).update(notices=F("notices") + 1, notice_at=again)
    action = "referral.reminded" if rung in (Rung.REMINDER, Rung.SECOND_REMINDER) else "referral.escalated"
    note(action, referral, by=audit.SYSTEM, organization=None, rung=rung.value)


def _give_back(referral: Referral, now: datetime) -> None:
    packet.destroy(referral)
    make(referral, "expire", by=audit.SYSTEM, side=Side.SYSTEM, at=now)

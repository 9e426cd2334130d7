"""When a yes ends: asked again in time, or taken out in the night; and what was shared and never opened."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent.giving import Yes, give_consent
from clienten.models import Consent, Item
from core import audit
from core.errors import Refusal
from core.models import User
from doorverwijzing import actions, notifications, packet
from doorverwijzing.models import Referral, ReferralQuerySet
from doorverwijzing.moving import make, note
from doorverwijzing.ways import copies
from doorverwijzing.workflow import AT_RECEIVER, Side, Status
from organisaties.models import Organization

# A yes that ends within this time is shown to the worker.
SOON = timedelta(days=14)
# Shared and not opened for so long: was it needed at all?
UNOPENED_AFTER = timedelta(days=7)
# A figure about fewer is not shown (domain.md P-29).
LEAST = 5


@transaction.atomic
def renew(referral: Referral, *, yes: Yes, by: User) -> None:
    """Write down a new yes for what runs: the same pieces, or fewer when the client chose so. Refusal, NotAllowed."""
    if referral.state not in AT_RECEIVER or not packet.is_open(referral):
        raise Refusal(_("Nothing is shared here any more. Begin again from the question."))
    had = actions.shared_items(referral)
    items = had
    if yes.request:
        items = [item for item in had if yes.request.answers.get(item)]
    give_consent(
        referral.client, by=by, items=items, recipient=referral.receiver, purpose=referral.question_id,
        yes=replace(yes, same_question=actions.same_question(referral)), occasion=referral.pk,
    )  # fmt: skip
    if less := sorted(set(had) - set(items)):
        actions.withdraw(referral, by=by, items=less)
    packet.note_ends(referral)
    note("referral.consent_renewed", referral, by=by, organization=referral.sender, items=",".join(items))


def sweep(now: datetime) -> dict[str, int]:
    """Let go of every piece whose yes has ended; give how many referrals lapsed, narrowed or closed. Safe to repeat."""
    today = timezone.localtime(now).date()
    done = {"lapsed": 0, "narrowed": 0, "closed": 0}
    for pk in _with_ended(today):
        if what := _sweep_one(pk, today):
            done[what] += 1
    return done


def _with_ended(today: date) -> list[UUID]:
    """Find open packets with an item of which the yes ended, or of which no yes stands at all."""
    ended = Consent.objects.ending_before(today)
    stands = Consent.objects.valid(today).filter(purpose=OuterRef("question_id"), recipient=OuterRef("receiver_id"))
    held = Referral.objects.filter(packet__key_id__isnull=False)
    found = held.filter(question__in=ended.values("purpose")) | held.filter(~Exists(stands)).exclude(packet__items=[])
    return list(found.order_by("created_at").values_list("pk", flat=True))


@transaction.atomic
def _sweep_one(pk: UUID, today: date) -> str:
    # Locked first and read after: PostgreSQL would join the packet as it was before the wait.
    Referral.objects.select_for_update().filter(pk=pk).order_by().values_list("pk").first()
    around = ("packet", "question", "client", "receiver", "sender_worker", "service")
    referral = Referral.objects.select_related(*around).filter(pk=pk).first()
    if referral is None or not referral.packet.key_id:
        return ""
    said = Consent.objects.for_purpose(referral.question_id, referral.receiver).filter(client=referral.client_id)
    valid = set(said.valid(today).values_list("item", flat=True))
    asked = set(said.filter(withdrawn_at=None).values_list("item", flat=True))
    # Letters from before carry no yes to the question of its own: any valid one stands for it.
    if Item.QUESTION in valid or (valid and Item.QUESTION not in asked):
        return _narrow(referral, sorted(set(referral.packet.items) - valid))
    return _let_go(referral)


def _narrow(referral: Referral, items: list[str]) -> str:
    if not items:
        return ""
    copies.forget(referral, items)
    packet.redact(referral, items)
    note("referral.consent_ended", referral, by=audit.SYSTEM, organization=None, items=",".join(items))
    return "narrowed"


def _let_go(referral: Referral) -> str:
    packet.destroy(referral)
    if referral.state not in AT_RECEIVER:
        note("referral.consent_ended", referral, by=audit.SYSTEM, organization=None)
        return "closed"
    make(referral, "lapse", by=audit.SYSTEM, side=Side.SYSTEM)
    notifications.sender_told(referral, "lapse")
    return "lapsed"


@dataclass(frozen=True)
class Ending:
    """A yes that ends soon, of a referral that still runs."""

    referral: Referral
    last_day: date


def ending_soon(user: User, today: date) -> list[Ending]:
    """List the referrals of this person's organizations of which a yes ends within two weeks; two queries."""
    soon = Consent.objects.filter(withdrawn_at=None, valid_until__range=(today, today + SOON))
    mine = Referral.objects.sent_by(user).filter(status__in=AT_RECEIVER, packet__key_id__isnull=False)
    found = list(mine.filter(question__in=soon.values("purpose")).select_related("client", "receiver"))
    days: dict[tuple[UUID, str], date] = {}
    wanted = soon.filter(purpose__in=[one.question_id for one in found]).order_by("-valid_until")
    for purpose, recipient, day in wanted.values_list("purpose", "recipient", "valid_until"):
        days[purpose, recipient] = day
    listed = [Ending(one, days[key]) for one in found if (key := (one.question_id, one.receiver_id)) in days]
    return sorted(listed, key=lambda one: one.last_day)


def unopened(user: User, now: datetime) -> list[Referral]:
    """List what this person's organizations shared and nobody opened for a week."""
    return list(_unopened(now).filter(pk__in=Referral.objects.sent_by(user)).select_related("client", "receiver"))


def _unopened(now: datetime) -> ReferralQuerySet:
    return Referral.objects.filter(
        status=Status.SENT, sent_at__lt=now - UNOPENED_AFTER, packet__key_id__isnull=False
    ).exclude(packet__items=[])


@dataclass(frozen=True)
class Breadth:
    """How much of what one organization received it never opened; nothing is shown about fewer than five."""

    receiver: str
    shared: int
    never_opened: int | None


def breadth(since: datetime) -> list[Breadth]:
    """Count per receiver what was shared since a day and never opened: a figure for the coordinator."""
    shared = Referral.objects.filter(sent_at__gte=since)
    rows = (
        shared.order_by()
        .values("receiver")
        .annotate(
            shared=Count("pk", distinct=True),
            opened=Count("pk", distinct=True, filter=Q(log__move="open")),
        )
    )
    names = dict(Organization.objects.filter(pk__in=[row["receiver"] for row in rows]).values_list("pk", "name"))
    listed = [
        Breadth(names[row["receiver"]], row["shared"], _shown(row["shared"] - row["opened"], row["shared"]))
        for row in rows
    ]
    return sorted(listed, key=lambda one: (one.never_opened is None, -(one.never_opened or 0), one.receiver))


def breadth_together(since: datetime, rows: Collection[Breadth]) -> Breadth | None:
    """Count over all receivers, unless one of them alone is hidden: the rest would tell its figure."""
    if sum(row.never_opened is None for row in rows) == 1:
        return None
    shared = Referral.objects.filter(sent_at__gte=since)
    count, unopened = shared.count(), shared.exclude(log__move="open").count()
    never = _shown(unopened, count)
    return None if never is None else Breadth("", count, never)


def _shown(count: int, of: int) -> int | None:
    return count if of >= LEAST and (count == 0 or count >= LEAST) else None

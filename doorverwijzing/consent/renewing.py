"""When a yes ends: asked again in time, or taken out in the night; and what was shared and never opened."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent.giving import Yes, give_consent
from clienten.models import Consent, Item
from core import audit
from core.errors import Refusal
from core.models import User
from doorverwijzing import actions, notifications, packet
from doorverwijzing.models import Referral, ReferralQuerySet, Step
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
FIGURES = ("pieces", "never_opened")


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
    """How many questions and pieces one organization received, and how many pieces lie in packets it never opened.

    Nothing is told about fewer than five questions, opened or not: five pieces may be of one person.
    """

    receiver: str
    shared: int
    pieces: int | None
    never_opened: int | None


@dataclass
class _Tally:
    """What was shared: each question with the number of its pieces, and whether anyone opened it."""

    questions: int = 0
    pieces: int = 0
    closed: int = 0
    closed_pieces: int = 0

    def add(self, pieces: int, *, opened: bool) -> None:
        """Count one question."""
        self.questions, self.pieces = self.questions + 1, self.pieces + pieces
        if not opened:
            self.closed, self.closed_pieces = self.closed + 1, self.closed_pieces + pieces

    def shown(self, receiver: str = "") -> Breadth:
        """Give what may be told of it."""
        enough = self.questions >= LEAST
        told = enough and not any(0 < count < LEAST for count in (self.closed, self.questions - self.closed))
        return Breadth(receiver, self.questions, self.pieces if enough else None, self.closed_pieces if told else None)


def breadth(since: datetime) -> tuple[list[Breadth], Breadth | None]:
    """Count per receiver, and together, the pieces that were shared since a day and never opened.

    Figures for the coordinator. Together is told only what does not tell, less the figures per receiver, a hidden one.
    """
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    opened = Exists(Step.objects.filter(referral=OuterRef("pk"), move="open"))
    shared = Referral.objects.filter(sent_at__gte=since).order_by().annotate(opened=opened)
    for receiver, items, is_opened in shared.values_list("receiver", "packet__items", "opened"):
        tallies[receiver].add(len(items or []), opened=is_opened)
    names = dict(Organization.objects.filter(pk__in=tallies).values_list("pk", "name"))
    listed = [tally.shown(names[receiver]) for receiver, tally in tallies.items()]
    listed.sort(key=lambda one: (one.never_opened is None, -(one.never_opened or 0), one.receiver))
    together = _sum(tallies.values()).shown()
    blurred = together.never_opened is not None and all(_blurs(one, tallies.values()) for one in FIGURES)
    return listed, together if blurred else None


def _sum(tallies: Collection[_Tally]) -> _Tally:
    counts = [(one.questions, one.pieces, one.closed, one.closed_pieces) for one in tallies]
    return _Tally(*map(sum, zip(*counts, strict=True)))


def _blurs(figure: str, tallies: Collection[_Tally]) -> bool:
    """Tell whether the receivers of which a figure is hidden are none, or enough of them with enough together."""
    hidden = [one for one in tallies if getattr(one.shown(), figure) is None]
    return not hidden or (len(hidden) > 1 and getattr(_sum(hidden).shown(), figure) is not None)

"""The referral itself, the packet that travels with it, and the log of its moves."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clienten.models import ClientCard, Item
from core.encryption import EncryptedTextField
from core.errors import Refusal
from core.key_reference import KeyReference
from core.models import StampedModel, User
from doorverwijzing.workflow import (
    AT_HOME,
    BACK_AT_SENDER,
    ENDED,
    LADDER,
    LADDER_AT_HOME,
    MOVES,
    OPEN,
    TURN,
    Side,
    Status,
)
from organisaties.models import Membership, Organization
from sociale_kaart.models import Service
from vraagverheldering.models import ClarifiedQuestion, Urgency

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from doorverwijzing.models.answers import Attempt


def _values(statuses: Iterable[Status]) -> list[str]:
    """Give statuses as plain text in a fixed order, so that a constraint reads the same in every run."""
    return sorted(status.value for status in statuses)


# The receiver said yes: somebody there owns it.
TAKEN = frozenset({Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING})
STATUS_CHOICES = {
    Status.DRAFT.value: _("draft"),
    Status.PRESENTED.value: _("with the client"),
    Status.SENT.value: _("sent"),
    Status.RECEIVED.value: _("opened"),
    Status.ACCEPTED.value: _("accepted"),
    Status.CONTACT_MADE.value: _("contact made"),
    Status.RUNNING.value: _("running"),
    Status.CLOSED.value: _("closed"),
    Status.REFUSED.value: _("not accepted"),
    Status.PASSED_ON.value: _("passed on"),
    Status.WITHDRAWN.value: _("withdrawn"),
    Status.EXPIRED.value: _("expired"),
    Status.UNREACHED.value: _("not reached"),
    Status.CONSENT_LAPSED.value: _("consent ended"),
}


class Warmth(models.IntegerChoices):
    """How warm the handover is (domain.md B.5)."""

    INFORMATION = 1, _("information only")
    DETAILS = 2, _("contact details handed over")
    ANNOUNCED = 3, _("announced to a colleague")
    APPOINTMENT = 4, _("joint call or appointment made")
    ACCOMPANIED = 5, _("gone along, talked with the three of us")


class CloseResult(models.TextChoices):
    """How a question ended."""

    SOLVED = "solved", _("solved")
    PARTLY = "partly", _("partly")
    NOT = "not", _("not solved")
    OTHER_ROUTE = "other_route", _("another way")
    # Only for what a receiver in another installation closed; nobody can choose it here.
    UNTOLD = "untold", _("how it ended was not told")


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Which referrals remain."""

    def sent_by(self, user: "User | AnonymousUser") -> Self:
        """Keep what left, or will leave, from an organization where this person works with clients."""
        return self.filter(sender__in=Membership.objects.care_places(user))

    def received_by(self, user: "User | AnonymousUser") -> Self:
        """Keep what arrived where this person works with clients; a draft exists for its sender only."""
        return self.filter(receiver__in=Membership.objects.care_places(user)).away()

    def away(self) -> Self:
        """Keep what left the house: no draft, and none that was dropped."""
        return self.exclude(status__in=AT_HOME).filter(sent_at__isnull=False)

    def not_dropped(self) -> Self:
        """Leave out the drafts that were given up before anything was sent."""
        return self.exclude(status=Status.WITHDRAWN, sent_at=None)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what this person may know exists."""
        mine = Membership.objects.care_places(user)
        arrived = Q(receiver__in=mine, sent_at__isnull=False) & ~Q(status__in=AT_HOME)
        return self.filter(Q(sender__in=mine) | arrived)

    def under_one_yes_with(self, referral: "Referral") -> Self:
        """Keep what goes to the same organization for the same question: one yes holds for all of it."""
        return self.filter(question=referral.question_id, receiver=referral.receiver_id, client=referral.client_id)

    def for_list(self) -> Self:
        """Fetch what one row shows, in a fixed number of queries."""
        return self.select_related(
            "sender", "receiver", "service", "client", "question", "packet", "sender_worker", "receiver_worker"
        ).prefetch_related("attempts", "answers")

    def newest(self, number: int, *, after: int = 0) -> "ReferralQuerySet":
        """Fetch the newest ones with what a row shows. Only those are joined: years of ended ones cost nothing.

        Two queries: with the first inside the second, PostgreSQL would join everything and choose afterwards.
        """
        return Referral.objects.filter(pk__in=self.newest_keys(number, after=after)).for_list()

    def newest_keys(self, number: int, *, after: int = 0, but: Collection[UUID] = ()) -> list[UUID]:
        """Name the newest ones, without those that are named."""
        others = self.exclude(pk__in=but).order_by("-status_at")
        return list(others.values_list("pk", flat=True)[after : after + number])

    def in_this_order(self, keys: Sequence[UUID]) -> "list[Referral]":
        """Fetch these with what a row shows."""
        found = {referral.pk: referral for referral in self.filter(pk__in=keys).for_list()}
        return [found[key] for key in keys if key in found]

    def waiting_for_receiver(self) -> Self:
        """Keep what the receiver must answer or make contact for."""
        return self.filter(status__in=[Status.SENT, Status.RECEIVED, Status.ACCEPTED])

    def to_look_back_on(self) -> Self:
        """Keep the help of which the day to look back went by: the clock told of it."""
        return self.filter(status__in=[Status.CONTACT_MADE, Status.RUNNING], notices__gt=0)

    def back_at_sender(self) -> Self:
        """Keep what came back and was not taken up again."""
        return self.filter(status__in=BACK_AT_SENDER, settled_at=None)

    def contact_without_answer(self) -> Self:
        """Keep what the receiver confirmed and the client has not been asked about."""
        return self.filter(status__in=[Status.CONTACT_MADE, Status.RUNNING], answers=None)

    def unfinished(self) -> Self:
        """Keep what is somebody's turn."""
        return self.filter(settled_at=None).exclude(status__in=ENDED)

    def chased(self, now: datetime) -> Self:
        """Keep what is late, is not quiet until a next notice, and has a step of the chain before it."""
        waiting = Q(status__in=[Status.SENT, Status.RECEIVED, Status.ACCEPTED])
        steps_left = Q(status__in=AT_HOME, notices__lt=len(LADDER_AT_HOME)) | (
            ~Q(status__in=AT_HOME) & Q(notices__lt=len(LADDER))
        )
        quiet = Q(notice_at__gt=now)
        return self.unfinished().filter(waiting | steps_left, ~quiet | Q(notice_at=None), due_at__lt=now)

    def nearing(self, now: datetime, within: timedelta) -> Self:
        """Keep what runs out within so long and nobody was told of; a turn that began later was told of just now."""
        told = Q(nearing_told=F("due_at"), nearing_told__isnull=False)
        begun = Q(status_at__lte=F("due_at") - within)
        return self.unfinished().filter(begun, ~told, due_at__gt=now, due_at__lte=now + within)

    def stuck(self, now: datetime) -> Self:
        """Keep what went up the whole chain and is still late: the network coordinator holds it."""
        return self.unfinished().exclude(status__in=AT_HOME).filter(notices__gte=len(LADDER), due_at__lt=now)


class Referral(StampedModel):
    """One question of one person, handed over warmly from one partner to another."""

    question = models.ForeignKey(ClarifiedQuestion, models.PROTECT, related_name="referrals")
    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="referrals")
    sender = models.ForeignKey(Organization, models.PROTECT, related_name="referrals_sent")
    sender_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="referrals_sent")
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="referrals_received")
    receiver_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="referrals_received"
    )
    colleague = EncryptedTextField(_("named colleague"), blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    warmth = models.PositiveSmallIntegerField(choices=Warmth, default=Warmth.ANNOUNCED)
    choices = models.JSONField(default=dict, help_text="Item to true (share) or false; unanswered is not shared.")
    mode = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, choices=STATUS_CHOICES, default=Status.DRAFT.value)
    status_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    notices = models.PositiveSmallIntegerField(default=0)
    notice_at = models.DateTimeField(null=True, help_text="No notice before this moment.")
    nearing_told = models.DateTimeField(null=True, help_text="The due date of which someone heard that it was near.")
    paused_days = models.PositiveSmallIntegerField(
        default=0, help_text="Days of announced closure that the due date has been moved for."
    )
    mailbox_keeps = models.BooleanField(
        default=False, help_text="Taken by the receiver's mailbox: nobody there has an account, or someone left."
    )
    result = models.CharField(max_length=12, choices=CloseResult, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=20, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-status_at"]
        indexes = [
            models.Index(fields=["receiver", "status"], name="referral_inbox"),
            models.Index(fields=["sender", "status"], name="referral_outbox"),
            models.Index(fields=["status", "due_at"], name="referral_clock"),
            models.Index(fields=["sender", "status"], condition=Q(settled_at=None), name="referral_not_settled"),
            models.Index(fields=["sender_worker", "status"], name="referral_drafts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=_values(ENDED)) | Q(due_at__isnull=False) | Q(settled_at__isnull=False),
                name="an_open_referral_has_a_next_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_values(AT_HOME | {Status.WITHDRAWN})) | Q(sent_at__isnull=False),
                name="what_left_the_house_was_sent",
            ),
            models.CheckConstraint(condition=~Q(sender=models.F("receiver")), name="a_referral_goes_to_someone_else"),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED.value) | ~Q(result=""), name="a_closed_referral_tells_how_it_ended"
            ),
            models.CheckConstraint(condition=Q(warmth__range=(1, 5)), name="warmth_has_five_degrees"),
            models.CheckConstraint(
                condition=~Q(status__in=_values(TAKEN)) | Q(receiver_worker__isnull=False) | Q(mailbox_keeps=True),
                name="a_taken_referral_has_an_owner",
            ),
            models.UniqueConstraint(
                fields=["question", "service"],
                condition=Q(status__in=_values(OPEN)),
                name="a_question_goes_to_a_service_once_at_a_time",
            ),
        ]

    class Privacy:
        personal = ["client", "question", "colleague"]
        retained = [
            "id", "created_at", "sender", "sender_worker", "service", "receiver", "receiver_worker", "urgency",
            "warmth", "choices", "mode", "status", "status_at", "sent_at", "due_at", "notices", "notice_at",
            "nearing_told", "paused_days", "mailbox_keeps", "result", "previous", "parent", "settled_at",
            "settled_how", "form_key",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Give the page that both sides open; each sees its own."""
        return reverse("doorverwijzing:referral", args=[self.pk])

    @property
    def state(self) -> Status:
        """Give the status as an enum."""
        return Status(self.status)

    @property
    def turn(self) -> Side | None:
        """Tell whose turn it is; nobody's when it ended or was settled."""
        return None if self.settled_at else TURN.get(self.state)

    @property
    def contact(self) -> "Attempt | None":
        """Give the contact that was made."""
        return next((attempt for attempt in self.attempts.all() if attempt.reached), None)

    def side_of(self, user: "User | AnonymousUser") -> Side | None:
        """Tell on which side this person stands; the sending side wins for who works on both."""
        if self.sender.is_cared_for_by(user):
            return Side.SENDER
        return Side.RECEIVER if self.receiver.is_cared_for_by(user) else None

    def move(self, name: str, **fields: object) -> None:
        """Make one move of `workflow.MOVES`; raise Refusal when someone else moved first."""
        _by, sources, target = MOVES[name]
        changed = {"status": target, "status_at": timezone.now(), "notices": 0, "notice_at": None, **fields}
        worker = changed.get("receiver_worker", self.receiver_worker_id)
        changed["mailbox_keeps"] = target in TAKEN and worker is None
        if not Referral.objects.filter(pk=self.pk, status__in=sources).update(**changed):
            raise _overtaken()
        for field, value in changed.items():
            setattr(self, field, value)

    def hold(self, name: str) -> None:
        """Let nobody else move it until this transaction ends; raise Refusal when someone else moved first.

        For a move that writes other rows before it: two of those could clash, or wait for each other for ever.
        """
        self.hold_while(MOVES[name].sources)

    def hold_while(self, states: Iterable[Status]) -> None:
        """Do the same for what is no move, but may be written only in these states; raise Refusal when it left them."""
        mine = Referral.objects.select_for_update(of=("self",)).filter(pk=self.pk, status__in=states)
        if mine.first() is None:
            raise _overtaken()


def _overtaken() -> Refusal:
    return Refusal(_now("This question has changed in the meantime. Look what happened, then choose again."))


class Packet(StampedModel):
    """What the receiver may read: a frozen copy of exactly the items the client said yes to, under its own key."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="packet")
    content = models.TextField(help_text="JSON sealed under the key; unreadable once that is destroyed.")
    key_id = KeyReference(empties=["content"], stamps="destroyed_at", help_text="Names a key of core.keystore.")
    items = models.JSONField(default=list, help_text="Codes of the items inside, for the receipt.")
    ends = models.JSONField(default=dict, help_text="Item to the last day of its yes; the question closes everything.")
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(key_id=None, content=""), name="a_destroyed_packet_is_empty"
            ),
        ]

    class Privacy:
        personal = ["content"]
        retained = ["id", "created_at", "referral", "key_id", "items", "ends", "destroyed_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def is_over(self, item: str, on: date) -> bool:
        """Tell whether the yes to an item ended before a day: nobody reads it, also before the night takes it out."""
        return self.ends.get(item, "9999") < on.isoformat()

    def is_open(self, on: date) -> bool:
        """Tell whether the receiver can read something: there is a key, and the yes to the question holds that day."""
        return bool(self.key_id) and not self.is_over(Item.QUESTION, on)

    def told(self, on: date) -> frozenset[str]:
        """Name the pieces that the receiver may read on a day, the question with them; none once it is closed."""
        if not self.is_open(on):
            return frozenset()
        return frozenset(item for item in (Item.QUESTION.value, *self.items) if not self.is_over(item, on))

    def lets_read(self, item: str, written_at: datetime, on: date) -> bool:
        """Tell whether the receiver may read what was written about a piece, or about none: an empty `item`.

        Once it is closed, only what was written after that: it was written knowing that nothing is shared any more.
        """
        if self.is_open(on):
            return item == "" or item in self.told(on)
        return item == "" and self.destroyed_at is not None and written_at > self.destroyed_at


class Step(StampedModel):
    """One move, as it happened. Durations and timelines are read from here, never from a field that changes."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="log")
    move = models.CharField(max_length=30)
    from_status = models.CharField(max_length=20, choices=STATUS_CHOICES)
    to_status = models.CharField(max_length=20, choices=STATUS_CHOICES)
    side = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(null=True, help_text="By when this move was expected, as it stood at that moment.")

    class Meta:
        ordering = ["at", "created_at"]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "created_at", "referral", "move", "from_status", "to_status", "side", "by", "organization", "at",
            "reason", "due_at",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.referral_id} {self.move}"

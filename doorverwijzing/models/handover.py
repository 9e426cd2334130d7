"""A live handover with its proposed moments, and the hours in which an organization works."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import StampedModel
from doorverwijzing.live.rules import STANDING, USUAL_MINUTES, Stage
from doorverwijzing.models.referral import Referral
from doorverwijzing.workflow import Side
from organisaties.models import Organization


class HandoverKind(models.TextChoices):
    """How the three speak together."""

    CALL = "call", _("a call with the three of us")
    VISIT = "visit", _("a visit together")


class Place(models.TextChoices):
    """Where a visit is. A choice and never an address: nothing of the person stands here."""

    RECEIVER = "receiver", _("at the receiver")
    SENDER = "sender", _("at the sender")
    HOME = "home", _("where the person lives")


class NextStep(models.TextChoices):
    """What follows when the person was not there."""

    AGAIN = "again", _("we propose a new moment")
    CALL = "call", _("we call the person ourselves")


STAGES = {
    Stage.PROPOSED.value: _("proposed"),
    Stage.AGREED.value: _("agreed"),
    Stage.HELD.value: _("spoken together"),
    Stage.MISSED.value: _("the person was not there"),
    Stage.DECLINED.value: _("not together"),
    Stage.CANCELLED.value: _("cancelled"),
}
TURNS = {Side.SENDER.value: _("sender"), Side.RECEIVER.value: _("receiver"), "": _("nobody")}
FIXED = sorted({Stage.AGREED.value, Stage.HELD.value, Stage.MISSED.value})


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Which handovers remain."""

    def standing(self) -> Self:
        """Keep what is proposed or agreed."""
        return self.filter(stage__in=sorted(stage.value for stage in STANDING))

    def agreed(self) -> Self:
        """Keep what has a moment that still stands."""
        return self.filter(stage=Stage.AGREED.value)

    def with_people(self) -> Self:
        """Fetch the two workers, in the same query."""
        return self.select_related("sender_worker", "receiver_worker")

    def of_worker(self, user_id: int) -> Self:
        """Keep the agreed ones in which this worker takes part, on either side."""
        return self.agreed().filter(Q(sender_worker=user_id) | Q(receiver_worker=user_id))


class Handover(StampedModel):
    """One meeting of sender, receiver and person; its moments are proposed until one is agreed."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="handovers")
    kind = models.CharField(_("how?"), max_length=10, choices=HandoverKind, default=HandoverKind.CALL)
    place = models.CharField(_("where?"), max_length=10, choices=Place, blank=True)
    minutes = models.PositiveSmallIntegerField(_("how long?"), default=USUAL_MINUTES)
    stage = models.CharField(max_length=10, choices=STAGES, default=Stage.PROPOSED.value)
    turn = models.CharField(max_length=10, choices=TURNS, default=Side.RECEIVER.value, blank=True)
    sender_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    receiver_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mailbox_keeps = models.BooleanField(default=False, help_text="A receiver without an account takes part.")
    starts_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0, help_text="Rises with every invitation of the same meeting.")
    reminded_at = models.DateTimeField(null=True)
    next_step = models.CharField(_("what is the next step?"), max_length=10, choices=NextStep, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["stage", "starts_at"], name="handover_agenda"),
            models.Index(fields=["turn", "stage"], name="handover_turn"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(stage__in=sorted(stage.value for stage in STANDING)),
                name="a_referral_has_one_handover_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["sender_worker", "starts_at"],
                condition=Q(stage=Stage.AGREED.value),
                name="a_sender_is_in_one_handover_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["receiver_worker", "starts_at"],
                condition=Q(stage=Stage.AGREED.value),
                name="a_receiver_is_in_one_handover_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=FIXED)
                | Q(Q(receiver_worker__isnull=False) | Q(mailbox_keeps=True), starts_at__isnull=False),
                name="an_agreed_handover_has_a_moment_and_two_sides",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.PROPOSED.value, turn__in=[Side.RECEIVER.value, Side.SENDER.value])
                | (~Q(stage=Stage.PROPOSED.value) & Q(turn="")),
                name="a_proposed_handover_waits_for_one_side",
            ),
            models.CheckConstraint(condition=Q(minutes__range=(10, 240)), name="a_handover_lasts_minutes_or_hours"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.MISSED.value) | ~Q(next_step=""), name="a_missed_handover_has_a_next_step"
            ),
            models.CheckConstraint(
                condition=Q(receiver_worker=None) | ~Q(sender_worker=F("receiver_worker")),
                name="a_handover_is_between_two_workers",
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "created_at", "referral", "kind", "place", "minutes", "stage", "turn", "sender_worker",
            "receiver_worker", "mailbox_keeps", "starts_at", "agreed_at", "sequence", "reminded_at", "next_step",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> Stage:
        """Give the stage as an enum."""
        return Stage(self.stage)

    @property
    def stretch(self) -> tuple[datetime, datetime] | None:
        """Give beginning and end; minutes pass the same when the clock jumps an hour."""
        return (self.starts_at, self.starts_at + timedelta(minutes=self.minutes)) if self.starts_at else None

    @property
    def has_begun(self) -> bool:
        """Tell whether the agreed moment has come."""
        return bool(self.starts_at and self.starts_at <= timezone.now())


class Slot(StampedModel):
    """One moment that was proposed, to choose from."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "starts_at"], name="a_moment_is_proposed_once"),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "handover", "starts_at"]

    def __str__(self) -> str:
        return str(self.starts_at)


class WorkingHours(StampedModel):
    """A stretch of one weekday in which the workers of an organization can be in a call or a visit."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="a_week_has_seven_days"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="working_hours_end_after_they_begin"),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "organization", "weekday", "opens_at", "closes_at"]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.weekday}"

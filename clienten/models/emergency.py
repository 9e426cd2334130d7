"""Emergency access: one look, for an hour, at a card of the circle that is otherwise closed; always reviewed."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from clienten.models.rights import answers_for
from core.encryption import EncryptedTextField
from core.models import StampedModel, User
from organisaties.models import Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class EmergencyReason(models.TextChoices):
    """Why it cannot wait for a colleague who may see the card (P-08)."""

    DANGER = "danger", _("someone is in danger")
    TONIGHT = "tonight", _("this person has no bed, food or medicine tonight")
    REACH = "reach", _("this person must be reached safely now, and nobody of theirs answers")


class EmergencyVerdict(models.TextChoices):
    """What the review found."""

    RIGHT = "right", _("this was right")
    WRONG = "wrong", _("this was not right")


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    """Which accesses remain."""

    def of(self, user: "User | AnonymousUser") -> Self:
        """Keep what this person opened."""
        return self.filter(opened_by_id=user.pk)

    def running(self, now: datetime) -> Self:
        """Keep those whose hour is not over and that nobody ended."""
        return self.filter(ends_at__gt=now, ended_at=None)

    def to_review(self) -> Self:
        """Keep those without a verdict."""
        return self.filter(verdict="")

    def reviewable_by(self, user: "User | AnonymousUser") -> Self:
        """Keep those at an organization for which this person answers, and that are not their own."""
        return self.filter(organization__in=answers_for(user)).exclude(opened_by_id=user.pk)


class EmergencyAccess(StampedModel):
    """Someone opened one card in an emergency: why, until when, and what the review found."""

    client = models.ForeignKey(ClientCard, models.CASCADE, related_name="emergencies")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", help_text="Whose card it is.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="emergencies")
    opened_from = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=EmergencyReason)
    reason = EncryptedTextField(_("what is the matter?"))
    asked = EncryptedTextField(_("whom did you try to reach first?"))
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    review_due = models.DateField()
    verdict = models.CharField(max_length=10, choices=EmergencyVerdict, blank=True)
    remark = EncryptedTextField(_("what do you find?"), blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(asked=""), name="an_emergency_tells_why"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("created_at"), ends_at__isnull=False), name="an_emergency_ends"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_at=None, reviewed_by=None)
                | (~Q(verdict="") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="a_look_back_tells_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("opened_by")),
                name="nobody_reviews_their_own_emergency",
            ),
        ]

    class Privacy:
        personal = ["client", "reason", "asked", "remark"]
        retained = [
            "id", "created_at", "organization", "opened_by", "opened_from", "why", "ends_at", "ended_at", "review_due",
            "verdict", "reviewed_at", "reviewed_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Give the page on which the card can be read for an hour."""
        return reverse("noodtoegang:card", args=[self.pk])

    def is_running(self) -> bool:
        """Tell whether its hour is not over and nobody ended it."""
        return self.ended_at is None and self.ends_at > timezone.now()

"""What a colleague saw to be wrong on a listing, until who keeps it has done something with it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StampedModel
from organisaties.models import Organization
from sociale_kaart.models.service import Service

LONGEST_TEXT = 500


class Part(models.TextChoices):
    """What is wrong: the parts that go out of date."""

    REACHING = "reaching", _("phone or e-mail")
    HOURS = "hours", _("hours")
    PLACE = "place", _("address")
    COST = "cost", _("cost")
    WHOM = "whom", _("for whom")
    STOPPED = "stopped", _("this no longer exists")
    OTHER = "other", _("something else")


class Outcome(models.TextChoices):
    """What came of it."""

    ADOPTED = "adopted", _("changed")
    STANDS = "stands", _("was right")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Which corrections remain."""

    def open(self) -> Self:
        """Keep what nobody has answered yet."""
        return self.filter(closed_at=None)

    def of(self, organizations: models.QuerySet[Organization]) -> Self:
        """Keep those of the listings of these organizations."""
        return self.filter(service__organization__in=organizations.values("pk"))

    def for_list(self) -> Self:
        """Fetch what a line shows."""
        return self.select_related("service__organization", "by", "organization")


class Correction(StampedModel):
    """One part of one service of which a colleague says that it is wrong. Its words go once it is answered."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="corrections")
    part = models.CharField(max_length=10, choices=Part)
    text = models.TextField(blank=True, max_length=LONGEST_TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "part", "by"],
                condition=models.Q(closed_at=None),
                name="who_tells_twice_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | models.Q(closed_at__isnull=False, outcome__in=Outcome.values, text=""),
                name="an_answered_correction_has_an_outcome_and_no_words",
            ),
        ]

    class Privacy:
        personal = ["by", "text"]
        retained = ["id", "created_at", "service", "part", "organization", "closed_at", "outcome"]

    def __str__(self) -> str:
        return f"{self.service}: {self.get_part_display()}"

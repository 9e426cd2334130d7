"""What stays of a referral that was erased: that it is gone and why, for the two sides that knew of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StampedModel


class WhyGone(models.TextChoices):
    """Why a referral was erased."""

    ASKED = "asked", _("asked by the person")
    TERM = "term", _("kept long enough")


class Tombstone(StampedModel):
    """The id of a referral that was erased. Nothing leads from here to a person: the row that it names is no more."""

    referral_id = models.UUIDField(unique=True)
    reason = models.CharField(max_length=8, choices=WhyGone)
    # What comes in once more by the same name stays away; a yes lasts a year at most, and so does this.
    origin = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the name it had elsewhere.")
    sides = models.JSONField(default=list, help_text="Ids of the organizations that knew of it; others get a 404.")

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "referral_id", "reason", "origin", "sides"]

    def __str__(self) -> str:
        return str(self.pk)

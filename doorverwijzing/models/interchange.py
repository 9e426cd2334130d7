"""What came from another installation: where a referral was born, and what we could not take."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import StampedModel
from doorverwijzing.models.referral import Referral

# Long enough to ask the sender for what is missing; what nobody came back for is not ours to keep.
KEPT_FOR = timedelta(days=30)


def last_day() -> date:
    """Give the last day on which something kept aside stays."""
    return timezone.localdate() + KEPT_FOR


class Origin(StampedModel):
    """Where a referral from elsewhere was born: the same question, read twice, is one referral."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="origin")
    system = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=120, blank=True)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="a_question_from_elsewhere_is_taken_once"),
        ]

    class Privacy:
        personal = ["value"]
        retained = ["id", "created_at", "referral", "system", "source", "read_at"]

    def __str__(self) -> str:
        return str(self.pk)


class KeptAside(StampedModel):
    """One FHIR resource that we read and did not take: as it came, sealed, with why. Nothing is guessed from it."""

    kind = models.CharField(max_length=60)
    why = models.CharField(max_length=40)
    referral = models.ForeignKey(
        Referral, models.CASCADE, null=True, blank=True, related_name="kept_aside",
        help_text="Whose it is, when it came along with a question that was taken and points at that person alone.",
    )  # fmt: skip
    raw = EncryptedTextField(verbose_name=_("As it came"), help_text="JSON as it came, without any national number.")
    digest = models.CharField(max_length=64, unique=True, help_text="Keyed hash: the same thing is kept once.")
    source = models.CharField(max_length=120, blank=True)
    keep_until = models.DateField(default=last_day)

    class Meta:
        ordering = ["created_at", "pk"]

    class Privacy:
        personal = ["raw", "digest"]
        retained = ["id", "created_at", "referral", "kind", "why", "source", "keep_until"]

    def __str__(self) -> str:
        return f"{self.kind} {self.why}"

"""The legal ground, kept apart from what the client agreed to (P-01, P-05)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from clienten.models.consent import LegalBasis
from core.models import StampedModel
from organisaties.models import Organization


class Processing(models.TextChoices):
    """Why an organization may handle data of clients at all."""

    PUBLIC_TASK = "public_task", _("a task of general interest")
    LEGAL_DUTY = "legal_duty", _("a legal duty")
    CONTRACT = "contract", _("an agreement with the person")
    CONSENT = "consent", _("consent of the person")


class ProcessingGround(StampedModel):
    """Why one organization may handle data of clients, in words that its data-protection contact keeps up to date."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="processing_ground")
    ground = models.CharField(_("ground"), max_length=20, choices=Processing, default=Processing.PUBLIC_TASK)
    source = models.TextField(_("law or decree, as it is called now"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "organization", "ground", "source", "changed_by", "changed_at"]

    def __str__(self) -> str:
        return str(self.organization_id)


class SharingGround(StampedModel):
    """On what one sharing rests, decided when it was sent: the five conditions of shared secrecy, one by one."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="sharing_grounds")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    purpose = models.UUIDField(help_text="Id of the clarified question.", db_index=True)
    basis = models.CharField(max_length=20, choices=LegalBasis)
    processing = models.CharField(max_length=20, choices=Processing, default=Processing.PUBLIC_TASK)
    conditions = models.JSONField(default=dict, help_text="Condition of shared secrecy to met or not.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    class Privacy:
        personal = ["client"]
        retained = [
            "id", "created_at", "recipient", "purpose", "basis", "processing", "conditions", "decided_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

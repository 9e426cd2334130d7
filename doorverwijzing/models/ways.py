"""What makes one referral different from the plain road: the right to refer, a transfer, a bridging partner."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import StampedModel
from doorverwijzing.models.referral import Referral
from organisaties.models import Organization
from sociale_kaart.models import TaxonomyTerm


class RightKind(models.TextChoices):
    """How an organization may refer (domain.md S1-21 to S1-23)."""

    DIRECT = "direct", _("directly")
    AFTER_COORDINATION = "after_coordination", _("after consultation with the coordination")
    CO_SIGNED = "co_signed", _("together with an OCMW or CAW")


class ReferrerRight(StampedModel):
    """How one organization may refer to one kind of service; without a kind it is for everything else."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="referrer_rights")
    need = models.ForeignKey(TaxonomyTerm, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("how may they refer?"), max_length=20, choices=RightKind)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["organization__name", "need__position"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "need"], name="an_organization_refers_in_one_way_per_kind"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(need=None), name="an_organization_refers_in_one_way_otherwise"
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "organization", "need", "kind", "set_by"]

    def __str__(self) -> str:
        return f"{self.organization} {self.kind}"


class Consultation(StampedModel):
    """With whom of the coordination the sender spoke before sending, and what the coordination says of it."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="consultation")
    person = models.CharField(_("with whom did you speak?"), max_length=80)
    day = models.DateField(_("when?"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed = models.BooleanField(null=True, help_text="Empty while the coordination did not look.")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed=None, reviewed_at=None) | Q(agreed__isnull=False, reviewed_at__isnull=False),
                name="a_reviewed_consultation_tells_when",
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "created_at", "referral", "person", "day", "recorded_by", "agreed", "reviewed_at", "reviewed_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class CoSignature(StampedModel):
    """The colleague of a core partner who stands beside a referral. They are shown nothing of the person."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="co_signature")
    asked_of = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed = models.BooleanField(null=True, help_text="Empty while nobody answered.")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed=None, answered_at=None, answered_by=None)
                | Q(agreed__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="a_co_signature_tells_who_and_when",
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "created_at", "referral", "asked_of", "asked_by", "asked_at", "agreed", "answered_at", "answered_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class TransferReason(models.TextChoices):
    """Why another OCMW becomes competent."""

    MOVED = "moved", _("the person moved to another municipality")
    REFERENCE_ADDRESS = "reference_address", _("a reference address elsewhere")
    LAW = "law", _("the law names another OCMW")


class Transfer(StampedModel):
    """A change of competent OCMW: the old one lets go only after the new one said from when it takes over."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="transfer")
    reason = models.CharField(_("why another OCMW?"), max_length=20, choices=TransferReason)
    since = models.DateField(_("since which day?"))
    checklist = models.JSONField(
        default=list, help_text="Codes of what is done, of doorverwijzing.ways.transfer.CHECKLIST."
    )
    takes_over_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, takes_over_on=None)
                | Q(confirmed_at__isnull=False, takes_over_on__isnull=False),
                name="a_confirmed_transfer_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(confirmed_at__isnull=False, released_at__gte=F("confirmed_at")),
                name="the_old_ocmw_lets_go_only_after_confirmation",
            ),
        ]

    class Privacy:
        personal = ["since"]
        retained = [
            "id", "created_at", "referral", "reason", "checklist", "takes_over_on", "confirmed_at", "confirmed_by",
            "released_at", "released_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class BridgingPartner(StampedModel):
    """Who keeps contact with the person until the other help has started."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="bridge")
    name = EncryptedTextField(_("who keeps contact?"))
    house = EncryptedTextField(_("from which organization?"), blank=True)
    phone = EncryptedTextField(_("phone number"), blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Privacy:
        personal = ["name", "house", "phone"]
        retained = ["id", "created_at", "referral", "set_by"]

    def __str__(self) -> str:
        return str(self.pk)

"""How a yes was given, so that it can be shown later: the signature, the scan, the witness, the answer by code."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from core.encryption import EncryptedTextField
from core.key_reference import KeyReference
from core.models import StampedModel
from organisaties.models import Organization


class Mode(models.TextChoices):
    """How the yes was given. Where nobody said yes, an override tells why it was shared."""

    SCREEN = "screen", _("signed on this screen")
    ORAL = "oral", _("said it, a colleague is witness")
    READ_BACK = "read_back", _("read aloud over the phone")
    PAPER = "paper", _("signed on paper")
    CODE = "code", _("with a code on the own phone")
    WITHOUT = "without", _("shared without a yes")


class Mandate(models.TextChoices):
    """What a representative may decide (P-16)."""

    PERSON = "person", _("decides about the person")
    ALL = "all", _("decides about the person and about money and goods")
    PARENT = "parent", _("parent or guardian of a minor")
    MONEY = "money", _("decides about money and goods alone")


# The five ways in which someone can say yes.
WAYS = (Mode.SCREEN, Mode.ORAL, Mode.READ_BACK, Mode.PAPER, Mode.CODE)


class ConsentRequestQuerySet(models.QuerySet["ConsentRequest"]):
    """Which requests remain."""

    def open(self, now: datetime) -> Self:
        """Keep those that can still be answered."""
        return self.filter(answered_at=None, cancelled_at=None, expires_at__gt=now)

    def for_purpose(self, purpose: object, recipient: Organization) -> Self:
        """Keep what was asked for one question and one recipient."""
        return self.filter(purpose=purpose, recipient=recipient)


class ConsentRequest(StampedModel):
    """A question to the client's own device: may this receiver know these items? Open for a short while."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="consent_requests")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    purpose = models.UUIDField(help_text="Id of the clarified question.", db_index=True)
    occasion = models.UUIDField(null=True, help_text="Id of the referral that it was asked for.", db_index=True)
    items = models.JSONField(default=list, help_text="Codes of the items that are asked.")
    answers = models.JSONField(default=dict, help_text="Item to true or false, as the client chose.")
    code = EncryptedTextField()
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10, default="nl", help_text="The language in which it was last read.")
    text_version = models.CharField(max_length=20, default="2026-11", help_text="The text that is read with it.")
    seen = models.JSONField(default=dict, help_text="Item to the mark of the words that the client read.")
    signature = EncryptedTextField(_("name as typed by the client"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = ConsentRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(signature=""), name="an_answer_by_code_carries_a_name"
            ),
        ]

    class Privacy:
        personal = ["client", "code", "digest", "signature"]
        retained = [
            "id", "created_at", "recipient", "purpose", "occasion", "items", "answers", "language", "text_version",
            "seen", "asked_by", "expires_at", "opened_at", "answered_at", "cancelled_at",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, now: datetime) -> bool:
        """Tell whether the client can still answer."""
        return self.answered_at is None and self.cancelled_at is None and self.expires_at > now


class ConsentProof(StampedModel):
    """One moment in which someone said yes, with what shows it and exactly which text was read."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="consent_proofs")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    purpose = models.UUIDField(help_text="Id of the clarified question.", db_index=True)
    mode = models.CharField(_("how"), max_length=20, choices=Mode)
    given_at = models.DateTimeField(default=timezone.now)
    text_version = models.CharField(max_length=20)
    text_language = models.CharField(max_length=10, default="nl")
    text_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the text as it was read.")
    strokes = EncryptedTextField(_("signature as drawn"), blank=True)
    scan_name = EncryptedTextField(_("name of the scan"), blank=True)
    scan_type = models.CharField(max_length=120, blank=True)
    scan_key = KeyReference(empties=["scan_name"], stamps="scan_gone_at", help_text="The sealed file of the scan.")
    scan_gone_at = models.DateTimeField(null=True)
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    read_aloud = models.BooleanField(default=False, help_text="The whole text was read aloud, and repeated.")
    request = models.OneToOneField(ConsentRequest, models.PROTECT, null=True, related_name="proof")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    mandate = models.CharField(max_length=10, choices=Mandate, blank=True, help_text="Of the representative who spoke.")
    mandate_until = models.DateField(null=True, help_text="Last day of that mandate; empty when it names no end.")

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(mode=Mode.PAPER) | ~Q(scan_type=""), name="paper_comes_with_its_scan"),
            models.CheckConstraint(
                condition=~Q(mode=Mode.READ_BACK) | Q(read_aloud=True), name="what_was_read_back_was_read_aloud"
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.CODE) | Q(request__isnull=False), name="a_yes_by_code_answers_a_request"
            ),
            models.CheckConstraint(
                condition=~Q(mandate=Mandate.MONEY), name="who_decides_about_money_alone_says_no_yes"
            ),
            models.CheckConstraint(
                condition=Q(mandate_until=None) | ~Q(mandate=""), name="an_end_belongs_to_a_mandate"
            ),
        ]

    class Privacy:
        personal = ["client", "strokes", "scan_name"]
        retained = [
            "id", "created_at", "recipient", "purpose", "mode", "given_at", "text_version", "text_language",
            "text_digest", "scan_type", "scan_key", "scan_gone_at", "witness", "read_aloud", "request", "recorded_by",
            "mandate", "mandate_until",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

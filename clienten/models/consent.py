"""The yes: which item, to whom, for which question, until when, and how it was given."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from clienten.models.override import Override
from clienten.models.proof import ConsentProof, Mode
from clienten.models.withdrawal import Withdrawal
from core.encryption import EncryptedTextField
from core.models import StampedModel
from organisaties.models import Organization


class Item(models.TextChoices):
    """What can be shared, piece by piece. The question itself always goes along, and needs a yes as well."""

    QUESTION = "question", _("the question")
    CONTACT = "contact", _("first name and phone")
    OWN_WORDS = "own_words", _("own words")
    HOUSEHOLD = "household", _("household")
    INCOME = "income", _("income")
    DEBTS = "debts", _("debts")
    RIGHTS = "rights", _("rights that were checked")
    TRIED = "tried", _("what was tried already")
    FEEDBACK_OUTCOME = "feedback_outcome", _("they may tell us how it ends")
    FEEDBACK_WORDS = "feedback_words", _("they may write to us about it")

    @classmethod
    def in_order(cls, items: Iterable[str]) -> list["Item"]:
        """Give pieces in the order in which people read them; what may be told back comes last."""
        wanted = set(items)
        return [item for item in cls if item in wanted]


# What a receiver may tell back. Without these two the sender hears of the contact, and of nothing more.
FEEDBACK = (Item.FEEDBACK_OUTCOME, Item.FEEDBACK_WORDS)


class GivenBy(models.TextChoices):
    """Who said yes."""

    CLIENT = "client", _("the person")
    REPRESENTATIVE = "representative", _("the legal representative")
    NOBODY = "nobody", _("nobody: it was shared without a yes")


class LegalBasis(models.TextChoices):
    """On what ground the sharing rests; kept apart from the agreement itself (P-01)."""

    CONSENT = "consent", _("explicit consent")
    SHARED_SECRECY = "shared_secrecy", _("shared professional secrecy")
    LEGAL_DUTY = "legal_duty", _("a legal duty")
    EMERGENCY = "emergency", _("serious danger")


class WithdrawnBy(models.TextChoices):
    """Who took the yes back."""

    CLIENT = "client", _("the person")
    WORKER = "worker", _("the worker, at the person's request")
    REPLACED = "replaced", _("a newer yes took its place")
    REVIEW = "review", _("the data-protection contact")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Which consents remain."""

    def valid(self, on: date) -> Self:
        """Keep those that were not withdrawn and have not ended on a day."""
        return self.filter(withdrawn_at=None, valid_until__gte=on)

    def for_purpose(self, purpose: object, recipient: Organization) -> Self:
        """Keep the yes to one question and one recipient."""
        return self.filter(purpose=purpose, recipient=recipient)

    def ending_before(self, day: date) -> Self:
        """Keep those still valid that end before a day."""
        return self.filter(withdrawn_at=None, valid_until__lt=day)


class Consent(StampedModel):
    """One yes: this item, to this recipient, for this question, until this day, given like this."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="consents")
    item = models.CharField(max_length=20, choices=Item)
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    purpose = models.UUIDField(help_text="Id of the clarified question.", db_index=True)
    given_by = models.CharField(max_length=20, choices=GivenBy, default=GivenBy.CLIENT)
    mode = models.CharField(_("how"), max_length=20, choices=Mode)
    signature = EncryptedTextField(_("name as signed, or name of the witness"))
    text_version = models.CharField(max_length=20)
    text_language = models.CharField(max_length=10, default="nl")
    legal_basis = models.CharField(max_length=20, choices=LegalBasis, default=LegalBasis.CONSENT)
    given_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proof = models.ForeignKey(ConsentProof, models.PROTECT, null=True, related_name="consents")
    override = models.ForeignKey(Override, models.PROTECT, null=True, related_name="consents")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=20, choices=WithdrawnBy, blank=True)
    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, null=True, related_name="consents")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "item"]
        indexes = [models.Index(fields=["valid_until"], condition=Q(withdrawn_at=None), name="consent_ends")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="a_withdrawal_tells_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(signature=""), name="a_yes_carries_a_name"),
            models.CheckConstraint(
                condition=Q(mode=Mode.WITHOUT, override__isnull=False, given_by=GivenBy.NOBODY)
                | (~Q(mode=Mode.WITHOUT) & ~Q(given_by=GivenBy.NOBODY) & Q(override=None)),
                name="without_a_yes_only_by_an_override",
            ),
            models.UniqueConstraint(
                fields=["client", "item", "recipient", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_open_yes_per_item_recipient_and_question",
            ),
        ]

    class Privacy:
        personal = ["client", "signature"]
        retained = [
            "id", "created_at", "item", "recipient", "purpose", "given_by", "mode", "text_version", "text_language",
            "legal_basis", "given_at", "valid_until", "recorded_by", "proof", "override", "withdrawn_at",
            "withdrawn_by", "withdrawal",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_item_display()} · {self.recipient_id}"

    def is_valid(self, on: date) -> bool:
        """Tell whether this yes still holds on a day."""
        return self.withdrawn_at is None and self.valid_until >= on

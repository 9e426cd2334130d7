"""Client cards and consent: the only place where it is written down who a client is."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import StampedModel, User
from gebied.models import Municipality
from organisaties.models import Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ClientCardQuerySet(models.QuerySet["ClientCard"]):
    """Which cards remain."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the cards of organizations where this person works with clients."""
        return self.filter(organization__in=Organization.objects.cared_for_by(user))


class ClientCard(StampedModel):
    """The least that one organization must know of someone. No national number, no date of birth, no file."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="clients")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    first_name = EncryptedTextField(_("first name"))
    last_name = EncryptedTextField(_("last name"), blank=True)
    phone = EncryptedTextField(_("phone number"), blank=True)
    contact_note = EncryptedTextField(_("when and how to reach safely"), blank=True)
    household = EncryptedTextField(_("household"), blank=True)
    municipality = models.ForeignKey(Municipality, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=10, blank=True)
    no_voicemail = models.BooleanField(_("never leave a voice message"), default=False)
    sms_allowed = models.BooleanField(_("a text message is fine"), default=False)

    objects = ClientCardQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    class Privacy:
        personal = ["first_name", "last_name", "phone", "contact_note", "household", "municipality", "language"]
        retained = ["id", "created_at", "organization", "created_by", "no_voicemail", "sms_allowed"]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Give the card's own page."""
        return reverse("clienten:card", args=[self.pk])

    def reachable(self) -> str:
        """Say in one line how to reach this person safely."""
        parts = [self.phone, self.contact_note]
        return ". ".join(part.rstrip(".") for part in parts if part)


class Item(models.TextChoices):
    """What can be shared, piece by piece. The question itself always goes along."""

    CONTACT = "contact", _("first name and phone")
    OWN_WORDS = "own_words", _("own words")
    HOUSEHOLD = "household", _("household")
    INCOME = "income", _("income")
    DEBTS = "debts", _("debts")
    RIGHTS = "rights", _("rights that were checked")
    TRIED = "tried", _("what was tried already")


class GivenBy(models.TextChoices):
    """Who said yes."""

    CLIENT = "client", _("the person")
    REPRESENTATIVE = "representative", _("the legal representative")


class Mode(models.TextChoices):
    """How the yes was given."""

    SCREEN = "screen", _("signed on this screen")
    ORAL = "oral", _("said it, a colleague is witness")
    READ_BACK = "read_back", _("read aloud over the phone")
    PAPER = "paper", _("signed on paper")


class LegalBasis(models.TextChoices):
    """On what ground the sharing rests; kept apart from the agreement itself (P-01)."""

    CONSENT = "consent", _("explicit consent")
    SHARED_SECRECY = "shared_secrecy", _("shared professional secrecy")


class WithdrawnBy(models.TextChoices):
    """Who took the yes back."""

    CLIENT = "client", _("the person")
    WORKER = "worker", _("the worker, at the person's request")


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
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=20, choices=WithdrawnBy, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "item"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="a_withdrawal_tells_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(signature=""), name="a_yes_carries_a_name"),
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
            "legal_basis", "given_at", "valid_until", "recorded_by", "withdrawn_at", "withdrawn_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_item_display()} · {self.recipient_id}"

    def is_valid(self, on: date) -> bool:
        """Tell whether this yes still holds on a day."""
        return self.withdrawn_at is None and self.valid_until >= on

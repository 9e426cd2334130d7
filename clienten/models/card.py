"""The card: the only place where it is written down who a client is."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import StampedModel, User
from gebied.models import Municipality
from organisaties.models import Membership, Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ClientCardQuerySet(models.QuerySet["ClientCard"]):
    """Which cards remain."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the cards of organizations where this person works with clients."""
        return self.filter(organization__in=Membership.objects.care_places(user))


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
    no_mail = models.BooleanField(_("never by e-mail"), default=False)
    no_letter = models.BooleanField(_("never by letter"), default=False)
    neutral_sender = models.BooleanField(_("always a neutral sender and subject"), default=False)
    keep_silent = models.BooleanField(_("do not say who you are to anyone else"), default=False)
    call_from = models.TimeField(_("call from"), null=True, blank=True)
    call_until = models.TimeField(_("call until"), null=True, blank=True)
    call_days = models.CharField(
        _("call on"), max_length=7, blank=True, help_text="Days of the week as digits, 1 is Monday; empty is any day."
    )

    objects = ClientCardQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(call_from=None, call_until=None) | Q(call_from__lt=models.F("call_until")),
                name="safe_hours_have_a_begin_and_an_end",
            ),
        ]

    class Privacy:
        personal = [
            "first_name", "last_name", "phone", "contact_note", "household", "municipality", "language",
            "no_voicemail", "sms_allowed", "no_mail", "no_letter", "neutral_sender", "keep_silent", "call_from",
            "call_until", "call_days",
        ]  # fmt: skip
        retained = ["id", "created_at", "organization", "created_by"]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Give the card's own page."""
        return reverse("clienten:card", args=[self.pk])

    def reachable(self) -> str:
        """Say in one line how to reach this person safely."""
        parts = [self.phone, self.contact_note]
        return ". ".join(part.rstrip(".") for part in parts if part)

"""A yes that was taken back, with its written effect."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from core.models import StampedModel


class Through(models.TextChoices):
    """How the person let us know."""

    COUNTER = "counter", _("here, at the desk")
    PHONE = "phone", _("by phone")
    CODE = "code", _("with the code, on the own page")


class Scope(models.TextChoices):
    """How much is taken back."""

    ITEMS = "items", _("some pieces")
    RECIPIENT = "recipient", _("everything from one organization")
    ALL = "all", _("everything, from everyone")


class Withdrawal(StampedModel):
    """One time that someone took back; `effect` tells per referral what went and what may still be known.

    The effect holds ids, codes, counts and moments only.
    """

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="withdrawals")
    at = models.DateTimeField(default=timezone.now)
    through = models.CharField(_("how did you hear it?"), max_length=10, choices=Through)
    scope = models.CharField(max_length=10, choices=Scope)
    effect = models.JSONField(default=list)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]

    class Privacy:
        personal = ["client"]
        retained = ["id", "created_at", "at", "through", "scope", "effect", "recorded_by"]

    def __str__(self) -> str:
        return str(self.pk)

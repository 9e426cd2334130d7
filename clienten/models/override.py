"""Sharing without a yes: rare, with a permission, a reason and a review that cannot be skipped."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clienten.models.card import ClientCard
from core.encryption import EncryptedTextField
from core.models import StampedModel
from organisaties.models import Organization


class Why(models.TextChoices):
    """On what ground someone shares without a yes (P-08)."""

    DANGER = "danger", _("serious danger for this person or for someone else")
    VULNERABLE = "vulnerable", _("a minor or someone vulnerable is being hurt")
    DUTY = "duty", _("a law obliges us")
    CANNOT_ANSWER = "cannot_answer", _("this person cannot answer now, and waiting does harm")


class Verdict(models.TextChoices):
    """What the data-protection contact finds."""

    JUSTIFIED = "justified", _("this was allowed")
    NOT_JUSTIFIED = "not_justified", _("this was not allowed")


class Override(StampedModel):
    """One time that someone shared without a yes: what, to whom, why, who advised, and what the review found."""

    client = models.ForeignKey(ClientCard, models.PROTECT, related_name="overrides")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    purpose = models.UUIDField(help_text="Id of the clarified question.", db_index=True)
    occasion = models.UUIDField(null=True, help_text="Id of the referral with which it was shared.")
    items = models.JSONField(default=list)
    why = models.CharField(_("on what ground?"), max_length=20, choices=Why)
    reason = EncryptedTextField(_("why could this not wait for a yes?"))
    advised_by = EncryptedTextField(_("who advised you?"), blank=True)
    client_told = models.BooleanField(_("this person was told"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    review_due = models.DateTimeField()
    verdict = models.CharField(_("what do you find?"), max_length=20, choices=Verdict, blank=True)
    remark = EncryptedTextField(_("what must happen now?"), blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["review_due"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_override_tells_why"),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_at=None, reviewed_by=None)
                | (~Q(verdict="") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="a_review_tells_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("by")), name="nobody_reviews_their_own_override"
            ),
        ]

    class Privacy:
        personal = ["client", "reason", "advised_by", "remark"]
        retained = [
            "id", "created_at", "organization", "recipient", "purpose", "occasion", "items", "why", "client_told", "by",
            "review_due", "verdict", "reviewed_at", "reviewed_by",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

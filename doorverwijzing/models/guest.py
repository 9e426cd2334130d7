"""The door of a receiver without accounts: one link per referral, bound to one mailbox."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import StampedModel
from doorverwijzing.models.referral import Referral


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    """Which links remain."""

    def open(self, now: datetime | None = None) -> Self:
        """Keep those that still lead somewhere."""
        return self.filter(closed_at=None, expires_at__gt=now or timezone.now())


class GuestLink(StampedModel):
    """A signed address that was mailed to a receiver. Opens nothing without the code, mailed when someone asks it."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="guest_links")
    mailbox = models.EmailField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="A newer link took its place.")
    code_digest = models.CharField(max_length=64, blank=True, help_text="Keyed hash; empty once used.")
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(closed_at=None), name="a_referral_has_one_open_guest_link"
            ),
            models.CheckConstraint(condition=Q(code_digest="") | Q(code_until__isnull=False), name="a_guest_code_ends"),
        ]

    class Privacy:
        personal: list[str] = []
        retained = [
            "id", "created_at", "referral", "mailbox", "expires_at", "closed_at", "code_digest", "code_until",
            "code_tries", "opened_at",
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

"""Who keeps the overview of a question, and which pieces of a packet spared the person a second telling."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models import StampedModel
from doorverwijzing.models.referral import Referral
from vraagverheldering.models import ClarifiedQuestion


class Overview(StampedModel):
    """The worker who keeps the overview of one question with all its referrals, and who stands in."""

    question = models.OneToOneField(ClarifiedQuestion, models.CASCADE, related_name="overview")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions_kept")
    fallback = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="questions_stood_in"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fallback=None) | ~Q(fallback=F("keeper")), name="who_stands_in_is_someone_else"
            ),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "question", "keeper", "fallback", "since"]

    def __str__(self) -> str:
        return str(self.question_id)


class PieceUse(StampedModel):
    """What the receiver says about one piece of the packet: it spared the person a second telling, or not."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="piece_uses")
    item = models.CharField(max_length=40)
    used = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "item"], name="a_piece_is_used_or_not"),
        ]

    class Privacy:
        personal: list[str] = []
        retained = ["id", "created_at", "referral", "item", "used", "by", "at"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.item}"

"""What the client and the own contact write to each other; the receiver does not read along."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import StampedModel
from doorverwijzing.models.referral import Referral


class ClientMessageQuerySet(models.QuerySet["ClientMessage"]):
    """Which messages remain."""

    def of_client(self) -> Self:
        """Keep what the client wrote."""
        return self.filter(author=None)


class ClientMessage(StampedModel):
    """One message between the client (no author) and the worker who sent the question."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="client_messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField(_("message"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)
    read_at = models.DateTimeField(null=True)

    objects = ClientMessageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(
                fields=["referral"], condition=models.Q(author=None, read_at=None), name="client_message_unread"
            ),
        ]

    class Privacy:
        personal = ["text"]
        retained = ["id", "created_at", "referral", "author", "form_key", "read_at"]

    def __str__(self) -> str:
        return str(self.pk)

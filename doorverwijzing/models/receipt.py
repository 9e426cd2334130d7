"""The code on the sheet that the client takes home."""

from django.db import models

from core.encryption import EncryptedTextField
from core.models import StampedModel
from doorverwijzing.models.referral import Referral

CODE_LENGTH = 8


class ReceiptCode(StampedModel):
    """The code on the client's sheet. Looked up by its keyed hash; kept sealed, so that it can be printed again.

    Questions that came out of one talk share a sheet and so a code: each has a row with the same hash.
    """

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="receipt")
    code = EncryptedTextField()
    digest = models.CharField(max_length=64, db_index=True)
    expires_at = models.DateTimeField()

    class Privacy:
        personal = ["code", "digest"]
        retained = ["id", "created_at", "referral", "expires_at"]

    def __str__(self) -> str:
        return str(self.pk)

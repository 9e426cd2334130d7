"""The code on the sheet that the client takes home."""

import secrets

from django.db import models

from core.encryption import EncryptedTextField
from core.models import StampedModel
from doorverwijzing.models.referral import Referral

# Signs that nobody confuses on paper: no 0, O, 1, I, L, 5, S, 8, B, 2, Z.
CODE_SIGNS = "3467ACDEFGHJKMNPQRTUVWXY9"
CODE_LENGTH = 8


def new_code() -> str:
    """Make the code of a receipt, such as K7M4PX93."""
    return "".join(secrets.choice(CODE_SIGNS) for _i in range(CODE_LENGTH))


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

"""The client's receipt: a code that opens the status without an account."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from doorverwijzing.models import CODE_LENGTH, CODE_SIGNS, ReceiptCode, Referral, new_code
from doorverwijzing.workflow import AT_HOME

RECEIPT_LASTS = timedelta(days=120)


def digest_of(code: str) -> str:
    """Give the keyed hash by which a code is looked up."""
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), hashlib.sha256).hexdigest()


def clean_code(typed: str) -> str:
    """Read what someone typed: spaces, dots, dashes and lower case are fine."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_a_code(code: str) -> bool:
    """Tell whether a text can be a code at all."""
    return len(code) == CODE_LENGTH and all(sign in CODE_SIGNS for sign in code)


def issue_receipt(referral: Referral) -> ReceiptCode:
    """Give a referral its code, once. Questions that came out of one talk share a sheet, and so a code."""
    receipt = ReceiptCode.objects.filter(referral=referral).first()
    if receipt:
        return receipt
    code = _code_of_sheet(referral) or _unused_code()
    return ReceiptCode.objects.create(
        referral=referral, code=code, digest=digest_of(code), expires_at=timezone.now() + RECEIPT_LASTS
    )


def _code_of_sheet(referral: Referral) -> str:
    """Give the code that this person already has from the same talk, by the same sender."""
    together = ReceiptCode.objects.filter(
        referral__client=referral.client_id, referral__sender=referral.sender_id,
        referral__question__conversation=referral.question.conversation_id, expires_at__gt=timezone.now(),
    ).order_by("created_at").first()  # fmt: skip
    return together.code if together else ""


def _unused_code() -> str:
    """Make a code that opens nothing of anyone else."""
    while ReceiptCode.objects.filter(digest=digest_of(code := new_code())).exists():
        continue
    return code


def together(receipt: ReceiptCode) -> list[Referral]:
    """Give every question that came with this sheet and left the house, the oldest first."""
    same = ReceiptCode.objects.filter(digest=receipt.digest, expires_at__gt=timezone.now()).values("referral")
    sent = Referral.objects.for_list().select_related("question__conversation", "receipt").filter(pk__in=same)
    return list(sent.exclude(status__in=AT_HOME).order_by("sent_at", "created_at"))


def find(code: str) -> ReceiptCode | None:
    """Find the receipt of a code, expired or not; None when there is none."""
    if not is_a_code(code):
        return None
    return (
        ReceiptCode.objects.filter(digest=digest_of(code))
        .order_by("-expires_at")
        .select_related(
            "referral__sender", "referral__receiver", "referral__sender_worker", "referral__question__client"
        )
        .first()
    )


def grouped(code: str) -> str:
    """Write a code in groups, as on the sheet: "K7M · 4PX · 93"."""
    return " · ".join([code[:3], code[3:6], code[6:]])

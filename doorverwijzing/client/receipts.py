"""The client's receipt: a code that opens the status without an account."""

from datetime import datetime, timedelta

from django.utils import timezone

from core import short_codes
from doorverwijzing.models import CODE_LENGTH, ReceiptCode, Referral
from doorverwijzing.workflow import AT_HOME

RECEIPT_LASTS = timedelta(days=120)
# After that so long again, while there is something to look at or to stop.
LONGER = timedelta(days=30)


def _digest_of(code: str) -> str:
    # Without a kind before it: people hold sheets with codes that were looked up like this from the first day.
    return short_codes.keyed_hash(code)


def issue_receipt(referral: Referral) -> ReceiptCode:
    """Give a referral its code, once. Questions that came out of one talk share a sheet, and so a code."""
    receipt = ReceiptCode.objects.filter(referral=referral).first()
    if receipt:
        return receipt
    code = _code_of_sheet(referral) or _unused_code()
    return ReceiptCode.objects.create(
        referral=referral, code=code, digest=_digest_of(code), expires_at=timezone.now() + RECEIPT_LASTS
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
    while ReceiptCode.objects.filter(digest=_digest_of(code := short_codes.new_code(CODE_LENGTH))).exists():
        continue
    return code


def prolong(now: datetime | None = None) -> dict[str, int]:
    """Let a code work on while someone has the question or can read it: who said yes must be able to take it back."""
    now = now or timezone.now()
    away = Referral.objects.exclude(status__in=AT_HOME).order_by()
    alive = away.unfinished() | away.filter(packet__key_id__isnull=False)
    ending = ReceiptCode.objects.filter(expires_at__lt=now + LONGER / 2, referral__in=alive.values("pk"))
    return {"prolonged": ending.update(expires_at=now + LONGER)}


def together(receipt: ReceiptCode) -> list[Referral]:
    """Give every question that came with this sheet and left the house, the oldest first."""
    same = ReceiptCode.objects.filter(digest=receipt.digest, expires_at__gt=timezone.now()).values("referral")
    sent = Referral.objects.for_list().select_related("question__conversation", "receipt").filter(pk__in=same)
    return list(sent.exclude(status__in=AT_HOME).order_by("sent_at", "created_at"))


def find(code: str) -> ReceiptCode | None:
    """Find the receipt of a code, expired or not; None when there is none."""
    if not short_codes.is_code(code, CODE_LENGTH):
        return None
    return (
        ReceiptCode.objects.filter(digest=_digest_of(code))
        .order_by("-expires_at")
        .select_related(
            "referral__sender", "referral__receiver", "referral__sender_worker", "referral__question__client"
        )
        .first()
    )


def grouped(code: str) -> str:
    """Write a code in groups, as on the sheet: "K7M · 4PX · 93"."""
    return short_codes.grouped(code, between=" · ")

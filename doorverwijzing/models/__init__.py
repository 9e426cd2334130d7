"""Referrals and everything that happens on their way."""

from doorverwijzing.models.answers import (
    Attempt,
    Channel,
    ClientAnswer,
    Decline,
    Initiative,
    Message,
    Reached,
    RefusalCode,
)
from doorverwijzing.models.interchange import KeptAside, Origin
from doorverwijzing.models.receipt import CODE_LENGTH, CODE_SIGNS, ReceiptCode, new_code
from doorverwijzing.models.referral import STATUS_CHOICES, CloseResult, Packet, Referral, ReferralQuerySet, Step, Warmth

__all__ = [
    "CODE_LENGTH",
    "CODE_SIGNS",
    "STATUS_CHOICES",
    "Attempt",
    "Channel",
    "ClientAnswer",
    "CloseResult",
    "Decline",
    "Initiative",
    "KeptAside",
    "Message",
    "Origin",
    "Packet",
    "Reached",
    "ReceiptCode",
    "Referral",
    "ReferralQuerySet",
    "RefusalCode",
    "Step",
    "Warmth",
    "new_code",
]

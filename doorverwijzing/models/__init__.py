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
from doorverwijzing.models.client_talk import ClientMessage, ClientMessageQuerySet
from doorverwijzing.models.deadline import Deadline
from doorverwijzing.models.gone import Tombstone, WhyGone
from doorverwijzing.models.guest import GuestLink
from doorverwijzing.models.handover import Handover, HandoverKind, NextStep, Place, Slot, WorkingHours
from doorverwijzing.models.interchange import KeptAside, Origin
from doorverwijzing.models.messages import (
    Attachment,
    Mention,
    MessageTemplate,
    NoticeWish,
    PaperForm,
    Rhythm,
    WaitingNotice,
)
from doorverwijzing.models.overview import Overview, PieceUse
from doorverwijzing.models.receipt import CODE_LENGTH, ReceiptCode
from doorverwijzing.models.referral import STATUS_CHOICES, CloseResult, Packet, Referral, ReferralQuerySet, Step, Warmth
from doorverwijzing.models.ways import (
    BridgingPartner,
    Consultation,
    CoSignature,
    ReferrerRight,
    RightKind,
    Transfer,
    TransferReason,
)

__all__ = [
    "CODE_LENGTH",
    "STATUS_CHOICES",
    "Attachment",
    "Attempt",
    "BridgingPartner",
    "Channel",
    "ClientAnswer",
    "ClientMessage",
    "ClientMessageQuerySet",
    "CloseResult",
    "CoSignature",
    "Consultation",
    "Deadline",
    "Decline",
    "GuestLink",
    "Handover",
    "HandoverKind",
    "Initiative",
    "KeptAside",
    "Mention",
    "Message",
    "MessageTemplate",
    "NextStep",
    "NoticeWish",
    "Origin",
    "Overview",
    "Packet",
    "PaperForm",
    "PieceUse",
    "Place",
    "Reached",
    "ReceiptCode",
    "Referral",
    "ReferralQuerySet",
    "ReferrerRight",
    "RefusalCode",
    "Rhythm",
    "RightKind",
    "Slot",
    "Step",
    "Tombstone",
    "Transfer",
    "TransferReason",
    "WaitingNotice",
    "Warmth",
    "WhyGone",
    "WorkingHours",
]

"""Which messages each side may read: for the receiver they end with the consent under which they were written."""

from clienten.models import Item
from doorverwijzing import packet
from doorverwijzing.models import Message, Packet, Referral


def all_of(referral: Referral) -> list[Message]:
    """Give the whole thread, with its files and who is meant: what the sending side reads."""
    written = referral.messages.select_related("author", "organization")
    return list(written.prefetch_related("attachments", "mentions__person"))


def for_receiver(referral: Referral) -> list[Message]:
    """Give what the receiver may read now: while the packet is open all but what tells a piece that went out of it.

    Once it is closed, only what was written after that: it was written knowing that nothing is shared any more.
    """
    sealed: Packet | None = getattr(referral, "packet", None)
    if sealed is None:
        return []
    open_now, closed_at = packet.is_open(referral), sealed.destroyed_at
    told = {"", Item.QUESTION.value, *sealed.items} if open_now else {""}
    return [
        message
        for message in all_of(referral)
        if message.item in told and (open_now or (closed_at is not None and message.created_at > closed_at))
    ]

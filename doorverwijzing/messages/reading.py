"""Which messages each side may read: for the receiver they end with the consent under which they were written."""

from django.utils import timezone

from doorverwijzing.models import Message, Packet, Referral


def all_of(referral: Referral) -> list[Message]:
    """Give the whole thread, with its files and who is meant: what the sending side reads."""
    written = referral.messages.select_related("author", "organization")
    return list(written.prefetch_related("attachments", "mentions__person"))


def for_receiver(referral: Referral) -> list[Message]:
    """Give what the receiver may read today, as `Packet.lets_read` says."""
    sealed: Packet | None = getattr(referral, "packet", None)
    if sealed is None:
        return []
    today = timezone.localdate()
    return [one for one in all_of(referral) if sealed.lets_read(one.item, one.created_at, today)]

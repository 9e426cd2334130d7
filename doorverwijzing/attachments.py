"""Files that go along with messages: who may add, open and lose them. They end with the packet, or with their piece."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten import reading
from clienten.models import FEEDBACK, Item
from core import audit, sealed_files
from core.doomed_keys import doom
from core.errors import NotAllowed, Refusal, Unreadable
from core.file_kinds import KINDS
from core.sealed_files import Checked
from doorverwijzing.actors import Actor, signed, stands_for
from doorverwijzing.models import Attachment, Message, Packet, Referral

MOST_PER_MESSAGE = 5


def pieces(referral: Referral) -> list[str]:
    """Name the pieces that a file may be about today: the question itself, and what was agreed beside it."""
    sealed = Packet.objects.filter(referral=referral).first()
    told = sealed.told(timezone.localdate()) if sealed else frozenset()
    return [Item.QUESTION, *sorted(told - {Item.QUESTION, *FEEDBACK})] if told else []


def add(message: Message, file: Checked, *, item: str, by: Actor) -> Attachment:
    """Keep a file with a message, in the caller's transaction. Raises Refusal.

    The sending side says which agreed piece the file is about: nothing goes along that the client did not agree to.
    """
    referral = message.referral
    if message.organization_id == referral.sender_id and item not in pieces(referral):
        raise Refusal(_("Say which agreed piece this file is about. What was not agreed cannot go along."))
    if message.attachments.count() >= MOST_PER_MESSAGE:
        raise Refusal(_("Five files with a message at most."))
    attachment = Attachment.objects.create(
        message=message, item=item, name=file.name, extension=file.kind.extension, size=len(file.content),
        key_id=sealed_files.keep(file.content),
    )  # fmt: skip
    audit.record(
        "referral.attached", subject=referral, by=signed(by), organization=message.organization,
        attachment=str(attachment.pk), item=item, kind=attachment.extension, size=attachment.size,
    )  # fmt: skip
    return attachment


@transaction.atomic
def open_one(attachment: Attachment, *, by: Actor) -> bytes:
    """Open a file for one of the two sides, and write down who did. Raises NotAllowed, or Refusal when it is gone.

    For the receiver it is gone as soon as the yes ended, whether or not its key is destroyed yet.
    """
    referral = attachment.message.referral
    ours = stands_for(by, referral.sender, referral)
    if not ours and not stands_for(by, referral.receiver, referral):
        raise NotAllowed(_("Only the two sides can open this file."))
    if not ours and not _may_be_read(attachment):
        raise Refusal(_("This file is no longer there. It ended with the consent."))
    try:
        content = sealed_files.take(attachment.key_id)
    except Unreadable:
        raise Refusal(_("This file is no longer there. It ended with the consent.")) from None
    where = referral.sender if ours else referral.receiver
    reading.note(referral, by=signed(by), organization=where, page=f"attachment {attachment.pk}")
    return content


def _may_be_read(attachment: Attachment) -> bool:
    sealed = Packet.objects.filter(referral=attachment.message.referral_id).first()
    return bool(sealed and sealed.lets_read(attachment.item, attachment.message.created_at, timezone.localdate()))


def content_type(attachment: Attachment) -> str:
    """Say what kind of file it is, as its content said when it came in."""
    return KINDS[attachment.extension].content_type


def destroy(referral: Referral, *, items: Iterable[str] | None = None) -> int:
    """Let the files of a referral die, or those about some pieces; their keys go right after the commit."""
    living = Attachment.objects.filter(message__referral=referral, destroyed_at=None)
    if items is not None:
        living = living.filter(item__in=list(items))
    keys = list(living.values_list("key_id", flat=True))
    for key_id in keys:
        doom(key_id)
    return living.update(key_id=None, name="", destroyed_at=timezone.now())

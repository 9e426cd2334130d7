"""Correcting what is kept of someone: written beside it, and told to who received that piece (art. 16 and 19)."""

from django.db import transaction
from django.utils.translation import gettext as _

from clienten.models import ClientCard, Correction, Item
from clienten.permissions import may
from clienten.rights_of_subject import rooms
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User


@transaction.atomic
def correct(card: ClientCard, *, item: str, text: str, by: User) -> int:
    """Write a correction down and tell every receiver who may read that piece; give how many. Raises Refusal.

    A worker of the organization may do this, and so may who answers for its data. What was said stays as it was said.
    """
    if not may(by, "change", card) and not (verdict := may(by, "answer_requests", card)):
        raise NotAllowed(verdict.reason)
    if not (text := text.strip()):
        raise Refusal(_("Write what it must be."))
    written = Correction.objects.create(card=card, item=Item(item), text=text, noted_by=by)
    told = sum(tell(written, by) for tell in rooms.TOLD_OF_CORRECTION)
    audit.record("client.corrected", subject=card, by=by, organization=card.organization, item=item, told=told)
    return told

"""Requests about personal data: note them, find the person, and close them with an answer."""

import unicodedata
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clienten.models import ClientCard, Hold, HoldReason, RequestKind, SubjectRequest, answers_for
from clienten.models.rights import ANSWER_WITHIN
from clienten.permissions import may
from core import audit
from core.models import User

MOST_FOUND = 10


def _plain(text: str) -> str:
    """Bring a name or number down to what two people would both write."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if sign.isalnum())


def find(text: str, *, by: User) -> list[ClientCard]:
    """Find cards by number, full name or phone, in the organizations for which this person answers. No half names."""
    known = ClientCard.objects.filter(organization__in=answers_for(by)).select_related("organization")
    with suppress(ValueError):
        return list(known.filter(pk=UUID(text.strip())))
    sought = _plain(text)
    if not sought:
        return []
    return [card for card in known.iterator(chunk_size=500) if sought in _names(card)][:MOST_FOUND]


@transaction.atomic
def seek(text: str, *, by: User) -> list[ClientCard]:
    """Find someone, and write down that it was asked whether they are known here; never for whom."""
    found = find(text, by=by)
    for organization in answers_for(by):
        audit.record("client.sought", subject=organization, by=by, organization=organization, found=len(found))
    return found


def _names(card: ClientCard) -> set[str]:
    return {_plain(card.first_name), _plain(card.first_name + card.last_name), _plain(card.phone)} - {""}


@transaction.atomic
def note(card: ClientCard, *, kind: str, asked_on: date, by: User) -> SubjectRequest:
    """Write down what someone asks; the month to answer begins on the day that they asked. Raises NotAllowed."""
    may(by, "answer_requests", card).require()
    request = SubjectRequest.objects.create(
        organization=card.organization, card=card, kind=RequestKind(kind), asked_on=asked_on,
        answer_by=asked_on + ANSWER_WITHIN, noted_by=by,
    )  # fmt: skip
    audit.record("client.asked", subject=card, by=by, organization=card.organization, kind=kind)
    return request


def close(card: ClientCard, kind: RequestKind, *, refused_because: str = "") -> int:
    """Say that the open requests of one kind about a card were answered."""
    waiting = SubjectRequest.objects.filter(card=card, kind=kind).open()
    return waiting.update(answered_at=timezone.now(), refused_because=refused_because)


@transaction.atomic
def hold(card: ClientCard, *, reason: str, until: date, by: User) -> Hold:
    """Keep a file from being erased until a day. Raises NotAllowed."""
    may(by, "answer_requests", card).require()
    kept, _new = Hold.objects.update_or_create(
        card=card, defaults={"reason": HoldReason(reason), "until": until, "set_by": by}
    )
    audit.record("client.held", subject=card, by=by, organization=card.organization, reason=reason)
    return kept


@transaction.atomic
def release(card: ClientCard, *, by: User) -> None:
    """Let a held file go its way again. Raises NotAllowed."""
    may(by, "answer_requests", card).require()
    Hold.objects.filter(card=card).delete()
    audit.record("client.released", subject=card, by=by, organization=card.organization)

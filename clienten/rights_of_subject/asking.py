"""Requests about personal data: note them, find the person, and close them with an answer in time."""

import unicodedata
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten import notifications
from clienten.models import (
    ClientCard,
    Hold,
    HoldReason,
    LongerBecause,
    Outcome,
    RequestKind,
    SubjectRequest,
    answers_for,
)
from clienten.permissions import may
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User

MOST_FOUND = 10
# So long before its last day who answers is told of a request; after that day every day.
REMIND = timedelta(days=7)
REMINDED = "request.reminded"


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
def note(card: ClientCard, *, kind: str, asked_on: date, by: User, words: str = "") -> SubjectRequest:
    """Write down what someone asks; the month to answer begins on the day that they asked. Raises NotAllowed.

    Whoever hears it notes it, worker or who answers for the data; who answers and did not note it gets a mail.
    Noting the same twice is one request.
    """
    if not may(by, "change", card) and not (verdict := may(by, "answer_requests", card)):
        raise NotAllowed(verdict.reason)
    # Who presses twice waits here for the first press.
    ClientCard.objects.select_for_update().get(pk=card.pk)
    before = SubjectRequest.objects.filter(card=card, kind=kind, asked_on=asked_on, noted_by=by).open()
    if again := next((one for one in before if one.words == words), None):
        return again
    request = SubjectRequest(
        organization=card.organization, card=card, kind=RequestKind(kind), asked_on=asked_on, words=words, noted_by=by
    )
    request.answer_by = request.last_day()
    request.save(force_insert=True)
    notifications.asked_about_data(card.organization, request.answer_by, but=by)
    audit.record(
        "client.asked", subject=card, by=by, organization=card.organization, kind=kind, request=str(request.pk)
    )
    return request


@transaction.atomic
def close(card: ClientCard, kind: str, *, by: User, refused_because: str = "") -> int:
    """Say that the open requests of one kind about a card were answered by what was done; give how many."""
    outcome = Outcome.REFUSED if refused_because else Outcome.DONE
    waiting = list(SubjectRequest.objects.filter(card=card, kind=kind).open())
    return sum(_answered(request, outcome, by=by, refused_because=refused_because) for request in waiting)


@transaction.atomic
def answer(request: SubjectRequest, *, outcome: str, text: str, by: User) -> None:
    """Keep what was told to the person, and why. Raises NotAllowed, or Refusal when it was answered already."""
    card = _card_of(request)
    may(by, "answer_requests", card).require()
    if request.kind == RequestKind.ERASE and outcome == Outcome.DONE:
        raise Refusal(_("Erase everything of this person: that is the answer."))
    if not text.strip():
        raise Refusal(_("Write what you told this person, and why."))
    request.answer = text.strip()
    if not _answered(request, Outcome(outcome), by=by):
        raise Refusal(_("A colleague was first: this was answered already."))
    request.save(update_fields=["answer"])


def _answered(request: SubjectRequest, outcome: Outcome, *, by: User, refused_because: str = "") -> int:
    """Close one request when it is open, with a line in the chain; tell whether it was."""
    hit = SubjectRequest.objects.open().filter(pk=request.pk).update(
        answered_at=timezone.now(), answered_by=by, outcome=outcome, refused_because=refused_because
    )  # fmt: skip
    if hit:
        audit.record(
            "client.answered", subject=_card_of(request), by=by, organization=request.organization,
            kind=request.kind, outcome=outcome, request=str(request.pk),
        )  # fmt: skip
    return hit


@transaction.atomic
def take_longer(request: SubjectRequest, *, because: str, by: User) -> date:
    """Answer later, once, after the person was told why; give the new day. Raises NotAllowed or Refusal."""
    may(by, "answer_requests", card := _card_of(request)).require()
    if request.answer_by < timezone.localdate():
        raise Refusal(_("The time to ask for more is over. Answer now."))
    until = request.last_day(longer=True)
    waiting = SubjectRequest.objects.open().filter(pk=request.pk, longer_because="")
    if not waiting.update(longer_because=LongerBecause(because), answer_by=until):
        raise Refusal(_("It takes longer already, or it was answered."))
    audit.record(
        "client.answer_later", subject=card, by=by, organization=request.organization, because=because,
        until=until.isoformat(), request=str(request.pk),
    )  # fmt: skip
    return until


def _card_of(request: SubjectRequest) -> ClientCard:
    if request.card is None:
        raise Refusal(_("Everything of this person is erased."))
    return request.card


def remind(now: datetime | None = None) -> dict[str, int]:
    """Mail about each request of which the last day is near, once, and every day when that day is over."""
    near = timezone.localdate(now) + REMIND
    waiting = SubjectRequest.objects.open().filter(answer_by__lte=near).values_list("pk", flat=True)
    return {"reminded": sum(_remind_one(pk, timezone.localdate(now)) for pk in waiting)}


@transaction.atomic
def _remind_one(pk: UUID, today: date) -> int:
    request = SubjectRequest.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pk)
    late = request.answer_by < today
    told = audit.history(request).filter(action=REMINDED)
    since = today if late else request.answer_by - REMIND
    if request.answered_at or any(timezone.localdate(line.at) >= since for line in told):
        return 0
    count = notifications.asked_about_data(request.organization, request.answer_by, late=late)
    audit.record(REMINDED, subject=request, by=audit.SYSTEM, organization=request.organization)
    return count


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

"""Asking for a yes on the client's own device: a short code, open for a short while, answered once."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent import texts
from clienten.models import ClientCard, ConsentRequest, Item
from clienten.permissions import may
from clienten.rules import TEXT_VERSION
from core import audit, short_codes
from core.errors import Refusal
from core.models import User
from organisaties.models import Organization

KIND, LENGTH = "consent", 6
OPEN_FOR = timedelta(minutes=20)
NO_MARKS: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def ask(
    card: ClientCard, *, by: User, items: Iterable[str], recipient: Organization, purpose: UUID, occasion: UUID
) -> ConsentRequest:
    """Make a code with which the client reads what is asked, and answers. Raises NotAllowed.

    What was asked before for the same occasion closes; another service of the same recipient has a code of its own.
    """
    may(by, "consent", card).require()
    cancel_open(card, occasion=occasion)
    code = short_codes.new_code(LENGTH)
    request = ConsentRequest.objects.create(
        client=card,
        recipient=recipient,
        purpose=purpose,
        occasion=occasion,
        items=sorted({Item.QUESTION.value, *items}),
        code=code,
        digest=short_codes.digest_of(KIND, code),
        language=texts.known_language(card.language),
        text_version=TEXT_VERSION,
        asked_by=by,
        expires_at=timezone.now() + OPEN_FOR,
    )
    audit.record(
        "consent.asked", subject=card, by=by, organization=card.organization, items=request.items,
        recipient=str(recipient.pk), purpose=str(purpose), request=str(request.pk),
    )  # fmt: skip
    return request


def cancel_open(card: ClientCard, *, occasion: UUID) -> int:
    """Close what still waits for an answer; tell how many."""
    waiting = ConsentRequest.objects.filter(client=card, occasion=occasion)
    return waiting.open(timezone.now()).update(cancelled_at=timezone.now())


def void(card: ClientCard, *, recipient: Organization, purpose: UUID, occasion: UUID | None = None) -> int:
    """Let nothing that was asked count any more, answered or not, unless a yes already rests on it; tell how many.

    With an occasion only what was asked for that one.
    """
    asked = ConsentRequest.objects.for_purpose(purpose, recipient).filter(client=card, cancelled_at=None, proof=None)
    if occasion:
        asked = asked.filter(occasion=occasion)
    return asked.update(cancelled_at=timezone.now())


def latest(card: ClientCard, *, occasion: UUID) -> ConsentRequest | None:
    """Give what was asked last for this occasion and not closed."""
    asked = ConsentRequest.objects.filter(client=card, occasion=occasion, cancelled_at=None)
    return asked.order_by("-created_at").first()


def find(typed: str) -> ConsentRequest | None:
    """Find the request of a code while it can be answered."""
    code = short_codes.clean(typed)
    if not short_codes.is_code(code, LENGTH):
        return None
    waiting = ConsentRequest.objects.open(timezone.now()).filter(digest=short_codes.digest_of(KIND, code))
    return waiting.select_related("client__organization", "recipient").first()


@transaction.atomic
def note_opened(request: ConsentRequest) -> None:
    """Write down that the client's device opened the page, the first time."""
    if ConsentRequest.objects.filter(pk=request.pk, opened_at=None).update(opened_at=timezone.now()):
        audit.record(
            "consent.opened", subject=request.client, by=audit.CLIENT, organization=request.client.organization,
            request=str(request.pk),
        )  # fmt: skip


@transaction.atomic
def answer(
    request: ConsentRequest,
    *,
    answers: Mapping[str, bool],
    name: str,
    language: str,
    seen: Mapping[str, str] = NO_MARKS,
) -> ConsentRequest:
    """Take the client's choice for each item, once, with the marks of what was read. Raises Refusal."""
    locked = ConsentRequest.objects.select_for_update().get(pk=request.pk)
    if not locked.is_open(timezone.now()):
        raise Refusal(_("This code does not work any more. Ask for a new one."))
    if not (name := name.strip()):
        raise Refusal(_("Write your first name."))
    if set(answers) != set(locked.items):
        raise Refusal(_("Choose yes or no for each piece."))
    # Without the question there is nothing to help with: nothing at all is shared then.
    wanted = bool(answers[Item.QUESTION.value])
    locked.answers = {item: bool(yes) and wanted for item, yes in answers.items()}
    locked.signature, locked.language = name, texts.known_language(language)
    locked.seen, locked.answered_at = dict(seen), timezone.now()
    locked.save(update_fields=["answers", "signature", "language", "seen", "answered_at"])
    audit.record(
        "consent.answered", subject=locked.client, by=audit.CLIENT, organization=locked.client.organization,
        request=str(locked.pk), items=sorted(item for item, yes in locked.answers.items() if yes),
        text=locked.language,
    )  # fmt: skip
    return locked

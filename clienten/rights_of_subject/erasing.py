"""Erasing one person: keys first, then rows; the audit chain keeps its numbers, and the law may say no."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.models import ClientCard, EmergencyAccess, Hold, Outcome, Override, SubjectRequest
from clienten.permissions import may
from clienten.rights_of_subject import rooms
from clienten.rights_of_subject.tracing import Found, children_first, keys_of, trace
from core import audit
from core.doomed_keys import doom
from core.errors import Refusal
from core.models import User
from core.moments import full_date


def reasons_to_keep(card: ClientCard) -> list[str]:
    """Say why this card may not be erased now, each as a sentence for people."""
    return [
        reason for reason in (_held(card), *_under_review(card), *(keeper(card) for keeper in rooms.KEEPERS)) if reason
    ]


def _held(card: ClientCard) -> str:
    hold = Hold.objects.filter(card=card, until__gte=timezone.localdate()).first()
    if hold is None:
        return ""
    return _("This file is kept until %(day)s: %(reason)s.") % {
        "day": full_date(hold.until),
        "reason": hold.get_reason_display(),
    }


def _under_review(card: ClientCard) -> Iterator[str]:
    """Nobody erases what a review must still look at."""
    if EmergencyAccess.objects.filter(client=card, verdict="").exists():
        yield _("An emergency access to this card waits for its review.")
    if Override.objects.filter(client=card, verdict="").exists():
        yield _("Something was shared without a yes, and that waits for its review.")


@transaction.atomic
def erase(card: ClientCard, *, by: User | str) -> dict[str, int]:
    """Erase everything of one person; tell how many rows of each kind went. Raises NotAllowed or Refusal."""
    if isinstance(by, User):
        may(by, "answer_requests", card).require()
    card = ClientCard.objects.select_for_update().get(pk=card.pk)
    if reasons := reasons_to_keep(card):
        raise Refusal(" ".join(reasons))
    return _erase(card, by)


def erase_again(destroyed: Collection[UUID]) -> int:
    """Erase whom an older backup brought back; what that backup says against it was over the first time."""
    back = set(ClientCard.objects.values_list("pk", flat=True)).intersection(destroyed)
    for pk in sorted(back):
        with transaction.atomic():
            _erase(ClientCard.objects.select_for_update().get(pk=pk), audit.SYSTEM)
    return len(back)


def _erase(card: ClientCard, by: User | str) -> dict[str, int]:
    for prepare in rooms.BEFORE_ERASING:
        prepare(card, by)
    found = trace(card, mentions=False)
    for key_id in keys_of(found):
        doom(key_id)  # type: ignore[arg-type]
    # The card has no key, but its number stands on the same list: a restore then knows that it may not come back.
    doom(card.pk)
    # The request stays, to show that it was answered; what was said in it goes.
    asked = SubjectRequest.objects.filter(card=card)
    asked.open().update(answered_at=timezone.now(), outcome=Outcome.DONE)
    asked.update(words="", answer="")
    went = {model._meta.label: len(rows) for model, rows in found.items()}
    _delete(found)
    audit.record("client.erased", subject=card, by=by, organization=card.organization, rows=sum(went.values()))
    return went


def _delete(found: Found) -> None:
    """Take the rows away, those that lean on others first."""
    for model in children_first(found):
        rows = model._base_manager.filter(pk__in=list(found[model]))
        if loops := {field.attname: None for field in _loops(model)}:
            rows.update(**loops)
        rows.delete()


def _loops(model: type[models.Model]) -> Iterator["models.ForeignKey[models.Model, models.Model]"]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is model and field.null:
            yield field

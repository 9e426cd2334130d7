"""Verbs of a conversation as a whole: start, widen, clarify, pause, finish, take up again, keep the rights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.actions import open_card
from clienten.models import ClientCard
from clienten.permissions import may as may_card
from core import audit
from core.errors import Refusal
from core.merging import Clash, merge
from core.models import User
from organisaties.models import Organization
from vraagverheldering import words
from vraagverheldering.flow import before_finishing
from vraagverheldering.models import (
    ClarifiedQuestion,
    ClientWords,
    Conversation,
    ConversationMode,
    Place,
    RightsResult,
    RightsState,
)
from vraagverheldering.parts import asked_in, parts_of
from vraagverheldering.permissions import may


@dataclass(frozen=True)
class Beginning:
    """What is known when a talk begins. `card` is someone this organization knows already; else `person` makes one."""

    organization: Organization
    form_key: UUID
    mode: str = ConversationMode.QUICK
    place: str = Place.DESK
    card: ClientCard | None = None
    person: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""
    question: Mapping[str, Any] = field(default_factory=dict)


def start(beginning: Beginning, *, by: User) -> Conversation:
    """Begin a talk; the same form sent twice begins it once. Raises NotAllowed.

    With a wish in `question` it makes the clarified question at once: the quick road.
    """
    try:
        with transaction.atomic():
            return _start(beginning, by=by)
    except IntegrityError:
        return Conversation.objects.visible_to(by).get(form_key=beginning.form_key)


def _start(beginning: Beginning, *, by: User) -> Conversation:
    # A colleague may have taken it over since.
    again = Conversation.objects.visible_to(by).filter(form_key=beginning.form_key).first()
    if again:
        return again
    if beginning.card:
        may_card(by, "change", beginning.card).require()
    card = beginning.card or open_card(beginning.organization, by=by, **beginning.person)
    conversation = Conversation.objects.create(
        client=card,
        organization=card.organization,
        worker=by,
        mode=ConversationMode(beginning.mode),
        place=Place(beginning.place),
        form_key=beginning.form_key,
    )
    if beginning.said:
        ClientWords.objects.create(conversation=conversation, text=beginning.said)
    if beginning.question.get("wish"):
        ClarifiedQuestion.objects.create(
            client=card, conversation=conversation, own_words=beginning.said, **beginning.question
        )
    audit.record(
        "conversation.started", subject=conversation, by=by, organization=card.organization, mode=conversation.mode
    )
    return conversation


def touch(conversation: Conversation) -> None:
    """Note that something was saved in this talk."""
    conversation.saved_at = timezone.now()
    conversation.save(update_fields=["saved_at"])


def note(what: str, conversation: Conversation, *, by: User, **details: Any) -> None:
    """Write one audit line about a talk."""
    audit.record(f"conversation.{what}", subject=conversation, by=by, organization=conversation.organization, **details)


@transaction.atomic
def widen(conversation: Conversation, *, by: User) -> None:
    """Look at everything together after all. Raises NotAllowed or Refusal."""
    may(by, "change", conversation).require()
    conversation.mode = ConversationMode.BROAD
    conversation.save(update_fields=["mode"])
    note("widened", conversation, by=by)


@transaction.atomic
def clarify(conversation: Conversation, *, fields: Mapping[str, Any], form_key: UUID, by: User) -> ClarifiedQuestion:
    """Write down one clarified question; the same form sent twice makes one. Raises NotAllowed."""
    may(by, "change", conversation).require()
    rights = RightsState.CHECKED if conversation.rights_checked_at else RightsState.POSTPONED
    question, new = ClarifiedQuestion.objects.get_or_create(
        form_key=form_key,
        conversation=conversation,
        defaults={**fields, "client": conversation.client, "rights": rights},
    )
    if new:
        touch(conversation)
        note("clarified", conversation, by=by, question=str(question.pk))
    return question


@transaction.atomic
def reword(question: ClarifiedQuestion, *, mine: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[Clash]:
    """Change a clarified question, field by field. Raises NotAllowed.

    Returns the fields that a colleague wrote too; what was sent to a receiver before stays as it was sent.
    """
    may(by, "change", question.conversation).require()
    locked = ClarifiedQuestion.objects.select_for_update().get(pk=question.pk)
    keep, clashes = merge(seen, {name: getattr(locked, name) for name in mine}, mine)
    for name, value in keep.items():
        setattr(locked, name, value)
    if keep:
        locked.save(update_fields=list(keep))
        touch(question.conversation)
        note("reworded", question.conversation, by=by, question=str(question.pk), fields=sorted(keep))
    return clashes


@transaction.atomic
def add_next_step(question: ClarifiedQuestion, *, what: str, who: str, by_when: date, by: User) -> None:
    """Write down the next step of a question that has none yet; what a worker wrote stays. Raises NotAllowed."""
    may(by, "change", question.conversation).require()
    locked = ClarifiedQuestion.objects.select_for_update().get(pk=question.pk)
    if locked.next_step:
        return
    locked.next_step, locked.who, locked.by_when = what, who, by_when
    locked.save(update_fields=["next_step", "who", "by_when"])
    note("reworded", question.conversation, by=by, question=str(question.pk), fields=["by_when", "next_step", "who"])


@transaction.atomic
def pause(conversation: Conversation, *, by: User) -> None:
    """Stop halfway; everything is kept. Raises NotAllowed."""
    may(by, "change", conversation).require()
    touch(conversation)
    note("paused", conversation, by=by)


@transaction.atomic
def finish(conversation: Conversation, *, by: User) -> None:
    """Close the talk. Raises NotAllowed, or Refusal with the first thing that is missing."""
    may(by, "finish", conversation).require()
    questions = asked_in(conversation)
    missing = before_finishing(parts_of(conversation), questions)
    if missing:
        raise Refusal(words.what_is_missing(missing[0], conversation.client.first_name))
    closed = Conversation.objects.filter(pk=conversation.pk, finished_at=None).update(finished_at=timezone.now())
    if not closed:
        raise Refusal(_("A colleague already finished this conversation."))
    conversation.refresh_from_db(fields=["finished_at"])
    note("finished", conversation, by=by, questions=len(questions))


@transaction.atomic
def reopen(conversation: Conversation, *, by: User) -> None:
    """Take a finished talk up again. Raises NotAllowed."""
    may(by, "reopen", conversation).require()
    conversation.finished_at = None
    conversation.saved_at = timezone.now()
    conversation.save(update_fields=["finished_at", "saved_at"])
    note("reopened", conversation, by=by)


@transaction.atomic
def mark_rights_checked(conversation: Conversation, *, by: User) -> None:
    """Note that the rights were looked at together, without keeping any answer. Raises NotAllowed."""
    may(by, "change", conversation).require()
    conversation.rights_checked_at = timezone.now()
    conversation.saved_at = conversation.rights_checked_at
    conversation.save(update_fields=["rights_checked_at", "saved_at"])
    conversation.questions.update(rights=RightsState.CHECKED)
    note("rights_checked", conversation, by=by)


@transaction.atomic
def keep_rights(
    conversation: Conversation,
    *,
    answers: Mapping[str, list[str]],
    outcomes: Mapping[str, str],
    agreed: bool,
    by: User,
) -> RightsResult:
    """Keep the answers and what came out, because the person agreed. Raises NotAllowed or Refusal."""
    may(by, "change", conversation).require()
    if not agreed:
        raise Refusal(words.agree_before_keeping(conversation.client.first_name))
    now = timezone.now()
    result = RightsResult.objects.create(
        conversation=conversation,
        answers=json.dumps(dict(answers), ensure_ascii=False),
        outcomes=json.dumps(dict(outcomes)),
        checked_on=timezone.localdate(now),
        agreed_at=now,
    )
    mark_rights_checked(conversation, by=by)
    note("rights_kept", conversation, by=by)
    return result

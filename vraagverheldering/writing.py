"""Verbs inside one life domain: its note, the person's own words, its ending and its steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refusal
from core.merging import Clash, merge
from core.models import User
from sociale_kaart.models import LifeDomain, Service
from vraagverheldering.actions import note as audit_note
from vraagverheldering.actions import touch
from vraagverheldering.flow import ACTION
from vraagverheldering.models import ClientWords, Conversation, DomainNote, NextStep, Outcome, StepKind
from vraagverheldering.permissions import may


@dataclass(frozen=True)
class Seen:
    """What an open form was shown with: the version, the fingerprints per field, and the form's own key."""

    form_key: UUID
    version: int = 0
    signs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Who does what by when."""

    what: str
    who: str
    by_when: date
    kind: str = StepKind.OWN
    service: Service | None = None
    right_code: str = ""


@dataclass(frozen=True)
class Entry:
    """Everything that one posted form holds: what was changed, what was said, and a step that was written."""

    mine: Mapping[str, Any]
    seen: Seen
    said: str = ""
    plan: Plan | None = None


@transaction.atomic
def save_opening(conversation: Conversation, entry: Entry, *, by: User) -> list[Clash]:
    """Save what opens a talk: the place, a good end, and what was said. Raises NotAllowed.

    Returns the fields that a colleague wrote too; there the colleague's text stays until someone chooses.
    """
    may(by, "change", conversation).require()
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    keep, clashes = merge(entry.seen.signs, {name: getattr(locked, name) for name in entry.mine}, entry.mine)
    if keep:
        for name, value in keep.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(keep))
        touch(conversation)
        audit_note("saved", conversation, by=by, fields=sorted(keep))
    if entry.said:
        add_words(conversation, text=entry.said, form_key=entry.seen.form_key, by=by)
    return clashes


@transaction.atomic
def save_subject(conversation: Conversation, domain: LifeDomain, entry: Entry, *, by: User) -> list[Clash]:
    """Save one form about one domain, all of it or nothing. Raises NotAllowed or Refusal; returns the clashes."""
    clashes = save_note(conversation, domain, mine=entry.mine, seen=entry.seen, by=by)
    if entry.said:
        add_words(conversation, text=entry.said, form_key=entry.seen.form_key, by=by, domain=domain)
    if entry.plan:
        add_step(conversation, plan=entry.plan, form_key=entry.seen.form_key, by=by, domain=domain)
    return clashes


@transaction.atomic
def save_note(
    conversation: Conversation, domain: LifeDomain, *, mine: Mapping[str, Any], seen: Seen, by: User
) -> list[Clash]:
    """Save what this person changed in one domain. Raises NotAllowed, or Refusal when "later" has no day.

    When a colleague saved since the form was shown (another `version`), each field is merged by itself. Returns the
    fields that both wrote: there the colleague's text stays until someone chooses. Nothing is made for an empty form.
    """
    may(by, "change", conversation).require()
    locked = DomainNote.objects.select_for_update(of=("self",)).filter(conversation=conversation, domain=domain).first()
    found = locked or DomainNote(conversation=conversation, domain=domain)
    keep, clashes = _mine_and_theirs(found, mine, seen)
    if not keep:
        return clashes
    for name, value in keep.items():
        setattr(found, name, value)
    if found.outcome != Outcome.LATER:
        found.later_on = None
    elif found.later_on is None:
        raise Refusal(_("Choose a day on which you come back to it."))
    now = timezone.now()
    stamp = {"by": str(by.pk), "at": now.isoformat(), "form": str(seen.form_key)}
    found.written = {**found.written, **dict.fromkeys(keep, stamp)}
    found.version += 1
    found.saved_at = now
    found.save()
    touch(conversation)
    audit_note("saved", conversation, by=by, domain=domain.pk, fields=sorted(keep))
    return clashes


def _mine_and_theirs(found: DomainNote, mine: Mapping[str, Any], seen: Seen) -> tuple[dict[str, Any], list[Clash]]:
    current = {name: getattr(found, name) for name in mine}
    if found.version == seen.version:
        return {name: value for name, value in mine.items() if value != current[name]}, []
    own = {name for name, stamp in found.written.items() if stamp["form"] == str(seen.form_key)}
    return merge(seen.signs, current, mine, own=own)


@transaction.atomic
def set_outcome(
    conversation: Conversation, domain: LifeDomain, *, outcome: str, by: User, later_on: date | None = None
) -> None:
    """Say how a domain ends, whoever wrote there before. Raises NotAllowed or Refusal."""
    found = DomainNote.objects.filter(conversation=conversation, domain=domain).first()
    seen = Seen(form_key=conversation.form_key, version=found.version if found else 0)
    save_note(conversation, domain, mine={"outcome": outcome, "later_on": later_on}, seen=seen, by=by)


def clear_choices(conversation: Conversation, domain: LifeDomain, *, by: User) -> None:
    """Take back what was chosen in a domain; what was written stays. Raises NotAllowed."""
    found = DomainNote.objects.filter(conversation=conversation, domain=domain).first()
    if found:
        nothing = {"agrees": None, "score": None, "outcome": "", "later_on": None}
        seen = Seen(form_key=conversation.form_key, version=found.version)
        save_note(conversation, domain, mine=nothing, seen=seen, by=by)


@transaction.atomic
def add_words(
    conversation: Conversation, *, text: str, form_key: UUID, by: User, domain: LifeDomain | None = None
) -> ClientWords:
    """Add what the person said, exactly; the same form sent twice adds it once. Raises NotAllowed.

    Words are only ever added: no verb changes or removes them.
    """
    may(by, "change", conversation).require()
    said, new = ClientWords.objects.get_or_create(
        form_key=form_key, conversation=conversation, defaults={"domain": domain, "text": text.strip()}
    )
    if new:
        touch(conversation)
        audit_note("words_added", conversation, by=by, domain=domain.pk if domain else None)
    return said


@transaction.atomic
def add_step(
    conversation: Conversation, *, plan: Plan, form_key: UUID, by: User, domain: LifeDomain | None = None
) -> NextStep:
    """Add one next step; a domain that gets one ends in an action. Raises NotAllowed."""
    may(by, "change", conversation).require()
    again = NextStep.objects.filter(form_key=form_key, conversation=conversation).first()
    if again:
        return again
    if domain and not DomainNote.objects.filter(conversation=conversation, domain=domain, outcome=ACTION).exists():
        set_outcome(conversation, domain, outcome=ACTION, by=by)
    owner = DomainNote.objects.filter(conversation=conversation, domain=domain).first() if domain else None
    step = NextStep.objects.create(
        conversation=conversation,
        note=owner,
        form_key=form_key,
        kind=StepKind(plan.kind),
        what=plan.what,
        who=plan.who,
        by_when=plan.by_when,
        service=plan.service,
        right_code=plan.right_code,
    )
    touch(conversation)
    audit_note("step_added", conversation, by=by, step=str(step.pk), kind=step.kind, right=step.right_code)
    return step


def step_values(step: NextStep) -> dict[str, Any]:
    """Give what a form about a step shows and compares."""
    return {"what": step.what, "who": step.who, "by_when": step.by_when, "done": bool(step.done_at)}


@transaction.atomic
def change_step(step: NextStep, *, mine: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[Clash]:
    """Change a next step, or say that it is done. Raises NotAllowed; returns the fields that a colleague wrote too."""
    may(by, "change", step.conversation).require()
    locked = NextStep.objects.select_for_update().get(pk=step.pk)
    keep, clashes = merge(seen, step_values(locked), mine)
    if not keep:
        return clashes
    for name in keep.keys() - {"done"}:
        setattr(locked, name, keep[name])
    if "done" in keep:
        locked.done_at = timezone.now() if keep["done"] else None
    locked.save()
    touch(step.conversation)
    audit_note("step_changed", step.conversation, by=by, step=str(step.pk), fields=sorted(keep))
    return clashes


@transaction.atomic
def drop_step(step: NextStep, *, by: User) -> None:
    """Take a next step away again. Raises NotAllowed."""
    may(by, "change", step.conversation).require()
    conversation, pk = step.conversation, str(step.pk)
    step.delete()
    touch(conversation)
    audit_note("step_dropped", conversation, by=by, step=pk)

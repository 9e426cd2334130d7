"""Verbs on the words of search: keep a rule, change it, switch it off, take it away, undo, read a file in."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal
from core.models import User
from search.fresh import sync
from search.models import RuleSource, SynonymRule, WordAct, WordChange
from search.models.words import COMPOUNDS
from search.rules.check import Rules, faults
from search.rules.draft import Draft, in_one_line, sides_of
from search.understanding import known
from search.words.exchange import differs
from search.words.permissions import may_teach
from search.words.renewal import listings_to_renew
from search.words.sharing import share

Who = User | None


@dataclass(frozen=True)
class Step:
    """One row that becomes another; no row before = added, no draft after = removed."""

    rule: SynonymRule | None
    after: Draft | None
    source: str = RuleSource.REGION
    number: int | None = None
    origin: str = ""


# Passes steps on, and may show how far it is.
Watch = Callable[[Sequence[Step]], Iterable[Step]]


def add(draft: Draft, *, by: Who) -> SynonymRule:
    """Keep a new rule. Raises NotAllowed or Refusal with everything that is wrong."""
    _require(by)
    _fits(draft, Rules(_all_drafts()))
    return _carry_out([Step(None, draft)], by=by)[0]


def change(rule: SynonymRule, draft: Draft, *, by: Who) -> SynonymRule:
    """Make a rule say something else, or switch it on or off. Raises NotAllowed or Refusal."""
    _require(by)
    if draft == rule.draft:
        return rule
    if draft.signature() != rule.signature or (draft.active and not rule.active):
        _fits(draft, Rules(_all_drafts(but=rule)))
    return _carry_out([Step(rule, draft)], by=by)[0]


def switch(rule: SynonymRule, *, on: bool, by: Who) -> SynonymRule:
    """Let a rule work or rest. Raises NotAllowed or Refusal."""
    return change(rule, replace(rule.draft, active=on), by=by)


def remove(rule: SynonymRule, *, by: Who) -> None:
    """Take a rule of the region away. Raises NotAllowed, or Refusal for a rule of the product."""
    _require(by)
    if rule.origin:
        raise Refusal(_("This rule comes with the product. Switch it off: it then stays off after an update."))
    _carry_out([Step(rule, None)], by=by)


def undo(batch: uuid.UUID, *, by: Who) -> None:
    """Turn one press of a button back, whatever it did. Raises NotAllowed, or Refusal when it was changed since."""
    _require(by)
    changes = list(WordChange.objects.filter(batch=batch).order_by("-pk"))
    if not changes or WordChange.objects.filter(undoes=batch).exists():
        raise Refusal(_("This was undone already."))
    numbers = [change.rule_number for change in changes]
    rules = {rule.pk: rule for rule in SynonymRule.objects.filter(pk__in=numbers)}
    steps = [_back(change, rules.get(change.rule_number)) for change in changes]
    others = Rules(_all_drafts(but=list(rules.values())))
    for step in steps:
        if step.after:
            _fits(step.after, others)
            others.add(step.after)
    _carry_out(steps, by=by, undoes=batch)


def take_in(drafts: Sequence[Draft], *, by: Who, watch: Watch = iter) -> tuple[int, int]:
    """Keep the rules of a file that was checked; return how many were added and changed. Raises NotAllowed.

    A rule that is there gets the note of the file and works or rests as it does there.
    """
    _require(by)
    here = {rule.signature: rule for rule in SynonymRule.objects.all()}
    steps = []
    for draft in drafts:
        rule = here.get(draft.signature())
        if rule is None:
            steps.append(Step(None, draft))
        elif differs(rule.draft, draft):
            steps.append(Step(rule, replace(rule.draft, active=draft.active, note=draft.note or rule.note)))
    _carry_out(steps, by=by, watch=watch)
    added = sum(step.rule is None for step in steps)
    return added, len(steps) - added


def _require(by: Who) -> None:
    """Without anyone it is the operator's command."""
    if by is not None:
        may_teach(by).require()


def _fits(draft: Draft, others: Rules) -> None:
    wrong = faults(draft, others)
    if wrong:
        raise Refusal(" ".join(map(str, wrong)))


def _all_drafts(but: SynonymRule | Iterable[SynonymRule] = ()) -> list[Draft]:
    left_out = {but.pk} if isinstance(but, SynonymRule) else {rule.pk for rule in but}
    return [rule.draft for rule in SynonymRule.objects.exclude(pk__in=left_out)]


def _back(change: WordChange, rule: SynonymRule | None) -> Step:
    """Give the step that turns a change back. Raises Refusal when the rule is no longer what the change made it."""
    present = state(rule) if rule else None
    if present != change.after:
        raise Refusal(_("This rule was changed again since. Undo the later change first."))
    if change.before is None:
        return Step(rule, None)
    before = dict(change.before)
    return Step(rule, draft_of(before), before["source"], change.rule_number, before["origin"])


def _carry_out(
    steps: Sequence[Step], *, by: Who, undoes: uuid.UUID | None = None, watch: Watch = iter
) -> list[SynonymRule]:
    """Write all steps with their history as one batch; every process goes by them from its next question on."""
    if not steps:
        return []
    renewed = _renewed(steps)
    batch = uuid.uuid4()
    try:
        with transaction.atomic():
            rules = [_write(step, batch, by, undoes) for step in watch(steps)]
            known.rise()
            sync.note(renewed)
            transaction.on_commit(share, robust=True)
            audit.record("words.changed", subject=rules[0], by=by or audit.SYSTEM, batch=str(batch), count=len(steps))
    except IntegrityError as error:
        # A colleague kept the same rule in the same second.
        raise Refusal(_("This rule is there already.")) from error
    return rules


def _renewed(steps: Iterable[Step]) -> list[str]:
    """Ask the index, before the transaction, which listings read differently afterwards."""
    moved = [draft for step in steps for draft in (step.rule and step.rule.draft, step.after) if draft]
    gone = {step.rule.pk for step in steps if step.rule}
    kept = SynonymRule.objects.in_force().filter(kind__in=COMPOUNDS)
    before = known.splits_of(rule.draft for rule in kept)
    rest = [rule.draft for rule in kept if rule.pk not in gone]
    return listings_to_renew(moved, before, known.splits_of([*rest, *(step.after for step in steps if step.after)]))


def _write(step: Step, batch: uuid.UUID, by: Who, undoes: uuid.UUID | None) -> SynonymRule:
    rule = step.rule or SynonymRule(pk=step.number, source=step.source, origin=step.origin, created_by=by)
    before = state(rule) if step.rule else None
    number = rule.pk
    if step.after is None:
        rule.delete()
    else:
        put(rule, step.after).save()
        number = rule.pk
    after = state(rule) if step.after else None
    WordChange.objects.create(
        batch=batch, act=_act(before, after), rule_number=number, before=before, after=after, undoes=undoes, by=by
    )
    rule.pk = number
    return rule


def put(rule: SynonymRule, draft: Draft) -> SynonymRule:
    """Write a draft into a row, without saving it."""
    rule.kind, rule.note, rule.active = draft.kind, draft.note, draft.active
    rule.left, rule.right = in_one_line(draft.left), in_one_line(draft.right)
    rule.signature = draft.signature()
    rule.changed_at = timezone.now()
    return rule


def state(rule: SynonymRule) -> dict[str, Any]:
    """Give what the history keeps of a rule."""
    fields = ("kind", "left", "right", "note", "active", "source", "origin")
    return {name: getattr(rule, name) for name in fields}


def draft_of(kept: dict[str, Any]) -> Draft:
    """Read a rule back from the history."""
    return Draft(kept["kind"], sides_of(kept["left"]), sides_of(kept["right"]), kept["note"], kept["active"])


def _act(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    if before is None:
        return WordAct.ADDED
    if after is None:
        return WordAct.REMOVED
    if before["active"] != after["active"]:
        return WordAct.ON if after["active"] else WordAct.OFF
    return WordAct.CHANGED

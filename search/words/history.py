"""What happened to the rules, told for editors."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from search.models import RuleKind, WordAct, WordChange

SHOWN_OF_A_BATCH = 5
SHOWN_OF_A_RULE = 20


@dataclass(frozen=True)
class Happened:
    """One press of a button: who, when, and its first lines; `undone` and `undid` tell of a way back."""

    batch: uuid.UUID
    at: datetime
    by: str
    lines: tuple[tuple[str, str, str], ...]
    more: int
    undone: bool
    undid: bool


def batches() -> QuerySet[WordChange, uuid.UUID]:
    """Give the batches, the last first."""
    grouped = WordChange.objects.order_by().values("batch").annotate(last=Max("pk"))
    return grouped.order_by("-last").values_list("batch", flat=True)


def shown(ids: Iterable[uuid.UUID]) -> list[Happened]:
    """Tell these batches in their order; three queries however many they are."""
    wanted = list(ids)
    undone = set(WordChange.objects.filter(undoes__in=wanted).values_list("undoes", flat=True))
    found: dict[uuid.UUID, list[WordChange]] = defaultdict(list)
    for change in WordChange.objects.filter(batch__in=wanted).select_related("by").order_by("pk"):
        found[change.batch].append(change)
    return [_told(found[batch], undone) for batch in wanted]


def of_rule(number: int) -> list[Happened]:
    """Tell what happened to one rule."""
    mine = list(WordChange.objects.filter(rule_number=number).select_related("by")[:SHOWN_OF_A_RULE])
    undone = set(
        WordChange.objects.filter(undoes__in=[change.batch for change in mine]).values_list("undoes", flat=True)
    )
    return [_told([change], undone) for change in mine]


def _told(changes: list[WordChange], undone: set[uuid.UUID | None]) -> Happened:
    first = changes[0]
    lines = tuple(_line(change) for change in changes[:SHOWN_OF_A_BATCH])
    return Happened(
        batch=first.batch,
        at=first.at,
        by=str(first.by) if first.by else _("the operator"),
        lines=lines,
        more=len(changes) - len(lines),
        undone=first.batch in undone,
        undid=first.undoes is not None,
    )


def _line(change: WordChange) -> tuple[str, str, str]:
    """Give what was done, the rule as it was (when it said something else) and as it is or was last."""
    act = str(WordAct(change.act).label)
    now = in_words(change.after or change.before or {})
    was = in_words(change.before) if change.before and change.act == WordAct.CHANGED else ""
    return act, "" if was == now else was, now


def in_words(kept: dict[str, Any]) -> str:
    """Say a rule in one line."""
    if kept["kind"] == RuleKind.ONE_WAY:
        return f"{kept['left']} → {kept['right']}"
    if kept["kind"] == RuleKind.EQUAL:
        return f"{kept['left']} = {kept['right']}"
    return f"{kept['left']} ({RuleKind(kept['kind']).label})"

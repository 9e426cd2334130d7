"""The words that search goes by now; each process keeps its own table and reads it again when the version moved."""

import time
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Greatest

from search.language.analyser import fold
from search.language.compounds import Splits, shipped
from search.models import SynonymRule, WordsVersion
from search.rules.draft import KEEP, PART, SYNONYM_KINDS, WHOLE, Draft, key_of, sides_of
from search.rules.synonyms import SynonymTable, rule_of


class _Table(NamedTuple):
    number: int
    table: SynonymTable


class _Held:
    """What this process read last; replaced as one, so that a thread never sees half of it."""

    now: _Table | None = None


def current() -> SynonymTable:
    """Give the table of the rules in force: one small question to the database, and a rebuild when they changed."""
    number = version()
    held = _Held.now
    if held is None or held.number != number:
        held = _Held.now = _Table(number, table_of(drafts_in_force()))
    return held.table


def lately() -> SynonymTable:
    """Give the table as this process read it last; asks the database nothing once there is one."""
    held = _Held.now
    return held.table if held else current()


def version() -> int:
    """Give the number that rises with every change; 0 before the first rule."""
    sql, values = _asking_version()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else 0


@cache
def _asking_version() -> tuple[str, tuple[Any, ...]]:
    """Give the question to the database as it is sent: putting it together takes longer than the answer."""
    return WordsVersion.objects.filter(pk=1).values_list("number").query.sql_with_params()


def rise() -> None:
    """Let every process read the rules again. Call it inside the transaction of the change.

    The number is a moment, so that a database that was put back from a copy never repeats one.
    """
    WordsVersion.objects.get_or_create(pk=1, defaults={"number": 0})
    WordsVersion.objects.filter(pk=1).update(number=Greatest(F("number") + 1, Value(time.time_ns())))


def drafts_in_force() -> tuple[Draft, ...]:
    """Read the rules in the order in which they were made."""
    # Notes are for editors; search does not read them.
    rows = SynonymRule.objects.in_force().order_by("pk").values_list("kind", "left", "right")
    return tuple(Draft(kind, sides_of(left), sides_of(right)) for kind, left, right in rows.iterator())


@lru_cache(maxsize=2)
def table_of(drafts: tuple[Draft, ...]) -> SynonymTable:
    """Make the table that the planner asks; the one in force is not made again for a preview or an undo."""
    rules = [draft for draft in drafts if draft.active]
    return SynonymTable(
        (rule_of(draft) for draft in rules if draft.kind in SYNONYM_KINDS),
        kept=(root for draft in rules if draft.kind == KEEP for side in draft.left for root in key_of(side)),
        splits=splits_of(rules),
    )


def splits_of(drafts: Iterable[Draft]) -> Splits:
    """Give the lists by which compounds are taken apart; the shipped ones themselves when nothing differs."""
    lists: dict[str, set[str]] = {PART: set(), WHOLE: set()}
    for draft in drafts:
        if draft.active and draft.kind in lists:
            lists[draft.kind].update(fold(side) for side in draft.left)
    made = Splits(frozenset(lists[PART]), frozenset(lists[WHOLE]))
    return shipped() if made == shipped() else made

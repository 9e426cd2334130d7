"""Records about the same thing in one source: they are joined, and where they differ the last one counts."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sociale_kaart.hsds.nested import Record
from sociale_kaart.hsds.report import Problem


class Repeats:
    """Holds a record back until the last one about the same thing has come."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._last: dict[int, int] = {}
        self._held: dict[int, Record] = {}

    def see(self, key: int | None, ordinal: int) -> None:
        """Learn, in a first pass, that there is a record about this key."""
        if key is None:
            return
        if key in self._seen:
            self._last[key] = ordinal
        self._seen.add(key)

    def seen(self) -> set[int]:
        """Hand over all keys; they are not needed here any more."""
        seen, self._seen = self._seen, set()
        return seen

    def pass_on(self, key: int | None, ordinal: int, record: Record) -> list[Record]:
        """Give what can be written now."""
        if key is None or key not in self._last:
            return [record]
        held = self._held.pop(key, None)
        is_last = ordinal == self._last[key]
        if record.refusal:
            if held and not is_last:
                self._held[key] = held
            return [record, held] if held and is_last else [record]
        joined = _joined(held, record) if held else record
        if is_last:
            return [joined]
        self._held[key] = joined
        return []


def _joined(older: Record, newer: Record) -> Record:
    """Lay a record over an earlier one about the same thing."""
    rows = {row.key: row for row in newer.rows}
    newer.given = (older.given or len(older.rows)) + len(newer.rows)
    newer.earlier = [*older.earlier, older.number]
    told: Problem | None = None
    for row in older.rows:
        over = rows.setdefault(row.key, row)
        if over is row:
            continue
        differing = [name for name, value in row.values.items() if over.values.get(name, value) != value]
        if differing and told is None:
            reason = _("This id stands more than once in the source, with different content; the last one counts.")
            told = row.problem(differing[0], reason)
        over.values = {**row.values, **over.values}
        over.links = {**row.links, **over.links}
        over.extra = {**row.extra, **over.extra}
        over.as_given = {**{k: v for k, v in row.as_given.items() if k not in over.values}, **over.as_given}
    newer.rows = sorted(rows.values(), key=lambda row: row.table.rank)
    newer.problems = [*older.problems, *_maybe(told), *newer.problems]
    newer.rejected_parts += older.rejected_parts
    return newer


def _maybe(problem: Problem | None) -> Iterable[Problem]:
    return [] if problem is None else [problem]

"""From one JSON object, with all that hangs on it, to rows of tables: a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sociale_kaart.hsds.report import Problem
from sociale_kaart.hsds.rows import Row, Shaper, clean_id, made_id, plain
from sociale_kaart.hsds.tables import ANCHORS, Table, tables

DEEPEST = 12
Links = dict[str, str | None]


@dataclass(slots=True)
class Record:
    """What is written together or not at all. A record with a `refusal` is not written.

    `given` counts the objects of all records that were joined into this one, when there were several, and `earlier`
    names the places of the others.
    """

    table: str
    number: int
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected_parts: int = 0
    given: int = 0
    earlier: list[int] = field(default_factory=list)
    root: Row | None = None
    refusal: Problem | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Give the key of the row that this record is about."""
        return self.root.key if self.root else (self.table, "")


def refusal_of(row: Row, *, is_reference: bool) -> Problem | None:
    """Tell why a row cannot be written, all reasons in one; a mere reference to a shared object needs only its id."""
    faults = list(row.faults)
    if not row.id:
        faults.append(("id", _("The id is missing.")))
    if not is_reference:
        told = {column for column, _reason in faults}
        missing = [name for name in row.missing() if name not in told]
        faults += [(name, _("The field “%(field)s” is missing.") % {"field": name}) for name in missing]
    if not faults:
        return None
    reasons = dict.fromkeys(reason for _column, reason in faults)
    return row.problem(faults[0][0], " ".join(reasons), rejected=True)


def single(shaper: Shaper, table: Table, cells: Mapping[str, Any], number: int) -> Record:
    """Make a record of one row of a table."""
    record = Record(table.name, number)
    row = shaper.row(table, cells, number, record.problems, is_flat=True)
    record.root = row
    record.refusal = refusal_of(row, is_reference=False)
    if record.refusal is None:
        record.rows.append(row)
    return record


def nested(shaper: Shaper, table: Table, raw: Any, number: int) -> Record:
    """Make a record of one JSON object."""
    return _Graph(shaper, Record(table.name, number)).built(table, raw)


class _Graph:
    """The rows of one record while they are gathered; the same object may be met in several places."""

    def __init__(self, shaper: Shaper, record: Record) -> None:
        self._shaper = shaper
        self._record = record
        self._rows: dict[tuple[str, str], Row] = {}

    def built(self, table: Table, raw: Any) -> Record:
        record = self._record
        record.root = self._add(table, raw, {}, "", 0)
        if record.root is None:
            record.rejected_parts = 0
            return record
        self._share_organization()
        record.rows = sorted(self._rows.values(), key=lambda row: row.table.rank)
        return record

    def _add(self, table: Table, raw: Any, links: Links, seed: str, depth: int) -> Row | None:
        """Add an object and what hangs on it; nothing of it when it is refused."""
        if not isinstance(raw, dict) or depth > DEEPEST:
            self._refuse(
                Problem(table.name, "", self._record.number, "", _("This is not an object."), rejected=True), depth
            )
            return None
        is_unnamed = depth > 0 and not clean_id(raw.get("id"), table.name)
        given = {**raw, "id": made_id(table.name, seed)} if is_unnamed else raw
        row = self._shaper.row(table, given, self._record.number, self._record.problems)
        row.embedded = depth > 0
        row.links |= links
        if problem := refusal_of(row, is_reference=depth > 0 and table.shared):
            self._refuse(problem, depth)
            return None
        if is_unnamed:
            row.mended = True
            self._record.problems.append(row.problem("id", _("The id is missing; it got one of its own.")))
        row = self._merged(row)
        self._add_parents(row, raw, depth)
        self._add_children(row, raw, depth)
        return row

    def _refuse(self, problem: Problem, depth: int) -> None:
        if depth == 0:
            self._record.refusal = problem
        else:
            self._record.rejected_parts += 1
            self._record.problems.append(problem)

    def _add_parents(self, row: Row, raw: dict[str, Any], depth: int) -> None:
        """Follow the nested objects that this row points to."""
        for key, (name, link) in row.table.parents.items():
            value = raw.get(key)
            if isinstance(value, str) and clean_id(value, name):
                row.links[link] = clean_id(value, name)
            elif value:
                target = self._add(tables()[name], value, {}, f"{row.id}:{key}", depth + 1)
                if target is not None:
                    self._point(row, link, target.id)

    def _point(self, row: Row, link: str, target: str) -> None:
        stated = row.links.get(link)
        if stated and stated != target:
            reason = _("The id in this field is another one than that of the object beside it; the object counts.")
            self._record.problems.append(row.problem(link, reason))
        row.links[link] = target

    def _add_children(self, row: Row, raw: dict[str, Any], depth: int) -> None:
        for key, (name, link) in row.table.children.items():
            value = raw.get(key)
            if value in (None, "", [], {}):
                continue
            for position, item in enumerate(value if isinstance(value, list) else [value]):
                child = self._anchored(item, name, row)
                links: Links = {link: row.id} if link else {}
                added = self._add(tables()[name], child, links, f"{row.id}:{key}:{position}", depth + 1)
                if added is not None:
                    added.position = position

    def _anchored(self, item: Any, name: str, row: Row) -> Any:
        """Say to an attribute or metadata row what it hangs on; its place in the record is the truth."""
        if name not in ANCHORS or not isinstance(item, dict):
            return item
        id_column, kind_column = ANCHORS[name]
        if name == "metadata" and item.get(id_column):
            return item
        return {**item, id_column: row.id, kind_column: row.table.name}

    def _merged(self, row: Row) -> Row:
        """Join what two places in the record say about one object."""
        known = self._rows.get(row.key)
        if known is None:
            self._rows[row.key] = row
            return row
        clash = clashing_link(known, row.links)
        if clash and not row.table.shared:
            return self._merged(copied(row, clash, self._record.problems))
        join(known, row, self._record.problems)
        return known

    def _share_organization(self) -> None:
        """Give a program that is nested in a service the organization of that service."""
        for row in list(self._rows.values()):
            program = self._rows.get(("program", row.links.get("program_id") or ""))
            if row.table.name == "service" and program and row.links.get("organization_id"):
                program.links.setdefault("organization_id", row.links["organization_id"])


def clashing_link(known: Row, links: Mapping[str, str | None]) -> str:
    """Name a link that already leads elsewhere; "" when there is none."""
    for column, target in links.items():
        if target and known.links.get(column) not in (None, target):
            return column
    return ""


def copied(row: Row, clash: str, problems: list[Problem]) -> Row:
    """Give an object that hangs on two things a second id, so that neither loses it."""
    copy = Row(row.table, copy_id(row, clash), row.number)
    copy.values, copy.links, copy.extra = row.values, row.links, row.extra
    copy.as_given, copy.mended, copy.embedded = {**row.as_given, "id": plain(row.id)}, True, row.embedded
    copy.position = row.position
    problems.append(row.problem("id", _("This id hangs on two different things; the second got an id of its own.")))
    return copy


def copy_id(row: Row, clash: str) -> str:
    """Make the id of the copy that hangs on the target of `clash`."""
    return made_id(row.table.name, row.id, clash, row.links[clash])


def join(known: Row, row: Row, problems: list[Problem]) -> None:
    """Add to a row what another place says about it; where they differ, the first stays."""
    for column, value in row.values.items():
        stated = known.values.get(column)
        if stated in ("", None):
            known.values[column] = value
            _take_original(known, row, column, is_filled=value not in ("", None))
        elif value not in ("", None, stated):
            reason = _("The same object is given twice with different content; the first counts.")
            problems.append(row.problem(column, reason))
    for column, target in row.links.items():
        if target and not known.links.get(column):
            known.links[column] = target
    known.extra = {**row.extra, **known.extra}
    apart = row.as_given.keys() - row.values.keys()
    lacking = {name: row.as_given[name] for name in apart if known.values.get(name) in ("", None)}
    known.as_given = {**lacking, **known.as_given}
    known.mended |= row.mended
    known.embedded &= row.embedded


def _take_original(known: Row, row: Row, column: str, *, is_filled: bool) -> None:
    """Keep the original beside a value that was taken; one that came to nothing goes once another place fills it."""
    if is_filled:
        known.as_given.pop(column, None)
    if column in row.as_given:
        known.as_given.setdefault(column, row.as_given[column])

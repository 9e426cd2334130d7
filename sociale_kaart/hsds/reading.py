"""From files to entries: each one record in the form of the source, with what it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sociale_kaart.hsds.csvrows import CsvRow, rows
from sociale_kaart.hsds.jsonitems import PAGE, Item, items
from sociale_kaart.hsds.kinds import collection_of, table_named, table_of, unknown_lists
from sociale_kaart.hsds.legacy import Adapter
from sociale_kaart.hsds.nested import Record, nested, single
from sociale_kaart.hsds.planning import Plan, TableFile, files
from sociale_kaart.hsds.repeats import Repeats
from sociale_kaart.hsds.report import Problem
from sociale_kaart.hsds.rows import Shaper, clean_id
from sociale_kaart.hsds.run import Run
from sociale_kaart.hsds.sources import UnreadableError
from sociale_kaart.hsds.tables import Table

DOCUMENTS = "documents"
API_ROOT = {"version", "profile", "openapi_url"}
REPORT = {"read", "records", "problems"}


@dataclass(slots=True)
class Entry:
    """One record as the source gives it."""

    table: Table | None
    raw: Any
    number: int
    is_row: bool = False
    foreign: bool = False
    remarks: list[str] = field(default_factory=list)
    fault: str = ""
    adapter: Adapter | None = None

    @property
    def key(self) -> int | None:
        """Give a hash of what this record is about, the same for each record about it; nothing when unknown."""
        given = self.raw.get("id") if isinstance(self.raw, dict) else None
        if not self.table or self.adapter or not given:
            return None
        return hash((self.table.name, clean_id(given, self.table.name)))

    def record(self, shaper: Shaper) -> Record:
        """Make rows of it. What cannot be read becomes a record with a refusal."""
        if self.table is None or self.fault:
            name = self.table.name if self.table else ""
            reason = self.fault or _("The fields do not show what kind of object this is.")
            given = self.raw.get("id", "") if isinstance(self.raw, dict) else ""
            problem = Problem(name, str(given)[:100], self.number, "", reason, rejected=True)
            return Record(name, self.number, refusal=problem)
        if self.adapter:
            record = nested(shaper, self.table, self.adapter(self.raw), self.number)
        else:
            record = (single if self.is_row else nested)(shaper, self.table, self.raw, self.number)
        if record.root and (self.foreign or self.remarks):
            record.root.mended = True
            record.problems += [record.root.problem("", remark) for remark in self.remarks]
        return record


@dataclass
class Size:
    """What the first pass found: how many records, and which come more than once."""

    total: int = 0
    repeats: Repeats = field(default_factory=Repeats)

    def see(self, key: int | None) -> None:
        """Count one record."""
        self.repeats.see(key, self.total)
        self.total += 1


def survey(run: Run, plan: Plan) -> dict[str, Size]:
    """Go through the whole source once, without writing. Raises UnreadableError."""
    sizes: dict[str, Size] = {}
    for table, parts in files(plan):
        size = sizes[table.name] = Size()
        for entry in table_entries(run, table, parts, is_survey=True):
            size.see(entry.key)
        size.repeats.seen()
    if plan.documents:
        sizes[DOCUMENTS] = _survey_documents(run, plan, has_tables=bool(sizes))
    return sizes


def _survey_documents(run: Run, plan: Plan, *, has_tables: bool) -> Size:
    size, has_list, recognised = Size(), False, 0
    for part, hint in plan.documents:
        for item in items(part):
            has_list |= item.table == PAGE
            for entry in _entries_of(item, hint, []):
                recognised += entry.table is not None and not entry.fault
                size.see(entry.key)
    if not (has_tables or recognised or (has_list and not size.total)):
        raise UnreadableError(_("Nothing in this source looks like HSDS."))
    return size


def table_entries(run: Run, table: Table, parts: list[TableFile], *, is_survey: bool = False) -> Iterator[Entry]:
    """Give the rows of one table, from one file or more."""
    for file in parts:
        foreign = 0
        with file.part.open() as stream:
            for row in rows(stream):
                foreign += row.foreign
                yield _entry_of_row(table, row, file.adapter)
        if foreign and not is_survey:
            run.report.tell([_foreign_rows(table, foreign)])


def _entry_of_row(table: Table, row: CsvRow, adapter: Adapter | None) -> Entry:
    return Entry(table, row.cells, row.number, True, row.foreign, row.remarks, row.fault, adapter)


def _foreign_rows(table: Table, count: int) -> Problem:
    reason = ngettext(
        "The file is not in UTF-8: %(count)d row was read as Windows-1252.",
        "The file is not in UTF-8: %(count)d rows were read as Windows-1252.",
        count,
    ) % {"count": count}
    return Problem(table.name, "", None, "", reason)


def document_entries(run: Run, plan: Plan) -> Iterator[Entry]:
    """Give the records of all JSON files."""
    for part, hint in plan.documents:
        remarks: list[Problem] = []
        page: dict[str, Any] = {}
        count, foreign, name = 0, False, hint.name if hint else part.path.stem
        for item in items(part):
            foreign |= item.foreign
            if item.table == PAGE:
                page = item.value or page
            for entry in _entries_of(item, hint, remarks):
                count += 1
                yield entry
        remarks += [*_page_remarks(name, page, count), *_unknown(page)]
        if foreign:
            reason = _("The file is not in UTF-8, as JSON must be; it was read as Windows-1252.")
            remarks.append(Problem(name, "", None, "", reason))
        run.report.tell(remarks)


def _entries_of(item: Item, hint: Table | None, remarks: list[Problem]) -> Iterator[Entry]:
    """Give the records in one item: itself, or those of a box of tables."""
    if item.table == PAGE:
        return
    if item.table:
        yield from _entries_of_table(item, remarks)
    elif box := collection_of(item.value):
        remarks += _unknown(item.value)
        for kind, values in box:
            for number, value in enumerate(values, start=1):
                yield Entry(kind, value, number, foreign=item.foreign)
    elif isinstance(item.value, dict) and API_ROOT & set(item.value) and "name" not in item.value:
        reason = _("This file describes an API; it holds no objects.")
        remarks.append(Problem("", "", None, "", reason))
    elif isinstance(item.value, dict) and set(item.value) >= REPORT:
        remarks.append(Problem("", "", None, "", _("This is the report of an import; it holds no objects.")))
    else:
        table = hint if item.fault else table_of(item.value, hint)
        yield Entry(table, item.value, item.number, foreign=item.foreign, fault=item.fault)


def _unknown(record: dict[str, Any]) -> list[Problem]:
    reason = _("HSDS does not know this list; it was not read.")
    return [Problem(name, "", None, "", reason) for name in unknown_lists(record)]


def _entries_of_table(item: Item, remarks: list[Problem]) -> Iterator[Entry]:
    table = table_named(item.table)
    if table is None:
        reason = _("This programme keeps no such objects; the file was not read.")
        remarks.append(Problem(item.table.removesuffix(".csv"), "", None, "", reason))
        return
    yield Entry(table, item.value, item.number, foreign=item.foreign)


def _page_remarks(name: str, page: dict[str, Any], count: int) -> list[Problem]:
    """Compare what a page says of itself with what is in it."""
    total, last = page.get("total_items"), page.get("last_page")
    if not isinstance(total, int) or total == count:
        return []
    facts = {"total": total, "count": count}
    if total > count and last is False:
        reason = _("This is one page of %(total)s objects: %(count)s are in this file, the others are not.") % facts
    else:
        reason = _("The page says that it holds %(total)s objects; there are %(count)s.") % facts
    return [Problem(name, "", None, "total_items", reason)]

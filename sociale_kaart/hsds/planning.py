"""What a source holds: which file is which table, which files are JSON, and what is left alone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from sociale_kaart.hsds.csvrows import columns_of
from sociale_kaart.hsds.kinds import WITHOUT_ROOM, table_hinted, table_named
from sociale_kaart.hsds.legacy import Adapter, Owners, adapter_of
from sociale_kaart.hsds.report import Problem
from sociale_kaart.hsds.sources import Part, Source, UnreadableError
from sociale_kaart.hsds.tables import Table, tables

PACKAGE = "datapackage.json"
SEPARATED = {".csv", ".tsv", ".txt"}
LARGEST_PACKAGE = 4 * 1024 * 1024
# Words beside the data, such as a licence: nobody expects them to be read.
PAPERS = {"", ".md"}


@dataclass
class TableFile:
    """One CSV file, and how its rows become rows of today when it has an older form."""

    part: Part
    adapter: Adapter | None = None


@dataclass
class Plan:
    """What will be read, in which order, and what will not."""

    tables: dict[str, list[TableFile]] = field(default_factory=dict)
    documents: list[tuple[Part, Table | None]] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    owners: Owners = field(default_factory=dict)


def planned(source: Source) -> Plan:
    """Decide what to read. Raises UnreadableError when nothing looks like HSDS."""
    plan = Plan()
    plan.remarks += [_left(name, _("The name of this file is not safe; it was not read.")) for name in source.unsafe]
    plan.remarks += [
        _left(name, _("This is no CSV, JSON or NDJSON file; it was not read."))
        for name in source.others
        if PurePosixPath(name).suffix.lower() not in PAPERS
    ]
    package = _package(source, plan)
    chosen, others = _chosen(source, package)
    for part in chosen:
        if part.path.suffix.lower() in SEPARATED:
            _plan_table(plan, part, package)
        elif part.path.name != PACKAGE:
            plan.documents.append((part, table_hinted(part.path.stem)))
    plan.remarks += [_left(part.name, _("This file lies in another folder; it was not read.")) for part in others]
    if plan.tables:
        _leave_unnamed(plan)
    plan.documents.sort(key=lambda document: document[1].rank if document[1] else -1)
    if not plan.tables and not plan.documents:
        raise UnreadableError(_("There are no HSDS tables or JSON files here."))
    return plan


def _leave_unnamed(plan: Plan) -> None:
    """Beside tables, read only those JSON files that are named after an object."""
    unnamed = [part for part, table in plan.documents if table is None]
    plan.remarks += [_left(part.name, _("HSDS does not know this file; it was not read.")) for part in unnamed]
    plan.documents = [(part, table) for part, table in plan.documents if table is not None]


def _left(name: str, reason: str) -> Problem:
    return Problem(name, "", None, "", reason)


def _package(source: Source, plan: Plan) -> dict[str, str]:
    """Read from a data package which file is which table."""
    part = min((part for part in source.parts if part.path.name == PACKAGE), key=lambda part: part.name, default=None)
    if part is None or part.size > LARGEST_PACKAGE:
        return {}
    try:
        with part.open() as stream:
            resources = json.loads(stream.read())["resources"]
        return {
            str(part.path.parent / resource["path"]): resource["name"]
            for resource in resources
            if isinstance(resource["path"], str)
        }
    except (ValueError, KeyError, TypeError):
        plan.remarks.append(_left(PACKAGE, _("The data package cannot be read; the names of the files were used.")))
        return {}


def _is_data(part: Part, package: dict[str, str]) -> bool:
    if part.path.suffix.lower() in SEPARATED:
        return part.name in package or table_named(part.path.stem) is not None
    return part.path.name != PACKAGE


def _chosen(source: Source, package: dict[str, str]) -> tuple[list[Part], list[Part]]:
    """Take the files of the folder that lies highest and holds data, with those that the package names."""
    if len(source.parts) == 1:
        return source.parts, []
    data = [part for part in source.parts if _is_data(part, package)]
    folder = min((part.path.parent for part in data), key=lambda path: (len(path.parts), str(path)), default=None)
    chosen = [part for part in source.parts if part.path.parent == folder or part.name in package]
    return chosen, [part for part in data if part not in chosen]


def _plan_table(plan: Plan, part: Part, package: dict[str, str]) -> None:
    with part.open() as stream:
        columns = columns_of(stream)
    stem = table_named(package.get(part.name, "")) or part.path.stem
    name = stem.name if isinstance(stem, Table) else stem.lower().replace("-", "_")
    adapter = adapter_of(name, columns, plan.owners)
    table = tables()[adapter.table] if adapter else (table_named(name) or table_hinted(name))
    if table is None:
        if part.path.suffix.lower() != ".txt":
            plan.remarks.append(_left(part.path.stem, _no_room(name)))
    elif not columns:
        plan.remarks.append(_left(part.path.stem, _("The file is empty.")))
    elif not adapter and not any(table.knows(column) for column in columns):
        plan.remarks.append(_left(part.path.stem, _("The first row of this file names no columns of HSDS.")))
    else:
        plan.tables.setdefault(table.name, []).append(TableFile(part, adapter))


def _no_room(name: str) -> str:
    if name in WITHOUT_ROOM:
        return _("This programme keeps no such objects; the file was not read.")
    return _("HSDS does not know this file; it was not read.")


def files(plan: Plan) -> Iterable[tuple[Table, list[TableFile]]]:
    """Give the tables in the order of writing."""
    for table in tables().values():
        if table.name in plan.tables:
            yield table, plan.tables[table.name]

"""The import from beginning to end.

One unit of the counts is one HSDS object: an organization, a service, a phone … A row of a table is one object; a JSON
record is as many objects as hang on it, each counted once per record. Every object that was looked at is `created`,
`changed`, `unchanged` or `rejected`, and `read` is their sum. A record that is rejected counts as one object, whatever
hung on it; each rejected object has exactly one problem with `rejected: true`. `mended` counts the objects that were
taken after a repair, besides their outcome. `records` counts rows, lines or list items, empty ones left out.

What a source does not name is not touched, an import never deletes, and the network's own layer is never overwritten.
A first pass counts, finds repeats and proves that the source can be read; only then is anything written.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import transaction

from core.progress import progress
from sociale_kaart.hsds import reading
from sociale_kaart.hsds.nested import Record
from sociale_kaart.hsds.planning import Plan, files, planned
from sociale_kaart.hsds.reading import Entry
from sociale_kaart.hsds.repeats import Repeats
from sociale_kaart.hsds.report import Report
from sociale_kaart.hsds.run import Run
from sociale_kaart.hsds.settling import settle
from sociale_kaart.hsds.sources import opened
from sociale_kaart.hsds.tables import tables
from sociale_kaart.hsds.telling import tell
from sociale_kaart.hsds.writing import write

ROWS_PER_BATCH = 1000
OBJECTS_PER_BATCH = 2000
MOST_ROUNDS = 10


def import_hsds(path: Path, *, source: str = "", dry_run: bool = False, out: TextIO | None = None) -> Report:
    """Read an HSDS source into the catalogue. Raises UnreadableError before anything is written."""
    with opened(path, settings.IMPORT_MAX_BYTES) as found:
        plan = planned(found)
        run = Run(source or found.name)
        run.report.tell(plan.remarks)
        if dry_run:
            with transaction.atomic():
                _read_all(run, plan, out)
                transaction.set_rollback(True)
        else:
            try:
                _read_all(run, plan, out)
            finally:
                tell(run.touched)
    return run.report


def _read_all(run: Run, plan: Plan, out: TextIO | None) -> None:
    """Make the first pass over everything, then write table by table and document by document."""
    sizes = reading.survey(run, plan)
    for table, parts in files(plan):
        size = sizes[table.name]
        entries = progress(reading.table_entries(run, table, parts), total=size.total, what=table.name, out=out)
        _write_all(run, _records(run, entries, size.repeats), final=True)
    if plan.documents:
        size = sizes[reading.DOCUMENTS]
        run.own = size.repeats.seen()
        entries = progress(reading.document_entries(run, plan), total=size.total, what="JSON", out=out)
        _write_all(run, _records(run, entries, size.repeats), final=False)
        _write_waiting(run)
    settle(run)


def _records(run: Run, entries: Iterable[Entry], repeats: Repeats) -> Iterator[Record]:
    for ordinal, entry in enumerate(entries):
        run.report.records += 1
        yield from repeats.pass_on(entry.key, ordinal, entry.record(run.shaper))


def _write_all(run: Run, records: Iterable[Record], *, final: bool) -> None:
    batch: list[Record] = []
    objects = 0
    for record in records:
        batch.append(record)
        objects += len(record.rows)
        if len(batch) >= ROWS_PER_BATCH or objects >= OBJECTS_PER_BATCH:
            write(run, batch, final=final)
            batch, objects = [], 0
    if batch:
        write(run, batch, final=final)


def _write_waiting(run: Run) -> None:
    """Write the records that lean on something later in the source; among them, again, who leans on another first."""
    for _round in range(MOST_ROUNDS):
        waiting = _taken(run)
        _write_all(run, waiting, final=False)
        if len(run.waiting) == len(waiting):
            break
    _write_all(run, _taken(run), final=True)


def _taken(run: Run) -> list[Record]:
    waiting, run.waiting = run.waiting, []
    return sorted(waiting, key=lambda record: tables()[record.table].rank)

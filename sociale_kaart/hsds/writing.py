"""Writing records in batches: all rows of a record or none, new rows and changed rows in bulk."""

from collections.abc import Iterable
from typing import Any

from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from sociale_kaart.hsds.applying import apply, is_same_elsewhere
from sociale_kaart.hsds.nested import Record, clashing_link, copied
from sociale_kaart.hsds.report import Problem, Tally
from sociale_kaart.hsds.rows import Row
from sociale_kaart.hsds.run import Key, Loose, Run
from sociale_kaart.hsds.tables import Table, tables
from sociale_kaart.hsds.telling import Touched, chunked
from sociale_kaart.models import Location


def write(run: Run, records: list[Record], *, final: bool = True) -> None:
    """Write records; when the database refuses a batch, each record by itself, so that only the bad one is lost."""
    batch = Batch(run, records, final=final)
    try:
        with transaction.atomic():
            batch.work()
    except (IntegrityError, DataError):
        if len(records) > 1:
            for record in records:
                write(run, [record], final=final)
            return
        batch = Batch(run, [], final=final)
        reason = _("The database refuses this record.")
        batch.refuse(records[0], Problem(*records[0].key, records[0].number, "", reason, rejected=True))
    batch.remember()


class Batch:
    """Some records, the objects they are about, and what comes of them. Holds its outcome until it is committed."""

    def __init__(self, run: Run, records: list[Record], *, final: bool) -> None:
        self.run = run
        self.records = records
        self.final = final
        self.tally = Tally()
        self.touched = Touched()
        self.spoken: set[int] = set()
        self.loose: list[Loose] = []
        self.waiting: list[Record] = []
        self.done: set[int] = set()
        self.objects: dict[Key, models.Model] = {}
        self.known: set[Key] = set()
        self.fresh: dict[Key, models.Model] = {}
        self.dirty: dict[Key, models.Model] = {}
        self.municipalities: dict[str, str] = {}

    def work(self) -> None:
        """Do everything that touches the database."""
        self._load()
        for record in self.records:
            self._write(record)
        self._save()

    def remember(self) -> None:
        """Hand the outcome to the run, after the batch was committed."""
        self.run.report.take(self.tally)
        self.run.touched.add(self.touched)
        self.run.spoken |= self.spoken
        self.run.loose += self.loose
        self.run.waiting += self.waiting
        self.run.done |= self.done

    def has_spoken(self, key: Key) -> bool:
        """Tell whether this import wrote about the object before."""
        return hash(key) in self.spoken or hash(key) in self.run.spoken

    def _load(self) -> None:
        """Fetch the objects of all rows, and learn which link targets exist."""
        rows: dict[str, set[str]] = {}
        targets: dict[str, set[str]] = {}
        for row in (row for record in self.records for row in record.rows):
            rows.setdefault(row.table.name, set()).add(row.id)
            for column, target in row.links.items():
                if target:
                    targets.setdefault(row.table.links[column], set()).add(target)
        for name, ids in rows.items():
            for obj in _fetched(tables()[name], ids):
                self.objects[name, obj.pk] = obj
        for name, ids in targets.items():
            for chunk in chunked(ids - rows.get(name, set())):
                found = tables()[name].model._default_manager.filter(pk__in=chunk).order_by()
                self.known.update((name, pk) for pk in found.values_list("pk", flat=True))

    def _exists(self, key: Key) -> bool:
        return key in self.objects or key in self.known

    def object_of(self, row: Row) -> models.Model | None:
        """Give the object of a row, as it is or will be in the database."""
        return self.objects.get(row.key)

    def _write(self, record: Record) -> None:
        if record.refusal:
            self.refuse(record, record.refusal)
            return
        accepted, refused = self._judged(record)
        fault = next((problem for row, problem in refused if row is record.root), None)
        if not self.final and (fault or self._leans_on_later(record)):
            self.waiting.append(record)
            return
        self.done.add(hash(record.key))
        if fault:
            self.refuse(record, fault)
            return
        if refused and not self.final:
            self.waiting.append(Record(record.table, record.number, [row for row, _problem in refused]))
            refused = []
        self.tally.problems += [*record.problems, *(problem for _row, problem in refused)]
        self.tally.counts["rejected"] += record.rejected_parts + len(refused)
        self.tally.counts["unchanged"] += max(0, record.given - len(record.rows))
        renamed: dict[Key, str] = {}
        for row, links in accepted:
            self._apply(row, links, renamed)

    def _leans_on_later(self, record: Record) -> bool:
        """Tell whether it cannot be without an object that has a record of its own further on, the same in each run."""
        if record.root is None:
            return False
        root, here = record.root, {row.key for row in record.rows if not row.missing()}
        needed = {(root.table.links[column], root.links.get(column)) for column in root.table.needs}
        later = (hash(key) for key in needed - here if hash(key) in self.run.own)
        return any(key not in self.done and key not in self.run.done for key in later)

    def refuse(self, record: Record, problem: Problem) -> None:
        """Count a record that is not written as one, each that was joined into it too; tell its other problems."""
        self.tally.problems += [other._replace(rejected=False) for other in record.problems]
        places = [*record.earlier, problem.row]
        self.tally.problems += [problem._replace(row=place) for place in places]
        self.tally.counts["rejected"] += len(places)

    def _judged(self, record: Record) -> tuple[list[tuple[Row, dict[str, str | None]]], list[tuple[Row, Problem]]]:
        """Decide which rows can stand: what a row needs must exist or be accepted before it."""
        alive: set[Key] = set()
        accepted, refused = [], []
        for row in record.rows:
            there = {
                column: target for column, target in row.links.items()
                if target is None or (row.table.links[column], target) in alive
                or self._exists((row.table.links[column], target))
            }  # fmt: skip
            if problem := self._fault(row, there):
                refused.append((row, problem))
            else:
                alive.add(row.key)
                accepted.append((row, there))
        return accepted, refused

    def _fault(self, row: Row, there: dict[str, str | None]) -> Problem | None:
        is_known = row.key in self.objects
        for column in sorted(row.table.needs):
            if column in row.links and column not in there:
                reason = _("The %(object)s to which this belongs does not exist.") % {"object": row.table.links[column]}
                return row.problem(column, reason, rejected=True)
            if there.get(column) is None and (column in there or not is_known):
                reason = _("It is not said to which %(object)s this belongs.") % {"object": row.table.links[column]}
                return row.problem(column, reason, rejected=True)
        if not is_known and (missing := row.missing()):
            return row.problem(
                missing[0], _("The field “%(field)s” is missing.") % {"field": missing[0]}, rejected=True
            )
        return None

    def _apply(self, row: Row, there: dict[str, str | None], renamed: dict[Key, str]) -> None:
        links = {
            column: renamed.get((row.table.links[column], target or ""), target) for column, target in there.items()
        }
        self._hang(row, links)
        nowhere = {column: target for column, target in row.links.items() if target and column not in links}
        if row.guess and nowhere.pop(row.guess, None) is None:
            row.values["link_entity"] = "service"
        row = self._apart(row, links, renamed)
        links |= dict.fromkeys(nowhere)
        self.loose += [Loose(row.table, row.id, column, target, row.number) for column, target in nowhere.items()]
        as_given = {**row.as_given, **nowhere}
        outcome = apply(self, row, links, as_given)
        self.tally.counts[outcome] += 1
        self.tally.counts["mended"] += row.mended
        if row.embedded:
            self.spoken.add(hash(row.key))

    def _hang(self, row: Row, links: dict[str, str | None]) -> None:
        """Hang a row under another one of its kind; a link that closes a circle waits until all others are made."""
        for column in row.table.upward:
            target = links.get(column)
            if target and self.run.lineage.closes_a_circle(row.table, column, row.id, target):
                del links[column]
            if column in row.links:
                self.run.lineage.hang(row.table, column, row.id, links.get(column))

    def _apart(self, row: Row, links: dict[str, str | None], renamed: dict[Key, str]) -> Row:
        """Give the copy of a row when its id already hangs on something else; see `nested.copied`."""
        obj = self.object_of(row)
        if obj is None or row.table.shared or not row.embedded:
            return row
        there = Row(row.table, row.id, row.number, links={name: getattr(obj, name) for name in row.table.links})
        clash = clashing_link(there, links)
        if not clash:
            return row
        other = Row(row.table, row.id, row.number, row.values, links, row.extra, row.as_given, embedded=True)
        problems: list[Problem] = []
        copy = copied(other, clash, problems)
        if not is_same_elsewhere(self, copy) and not self.has_spoken(row.key):
            return row
        self.tally.problems += problems
        renamed[row.key] = copy.id
        return copy

    def fetch(self, row: Row) -> models.Model | None:
        """Fetch one object that was not foreseen."""
        if row.key not in self.objects:
            for obj in _fetched(row.table, {row.id}):
                self.objects[row.key] = obj
        return self.objects.get(row.key)

    def put(self, row: Row, obj: models.Model, *, is_new: bool) -> None:
        """Have an object written at the end of the batch."""
        self.objects[row.key] = obj
        if is_new:
            self.fresh[row.key] = obj
        elif row.key not in self.fresh:
            self.dirty[row.key] = obj
        self.touched.note(row.table.name, obj, is_new=is_new)

    def _save(self) -> None:
        for table in tables().values():
            _create(table, [obj for (name, _id), obj in self.fresh.items() if name == table.name])
            save(table, [obj for (name, _id), obj in self.dirty.items() if name == table.name])
        for nis in set(self.municipalities.values()):
            ids = [pk for pk, found in self.municipalities.items() if found == nis]
            for chunk in chunked(ids):
                Location.objects.filter(pk__in=chunk, municipality=None).update(municipality_id=nis)


def _fetched(table: Table, ids: Iterable[str]) -> list[Any]:
    return [obj for chunk in chunked(list(ids)) for obj in table.model._default_manager.filter(pk__in=chunk).order_by()]


def _create(table: Table, objects: list[Any]) -> None:
    if objects:
        table.model._default_manager.bulk_create(objects)


def save(table: Table, objects: list[Any]) -> None:
    """Write changed objects in bulk; only the fields of an import, whatever else the row holds."""
    if objects:
        table.model._default_manager.bulk_create(
            objects, update_conflicts=True, unique_fields=["id"], update_fields=table.written
        )

"""After the last row: links that could not be made when their row came by."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sociale_kaart.hsds.report import Problem
from sociale_kaart.hsds.rows import AS_GIVEN
from sociale_kaart.hsds.run import Loose, Run
from sociale_kaart.hsds.tables import tables
from sociale_kaart.hsds.telling import CHUNK
from sociale_kaart.hsds.writing import save


def settle(run: Run) -> None:
    """Make the links whose target has come in the meantime; report those that still lead nowhere."""
    for start in range(0, len(run.loose), CHUNK):
        chunk = run.loose[start : start + CHUNK]
        there = _existing(chunk)
        run.report.tell(_nowhere(loose) for loose in chunk if loose.goal not in there)
        found = [loose for loose in chunk if loose.goal in there]
        circles = [loose for loose in found if not _hung(run, loose)]
        run.report.tell(map(_circle, circles))
        _link(run, [loose for loose in found if loose not in circles])


def _existing(chunk: list[Loose]) -> set[tuple[str, str]]:
    wanted: dict[str, set[str]] = {}
    for loose in chunk:
        wanted.setdefault(loose.table.links[loose.column], set()).add(loose.target)
    return {
        (name, pk)
        for name, ids in wanted.items()
        for pk in tables()[name].model._default_manager.filter(pk__in=ids).values_list("pk", flat=True)
    }


def _nowhere(loose: Loose) -> Problem:
    facts = {"object": loose.table.links[loose.column], "id": loose.target}
    reason = _("The %(object)s “%(id)s” does not exist; the link stays empty.") % facts
    return Problem(loose.table.name, loose.id, loose.number, loose.column, reason)


def _hung(run: Run, loose: Loose) -> bool:
    """Hang a row under another one of its kind, unless that one already hangs under it."""
    if loose.column not in loose.table.upward:
        return True
    if run.lineage.closes_a_circle(loose.table, loose.column, loose.id, loose.target):
        return False
    run.lineage.hang(loose.table, loose.column, loose.id, loose.target)
    return True


def _circle(loose: Loose) -> Problem:
    reason = _("“%(id)s” already lies under this one; the link stays empty.") % {"id": loose.target}
    return Problem(loose.table.name, loose.id, loose.number, loose.column, reason)


@transaction.atomic
def _link(run: Run, found: list[Loose]) -> None:
    """Fill the links of one chunk, and drop the ids that were kept for want of a target."""
    for table in {loose.table for loose in found}:
        mine = [loose for loose in found if loose.table is table]
        objects: dict[str, Any] = table.model._default_manager.in_bulk([loose.id for loose in mine])
        for loose in mine:
            obj = objects.get(loose.id)
            if obj is None:
                continue
            setattr(obj, loose.column, loose.target)
            obj.extra = _without(obj.extra, loose.column)
            run.touched.note(table.name, obj, is_new=False)
        save(table, list(objects.values()))


def _without(extra: dict[str, Any], column: str) -> dict[str, Any]:
    originals = dict(extra.get(AS_GIVEN) or {})
    originals.pop(column, None)
    rest = {name: value for name, value in extra.items() if name != AS_GIVEN}
    return {**rest, AS_GIVEN: originals} if originals else rest

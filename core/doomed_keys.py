"""When a key goes: never before the commit that wants it gone, always after it, and nothing is left lying about.

A crash may fall between any two of these steps; the next of them, the clock or the night makes up for it:

    give   1. the key lies in the store       2. the row that names it is committed
    take   1. DoomedKey and the emptied row are committed       2. the id is on the list of destroyed keys
           3. the key is gone from the store, then from the copies     4. DoomedKey is deleted
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from core import destroyed_keys, durable, keystore
from core.key_copies import Watch, unwatched
from core.key_reference import key_references
from core.models import DoomedKey

# A key without a row is given this long: an older backup may have been put back by mistake.
ORPHAN_DAYS = 7
# What a killed process left half written.
STALE = timedelta(days=1)
BATCH = 500


def doom(key_id: UUID | None) -> None:
    """Have a key destroyed as soon as this transaction is committed, and remember that it must be."""
    if key_id is None:
        return
    DoomedKey.objects.bulk_create([DoomedKey(key_id=key_id)], ignore_conflicts=True)
    transaction.on_commit(destroy_doomed, robust=True)


def destroy_doomed() -> int:
    """Destroy every key of which a committed row says so; safe at any moment and in several processes."""
    waiting = list(DoomedKey.objects.order_by("doomed_at").values_list("key_id", flat=True))
    for key_id in waiting:
        keystore.destroy(key_id)
        DoomedKey.objects.filter(pk=key_id).delete()
    return len(waiting)


def apply_list(watch: Watch = unwatched) -> int:
    """Let nothing live that stands on the list of destroyed keys, wherever it came from. Give how many rows close."""
    destroyed = destroyed_keys.listed()
    for folder in (*keystore.copies(), keystore.root()):
        for key_id in watch(list(keystore.ids(folder))):
            if key_id in destroyed:
                with keystore.locked():
                    durable.shred(keystore.file_of(key_id, folder))
    return close_rows(destroyed)


def close_rows(destroyed: dict[UUID, datetime]) -> int:
    """Empty the rows whose key was destroyed, as they were emptied the first time."""
    closed = 0
    for model, field in key_references():
        named = model._base_manager.exclude(**{field.name: None}).values_list(field.name, flat=True)
        for key_id in [key_id for key_id in named if key_id in destroyed]:
            changes: dict[str, object] = {field.name: None, **dict.fromkeys(field.empties, "")}
            if field.stamps:
                changes[field.stamps] = destroyed[key_id]
            closed += model._base_manager.filter(**{field.name: key_id}).update(**changes)
    return closed


def referred() -> set[UUID]:
    """Give every key that a row names."""
    found: set[UUID] = set()
    for model, field in key_references():
        found.update(model._base_manager.exclude(**{field.name: None}).values_list(field.name, flat=True))
    return found


def sweep_orphans() -> int:
    """Destroy keys that no row has named for a week: the transaction that made them never came to an end."""
    orphans, marks = _orphans(), keystore.root() / "orphans"
    for mark in marks.glob("*"):
        if UUID(mark.name) not in orphans:
            mark.unlink()
    return sum(_sweep_one(key_id, marks / str(key_id)) for key_id in sorted(orphans))


def _orphans() -> set[UUID]:
    """Read the store first and the rows after it: a key made meanwhile is then not seen as an orphan."""
    kept = set(keystore.ids())
    return kept - referred()


def _sweep_one(key_id: UUID, mark: Path) -> int:
    """Mark an orphan the first time, destroy it a week later."""
    if not mark.exists():
        durable.write(mark, b"")
        return 0
    if time.time() - mark.stat().st_mtime < timedelta(days=ORPHAN_DAYS).total_seconds():
        return 0
    keystore.destroy(key_id)
    mark.unlink()
    return 1


def sweep_halves(folders: Iterable[Path]) -> int:
    """Take away what a killed process left half written."""
    before = time.time() - STALE.total_seconds()
    halves = [half for folder in folders for half in folder.rglob(f"{durable.ASIDE}*") if half.is_file()]
    return sum(durable.shred(half) for half in halves if half.stat().st_mtime < before)

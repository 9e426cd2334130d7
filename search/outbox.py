"""Carries changes of the catalogue to an index: written with the change, read afterwards, safe to repeat."""

import json
import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from search.models import Change

BATCH = 500
# A transaction that got its number early may commit late: numbers younger than this are looked at again.
SETTLED = timedelta(seconds=60)


class Cursor:
    """How far one index has read, kept beside its files so that a copied folder stays right.

    Every change up to `position` was read; above it, those in `done`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> tuple[int, set[int]]:
        """Give the position (0 when there is no file) and the numbers above it that were read."""
        try:
            stored = json.loads(self._file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0, set()
        return stored["position"], set(stored["done"])

    def start_at(self, position: int) -> None:
        """Note that a new index has seen everything up to here."""
        self._write(position, set())

    def advance(self, changes: Iterable[Change]) -> None:
        """Remember that these were read."""
        position, done = self.read()
        done.update(change.pk for change in changes)
        settled = timezone.now() - SETTLED
        old = [change.pk for change in changes if change.at < settled]
        position = max([position, *old])
        self._write(position, {number for number in done if number > position})

    def _write(self, position: int, done: set[int]) -> None:
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as out:
            json.dump({"position": position, "done": sorted(done)}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(self._file)


def write(service_ids: Iterable[str]) -> int:
    """Write down that these services changed, inside the transaction of the change; return how many."""
    changes = [Change(service_id=service_id) for service_id in dict.fromkeys(service_ids)]
    Change.objects.bulk_create(changes, batch_size=BATCH)
    return len(changes)


def latest_change() -> int:
    """Give the number of the newest change."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def waiting(cursor: Cursor) -> list[Change]:
    """Give the next batch that this index has not read."""
    position, done = cursor.read()
    return [change for change in Change.objects.after(position)[: BATCH + len(done)] if change.pk not in done]


def lost_track(cursor: Cursor) -> bool:
    """Whether changes that this index needs are gone, or the database is another one than it was made from."""
    position, _done = cursor.read()
    if position > latest_change():
        return True
    oldest = Change.objects.order_by("pk").values_list("pk", flat=True).first()
    # Numbers are also lost when a transaction is rolled back; a small gap is no reason to build anew.
    return oldest is not None and oldest - position > BATCH

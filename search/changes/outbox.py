"""Carries changes of the catalogue to an index: written with the change, read afterwards, safe to repeat."""

import json
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone

from search.models import Change
from search.models.changes import ChangeQuerySet
from search.models.numbers import Numbers

BATCH = 500
# More than this is read in several goes, so that memory stays small.
MOST_AT_ONCE = 20_000
# A transaction that got its number early may commit late: numbers younger than this are looked at again.
SETTLED = timedelta(seconds=60)


class Waiting(NamedTuple):
    """One change that an index has not read."""

    pk: int
    service_id: str
    at: datetime


class Lag(NamedTuple):
    """How many services wait for an index, and since when."""

    services: int
    since: datetime | None


class Cursor:
    """How far one index has read, kept beside its files so that a copied folder stays right.

    Every change up to the position was read; above it, the numbers that it names.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> tuple[int, Numbers]:
        """Give the position (0 when nothing was kept) and the numbers above it that were read."""
        kept = self._kept()
        return int(kept.get("position", 0)), Numbers(kept.get("read", ()))

    def start_at(self, position: int) -> None:
        """Note that a new index has seen everything up to here."""
        self._keep(position, Numbers())

    def advance(self, changes: Iterable[Waiting]) -> None:
        """Remember that these were read."""
        listed = list(changes)
        position, read = self.read()
        read = read.with_all(change.pk for change in listed)
        # Only what everyone can see by now may be left behind, and only where nothing unread lies below it.
        until = settled()
        settled_here = max((change.pk for change in listed if change.at < until), default=position)
        unread = Change.objects.after(position).outside(read).values_list("pk", flat=True).first()
        position = max(position, min(settled_here, unread - 1 if unread else settled_here))
        self._keep(position, read.above(position))

    def _kept(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._file.read_text(encoding="ascii")))
        except (OSError, ValueError):
            return {}

    def _keep(self, position: int, read: Numbers) -> None:
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as out:
            json.dump({"position": position, "read": read.ranges}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(self._file)


def settled() -> datetime:
    """Give the moment before which no change can still appear: no transaction that writes is as old as that."""
    oldest = timezone.now()
    if connection.vendor == "postgresql":
        # SQLite has one writer at a time; here a long import may commit after many shorter ones with higher numbers.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
            )
            begun = cursor.fetchone()[0]
        oldest = min(oldest, begun) if begun else oldest
    return oldest - SETTLED


def write(service_ids: Iterable[str]) -> int:
    """Write down that these services changed, inside the transaction of the change; return how many."""
    changes = [Change(service_id=service_id) for service_id in dict.fromkeys(service_ids)]
    Change.objects.bulk_create(changes, batch_size=BATCH)
    return len(changes)


def latest_change() -> int:
    """Give the number of the newest change."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def unread(cursor: Cursor) -> ChangeQuerySet:
    """Give all changes that this index has not read, the oldest first."""
    position, read = cursor.read()
    return Change.objects.after(position).outside(read)


def is_waiting(cursor: Cursor) -> bool:
    """Tell whether there is anything that this index has not read; asked before every question."""
    position, read = cursor.read()
    if read.ranges:
        return unread(cursor).exists()
    with connection.cursor() as asking:
        asking.execute(_asking_after(), [position])
        return asking.fetchone() is not None


@cache
def _asking_after() -> str:
    """Give the question to the database as it is sent: putting it together takes longer than the answer."""
    sql, _position = Change.objects.after(0).values_list("pk")[:1].query.sql_with_params()
    return sql


def waiting(cursor: Cursor) -> list[Waiting]:
    """Give what this index has not read, up to a number that fits in memory."""
    rows = unread(cursor).values_list("pk", "service_id", "at")[:MOST_AT_ONCE]
    return [Waiting(*row) for row in rows]


def lag(cursor: Cursor) -> Lag:
    """Tell how far behind an index is."""
    counted = unread(cursor).order_by().aggregate(services=Count("service_id", distinct=True), since=Min("at"))
    return Lag(counted["services"], counted["since"])


def lost_track(cursor: Cursor) -> bool:
    """Whether changes that this index needs are gone, or the database is another one than it was made from."""
    position, _read = cursor.read()
    if position > latest_change():
        return True
    oldest = Change.objects.order_by("pk").values_list("pk", flat=True).first()
    # Numbers are also lost when a transaction is rolled back; a small gap is no reason to build anew.
    return oldest is not None and oldest - position > BATCH

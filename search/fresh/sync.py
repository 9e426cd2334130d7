"""Brings each index in step with the catalogue: that of this node, and that of the server where there is one."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from search.changes import noting, outbox
from search.changes.outbox import Waiting
from search.engines import index
from search.engines.base import Engine, EngineDownError
from search.engines.embedded import LOCK_WAIT, WriterBusyError
from search.engines.server import server
from search.models import Change
from search.records.documents import documents
from sociale_kaart.models import Service

if TYPE_CHECKING:
    from search.engines.elastic_server import Server

log = logging.getLogger(__name__)


def note(service_ids: Iterable[str], *, wake: bool = True) -> None:
    """Remember that these services changed, and index them as soon as the change is committed.

    Without `wake` the next question, or whoever notes last, has them indexed: for one part of a large piece of work.
    """
    ids = list(service_ids)
    if ids:
        fresh = noting.not_noted(ids)
        outbox.write(fresh)
        noting.remember(fresh, catch_up, wake=wake)


def catch_up(patience: float = LOCK_WAIT) -> int:
    """Read all waiting changes; return how many services were written. Never raises when an index is away.

    When another process is at it for longer than `patience` in seconds, the rest is left to that one.
    """
    written = _catch_up_own(patience)
    far = server()
    if far:
        far.may_be_behind = True
        if not far.breaker.is_open:
            _catch_up_server(far)
    return written


def _catch_up_own(patience: float) -> int:
    """Bring the index of this node in step; one that is missing is built by the next question."""
    if index.current() is None:
        return 0
    try:
        with index.turn(patience):
            return _replay(index.cursor(), lambda _cursor: (index.engine(), 0))
    except WriterBusyError:
        log.debug("index.busy")
    except EngineDownError as away:
        log.warning("index.away %s", away)
    return 0


def _catch_up_server(far: "Server") -> None:
    try:
        bring_up(far)
    except EngineDownError as away:
        log.warning("search.server %s", away)
        far.breaker.failed()


def bring_up(far: "Server") -> None:
    """Bring the live index of the server in step. Raises EngineDownError."""
    far.may_be_behind = False
    try:
        replay(far, far.look_again())
    except EngineDownError:
        far.may_be_behind = True
        raise


def replay(far: "Server", name: str) -> int:
    """Let one index on the server read what waits for it; return how many services were written."""

    def written_to(cursor: outbox.Cursor) -> tuple[Engine, int]:
        # Written under the newest number that was there before the rows were read: a later reading always wins.
        return far.engine_of(name), max(outbox.latest_change(), cursor.read()[0])

    return _replay(far.cursor_of(name), written_to)


def _replay(cursor: outbox.Cursor, written_to: Callable[[outbox.Cursor], tuple[Engine, int]]) -> int:
    """Read each service that waits once, however often it changed, a batch at a time."""
    written = 0
    noting.forget()
    while changes := outbox.waiting(cursor):
        for batch in _batches(changes):
            engine, at = written_to(cursor)
            written += _apply(batch, engine, at)
            cursor.advance(change for changes_of_one in batch.values() for change in changes_of_one)
    return written


def _batches(changes: Sequence[Waiting]) -> Iterator[dict[str, list[Waiting]]]:
    """Give changes by service, some hundreds of services at a time."""
    by_service: dict[str, list[Waiting]] = {}
    for change in changes:
        by_service.setdefault(change.service_id, []).append(change)
    listed = list(by_service.items())
    for start in range(0, len(listed), outbox.BATCH):
        yield dict(listed[start : start + outbox.BATCH])


def keep_up() -> None:
    """Before a question is answered: read what waits for the index of this node, unless another is at it."""
    if index.current() is None and server() is None:
        return  # made by the question itself
    with suppress(EngineDownError):
        index.engine()
        if is_behind():
            catch_up(patience=0)


def is_behind() -> bool:
    """Whether changes wait: one cheap question to the database. Raises EngineDownError."""
    return outbox.is_waiting(index.cursor())


def _apply(ids: Iterable[str], engine: Engine, at: int) -> int:
    """Write the present state of each changed service, whatever the change was."""
    wanted = list(ids)
    services = Service.objects.public().for_index().filter(pk__in=wanted)
    records = list(documents(services, wanted))
    found = {record.key for record in records}
    engine.write(records, [key for key in wanted if key not in found], at)
    return len(wanted)


def prune() -> int:
    """Take away changes that every index has read long ago; the newest stays, so that numbers keep their order."""
    gone, _per_model = Change.objects.forgotten().exclude(pk=outbox.latest_change()).delete()
    return gone

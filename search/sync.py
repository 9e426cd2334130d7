"""Brings each index in step with the catalogue: that of this node, and that of the server where there is one."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction

from search import index, outbox
from search.documents import documents
from search.engines.base import Engine, EngineDownError
from search.engines.embedded import WriterBusyError
from search.models import Change
from search.server import server
from sociale_kaart.models import Service

if TYPE_CHECKING:
    from search.elastic_server import Server

log = logging.getLogger(__name__)


def note(service_ids: Iterable[str]) -> None:
    """Remember that these services changed, and index them as soon as the change is committed."""
    if outbox.write(service_ids):
        transaction.on_commit(catch_up, robust=True)


def catch_up() -> int:
    """Read all waiting changes; return how many services were written. Never raises when an index is away."""
    written = _catch_up_own()
    far = server()
    if far:
        far.may_be_behind = True
        if not far.breaker.is_open:
            _catch_up_server(far)
    return written


def _catch_up_own() -> int:
    """Bring the index of this node in step; one that is missing is built by the next question."""
    written = 0
    if index.current() is None:
        return written
    try:
        cursor = index.cursor()
        while changes := outbox.waiting(cursor):
            written += _apply(changes, index.engine(), 0)
            cursor.advance(changes)
    except WriterBusyError:
        log.info("index.busy")
    except EngineDownError as away:
        log.warning("index.away %s", away)
    return written


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
    written = 0
    cursor = far.cursor_of(name)
    while changes := outbox.waiting(cursor):
        # Written under the newest number that was there before the rows were read: a later reading always wins.
        at = max(outbox.latest_change(), cursor.read()[0])
        written += _apply(changes, far.engine_of(name), at)
        cursor.advance(changes)
    return written


def keep_up() -> None:
    """Before a question is answered: read what waits for the index of this node."""
    if index.current() is None and server() is None:
        return  # made by the question itself
    with suppress(EngineDownError):
        index.engine()
        if is_behind():
            catch_up()


def is_behind() -> bool:
    """Whether changes wait: one cheap question to the database. Raises EngineDownError."""
    return bool(outbox.waiting(index.cursor()))


def _apply(changes: Sequence[Change], engine: Engine, at: int) -> int:
    """Write the present state of each changed service, whatever the change was."""
    ids = list(dict.fromkeys(change.service_id for change in changes))
    services = Service.objects.public().for_index().filter(pk__in=ids)
    records = list(documents(services))
    found = {record.key for record in records}
    engine.write(records, [key for key in ids if key not in found], at)
    return len(ids)


def prune() -> int:
    """Take away changes that every index has read long ago; the newest stays, so that numbers keep their order."""
    gone, _per_model = Change.objects.forgotten().exclude(pk=outbox.latest_change()).delete()
    return gone

"""Long work that an operator asks for on a page: at once where it is quick, else in a thread of this process."""

import logging
from collections.abc import Callable
from enum import StrEnum
from threading import Thread

from django.db import connection

from search.engines import index
from search.engines.base import EngineDownError
from search.engines.server import server
from search.fresh import consistency, sync
from sociale_kaart.models import Service

# So many services are looked through in about a second.
AT_ONCE = 500

log = logging.getLogger(__name__)


class Chore(StrEnum):
    """What can be asked for; the value is how the lock of it is named."""

    CHECK = "checking"
    REBUILD = "building"


class State(StrEnum):
    """What came of asking."""

    DONE = "done"
    STARTED = "started"
    BUSY = "busy"
    FAILED = "failed"


def ask(chore: Chore) -> State:
    """Do it, or start it when it is long; when it is being done already, nothing more happens."""
    if index.is_busy(chore):
        return State.BUSY
    if Service.objects.public().count() <= AT_ONCE:
        return State.DONE if _try(WORK[chore]) else State.FAILED
    Thread(target=_apart, args=(WORK[chore],), name=f"search-{chore}", daemon=True).start()
    return State.STARTED


def _apart(work: Callable[[], object]) -> None:
    """Work with a database connection of one's own."""
    try:
        _try(work)
    finally:
        connection.close()


def _try(work: Callable[[], object]) -> bool:
    try:
        work()
    except EngineDownError as away:
        log.warning("search.chore %s", away)
        return False
    return True


def _check() -> None:
    consistency.check(repair=True)


def _rebuild() -> None:
    index.rebuild()
    if far := server():
        from search.operating import server_rebuild  # noqa: PLC0415  loads the client of the server

        server_rebuild.rebuild(far)
    sync.catch_up()


WORK: dict[Chore, Callable[[], object]] = {Chore.CHECK: _check, Chore.REBUILD: _rebuild}

"""Brings the current index in step with the catalogue."""

import logging
from collections.abc import Iterable, Sequence

from django.db import transaction

from search import index, outbox
from search.documents import documents
from search.engines.base import EngineDownError
from search.engines.embedded import WriterBusyError
from search.models import Change
from sociale_kaart.models import Service

log = logging.getLogger(__name__)


def note(service_ids: Iterable[str]) -> None:
    """Remember that these services changed, and index them as soon as the change is committed."""
    if outbox.write(service_ids):
        transaction.on_commit(catch_up, robust=True)


def catch_up() -> int:
    """Read all waiting changes; return how many services were written. Never raises when the index is away."""
    written = 0
    if index.current() is None:
        return written  # the next question builds it from what is there then
    try:
        cursor = index.cursor()
        while changes := outbox.waiting(cursor):
            written += _apply(changes)
            cursor.advance(changes)
    except WriterBusyError:
        log.info("index.busy")
    except EngineDownError as away:
        log.warning("index.away %s", away)
    return written


def is_behind() -> bool:
    """Whether changes wait: one cheap question to the database. Raises EngineDownError."""
    return bool(outbox.waiting(index.cursor()))


def _apply(changes: Sequence[Change]) -> int:
    """Write the present state of each changed service, whatever the change was."""
    ids = list(dict.fromkeys(change.service_id for change in changes))
    services = Service.objects.public().for_index().filter(pk__in=ids)
    records = list(documents(services))
    found = {record.key for record in records}
    index.engine().write(records, gone=[key for key in ids if key not in found])
    return len(ids)


def prune() -> int:
    """Take away changes that every index has read long ago."""
    gone, _per_model = Change.objects.forgotten().delete()
    return gone

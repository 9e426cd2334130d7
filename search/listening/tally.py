"""Counts what was asked and opened: gathered in memory, written a moment later by a thread, never while one waits."""

import atexit
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from operator import itemgetter
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from search.models import Asked, Opened
from search.models.listening import digest

log = logging.getLogger(__name__)
# What waits beyond this is not counted: a flood must not fill the memory.
MOST_WAITING = 1000
# So long the writer gathers, so that what came in the same moment is written in the order of the words.
PAUSE = 1.0
LOW = 5


@dataclass(frozen=True)
class Question:
    """What a row of `Asked` counts."""

    day: date
    text: str
    zone: str = ""
    filters: str = ""
    level: int = 0
    found: bool = True
    correction: str = ""
    meant: str = ""


@dataclass(frozen=True)
class Choice:
    """What a row of `Opened` counts."""

    day: date
    service_id: str


@dataclass(frozen=True)
class Note:
    """One thing to add to a row: the names of counts and by how much; `total` is what was found last."""

    subject: Question | Choice
    counts: Mapping[str, int]
    total: int | None = None


class _Writer:
    """The notes of this process and the thread that writes them."""

    waiting: Queue[Note] = Queue(MOST_WAITING)
    thread: Thread | None = None
    lock = Lock()


def asked(question: Question, *, again: bool, total: int, milliseconds: float) -> Note:
    """Count one question; `again` = the same words with other filters, which is not a new question."""
    if again:
        return Note(question, {"narrowed": 1}, total)
    return Note(question, {"times": 1, "milliseconds": round(milliseconds)}, total)


def opened(question: Question, rank: int, service_id: str) -> list[Note]:
    """Count one result that was opened, beside its question and beside its service."""
    counts = {"opened": 1, "rank_sum": rank, "low": int(rank > LOW)}
    return [Note(question, counts), Note(Choice(question.day, service_id), {"times": 1})]


def note(*notes: Note) -> None:
    """Keep these for the writer; what does not fit is not counted. Never waits and never fails."""
    if settings.SEARCH_LOG == "off":
        return
    for one in notes:
        try:
            _Writer.waiting.put_nowait(one)
        except Full:
            log.warning("search.not_counted")
    if settings.SEARCH_LOG == "on":
        _start()


def _start() -> None:
    """Start the thread in the process that needs it: one that was made before the server forked is gone."""
    with _Writer.lock:
        if _Writer.thread is None or not _Writer.thread.is_alive():
            _Writer.thread = Thread(target=_run, name="search-tally", daemon=True)
            _Writer.thread.start()


def _run() -> None:
    """Write what waits, and end when nothing does: no connection stays open for nothing."""
    while not _nothing_waits():
        time.sleep(PAUSE)
        try:
            write_down()
        finally:
            connection.close()


def _nothing_waits() -> bool:
    """Say goodbye under the lock, so that a note of this very moment starts another thread."""
    with _Writer.lock:
        if _Writer.waiting.empty():
            _Writer.thread = None
            return True
        return False


@atexit.register
def _write_the_last() -> None:
    """Write what came in just before the server stops."""
    if not _Writer.waiting.empty() and settings.SEARCH_LOG == "on":
        write_down()


def write_down() -> int:
    """Write all notes that wait, and tell how many; those that cannot be written are forgotten, not tried again."""
    notes = list(_drained())
    try:
        write(notes)
    except DatabaseError as away:
        log.warning("search.not_counted %s: %s", len(notes), type(away).__name__)
        return 0
    return len(notes)


@transaction.atomic
def write(notes: Sequence[Note]) -> None:
    """Add these to their rows. Raises DatabaseError."""
    _add(Asked, [one for one in notes if isinstance(one.subject, Question)])
    _add(Opened, [one for one in notes if isinstance(one.subject, Choice)])


def forget_waiting() -> None:
    """Drop what waits (between tests)."""
    for _note in _drained():
        pass


def _drained() -> Iterable[Note]:
    while True:
        try:
            yield _Writer.waiting.get_nowait()
        except Empty:
            return


def _add(model: type[Asked] | type[Opened], notes: list[Note]) -> None:
    """Make the rows that are missing, then let the database add: two processes never lose each other's counts."""
    if not notes:
        return
    subjects: dict[str, Question | Choice] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals: dict[str, int] = {}
    for one in notes:
        key = digest(*asdict(one.subject).values())
        subjects[key] = one.subject
        counts[key].update(one.counts)
        if one.total is not None:
            totals[key] = one.total
    rows = [model(id=key, **asdict(subject)) for key, subject in sorted(subjects.items(), key=itemgetter(0))]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)  # type: ignore[arg-type]
    for row in rows:
        added: dict[str, Any] = {name: F(name) + by for name, by in counts[row.pk].items()}
        if row.pk in totals:
            added["total"] = totals[row.pk]
        model._default_manager.filter(pk=row.pk).update(**added)

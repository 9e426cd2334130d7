"""Where the embedded index lies, which one is current, and how a new one takes its place."""

import fcntl
import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache, lru_cache
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_noop as _

from search.changes import noting
from search.changes.outbox import Cursor, latest_change, lost_track
from search.engines import files
from search.engines.base import EngineDownError
from search.engines.embedded import EmbeddedEngine, WriterBusyError
from search.engines.tantivy_schema import SCHEMA_VERSION, build
from search.language.lexicon import DATA
from search.records import doc, documents
from sociale_kaart.models import Service

POINTER = "CURRENT"
CURSOR = "cursor.json"
BATCH = 1000
# Larger catalogues are not built while a visitor waits.
BUILD_WHILE_WAITING = 3000
BUSY = {"building": _("another process builds the index"), "checking": _("another process checks the index")}

Progress = Callable[[Iterable[Service], int], Iterable[Service]]

log = logging.getLogger(__name__)


class _Opened:
    """The index that this process has open, by folder."""

    engine: EmbeddedEngine | None = None
    folder: Path | None = None
    builder: Thread | None = None


@cache
def generation() -> str:
    """Give a name that changes when the same catalogue would be indexed differently."""
    parts = [*map(str, doc.GENERATION_PARTS), documents.VERSION, SCHEMA_VERSION]
    digest = hashlib.sha256("|".join(parts).encode())
    for name in ("lexicon-nl.xz", "compound-rules.txt"):
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()[:12]


def home() -> Path:
    """Give the folder of all indexes of this installation."""
    return Path(settings.SEARCH_DIR)


def current() -> Path | None:
    """Give the folder of the index that is read now, if it is there and of this generation."""
    try:
        # Asked some times for each page: without paths it costs a third.
        pointer = os.stat(f"{settings.SEARCH_DIR}/{POINTER}")  # noqa: PTH116 (see above)
        name = _name_in(f"{settings.SEARCH_DIR}/{POINTER}", pointer.st_ino, pointer.st_mtime_ns)
    except OSError:
        return None
    fits = name.startswith(f"index-{generation()}-") and os.path.exists(f"{settings.SEARCH_DIR}/{name}/meta.json")  # noqa: PTH110 (the same)
    return home() / name if fits else None


@lru_cache(maxsize=2)
def _name_in(pointer: str, _file: int, _written: int) -> str:
    """Read the pointer, once for each file that takes its place."""
    return Path(pointer).read_text(encoding="ascii").strip()


def engine() -> EmbeddedEngine:
    """Give the open index; made first when it is missing, broken or of another generation. Raises EngineDownError."""
    folder = current() or _built()
    if _Opened.engine is None or folder != _Opened.folder:
        opened = _open(folder)
        if opened is None:
            if current() == folder:
                (home() / POINTER).unlink(missing_ok=True)
            folder = current() or _built()
            opened = EmbeddedEngine(folder)
        _Opened.engine, _Opened.folder = opened, folder
    return _Opened.engine


def _open(folder: Path) -> EmbeddedEngine | None:
    """Open an index, unless it is broken, missed changes that are gone, or was made from another database."""
    try:
        return None if lost_track(Cursor(folder / CURSOR)) else EmbeddedEngine(folder)
    except EngineDownError as broken:
        log.warning("index.broken %s", broken)
        return None


def _built() -> Path:
    """Build, and give the folder. Raises EngineDownError while that is going on."""
    _build_missing()
    folder = current()
    if folder is None:
        raise EngineDownError(_("no index yet"))
    return folder


def cursor() -> Cursor:
    """How far the current index has read the changes. Raises EngineDownError."""
    folder = current()
    if folder is None:
        raise EngineDownError(_("no index yet"))
    return Cursor(folder / CURSOR)


def rebuild(progress: Progress | None = None) -> int:
    """Make a new index beside the live one and put it in its place; return how many records it holds.

    Changes that arrive meanwhile are read again afterwards. Raises EngineDownError when another process is building.
    """
    with building():
        position = latest_change()
        noting.forget()
        folder = home() / f"index-{generation()}-{time.time_ns()}"
        services = Service.objects.public()
        total = services.count()
        rows: Iterable[Service] = services.for_index().order_by("pk").iterator(chunk_size=BATCH)
        count = build(folder, documents.documents(progress(rows, total) if progress else rows))
        Cursor(folder / CURSOR).start_at(position)
        point_at(folder)
        _remove_others(folder)
        return count


def _build_missing() -> None:
    """Build at once when that is quick; else in a thread of this process, and raise EngineDownError meanwhile."""
    if Service.objects.public().count() <= BUILD_WHILE_WAITING:
        rebuild()
    elif _Opened.builder is None or not _Opened.builder.is_alive():
        _Opened.builder = Thread(target=_build_beside, name="search-build", daemon=True)
        _Opened.builder.start()


def _build_beside() -> None:
    """Build with a database connection of one's own; when another process is at it, that is fine too."""
    try:
        with suppress(EngineDownError):
            rebuild()
    finally:
        connection.close()


def building() -> AbstractContextManager[None]:
    """Only one process builds; the others say kindly that search is being prepared."""
    return alone("building")


@contextmanager
def alone(doing: str) -> Iterator[None]:
    """Only one process of this machine does it. Raises EngineDownError when another is at it."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / f"{doing}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EngineDownError(BUSY[doing]) from error
        yield


def is_busy(doing: str) -> bool:
    """Whether a process of this machine is at it; the lock of one that died is gone with it."""
    try:
        with alone(doing):
            return False
    except EngineDownError:
        return True


@contextmanager
def turn(patience: float) -> Iterator[None]:
    """Only one process at a time reads changes and writes them: what was read first is written first.

    Raises WriterBusyError when it is not our turn within so many seconds.
    """
    home().mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience
    with (home() / "turn.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    raise WriterBusyError from error
                time.sleep(0.02)
        yield


def point_at(folder: Path) -> None:
    """Switch readers over: a rename is all or nothing, also when the power goes."""
    fresh = home() / f"{POINTER}.new"
    with fresh.open("w", encoding="ascii") as pointer:
        pointer.write(folder.name)
        pointer.flush()
        os.fsync(pointer.fileno())
    fresh.rename(home() / POINTER)


def _remove_others(folder: Path) -> None:
    """Older indexes go; a reader that still has one open keeps its files until it closes them."""
    for other in home().glob("index-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def damaged() -> list[str]:
    """Give the files of the current index that the disk did not keep as they were written."""
    folder = current()
    return files.damaged(folder) if folder else []


def give_up_damaged() -> bool:
    """Forget the current index if its files are damaged, so that the next question makes a new one; tell if so."""
    broken = damaged()
    if broken:
        log.warning("index.damaged %s", " ".join(broken))
        (home() / POINTER).unlink(missing_ok=True)
        forget_engine()
    return bool(broken)


def size_on_disk() -> int:
    """Bytes of the current index."""
    folder = current()
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file()) if folder else 0


def forget_engine() -> None:
    """Open the index anew at the next question (between tests)."""
    _Opened.engine = _Opened.folder = None

"""The files of an index: whether they are still as they were written, by the checksum at their end; none left half."""

import json
import mmap
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import unpack

from django.utils.translation import gettext_noop as _

from search.engines.base import EngineDownError

MAGIC = 1337
TAIL = 8
PIECE = 1 << 20


@contextmanager
def cleared(folder: Path) -> Iterator[None]:
    """Leave no half index when the disk takes it not: of a write that fails tantivy says ValueError."""
    try:
        yield
    except ValueError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise EngineDownError(_("the index cannot be written; see that the disk has room")) from error


def damaged(folder: Path) -> list[str]:
    """Give the names of the files of committed segments that do not read as they were written."""
    segments = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
    names = [segment["segment_id"].replace("-", "") for segment in segments]
    files = [file for name in names for file in sorted(folder.glob(f"{name}.*"))]
    return [file.name for file in files if not _is_whole(file)]


def _is_whole(file: Path) -> bool:
    """Compare with the checksum; a file that a merge took away meanwhile misses nobody."""
    try:
        with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _fits(data)
    except FileNotFoundError:
        return True
    except ValueError:
        return False


def _fits(data: mmap.mmap) -> bool:
    """Read the tail: a description with the checksum, its length, and a number that says what this is."""
    length, magic = unpack("<II", data[-TAIL:]) if len(data) > TAIL else (0, 0)
    end = len(data) - TAIL - length
    if magic != MAGIC or end < 0:
        return False
    crc = 0
    for start in range(0, end, PIECE):
        crc = zlib.crc32(data[start : min(start + PIECE, end)], crc)
    return bool(json.loads(data[end:-TAIL])["crc"] == crc)

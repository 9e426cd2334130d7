"""Where an import comes from: one file, a folder or a zip, opened without trusting its names or sizes."""

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from core.errors import reason

MOST_FILES = 2000
DATA_SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl"}
ENCRYPTED = 0x1
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
ZIP_START = b"PK"


class UnreadableError(Exception):
    """The source cannot be read at all; the message says why in the language of the site."""


@dataclass(frozen=True)
class Part:
    """One file of a source. `name` is only compared, never opened as a path."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]

    @property
    def path(self) -> PurePosixPath:
        """Give the name as a path, to ask for its folder, stem and suffix."""
        return PurePosixPath(self.name)


@dataclass
class Source:
    """All files that may hold data; the names left alone because they are not safe, and those of another kind."""

    name: str
    parts: list[Part] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@contextmanager
def opened(path: Path, limit: int) -> Iterator[Source]:
    """Open a source of at most `limit` bytes, unpacked. Raises UnreadableError."""
    if not path.exists():
        raise UnreadableError(_("“%(path)s” does not exist.") % {"path": path})
    if not (path.is_dir() or path.is_file()):
        raise UnreadableError(_("“%(path)s” is no file and no folder.") % {"path": path})
    try:
        if path.is_dir():
            yield _checked(_folder(path), limit)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _checked(_archive(path, archive), limit)
        else:
            yield _checked(_single(path), limit)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise UnreadableError(_("The zip file is damaged.")) from error
    except OSError as error:
        raise UnreadableError(_("The source cannot be read: %(reason)s.") % {"reason": reason(error)}) from error


def _checked(source: Source, limit: int) -> Source:
    total = sum(part.size for part in source.parts)
    if total > limit:
        facts = {"size": _megabytes(total), "limit": _megabytes(limit)}
        raise UnreadableError(_("The source is too large: %(size)s MB, at most %(limit)s MB is read.") % facts)
    if len(source.parts) > MOST_FILES:
        raise UnreadableError(_("The source holds more than %(count)s files.") % {"count": MOST_FILES})
    return source


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",")


def _single(path: Path) -> Source:
    """Take one file as a source. What begins as a zip and cannot be opened as one is damaged or cut off."""
    with path.open("rb") as stream:
        if stream.read(len(ZIP_START)) == ZIP_START:
            raise zipfile.BadZipFile
    return Source(path.stem, [_file(path, path.name)])


def _file(path: Path, name: str) -> Part:
    return Part(name, path.stat().st_size, partial(_opened, path))


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _folder(root: Path) -> Source:
    """List the files below a folder; a link that leads out of it is not followed."""
    source, home = Source(root.resolve().name), root.resolve()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if _is_hidden(name) or not path.is_file():
            continue
        if not path.resolve().is_relative_to(home):
            source.unsafe.append(name)
        elif path.suffix.lower() in DATA_SUFFIXES:
            source.parts.append(_file(path, name))
        else:
            source.others.append(name)
    return source


def _archive(path: Path, archive: zipfile.ZipFile) -> Source:
    """List the files in a zip. Nothing is unpacked to disk; a size that lies breaks the reading."""
    source = Source(path.stem)
    for member in archive.infolist():
        name = member.filename.replace("\\", "/")
        if member.is_dir() or _is_hidden(name):
            continue
        if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name:
            source.unsafe.append(name)
        elif PurePosixPath(name).suffix.lower() in DATA_SUFFIXES:
            if member.flag_bits & ENCRYPTED:
                raise UnreadableError(_("The zip file is locked with a password."))
            if member.compress_type not in PACKINGS:
                raise UnreadableError(_("The zip file is packed in a way that is not known here."))
            source.parts.append(Part(name, member.file_size, partial(archive.open, member)))
        else:
            source.others.append(name)
    return source


def _is_hidden(name: str) -> bool:
    return any(part.startswith(("__MACOSX", ".")) and part != ".." for part in name.split("/"))

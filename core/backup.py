"""One file with the database and the uploads, and the way back. The keys are never in it: they have their own store.

The file is a tar: `database`, the uploads (`media/…`), `destroyed` (the list of destroyed keys) and, last,
`manifest.json` with the size and the hash of each part. A file that was cut short has no manifest.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from core import destroyed_keys, dumps, durable
from core.errors import Refusal, reason

FORMAT = 1
MANIFEST, DATABASE, DESTROYED = "manifest.json", "database", "destroyed"
CHUNK = 1024 * 1024
# Begins the counting of one part: a name and its size give a function that counts bytes.
Watch = Callable[[str, int], dumps.Count]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    version: str
    database: str
    made_at: str
    migrations: list[str]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)


def product_version() -> str:
    """Give the version of this code."""
    about = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    version: str = about["project"]["version"]
    return version


def make(target: Path, watch: Watch) -> Manifest:
    """Write a backup; it has its name only when it is whole and on the disk. Raises Refusal."""
    _refuse_keys_inside()
    _refuse_place(target)
    part, base = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.database.part")
    try:
        dumps.dump(base, watch(_("database"), dumps.size() if dumps.kind() == "sqlite" else 0))
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, durable.PRIVATE_FILE)
        with os.fdopen(handle, "w+b") as file:
            manifest = _fill(file, base, watch)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        durable.flush_folder(target.parent)
    except OSError as error:
        raise Refusal(_("The backup cannot be written: %(reason)s.") % {"reason": reason(error)}) from error
    finally:
        # SQLite leaves its journal behind when the disk is full.
        for left in (base, base.with_name(f"{base.name}-journal"), part):
            left.unlink(missing_ok=True)
    return manifest


def _refuse_place(target: Path) -> None:
    """Raise Refusal when no file can be made here."""
    try:
        if target.exists():
            raise Refusal(_("%(file)s is already there. Choose another name.") % {"file": target})
        if not target.parent.is_dir():
            raise Refusal(_("The folder %(folder)s does not exist.") % {"folder": target.parent})
    except OSError as error:
        raise Refusal(_("The backup cannot be written: %(reason)s.") % {"reason": reason(error)}) from error


def _refuse_keys_inside() -> None:
    """Raise Refusal when the folders that are taken along hold the keys."""
    for keys in (Path(settings.KEY_STORE).resolve(), Path(settings.KEY_STORE_COPIES).resolve()):
        for folder in settings.BACKUP_FOLDERS.values():
            if keys.is_relative_to(Path(folder).resolve()):
                raise Refusal(
                    _("%(keys)s lies in %(folder)s, which a backup takes along. Give the keys a folder apart.")
                    % {"keys": keys, "folder": folder}
                )


def _fill(file: IO[bytes], base: Path, watch: Watch) -> Manifest:
    applied = sorted(".".join(name) for name in MigrationLoader(connection).applied_migrations)
    now = timezone.now().isoformat(timespec="seconds")
    manifest = Manifest(FORMAT, product_version(), dumps.kind(), now, applied)
    uploads = dict(_uploads())
    with tarfile.open(fileobj=file, mode="w") as tar:
        _add(tar, DATABASE, base, manifest, watch(_("packing"), base.stat().st_size))
        count = watch(_("uploads"), sum(path.stat().st_size for path in uploads.values()))
        for name, path in uploads.items():
            _add(tar, name, path, manifest, count)
        _add_text(tar, DESTROYED, destroyed_keys.as_text(), manifest)
        _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1), None)
    return manifest


def _uploads() -> Iterator[tuple[str, Path]]:
    """Give every uploaded file, with its name in the tar."""
    for part, root in settings.BACKUP_FOLDERS.items():
        for path in sorted(Path(root).rglob("*")):
            if path.is_file():
                yield f"{part}/{path.relative_to(root).as_posix()}", path


class _Hashed:
    """Counts and hashes what is read through it."""

    def __init__(self, file: IO[bytes], count: dumps.Count) -> None:
        self.file, self.count, self.digest = file, count, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read, and remember what it was."""
        chunk = self.file.read(size)
        self.digest.update(chunk)
        self.count(len(chunk))
        return chunk


def _add(tar: tarfile.TarFile, name: str, path: Path, manifest: Manifest, count: dumps.Count) -> None:
    with path.open("rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, durable.PRIVATE_FILE
        hashed = _Hashed(file, count)
        tar.addfile(entry, hashed)
    manifest.files[name] = {"size": entry.size, "sha256": hashed.digest.hexdigest()}


def _add_text(tar: tarfile.TarFile, name: str, text: str, manifest: Manifest | None) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), durable.PRIVATE_FILE
    tar.addfile(entry, io.BytesIO(content))
    if manifest:
        manifest.files[name] = {"size": entry.size, "sha256": hashlib.sha256(content).hexdigest()}


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise Refusal(_("%(file)s is broken: it is no whole backup.") % {"file": source}) from error
    except OSError as error:
        raise Refusal(_("%(file)s cannot be read: %(reason)s.") % {"file": source, "reason": reason(error)}) from error


def check(source: Path, watch: Watch) -> Manifest:
    """Read a whole backup and see that every part is what it was. Raises Refusal with what is the matter."""
    with _opened(source) as tar:
        manifest = _manifest(tar, source)
        _refuse_foreign(manifest, source)
        names = {entry.name for entry in tar if entry.name != MANIFEST}
        if names != set(manifest.files) or not {DATABASE, DESTROYED} <= names:
            raise Refusal(_("%(file)s is broken: parts are missing or too many.") % {"file": source})
        count = watch(_("checking"), sum(about["size"] for about in manifest.files.values()))
        for name, about in manifest.files.items():
            digest = hashlib.sha256()
            for chunk in _chunks(tar, name):
                digest.update(chunk)
                count(len(chunk))
            if digest.hexdigest() != about["sha256"]:
                raise Refusal(
                    _("%(file)s is broken: %(part)s is not what it was.")
                    % {"file": source, "part": name.partition("/")[0]}
                )
    return manifest


def _manifest(tar: tarfile.TarFile, source: Path) -> Manifest:
    try:
        raw = b"".join(_chunks(tar, MANIFEST))
        return Manifest(**json.loads(raw))
    except (KeyError, TypeError, ValueError):
        raise Refusal(_("%(file)s is broken: it is no whole backup.") % {"file": source}) from None


def _refuse_foreign(manifest: Manifest, source: Path) -> None:
    if manifest.format != FORMAT:
        raise Refusal(
            _("%(file)s has a form that this version cannot read. Install the newest version first.") % {"file": source}
        )
    if manifest.database != dumps.kind():
        told = _("%(file)s holds a %(kind)s database; DATABASE_URL names a %(ours)s one. Set it to the same kind.")
        raise Refusal(told % {"file": source, "kind": manifest.database, "ours": dumps.kind()})
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {name for migration in on_disk.values() for name in migration.replaces}
    known = {".".join(name) for name in [*on_disk, *replaced]}
    ours = {app.split(".")[0] for app in known}
    if newer := [name for name in manifest.migrations if name not in known and name.split(".")[0] in ours]:
        raise Refusal(
            _("%(file)s was made by a newer version (%(migration)s). Install that version first.")
            % {"file": source, "migration": newer[0]}
        )


def _chunks(tar: tarfile.TarFile, name: str) -> Iterable[bytes]:
    """Give the content of a plain file in the tar. Raises KeyError when there is none of that name."""
    entry = tar.getmember(name)
    file = tar.extractfile(entry) if entry.isreg() else None
    if file is None:
        raise KeyError(name)
    while chunk := file.read(CHUNK):
        yield chunk


def listed(source: Path) -> list[str]:
    """Give the lines of a list of destroyed keys, from a backup or from a list on its own. Raises Refusal."""
    try:
        if tarfile.is_tarfile(source):
            with _opened(source) as tar:
                lines = b"".join(_chunks(tar, DESTROYED)).decode("ascii", "replace").splitlines()
        else:
            lines = source.read_text(encoding="ascii", errors="replace").splitlines()
    except (OSError, KeyError):
        raise Refusal(_("%(file)s cannot be read.") % {"file": source}) from None
    # A crash may have cut one line short; a file of which no line can be read is another file.
    if lines and not destroyed_keys.parse(lines):
        raise Refusal(_("%(file)s is no backup and no list of destroyed keys.") % {"file": source})
    return lines


def load_database(source: Path, watch: Watch) -> None:
    """Put the database of a checked backup in its place. Raises Refusal; the old one then still stands."""
    base = Path(settings.DATA_DIR) / "restore.database.part"
    try:
        with _opened(source) as tar, _told():
            _write_out(tar, DATABASE, base)
        dumps.load(base, watch(_("database"), 0))
    finally:
        base.unlink(missing_ok=True)


@contextmanager
def uploads_laid_out(source: Path, manifest: Manifest, watch: Watch) -> Iterator[int]:
    """Lay the uploads of a checked backup beside those of now, and give how many.

    They take their place when the block ends; a disk that is full before has changed nothing. Raises Refusal.
    """
    coming = {part: root.with_name(f"{root.name}.coming") for part, root in settings.BACKUP_FOLDERS.items()}
    names = [name for name in manifest.files if name.partition("/")[0] in coming]
    count = watch(_("uploads"), sum(manifest.files[name]["size"] for name in names))
    try:
        with _opened(source) as tar, _told():
            for part, folder in coming.items():
                _make_beside(settings.BACKUP_FOLDERS[part], folder)
            for name in names:
                part = name.partition("/")[0]
                mode = durable.PRIVATE_FILE if _is_private(settings.BACKUP_FOLDERS[part]) else 0o644
                _write_out(tar, name, coming[part] / _safe(name, part), mode)
                count(manifest.files[name]["size"])
        yield len(names)
        for part, root in settings.BACKUP_FOLDERS.items():
            _swap(coming[part], root)
    finally:
        for folder in coming.values():
            shutil.rmtree(folder, ignore_errors=True)


def _is_private(root: Path) -> bool:
    """Tell whether no address leads to these uploads; the server in front reads the others itself."""
    return root != settings.MEDIA_ROOT


def _make_beside(root: Path, folder: Path) -> None:
    """Make an empty folder that opens to whom the one of now opens."""
    shutil.rmtree(folder, ignore_errors=True)
    usual = durable.PRIVATE_FOLDER if _is_private(root) else 0o755
    folder.mkdir(parents=True, mode=root.stat().st_mode & 0o777 if root.exists() else usual)


@contextmanager
def _told() -> Iterator[None]:
    """Say of a disk that takes no more that nothing was put back. Raises Refusal."""
    try:
        yield
    except OSError as error:
        told = _("Nothing was put back: %(reason)s. Everything is as it was.")
        raise Refusal(told % {"reason": reason(error)}) from error


def _swap(coming: Path, root: Path) -> None:
    going = root.with_name(f"{root.name}.going")
    shutil.rmtree(going, ignore_errors=True)
    if root.exists():
        root.rename(going)
    coming.rename(root)
    shutil.rmtree(going, ignore_errors=True)


def _safe(name: str, part: str) -> PurePosixPath:
    """Give the path of an upload below its folder. Raises Refusal on one that leads elsewhere."""
    path = PurePosixPath(name.removeprefix(f"{part}/"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise Refusal(_("The backup is broken: an upload would land outside its folder."))
    return path


def _write_out(tar: tarfile.TarFile, name: str, target: Path, mode: int = durable.PRIVATE_FILE) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        for chunk in _chunks(tar, name):
            file.write(chunk)

"""Small files that survive a crash and stay private: written aside, flushed, renamed; overwritten before they go."""

import os
from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
# What a killed process may leave behind; nobody reads a file with this at the start of its name.
ASIDE = "."


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can open, and see that it is still there after a crash."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    flush_folder(folder.parent)


def is_writable(folder: Path) -> bool:
    """Tell whether this user can write in a folder, or make it."""
    try:
        there = next(path for path in (folder, *folder.parents) if path.exists())
    except OSError:
        return False
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def flush_folder(folder: Path) -> None:
    """Have the disk keep what was made, renamed or removed in a folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all. What stood there before is overwritten on the disk."""
    make_folder(path.parent)
    aside = path.with_name(f"{ASIDE}{path.name}.{os.urandom(4).hex()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        before = _open_to_write(path)
        aside.replace(path)
    except OSError:
        # A disk that is full is not made fuller.
        aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
    if before is not None:
        _blank(before)


def append(path: Path, line: str) -> None:
    """Add one line. Half a line after a crash spoils no other: each one begins on a line of its own."""
    make_folder(path.parent)
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        os.write(handle, f"\n{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        flush_folder(path.parent)


def shred(path: Path) -> bool:
    """Overwrite a file and take it away; tell whether it was there.

    On a disk that writes elsewhere (flash, copy on write) the overwriting is a best effort; the removal is certain.
    """
    handle = _open_to_write(path)
    if handle is None:
        return False
    _blank(handle)
    path.unlink(missing_ok=True)
    flush_folder(path.parent)
    return True


def _open_to_write(path: Path) -> int | None:
    try:
        return os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return None


def _blank(handle: int) -> None:
    """Overwrite what a handle points at, and close it."""
    try:
        os.pwrite(handle, bytes(os.fstat(handle).st_size), 0)
        os.fsync(handle)
    finally:
        os.close(handle)

"""The list of destroyed keys: ids and times, beside the store and again beside its copies, so that none comes back.

The numbers of erased files of persons stand on it too: a restore erases those again.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from core import durable

NAME = "destroyed"


class _List:
    """One list on the disk. It only grows, so only what came since the last look is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read = 0
        self.found: dict[UUID, datetime] = {}

    def now(self) -> dict[UUID, datetime]:
        """Give what stands on the list at this moment."""
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            size = 0
        if size < self.read:
            self.read, self.found = 0, {}
        if size > self.read:
            with self.path.open("rb") as lines:
                lines.seek(self.read)
                new = lines.read()
            whole = new.rfind(b"\n") + 1
            self.found = {**self.found, **parse(new[:whole].decode("ascii", "replace").splitlines())}
            self.read += whole
        return self.found


_lists: dict[Path, _List] = {}


def _paths() -> list[Path]:
    return [Path(settings.KEY_STORE) / NAME, Path(settings.KEY_STORE_COPIES) / NAME]


def listed() -> dict[UUID, datetime]:
    """Give every destroyed key with its time, from both lists."""
    found: dict[UUID, datetime] = {}
    for path in _paths():
        found.update(_lists.setdefault(path, _List(path)).now())
    return found


def holds(key_id: UUID) -> bool:
    """Tell whether a key was destroyed."""
    return any(key_id in _lists.setdefault(path, _List(path)).now() for path in _paths())


def add(key_id: UUID, folder: Path) -> None:
    """Put a key on the list in a folder; it is on the disk when this returns. A second line does no harm."""
    durable.append(folder / NAME, f"{key_id} {datetime.now(UTC).isoformat(timespec='seconds')}")


def merge(found: Mapping[UUID, datetime]) -> int:
    """Bring both lists up to the same ids, those of another list included; tell how many were new to us."""
    known = listed()
    everything = {**found, **known}
    for path in _paths():
        here = _lists.setdefault(path, _List(path)).now()
        for key_id in sorted(everything.keys() - here.keys()):
            durable.append(path, f"{key_id} {everything[key_id].isoformat(timespec='seconds')}")
    return len(found.keys() - known.keys())


def parse(lines: Iterable[str]) -> dict[UUID, datetime]:
    """Read the lines of a list; one that a crash cut short is passed over."""
    found: dict[UUID, datetime] = {}
    for line in lines:
        key_id, _, moment = line.strip().partition(" ")
        with suppress(ValueError):
            at = datetime.fromisoformat(moment)
            found[UUID(key_id)] = at if at.tzinfo else at.replace(tzinfo=UTC)
    return found


def as_text() -> str:
    """Give the list as a backup carries it."""
    return "".join(f"{key_id} {at.isoformat(timespec='seconds')}\n" for key_id, at in sorted(listed().items()))

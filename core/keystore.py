"""The keys of what is shared, apart from the database and its backups: one wrapped key in one small file.

    KEY_STORE/keys/1f/1f3c…   a key, wrapped under the keys of the installation
    KEY_STORE/destroyed       ids and times of keys that are gone for good (core.destroyed_keys)
    KEY_STORE/lock            held while a key is destroyed, wrapped again or copied

Making a key needs no lock: its id is new. Any number of processes on one machine may work at once.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from core import destroyed_keys, durable
from core.encryption import is_current, open_sealed, seal
from core.errors import Unreadable
from core.keys import new_key


def root() -> Path:
    """Give the folder of the store."""
    return Path(settings.KEY_STORE)


def wrapping_keys() -> list[str]:
    """Give the keys that wrap: the first writes, all read. Without keys of its own the store uses the fields' keys."""
    return [*settings.KEY_STORE_KEYS, *settings.FIELD_ENCRYPTION_KEYS]


def file_of(key_id: UUID, folder: Path | None = None) -> Path:
    """Tell where a key lies, in the store or in a copy of it."""
    return (folder or root()) / "keys" / key_id.hex[:2] / str(key_id)


def make() -> tuple[UUID, str]:
    """Make a key and keep it; it lies safely on the disk when this returns. Give its id and the key.

    A row that names the id must follow in the transaction that is open; a key that no row names is swept later.
    """
    key = new_key()
    return make_of(key), key


def make_of(key: str) -> UUID:
    """Keep a key that exists already; give the id that it got."""
    key_id = uuid4()
    keep(key_id, key)
    return key_id


def keep(key_id: UUID, key: str) -> None:
    """Wrap a key and write it down."""
    durable.write(file_of(key_id), seal(key, context=_context(key_id), key=wrapping_keys()[0]).encode())


def take(key_id: UUID) -> str:
    """Read a key. Raises Unreadable when it was destroyed, never existed, or no key of the installation fits."""
    if destroyed_keys.holds(key_id):
        raise Unreadable(f"The key {key_id} was destroyed.")
    return unwrap(key_id, stored(key_id))


def unwrap(key_id: UUID, token: str) -> str:
    """Open a wrapped key; it opens under its own id only. Raises Unreadable."""
    return open_sealed(token, context=_context(key_id), keys=wrapping_keys())


def _context(key_id: UUID) -> str:
    return f"core.keystore.{key_id}"


def stored(key_id: UUID, folder: Path | None = None) -> str:
    """Give a key as it lies in the store or in a copy, still wrapped. Raises Unreadable when it is not there."""
    try:
        return file_of(key_id, folder).read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        raise Unreadable(f"The key {key_id} is not there.") from None


def ids(folder: Path | None = None) -> Iterator[UUID]:
    """Name every key in the store, or in a copy of it."""
    for path in sorted(((folder or root()) / "keys").glob("??/*")):
        with suppress(ValueError):
            yield UUID(path.name)


@contextmanager
def locked() -> Iterator[None]:
    """Keep others from destroying, wrapping or copying keys. Ends with the process, however that ends."""
    durable.make_folder(root())
    handle = os.open(root() / "lock", os.O_WRONLY | os.O_CREAT, durable.PRIVATE_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def destroy(key_id: UUID) -> bool:
    """Destroy a key in the store and in every copy; safe to repeat. Tell whether a file was there.

    First the id goes on the list, then the key goes, then the same beside the copies: a disk with copies that is away
    keeps no key alive in the store.
    """
    with locked():
        destroyed_keys.add(key_id, root())
        gone = durable.shred(file_of(key_id))
        destroyed_keys.add(key_id, Path(settings.KEY_STORE_COPIES))
        return shred_copies(key_id) or gone


def shred_copies(key_id: UUID) -> bool:
    """Take a key away from every copy; the caller holds the lock."""
    gone = [durable.shred(file_of(key_id, folder)) for folder in copies()]
    return any(gone)


def copies() -> list[Path]:
    """Name the folders with a copy of the store, oldest first: one for each of the last days."""
    return sorted(path for path in Path(settings.KEY_STORE_COPIES).glob("????-??-??") if path.is_dir())


def rewrap(key_id: UUID) -> bool:
    """Wrap a key again under the key that writes now; tell whether it was needed. Raises Unreadable."""
    with locked():
        if not file_of(key_id).exists():
            return False
        token = stored(key_id)
        if is_current(token, key=wrapping_keys()[0]):
            return False
        keep(key_id, unwrap(key_id, token))
    return True

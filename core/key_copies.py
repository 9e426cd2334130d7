"""Copies of the key store for the last days, in a folder of their own; a destroyed key leaves them at once."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from core import destroyed_keys, durable, keystore
from core.errors import Unreadable

DAYS = 7
Watch = Callable[[Sequence[UUID]], Iterable[UUID]]


def unwatched(keys: Sequence[UUID]) -> Iterable[UUID]:
    """Pass the keys on without telling how far it is."""
    return keys


def copy(today: date | None = None, *, watch: Watch = unwatched) -> tuple[int, int]:
    """Bring the copy of today up to date and drop what is a week old. Give how many keys are new, or damaged.

    A key that no longer opens is not copied over one that did.
    """
    today = today or timezone.localdate()
    before = [folder for folder in keystore.copies() if folder.name < today.isoformat()]
    folder = Path(settings.KEY_STORE_COPIES) / today.isoformat()
    durable.make_folder(folder)
    states = [_copy_one(key_id, folder, before[-1] if before else None) for key_id in watch(list(keystore.ids()))]
    for old in before[: max(0, len(before) - DAYS + 1)]:
        shutil.rmtree(old)
    return states.count("new"), states.count("damaged")


def _copy_one(key_id: UUID, folder: Path, yesterday: Path | None) -> str:
    """Copy one key: as a second name of yesterday's copy when nothing changed, so that a week costs little room."""
    with keystore.locked():
        target = keystore.file_of(key_id, folder)
        try:
            token = keystore.stored(key_id)
            keystore.unwrap(key_id, token)
        except Unreadable:
            return "damaged"
        if destroyed_keys.holds(key_id) or _holds(target, token):
            return "same"
        if yesterday and _holds(keystore.file_of(key_id, yesterday), token) and not target.exists():
            durable.make_folder(target.parent)
            os.link(keystore.file_of(key_id, yesterday), target)
            return "same"
        if target.exists():
            # Another name of the same file may belong to an older day: that one stays as it was.
            target.unlink()
        durable.write(target, token.encode())
    return "new"


def _holds(path: Path, token: str) -> bool:
    return path.exists() and path.read_bytes() == token.encode()


def recover(*, watch: Watch = unwatched) -> int:
    """Put back what is missing or damaged in the store, from the newest copy that opens; never a destroyed key."""
    put_back = 0
    for folder in reversed(keystore.copies()):
        for key_id in watch(list(keystore.ids(folder))):
            put_back += _recover_one(key_id, folder)
    return put_back


def _recover_one(key_id: UUID, folder: Path) -> int:
    with keystore.locked():
        if destroyed_keys.holds(key_id) or opens(key_id):
            return 0
        try:
            key = keystore.unwrap(key_id, keystore.stored(key_id, folder))
        except Unreadable:
            return 0
        keystore.keep(key_id, key)
    return 1


def opens(key_id: UUID, folder: Path | None = None) -> bool:
    """Tell whether a key opens with the keys of this installation."""
    try:
        keystore.unwrap(key_id, keystore.stored(key_id, folder))
    except Unreadable:
        return False
    return True

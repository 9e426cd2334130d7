"""Key rotation: write every encrypted field and every stored key again under the key that writes now."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from core import keystore
from core.encryption import EncryptedTextField, is_current
from core.errors import Unreadable


class Rewritten(NamedTuple):
    """What became of one row or key: whether it was written again, and what in it no key opens."""

    changed: bool
    shut: tuple[str, ...] = ()


def encrypted_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Name each model that has encrypted fields, with those fields."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        if names:
            yield model, names


def reencrypt(model: type[models.Model], names: list[str]) -> Iterator[Rewritten]:
    """Rewrite the rows of one model under the first key; say of each what became of it.

    Safe to stop and to repeat: a row that is already current is left alone, and so is a field that no key opens.
    """
    for pk in list(model._base_manager.values_list("pk", flat=True)):
        with transaction.atomic():
            row = model._base_manager.select_for_update().filter(pk=pk).first()
            stale, shut = _opened(row, names) if row else ([], [])
            if row and stale:
                row.save(update_fields=stale)
        yield Rewritten(bool(stale), tuple(f"{model._meta.label} {pk}: {name}" for name in shut))


def _opened(row: models.Model, names: list[str]) -> tuple[list[str], list[str]]:
    """Open the fields of a row that an older key wrote; give their names, and of those that no key opens."""
    stale: list[str] = []
    shut: list[str] = []
    for name in names:
        sealed = row.__dict__[name]
        try:
            if sealed and not is_current(sealed):
                setattr(row, name, getattr(row, name))
                stale.append(name)
        except Unreadable:
            shut.append(name)
    return stale, shut


def rewrap(keys: Iterable[UUID]) -> Iterator[Rewritten]:
    """Wrap the keys of the key store again; say of each what became of it.

    Safe to stop and to repeat. A key that is destroyed meanwhile stays destroyed.
    """
    for key_id in keys:
        try:
            yield Rewritten(keystore.rewrap(key_id))
        except Unreadable:
            yield Rewritten(False, (f"key {key_id}",))

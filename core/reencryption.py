"""Key rotation: write every encrypted field and every stored key again under the key that writes now."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from core import keystore
from core.encryption import EncryptedTextField, is_current
from core.errors import Unreadable


def encrypted_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Name each model that has encrypted fields, with those fields."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        if names:
            yield model, names


def reencrypt(model: type[models.Model], names: list[str]) -> Iterator[bool]:
    """Rewrite the rows of one model under the first key; yield whether each row was changed.

    Safe to stop and to repeat: a row that is already current is left alone.
    """
    for pk in list(model._base_manager.values_list("pk", flat=True)):
        with transaction.atomic():
            row = model._base_manager.select_for_update().filter(pk=pk).first()
            stale = [name for name in names if row and row.__dict__[name] and not is_current(row.__dict__[name])]
            for name in stale:
                setattr(row, name, getattr(row, name))
            if row and stale:
                row.save(update_fields=stale)
        yield bool(stale)


def rewrap(keys: Iterable[UUID]) -> Iterator[str]:
    """Wrap the keys of the key store again; yield for each "changed", "current" or "damaged".

    Safe to stop and to repeat. A key that is destroyed meanwhile stays destroyed.
    """
    for key_id in keys:
        try:
            yield "changed" if keystore.rewrap(key_id) else "current"
        except Unreadable:
            yield "damaged"

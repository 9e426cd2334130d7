"""Personal fields at rest: AES-GCM under the installation's keys, bound to their row."""

import base64
import hashlib
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from core.errors import Unreadable
from core.keys import new_key, read_key

NONCE_BYTES = 12


def key_name(key: str) -> str:
    """Name a key without telling it: eight hexadecimal digits."""
    return hashlib.sha256(read_key(key)).hexdigest()[:8]


def seal(text: str, *, context: str, key: str | None = None) -> str:
    """Encrypt `text` under `key`, or under the first of FIELD_ENCRYPTION_KEYS.

    `context` is authenticated but not stored: the same value cannot be moved to another row.
    """
    key = key or settings.FIELD_ENCRYPTION_KEYS[0]
    nonce = os.urandom(NONCE_BYTES)
    box = AESGCM(read_key(key)).encrypt(nonce, text.encode(), context.encode())
    return f"v1:{key_name(key)}:{base64.urlsafe_b64encode(nonce + box).decode()}"


def open_sealed(token: str, *, context: str, keys: list[str] | None = None) -> str:
    """Decrypt what `seal` made. Raises Unreadable when no key fits or the row is another."""
    _version, name, body = _parts(token)
    for key in keys if keys is not None else settings.FIELD_ENCRYPTION_KEYS:
        if key_name(key) == name:
            try:
                raw = base64.urlsafe_b64decode(body)
                return AESGCM(read_key(key)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
            except (InvalidTag, ValueError) as error:
                raise Unreadable("The sealed value does not belong here.") from error
    raise Unreadable(f"No key with the name {name}.")


def _parts(token: str) -> tuple[str, str, str]:
    """Take version, key name and body apart. Raises Unreadable on anything that `seal` did not make."""
    version, _, rest = token.partition(":")
    name, _, body = rest.partition(":")
    if version != "v1" or not body:
        raise Unreadable("This was never sealed.")
    return version, name, body


def is_current(token: str, *, key: str | None = None) -> bool:
    """Tell whether a sealed value was written under `key`, or under the first of FIELD_ENCRYPTION_KEYS."""
    return _parts(token)[1] == key_name(key or settings.FIELD_ENCRYPTION_KEYS[0])


class Sealed(str):
    """Text as it lies in the database, still encrypted."""


class _OpenOnRead:
    """Decrypts a value the first time that it is read, not when the row is loaded."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = open_sealed(value, context=self.field.context(instance))
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField[str, str]):
    """Text that is encrypted at rest. Needs a primary key that is known before the first save (a UUID)."""

    def context(self, instance: models.Model) -> str:
        """Tell where the value lives: model, field and row."""
        return f"{self.model._meta.label}.{self.attname}.{instance.pk}"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Join the model, and decrypt on reading from then on."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _OpenOnRead(self))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Keep the value sealed until someone reads it."""
        return Sealed(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal what was typed; leave alone what nobody read."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) or not value:
            return value
        return Sealed(seal(str(value), context=self.context(model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        """Let only sealed text through to the database: `update()` and a search for a value come here unsealed."""
        if value and not isinstance(value, Sealed):
            raise TypeError("An encrypted field is written by save() and cannot be searched for a value.")
        return super().get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of the database."""
        if lookup_name not in {"isnull", "exact"}:
            raise TypeError(f"An encrypted field cannot be searched with {lookup_name}.")
        return super().get_lookup(lookup_name)


__all__ = ["EncryptedTextField", "Sealed", "is_current", "key_name", "new_key", "open_sealed", "seal"]

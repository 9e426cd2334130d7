"""Canaries: words that stand in one personal field each, so that whoever reads one can be asked where it came from."""

import re
import uuid
from datetime import time, timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core import keystore
from core.encryption import EncryptedTextField
from core.key_reference import KeyReference

SONG = re.compile(r"knry\d{4}z", re.IGNORECASE)
LONG_ENOUGH = 12
PRIVATE_ROOMS = {"clienten", "vraagverheldering", "doorverwijzing"}
# Nothing of a person: a secret that is made, and that the story checks by its value; or a hash of one.
MADE = {
    "core.User.password", "organisaties.Invitation.token", "doorverwijzing.ReceiptCode.code",
    "doorverwijzing.ReceiptCode.digest",
}  # fmt: skip


def can_sing(model, field) -> bool:
    """Tell whether a personal field can hold a word of ours: text, and no choice between few."""
    if field.name not in model.Privacy.personal or field.choices or is_sealed(model, field):
        return False
    is_text = isinstance(field, models.TextField | models.CharField)
    long_enough = (field.max_length or LONG_ENOUGH) >= LONG_ENOUGH
    return is_text and long_enough and f"{model._meta.label}.{field.name}" not in MADE


def is_sealed(model, field) -> bool:
    """Tell whether a field lies under a key of its own; what is in it was told elsewhere."""
    keys = [key for key in model._meta.concrete_fields if isinstance(key, KeyReference)]
    return any(field.name in key.empties for key in keys)


def watched():
    """Give every model that lists personal fields."""
    return [model for model in apps.get_models() if getattr(getattr(model, "Privacy", None), "personal", None)]


def singing_fields(model):
    """Give the fields of a model in which a canary must sit."""
    return [field for field in model._meta.concrete_fields if can_sing(model, field)]


class Aviary:
    """Gives each field its own canary, and knows of each where it lives."""

    def __init__(self, first: int = 0) -> None:
        self.first, self.homes = first, dict[str, str]()

    def bird(self, model, field: str) -> str:
        """Give a new canary for a field."""
        song = f"knry{self.first + len(self.homes):04d}z"
        self.homes[song] = f"{model._meta.label}.{field}"
        return f"{song}@duif.example" if isinstance(model._meta.get_field(field), models.EmailField) else song

    def birds(self, model, *names: str) -> dict[str, str]:
        """Give canaries for some fields, or for all that can hold one."""
        return {name: self.bird(model, name) for name in names or [field.name for field in singing_fields(model)]}

    def heard(self, said: bytes | str) -> set[str]:
        """Name the fields of which something is said."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return {self.homes[song] for found in SONG.findall(text) if (song := found.lower()) in self.homes}

    def silent(self) -> list[str]:
        """Name the personal fields in which no row holds a canary."""
        return [
            f"{model._meta.label}.{field.name}"
            for model in watched()
            for field in singing_fields(model)
            if not any(SONG.search(str(getattr(row, field.name) or "")) for row in model._base_manager.all())
        ]


class Planter:
    """Makes one row of each model that the story did not make, tied to the rows of the story and under the same id."""

    def __init__(self, aviary: Aviary, anchors: dict[type, list[models.Model]], pk: uuid.UUID) -> None:
        self.aviary, self.anchors, self.pk = aviary, anchors, pk
        self.failed: list[str] = []

    def plant_all(self) -> None:
        """Plant what is missing: each field that can sing, and each kind of private row. Fails with what to do."""
        silent = {home.rpartition(".")[0] for home in self.aviary.silent()}
        for model in apps.get_models():
            private = model._meta.app_label in PRIVATE_ROOMS
            if model._meta.label in silent or (private and not model._base_manager.exists()):
                self.plant(model)
        advice = "Let tests/leaks/world.py make such a row, with a canary in each personal field."
        assert self.failed == [], "\n".join([*self.failed, advice])

    def plant_more(self) -> None:
        """Plant a second row of each private kind; what can be there only once stays away."""
        for model in apps.get_models():
            if model._meta.app_label in PRIVATE_ROOMS and model not in self.anchors:
                self.plant(model)

    def plant(self, model) -> models.Model | None:
        """Make one row, with everything that it may be tied to, or else with as little as it can."""
        told = ""
        for sparing in (False, True):
            row = model(**dict(self._values(model, sparing=sparing)))
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except (IntegrityError, ValidationError, ValueError, TypeError) as error:
                told = f"{model._meta.label}: {error}"
            else:
                self.anchors.setdefault(model, [row])
                return row
        self.failed.append(told)
        return None

    def _values(self, model, *, sparing: bool):
        used: dict[type, int] = {}
        for field in model._meta.concrete_fields:
            if field.primary_key and isinstance(field, models.UUIDField):
                yield field.attname, self.pk
            elif can_sing(model, field):
                yield field.attname, self.aviary.bird(model, field.name)
            elif isinstance(field, KeyReference):
                yield field.attname, keystore.make()[0]
            elif field.is_relation:
                if not (sparing and field.null):
                    yield field.attname, self._related(field, used)
            elif not (field.has_default() or field.null or field.blank or field.primary_key):
                yield field.attname, _plain(field)

    def _related(self, field, used):
        """Give a row to tie to; a second tie to the same kind leads to another row when there is one."""
        remote = field.related_model
        if remote not in self.anchors and not field.null:
            self.plant(remote)
        known = self.anchors.get(remote, [])
        number = used[remote] = used.get(remote, -1) + 1
        return known[min(number, len(known) - 1)].pk if known else None


def _plain(field):
    """Give a value that a field takes, whatever it means."""
    soon = timezone.now() + timedelta(days=30)
    if field.choices:
        return next(value for value, _label in field.flatchoices if value not in (None, ""))
    late = any(word in field.name for word in ("until", "_by", "expire", "end", "close"))
    if isinstance(field, models.DateTimeField):
        return soon if late else timezone.now()
    kinds = {
        models.DateField: timezone.localdate(soon),
        models.TimeField: time(17 if late else 9),
        models.BooleanField: False,
        models.IntegerField: 1,
        models.UUIDField: uuid.uuid4(),
        models.JSONField: {},
        models.BinaryField: b"x",
        models.FloatField: 1.0,
        EncryptedTextField: "x",
    }
    found = next((value for kind, value in kinds.items() if isinstance(field, kind)), None)
    return uuid.uuid4().hex[: field.max_length or 32] if found is None else found

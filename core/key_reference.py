"""A column that names a key of the key store, and what must happen to its row once that key is destroyed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models


class KeyReference(models.UUIDField[Any, Any]):
    """The id of a key in the key store, or nothing. The key itself never comes into the database.

    `empties` names the columns whose content the key opened, `stamps` the column that tells when it was destroyed.
    """

    def __init__(self, *args: Any, empties: Sequence[str] = (), stamps: str = "", **options: Any) -> None:
        self.empties, self.stamps = list(empties), stamps
        super().__init__(*args, **{"null": True, "blank": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        """Write the two arguments of our own into migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "empties": self.empties, "stamps": self.stamps}


def key_references() -> Iterator[tuple[type[models.Model], KeyReference]]:
    """Name each column that refers to a key, with its model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, KeyReference):
                yield model, field

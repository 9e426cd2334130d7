"""A QuerySet that tells about rows it writes without `save()`, where Django itself stays silent."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction
from django.dispatch import Signal

Row = TypeVar("Row", bound=models.Model)

# Sent with `ids: list[str]` and `created: bool` (all of them are new) by `update`, `bulk_update` and `bulk_create`,
# inside the transaction of the change; and before it as well when a row may come to belong to another one.
# `delete` is not here: Django has signals for it.
rows_written = Signal()


class TellingQuerySet(models.QuerySet[Row, Row]):
    """For tables that others follow. Costs one more query per call, for the keys."""

    def update(self, **fields: Any) -> int:
        """Change all rows at once, and tell which. `bulk_update` comes along here too."""
        with transaction.atomic(using=self.db, savepoint=False):
            ids = list(self.order_by().values_list("pk", flat=True))
            if self._moves(fields):
                self._tell(ids)
            count = super().update(**fields)
            self._tell(ids)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """Write many rows at once, and tell which."""
        rows: Sequence[Row] = list(objs)
        with transaction.atomic(using=self.db, savepoint=False):
            if options.get("update_conflicts") and self._moves(options.get("update_fields") or ()):
                self._tell([row.pk for row in rows if row.pk])
            made = super().bulk_create(rows, *args, **options)
            self._tell([row.pk for row in made if row.pk], created=not options.get("update_conflicts"))
        return made

    def _moves(self, names: Collection[str]) -> bool:
        """Whether rows may come to belong to another row by these fields."""
        relations = {
            name for one in self.model._meta.concrete_fields if one.is_relation for name in (one.name, one.attname)
        }
        return not relations.isdisjoint(names)

    def _tell(self, ids: Iterable[Any], *, created: bool = False) -> None:
        if told := [str(pk) for pk in ids]:
            rows_written.send(sender=self.model, ids=told, created=created)

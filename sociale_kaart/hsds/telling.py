"""Telling the rest of the house which services look different after an import."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import models, transaction

from organisaties.models import Organization
from sociale_kaart.changes import services_changed
from sociale_kaart.models import Attribute, Service, ServiceAtLocation

CHUNK = 500


def chunked(ids: set[str] | list[str]) -> Iterator[list[str]]:
    """Give ids in lists that fit in one query."""
    waiting = iter(ids)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


class Touched:
    """The objects that were written, gathered so that each service is told once."""

    def __init__(self) -> None:
        self.ids: dict[str, set[str]] = {}

    def note(self, table: str, obj: models.Model, *, is_new: bool) -> None:
        """Remember what a written object may change; a new organization or place changes nothing yet."""
        if table == "service" or (table in {"organization", "program", "taxonomy_term", "location"} and not is_new):
            self._add(table, obj.pk)
        elif table not in {"organization", "program", "taxonomy_term", "location"}:
            for owner in ("service", "service_at_location", "location"):
                self._add(owner, getattr(obj, f"{owner}_id", None))

    def _add(self, table: str, pk: str | None) -> None:
        if pk:
            self.ids.setdefault(table, set()).add(pk)

    def add(self, other: "Touched") -> None:
        """Take over what a batch gathered."""
        for table, ids in other.ids.items():
            self.ids.setdefault(table, set()).update(ids)

    def services(self) -> set[str]:
        """Find all services that may look different now."""
        found = set(self.ids.get("service", ()))
        for table, model, path, field in _ROADS:
            for chunk in chunked(self.ids.get(table, set())):
                rows = model._default_manager.filter(**{f"{path}__in": chunk})
                found.update(rows.order_by().values_list(field, flat=True).distinct())
        return {pk for pk in found if pk}


_ROADS: tuple[tuple[str, type[models.Model], str, str], ...] = (
    ("service_at_location", ServiceAtLocation, "pk", "service_id"),
    ("location", ServiceAtLocation, "location_id", "service_id"),
    ("organization", Service, "organization_id", "pk"),
    ("program", Service, "program_id", "pk"),
    ("taxonomy_term", Attribute, "taxonomy_term_id", "service_id"),
)


@transaction.atomic
def tell(touched: Touched) -> None:
    """Send `services_changed` in batches, in one transaction; renew what editors see of these rows."""
    ids = touched.services()
    for chunk in chunked(ids):
        _renew(Service.objects.filter(pk__in=chunk))
        services_changed.send(sender=Service, ids=chunk)
    for chunk in chunked(touched.ids.get("organization", set())):
        _renew(Organization.objects.filter(pk__in=chunk))


def _renew(rows: "models.QuerySet[Any]") -> None:
    """Make a new revision where an editor published before: the editor opens the latest revision, not the row.

    A draft that is still open stays as it is; publishing it remains the editor's choice.
    """
    for row in rows.filter(latest_revision__isnull=False, has_unpublished_changes=False, live=True):
        row.save_revision(clean=False).publish(skip_permission_checks=True)

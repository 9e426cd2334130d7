"""Which services show a row of the catalogue: from each table the roads to the services."""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from organisaties.models import Organization
from sociale_kaart.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    Location,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
)

OWN = "service"
THERE = "service_at_location__service"
AT = "location__service_at_locations__service"
ROADS: dict[type[Model], tuple[str, ...]] = {
    Service: ("pk",),
    Organization: ("services",),
    Program: ("services",),
    Location: ("service_at_locations__service",),
    TaxonomyTerm: ("attributes__service",),
    ServiceAtLocation: (OWN,),
    Address: (AT,),
    Accessibility: (AT,),
    Attribute: (OWN,),
    CostOption: (OWN,),
    Language: (OWN, AT),
    # A service without a number of its own shows that of its organization.
    Phone: (OWN, THERE, AT, "organization__services"),
    Schedule: (OWN, THERE, AT),
    ServiceArea: (OWN, THERE),
}
# Of a new row of these nobody can show anything yet: what points at it is saved afterwards, and noted then.
POINTED_AT = (Organization, Program, Location, TaxonomyTerm)
CHUNK = 500
DEEPEST = 10


def services_of_row(table: type[Model], row: Model) -> Iterator[str]:
    """Give the ids of the services that show this row; asks nothing about what the row itself knows."""
    for road in ROADS.get(table, ()):
        first = road.partition("__")[0]
        if road in {"pk", OWN}:
            own = row.pk if road == "pk" else getattr(row, "service_id")  # noqa: B009  not every table has it
            yield from [str(own)] if own else []
        elif getattr(row, f"{first}_id", row.pk):
            yield from _at_the_end(table, road, [str(row.pk)])


def services_of_all(table: type[Model], ids: Iterable[str]) -> list[str]:
    """Give the ids of the services that show any of these rows, each once."""
    listed = list(ids)
    return list(dict.fromkeys(pk for road in ROADS.get(table, ()) for pk in _at_the_end(table, road, listed)))


def _at_the_end(table: type[Model], road: str, ids: list[str]) -> Iterator[str]:
    """Walk a road from these rows, some hundreds at a time."""
    ids = _with_terms_below(ids) if table is TaxonomyTerm else ids
    for start in range(0, len(ids), CHUNK):
        rows = table._base_manager.filter(pk__in=ids[start : start + CHUNK])
        found = rows.filter(**{f"{road}__isnull": False}).order_by().values_list(road, flat=True).distinct()
        yield from map(str, found)


def _with_terms_below(ids: list[str]) -> list[str]:
    """Add the terms under these: a service is found by all that stands above its own term."""
    known, level = dict.fromkeys(ids), list(ids)
    for _depth in range(DEEPEST):
        level = [
            str(pk) for pk in TaxonomyTerm.objects.filter(parent__in=level).order_by().values_list("pk", flat=True)
        ]
        level = [pk for pk in level if pk not in known]
        if not level:
            break
        known |= dict.fromkeys(level)
    return list(known)

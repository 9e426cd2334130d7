"""Services read once: their related rows as lists, and what follows from them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.db.models import Q

from organisaties.models import Organization
from search.records import derive
from search.records.hours import HOURS, closed_days, slots_of
from sociale_kaart.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
)

BATCH = 1000
# What is read of the rows that a service has by the dozen: a whole row of the model takes ten times as long to make.
OFFER = ("pk", "location_id")
PHONE = ("number",)
AREA = ("node", "name")
COST = ("option", "amount", "amount_description")
ADDRESS = ("address_1", "postal_code", "city")
EASE = ("description", "details")
LANGUAGE = ("code", "name")
TERM = ("taxonomy_term_id",)
# By the kind and the id of what they belong to.
Owner = tuple[str, Any]
Rows = dict[Owner, list[Any]]


@dataclass(frozen=True)
class Listing:
    """What the record of a service is made from. `doors` are the places that may be named.

    Addresses, areas and hours are rows with some columns of theirs: see above.
    """

    service: Service
    doors: list[Location]
    addresses: list[Any]
    terms: list[TaxonomyTerm]
    areas: list[Any]
    hours: list[Any]
    languages: list[str]
    cost: str
    referral: str
    how: frozenset[str]
    ease: frozenset[str]
    phone: str
    slots: frozenset[int]
    closed: frozenset[str]


class _Related:
    """All that belongs to some services, one query for each kind of row.

    Django's own fetching puts a query together for each service and relation, which took most of the time.
    """

    def __init__(self, services: Sequence[Service]) -> None:
        own = [service.pk for service in services]
        self.offers = _rows(ServiceAtLocation, OFFER, service=own)
        offers = [offer for several in self.offers.values() for offer in several]
        offered, there = [offer.pk for offer in offers], {offer.location_id for offer in offers}
        above = {service.organization_id for service in services}
        self.phones = _rows(Phone, PHONE, service=own, service_at_location=offered, location=there, organization=above)
        self.schedules = _rows(Schedule, HOURS, service=own, service_at_location=offered, location=there)
        self.areas = _rows(ServiceArea, AREA, service=own, service_at_location=offered)
        self.languages = _rows(Language, LANGUAGE, service=own, location=there)
        self.costs = _rows(CostOption, COST, service=own)
        self.addresses = _rows(Address, ADDRESS, location=there)
        self.ease = _rows(Accessibility, EASE, location=there)
        self.attributes = _rows(Attribute, TERM, service=own)
        self.organizations = Organization.objects.in_bulk(above)
        self.locations = Location.objects.in_bulk(there)
        named = {one.taxonomy_term_id for several in self.attributes.values() for one in several}
        self.terms = TaxonomyTerm.objects.in_bulk(named)


def _rows(model: Any, columns: Sequence[str], **owners: Collection[Any]) -> Rows:
    """Give these columns of the rows that belong to these, in their own order."""
    found: Rows = defaultdict(list)
    sought = {owner: {*ids} for owner, ids in owners.items()}
    links = {owner: f"{owner}_id" for owner in sought}
    theirs = reduce(or_, (Q(**{f"{owner}__in": ids}) for owner, ids in sought.items()))
    for row in model.objects.filter(theirs).values_list(*links.values(), *columns, named=True):
        for owner, link in links.items():
            if (one := getattr(row, link)) in sought[owner]:
                found[owner, one].append(row)
    return found


def _of(rows: Rows, owners: Iterable[Owner]) -> list[Any]:
    """Give the rows of these, one after the other."""
    return [row for owner in owners for row in rows.get(owner, ())]


def listings(services: Iterable[Service], today: date) -> Iterator[Listing]:
    """Read services that were fetched with `for_index()`, a thousand at a time."""
    waiting = iter(services)
    while batch := list(islice(waiting, BATCH)):
        related = _Related(batch)
        for service in batch:
            service.organization = related.organizations[service.organization_id]
            yield _read(service, related, today)


def _read(service: Service, related: _Related, today: date) -> Listing:
    own = [("service", service.pk)]
    offers = _of(related.offers, own)
    offered = [("service_at_location", offer.pk) for offer in offers]
    locations = [related.locations[offer.location_id] for offer in offers]
    there = [("location", location.pk) for location in locations]
    doors = [location for location in locations if not location.protected]
    open_to_all = [("location", location.pk) for location in doors]
    hours = next(filter(None, (_of(related.schedules, owners) for owners in (own, offered, there))), [])
    phones = _of(related.phones, [*own, *offered, *there, ("organization", service.organization_id)])
    return Listing(
        service=service,
        doors=doors,
        addresses=_of(related.addresses, open_to_all),
        terms=[related.terms[one.taxonomy_term_id] for one in _of(related.attributes, own)],
        areas=_of(related.areas, [*own, *offered]),
        hours=hours,
        languages=derive.language_codes(_of(related.languages, [*own, *there])),
        cost=derive.cost_of(service, _of(related.costs, own)),
        referral=derive.referral_of(service),
        how=derive.how_of(service),
        ease=derive.ease_of(_of(related.ease, open_to_all)),
        phone=phones[0].number if phones else "",
        slots=slots_of(hours, today),
        closed=closed_days(hours, today),
    )

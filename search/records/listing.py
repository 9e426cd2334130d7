"""One service read once: its related rows as lists, and what follows from them."""

from dataclasses import dataclass
from datetime import date

from search.records import derive
from search.records.hours import closed_days, slots_of
from sociale_kaart.models import Address, Location, Schedule, Service, ServiceArea, TaxonomyTerm


@dataclass(frozen=True)
class Listing:
    """What the record of a service is made from. `doors` are the places that may be named."""

    service: Service
    doors: list[Location]
    addresses: list[Address]
    terms: list[TaxonomyTerm]
    areas: list[ServiceArea]
    hours: list[Schedule]
    languages: list[str]
    cost: str
    referral: str
    how: frozenset[str]
    ease: frozenset[str]
    phone: str
    slots: frozenset[int]
    closed: frozenset[str]


def read(service: Service, today: date) -> Listing:
    """Read a service that was fetched with `for_index()`; each related row is asked for once."""
    places = list(service.service_at_locations.all())
    locations = [place.location for place in places]
    doors = [location for location in locations if not location.protected]
    spoken = [*service.languages.all(), *(row for location in locations for row in location.languages.all())]
    areas = [*service.service_areas.all(), *(row for place in places for row in place.service_areas.all())]
    hours = list(service.schedules.all())
    hours = hours or [row for place in places for row in place.schedules.all()]
    hours = hours or [row for location in locations for row in location.schedules.all()]
    phone = service.main_phone()
    return Listing(
        service=service,
        doors=doors,
        addresses=[address for location in doors for address in location.addresses.all()],
        terms=[attribute.taxonomy_term for attribute in service.attributes.all()],
        areas=areas,
        hours=hours,
        languages=derive.language_codes(spoken),
        cost=derive.cost_of(service),
        referral=derive.referral_of(service),
        how=derive.how_of(service),
        ease=derive.ease_of(row for location in doors for row in location.accessibility.all()),
        phone=str(phone) if phone else "",
        slots=slots_of(hours, today),
        closed=closed_days(hours, today),
    )

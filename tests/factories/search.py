"""Listings as search shows them: with a place, an area, hours and a phone."""

from gebied.models import Municipality
from sociale_kaart.areas import node_of
from sociale_kaart.models import Address, Attribute, Taxonomy, TaxonomyTerm
from tests.factories.sociale_kaart import (
    LocationFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceAreaFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)


def listing(name="Schuldbemiddeling", *, town="Zedelgem", area=("Zedelgem",), hours="MO", needs=(), **fields):
    """Make one complete listing; `fields` are those of the service."""
    service = ServiceFactory(name=name, **fields)
    location = LocationFactory(municipality=Municipality.objects.named(town).get())
    Address.objects.create(location=location, address_1="Voorbeeldstraat 1", city=town, postal_code="8210")
    ServiceAtLocationFactory(service=service, location=location)
    for place in area:
        ServiceAreaFactory(service=service, name=place, node=node_of(place))
    if hours:
        ScheduleFactory(service=service, byday=hours)
    PhoneFactory(service=service)
    for code in needs:
        Attribute.objects.create(service=service, taxonomy_term=need(code))
    return service


def need(code):
    """Give one of the sixteen needs, made when it is not there."""
    taxonomy, _new = Taxonomy.objects.get_or_create(name="Noden", vocabulary="needs")
    term, _new = TaxonomyTerm.objects.get_or_create(
        vocabulary="needs", code=code, defaults={"taxonomy": taxonomy, "name": code}
    )
    return term

"""Listings for tests."""

import factory
from factory.django import DjangoModelFactory

from gebied.models import Municipality
from sociale_kaart.models import Location, Phone, Schedule, Service, ServiceArea, ServiceAtLocation
from tests.factories.organisaties import OrganizationFactory


class ServiceFactory(DjangoModelFactory[Service]):
    """A published, running service."""

    class Meta:
        model = Service

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"Dienst {n}")
    summary = "Een dienst die mensen verder helpt."
    accepts_referrals = True


class LocationFactory(DjangoModelFactory[Location]):
    """A place with a position in Zedelgem."""

    class Meta:
        model = Location

    name = factory.Sequence(lambda n: f"Plaats {n}")
    latitude = 51.1424
    longitude = 3.1368


class ServiceAtLocationFactory(DjangoModelFactory[ServiceAtLocation]):
    """A service that can be had at a place."""

    class Meta:
        model = ServiceAtLocation

    service = factory.SubFactory(ServiceFactory)
    location = factory.SubFactory(LocationFactory)


class PhoneFactory(DjangoModelFactory[Phone]):
    """A phone of a service."""

    class Meta:
        model = Phone

    service = factory.SubFactory(ServiceFactory)
    number = "050 00 00 99"


class ScheduleFactory(DjangoModelFactory[Schedule]):
    """Open on Monday morning."""

    class Meta:
        model = Schedule

    service = factory.SubFactory(ServiceFactory)
    byday = "MO"
    opens_at = "09:00"
    closes_at = "12:00"


class ServiceAreaFactory(DjangoModelFactory[ServiceArea]):
    """Serves one municipality."""

    class Meta:
        model = ServiceArea

    service = factory.SubFactory(ServiceFactory)
    name = "Zedelgem"
    node = "municipality:31040"


def social_house(name: str, municipality: str, number: str) -> None:
    """Make the house of a municipality, with a desk and perhaps a phone."""
    desk = ServiceFactory(organization=OrganizationFactory(name=name, kind="ocmw"), walk_in=True)
    ServiceAtLocationFactory(
        service=desk, location=LocationFactory(municipality=Municipality.objects.named(municipality).get())
    )
    if number:
        PhoneFactory(service=None, organization=desk.organization, number=number)

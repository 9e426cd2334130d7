"""The social houses of the region: the desk that anybody may call or walk into."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from gebied.models import Municipality
from organisaties.models import Organization
from sociale_kaart.models import Service
from sociale_kaart.opening import Opening, opening_of

SOCIAL_HOUSE = "ocmw"
DESK = (
    "schedules", "organization__phones", "service_at_locations__schedules", "service_at_locations__location__schedules",
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """The social house of a municipality; `yours` when it is the municipality that was asked."""

    municipality: str
    organization: Organization
    phone: str
    hours: Opening
    yours: bool


def houses_around(municipality: Municipality) -> list[House]:
    """Find the social house of each municipality of the same zones; its desk is the service without appointment."""
    zones = municipality.zones.all()
    around = Municipality.objects.filter(zones__in=zones).distinct() if zones else [municipality]
    names = {one.pk: one.name for one in around}
    offered = Service.objects.public().filter(
        organization__kind=SOCIAL_HOUSE, service_at_locations__location__municipality__in=names
    )
    now = timezone.now()
    houses: dict[str, House] = {}
    for service in offered.order_by("-walk_in", "name", "pk").distinct().prefetch_related(*DESK):
        for place in service.places():
            key = place.municipality_id
            if key in names and key not in houses and not place.protected:
                phone = next((str(phone) for phone in service.organization.phones.all()), "")
                hours = opening_of(service, now)
                houses[key] = House(names[key], service.organization, phone, hours, key == municipality.pk)
    return sorted(houses.values(), key=lambda house: house.municipality)


def house_to_call(asked: str = "") -> House | None:
    """Give the desk of a municipality, by its name, else of a neighbour, else the installation's own.

    None when no desk of these has a phone.
    """
    for name in filter(None, (asked, settings.HOME_MUNICIPALITY)):
        municipality = Municipality.objects.named(name).first()
        reached = [house for house in houses_around(municipality) if house.phone] if municipality else []
        if reached:
            return next((house for house in reached if house.yours), reached[0])
    return None

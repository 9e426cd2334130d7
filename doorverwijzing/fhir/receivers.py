"""Which of our services is asked: by an identifier that is ours, or because the operator says so. Never by likeness."""

from dataclasses import dataclass, field

from doorverwijzing.fhir.codes import ENTERPRISE_NUMBER, OUR_ORGANIZATIONS, OUR_SERVICES
from doorverwijzing.fhir.reading import Found
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.walking import Asking, key_of, several, words
from organisaties.models import OrganizationIdentifier
from sociale_kaart.models import Service


@dataclass
class Receiver:
    """The receiving side as the parcel names it: its organization, and the service that is asked."""

    asking: Asking
    house: Found | None
    house_name: str
    asked: Found | None
    resources: list[Found] = field(default_factory=list)

    def is_named_by(self, reference: object) -> bool:
        """Tell whether a reference, such as the one of a Consent, points at this side."""
        name = self.asking.name(reference)
        return bool(name) and name in {self.house_name, key_of(self.asked) if self.asked else self.house_name}

    def ours(self, chosen: Service | None) -> Service:
        """Give our service. Raises AsideError when none of ours is asked, or the Task is with another organization."""
        service = chosen or self._named()
        if service is None:
            raise AsideError("no_service")
        if chosen is None and self.house and not _is_house(self.house, service):
            raise AsideError("another_receiver")
        return service

    def _named(self) -> Service | None:
        """Find the service by our own id, or by the enterprise number of its house and its exact name."""
        if self.asked is None:
            return None
        named = Service.objects.select_related("organization").taking_referrals()
        for one in several(self.asked.resource, "identifier"):
            if one.get("system") == OUR_SERVICES and (found := named.filter(pk=words(one, "value")).first()):
                return found
        numbers = _numbers(self.house)
        same = named.filter(name=words(self.asked.resource, "name"))
        found_here = same.filter(organization__organization_identifiers__identifier__in=numbers).distinct()
        return found_here.first() if numbers and found_here.count() == 1 else None


def _numbers(house: Found | None) -> list[str]:
    """Give the enterprise numbers of an organization, with and without dots."""
    given = [
        words(one, "value")
        for one in several(house.resource if house else {}, "identifier")
        if one.get("system") == ENTERPRISE_NUMBER and words(one, "value")
    ]
    return [form for number in given for form in (number, number.replace(".", ""))]


def _is_house(house: Found, service: Service) -> bool:
    """Tell whether an Organization is the one of our service; an id of ours must be the same, else a number must."""
    ours = [
        words(one, "value") for one in several(house.resource, "identifier") if one.get("system") == OUR_ORGANIZATIONS
    ]
    if ours and service.organization_id in ours:
        return True
    known = OrganizationIdentifier.objects.filter(organization=service.organization_id, identifier__in=_numbers(house))
    return known.exists()


def receiver_of(asking: Asking, request: Found, task: Found) -> Receiver:
    """Find the receiving side: the owner of the Task and the performer of the request."""
    performers = [asking.at(one) for one in several(request.resource, "performer")]
    services = [one for one in performers if one and one.kind == "HealthcareService"]
    asked = services[0] if len(services) == 1 else None
    owner = task.resource.get("owner")
    found = asking.at(owner)
    if found and found.kind == "HealthcareService":
        asked, owner = found, found.resource.get("providedBy")
    house = asking.at(owner)
    if house and house.kind != "Organization":
        house = None
    resources = [one for one in (house, asked) if one]
    return Receiver(asking, house, asking.name(owner), asked, resources)

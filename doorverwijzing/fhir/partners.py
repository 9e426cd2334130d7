"""Organizations, service and worker as FHIR: what is public, and what the receiver's page shows of the worker."""

from doorverwijzing.fhir.codes import (
    CAPACITIES,
    CAPACITY,
    CATEGORIES,
    ENTERPRISE_NUMBER,
    OUR_NEEDS,
    OUR_ORGANIZATIONS,
    OUR_SERVICES,
    PROFILES,
    SDOH,
    US_CORE_CATEGORY,
    Json,
    categories_of,
    coding,
    concept,
    id_of,
    reference,
)
from doorverwijzing.models import Referral
from organisaties.models import Organization
from sociale_kaart.models import Service

ENTERPRISE_TYPES = {"kbo", "kbo-nummer", "ondernemingsnummer", "enterprise number", "vat"}


def organization(referral: Referral, one: Organization, what: str) -> Json:
    """Give one side. `what` is "sender" or "receiver"."""
    numbers = [
        {"system": ENTERPRISE_NUMBER, "value": number.identifier}
        for number in one.organization_identifiers.all()
        if number.identifier_type.lower() in ENTERPRISE_TYPES
    ]
    return {
        "resourceType": "Organization",
        "id": id_of(referral.pk, what),
        "meta": {"profile": [PROFILES["Organization"]]},
        "identifier": [{"system": OUR_ORGANIZATIONS, "value": one.pk}, *numbers],
        "active": True,
        "name": one.name,
    }


def worker(referral: Referral) -> Json:
    """Give who sends: first name and work phone, as the receiver's page does; never the address to log in with."""
    person = referral.sender_worker
    return {
        "resourceType": "PractitionerRole",
        "id": id_of(referral.pk, "worker"),
        # The profile asks a name and a way to reach.
        **({"meta": {"profile": [PROFILES["PractitionerRole"]]}} if person.first_name and person.phone else {}),
        "active": True,
        **({"practitioner": {"display": person.first_name}} if person.first_name else {}),
        "organization": reference(id_of(referral.pk, "sender"), referral.sender.name),
        **({"telecom": [{"system": "phone", "value": person.phone, "use": "work"}]} if person.phone else {}),
    }


def needs_of(service: Service) -> list[str]:
    """Name the needs that a service answers to; this is public."""
    terms = [attribute.taxonomy_term for attribute in service.attributes.select_related("taxonomy_term")]
    return list(dict.fromkeys(term.code for term in terms if term.vocabulary == "needs" and term.code))


def category_codings(service: Service) -> list[Json]:
    """Give the SDOH categories of a service."""
    return [coding(SDOH, code, CATEGORIES[code]) for code in categories_of(needs_of(service))]


def service(referral: Referral) -> Json:
    """Give the service that is asked, with whether it has room."""
    one = referral.service
    ours = [coding(OUR_NEEDS, need) for need in needs_of(one)]
    return {
        "resourceType": "HealthcareService",
        "id": id_of(referral.pk, "service"),
        # The profile knows running services only.
        **({"meta": {"profile": [PROFILES["HealthcareService"]]}} if one.status == "active" else {}),
        "extension": [_capacity(one)],
        "identifier": [{"system": OUR_SERVICES, "value": one.pk}],
        "active": one.status == "active",
        "providedBy": reference(id_of(referral.pk, "receiver"), referral.receiver.name),
        "category": [concept(coding(US_CORE_CATEGORY, "sdoh", "SDOH"), *category_codings(one), *ours)],
        "type": [concept(text=one.name)],
        "name": one.name,
    }


def _capacity(one: Service) -> Json:
    code = "capacity" if one.takes_new_people else "waitlist" if one.waiting_weeks else "no-capacity"
    said = concept(coding(SDOH, code, CAPACITIES[code]))
    return {"url": CAPACITY, "extension": [{"url": "capacityStatus", "valueCodeableConcept": said}]}

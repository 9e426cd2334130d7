"""Which phone number a client or a coordinator may call."""

from collections.abc import Iterable

from django.db.models import Q

from doorverwijzing.holders import works_here
from doorverwijzing.models import Referral
from organisaties.models import Organization
from sociale_kaart.models import Phone


def phone_of(organization: Organization, service_id: str | None = None) -> str:
    """Give a phone number: of the service when it has one, else of the organization."""
    phones = Phone.objects.filter(service_id=service_id) if service_id else Phone.objects.none()
    found = phones.first() or Phone.objects.filter(organization=organization).first()
    found = found or Phone.objects.filter(service__organization=organization).first()
    return found.number if found else ""


def of_contact(referral: Referral) -> str:
    """Give the number of who sent it; of the house when that one has none, or left without anyone after."""
    worker = referral.sender_worker
    own = worker.phone if works_here(worker, referral.sender) else ""
    return own or phone_of(referral.sender)


def phones_of(organizations: Iterable[Organization]) -> dict[str, str]:
    """Give a phone number of each organization that has one, by its key, in one query."""
    keys = {organization.pk for organization in organizations}
    phones = Phone.objects.filter(Q(organization__in=keys) | Q(service__organization__in=keys))
    found: dict[str, str] = {}
    # What belongs to the organization itself goes before what belongs to one of its services.
    for phone in phones.select_related("service").order_by("service", "sort_order", "pk"):
        owner = phone.organization_id or (phone.service.organization_id if phone.service else None)
        if owner:
            found.setdefault(owner, phone.number)
    return found

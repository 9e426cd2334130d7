"""Which phone number a client may call."""

from organisaties.models import Organization
from sociale_kaart.models import Phone


def phone_of(organization: Organization, service_id: str | None = None) -> str:
    """Give a phone number: of the service when it has one, else of the organization."""
    phones = Phone.objects.filter(service_id=service_id) if service_id else Phone.objects.none()
    found = phones.first() or Phone.objects.filter(organization=organization).first()
    found = found or Phone.objects.filter(service__organization=organization).first()
    return found.number if found else ""

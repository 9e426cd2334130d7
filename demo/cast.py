"""Who is who in the demo: organizations by slug, people by mail address, services by name."""

from core.models import User
from demo.catalogue_loader import organization_id
from organisaties.models import Organization
from sociale_kaart.models import Service

LOTTE, NOOR, KARIM = "lotte@pannenhoek.example", "noor@blauwedeur.example", "karim@zevenknopen.example"
ELS, JONAS, INE = "els@pannenhoek.example", "jonas@pannenhoek.example", "ine@windvang.example"
BERT, MIEKE = "bert@we40.example", "dpo@pannenhoek.example"
PANNENHOEK, BLAUWE_DEUR = "sociaal-huis-pannenhoek", "huurhulp-de-blauwe-deur"
BUDGETHUIS, WINDVANG = "budgethuis-de-zeven-knopen", "energieloket-windvang"


def house(slug: str) -> Organization:
    """Give an organization of the catalogue."""
    return Organization.objects.get(pk=organization_id(slug))


def someone(who: str) -> User:
    """Give a person by mail address, or who works with clients at the organization of this slug."""
    return User.objects.get(email=who) if "@" in who else worker_of(house(who))


def worker_of(organization: Organization) -> User:
    """Give who answers questions there."""
    people = User.objects.filter(memberships__organization=organization, memberships__ended_at=None)
    found = people.filter(memberships__role="frontline_worker").order_by("pk").first() or people.first()
    if found is None:
        raise LookupError(f"nobody works at {organization}")
    return found


def house_of(user: User) -> Organization:
    """Give the one organization where someone works with clients."""
    return Organization.objects.cared_for_by(user).get()


def offer(slug: str, name: str = "") -> Service:
    """Give a service that takes questions; the first one when no name is given."""
    offers = Service.objects.taking_referrals().of(house(slug)).order_by("name")
    found = offers.filter(name=name).first() if name else offers.first()
    if found is None:
        raise LookupError(f"{slug} has no service {name!r} that takes questions")
    return found

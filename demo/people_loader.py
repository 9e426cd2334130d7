"""The people of the demo: colleagues with accounts, invented clients, questions in every state, and their stories."""

from collections.abc import Callable
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.models import User
from demo import storytelling
from demo.accounts import ACCOUNTS, COLLEAGUES, OPERATOR, PASSWORD
from demo.cases import load_cases
from organisaties.actions import sync_groups
from organisaties.models import Membership, Organization
from organisaties.roles import Role
from sociale_kaart.models import Service

NAMES = ["An", "Bram", "Chris", "Dina", "Eva", "Femke", "Gert", "Hanne", "Ilse", "Jan", "Kaat", "Leo", "Mia", "Nele",
         "Omar", "Pia", "Rik", "Sara", "Tom", "Ursula", "Vera", "Wim"]  # fmt: skip

# Nobody has an account here: they answer by the link in their mail.
ANSWER_BY_LINK = {"Buddywerk Twee Stoelen", "Kringwinkel De Omkeer"}


# Who works below whom, so that emergency access has a circle.
CIRCLES = {"budgethuis-de-zeven-knopen": "sociaal-huis-pannenhoek"}


def load(organization_id: Callable[[str], str]) -> None:
    """Make accounts, memberships and cases. `organization_id` gives the id of a catalogue slug. Safe to repeat."""
    if not User.objects.filter(email=OPERATOR).exists():
        User.objects.create_superuser(OPERATOR, PASSWORD, first_name="Beheer")
    for account in (*ACCOUNTS, *COLLEAGUES):
        user = _user(account.email, account.first_name, account.phone)
        organization = Organization.objects.get(pk=organization_id(account.organization))
        for role in account.roles:
            Membership.objects.get_or_create(user=user, organization=organization, role=role, ended_at=None)
        sync_groups(user)
    for below, above in CIRCLES.items():
        Organization.objects.filter(pk=organization_id(below)).update(parent_organization=organization_id(above))
    _let_everyone_answer()
    load_cases()
    storytelling.tell()


@cache
def _hashed() -> str:
    """Hash the one password of the demo once: it is slow on purpose."""
    return make_password(PASSWORD)


def _user(email: str, first_name: str, phone: str = "") -> User:
    made = {"password": _hashed(), "first_name": first_name, "phone": phone}
    user = User.objects.get_or_create(email=email, defaults=made)[0]
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    return user


def _let_everyone_answer() -> None:
    """Give each organization that takes questions a mailbox, and nearly each a colleague who can open them."""
    taking = Service.objects.taking_referrals().values("organization")
    for number, organization in enumerate(Organization.objects.filter(pk__in=taking).order_by("name")):
        if not organization.inbox:
            domain = organization.email.partition("@")[2] or "partner.example"
            organization.inbox = organization.email or f"onthaal@{domain}"
            organization.save(update_fields=["inbox"])
        if organization.name not in ANSWER_BY_LINK and not organization.has_care_workers():
            domain = organization.inbox.partition("@")[2]
            user = _user(f"werker@{domain}", NAMES[number % len(NAMES)])
            Membership.objects.get_or_create(
                user=user, organization=organization, role=Role.FRONTLINE_WORKER, ended_at=None
            )

"""Who hears of what a partner cannot solve itself: who manages there, who coordinates the network, who runs it all."""

from core.models import User
from organisaties import notifications
from organisaties.models import Membership, Organization


def coordinators() -> list[str]:
    """Give the addresses of who coordinates the network."""
    held = Membership.objects.coordinating().filter(user__is_active=True)
    return list(held.order_by("user__email").values_list("user__email", flat=True).distinct())


def everywhere() -> list[str]:
    """Give who hears of what no side can answer: who coordinates, else the operator of the installation."""
    operators = User.objects.filter(is_superuser=True, is_active=True).exclude(email="").order_by("email")
    return coordinators() or list(operators.values_list("email", flat=True))


def ask_for_a_contact(organization: Organization, *, but: User | None = None) -> int:
    """Ask who can name one for a data-protection contact: something waits, and nobody there may look at it.

    Who manages there, except the one whom it is about; else the network. Tell how many mails.
    """
    leads = Membership.objects.managing().filter(organization=organization, user__is_active=True)
    leads = leads.exclude(user=but) if but else leads
    people = list(leads.order_by("user__email").values_list("user__email", flat=True)) or everywhere()
    for address in people:
        notifications.contact_wanted(address, organization)
    return len(people)

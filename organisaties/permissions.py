"""Who may change the people of an organization."""

from django.utils.translation import gettext as _

from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties.models import Organization
from organisaties.roles import Role


def may(user: User, what: str, organization: Organization) -> Verdict:
    """Tell whether this person may `what` here: "invite", "change_roles" or "see_members"."""
    if what == "see_members" and organization.has_member(user):
        return ALLOWED
    if organization.is_managed_by(user) or is_coordinator(user):
        return ALLOWED
    return Verdict(_("Only a team lead of %(organization)s can do this.") % {"organization": organization})


def is_coordinator(user: User) -> bool:
    """Tell whether this person coordinates the network."""
    return user.memberships.filter(role=Role.NETWORK_COORDINATOR, ended_at=None).exists()

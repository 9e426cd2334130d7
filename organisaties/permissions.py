"""Who may change the people of an organization."""

from django.utils.translation import gettext as _

from core.models import User
from core.verdict import ALLOWED, Verdict
from organisaties.models import Organization, is_coordinator
from organisaties.roles import NETWORK_ROLES

__all__ = ["is_coordinator", "may", "may_give"]


def may(user: User, what: str, organization: Organization) -> Verdict:
    """Tell whether this person may `what` here: "invite", "change_roles" or "see_members"."""
    if what == "see_members" and organization.has_member(user):
        return ALLOWED
    if organization.is_managed_by(user) or is_coordinator(user):
        return ALLOWED
    return Verdict(_("Only a team lead of %(organization)s can do this.") % {"organization": organization})


def may_give(user: User, roles: set[str]) -> Verdict:
    """Tell whether this person may give these roles: nobody makes themselves coordinator of the network."""
    if NETWORK_ROLES & roles and not is_coordinator(user):
        return Verdict(_("Only a coordinator of the network can make someone coordinator."))
    return ALLOWED

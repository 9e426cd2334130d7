"""By which address each side of a question is reached now: of who has it, while that one is there; else of the team."""

from core.models import User
from doorverwijzing.models import Referral
from organisaties.absence import is_away
from organisaties.models import Membership, Organization
from organisaties.roles import Role

# Ends the address of who works in another installation; no mail can reach it (RFC 2606).
NOWHERE = ".invalid"


def of_sender(referral: Referral) -> str:
    """Give the address of who sent it; of who manages there when that one left or is away."""
    worker = referral.sender_worker
    if worker.email.endswith(NOWHERE) or _is_there(worker, referral.sender):
        return worker.email
    return team_lead(referral.sender)


def of_receiver(referral: Referral) -> str:
    """Give the address of who took it; the mailbox when nobody did, or that one left or is away."""
    worker = referral.receiver_worker
    return worker.email if worker and _is_there(worker, referral.receiver) else referral.receiver.inbox


def _is_there(person: User, organization: Organization) -> bool:
    return works_here(person, organization) and not is_away(person, organization)


def works_here(person: User, organization: Organization) -> bool:
    """Tell whether someone can log in and handles questions of this organization."""
    return person.is_active and organization.is_cared_for_by(person)


def team_lead(organization: Organization) -> str:
    """Give the address of who manages there, of someone present if that can be; else the mailbox of the team."""
    held = Membership.objects.current().filter(organization=organization, role=Role.TEAM_LEAD, user__is_active=True)
    leads = [membership.user for membership in held.select_related("user").order_by("started_at", "pk")]
    present = [lead for lead in leads if not is_away(lead, organization)]
    return next((lead.email for lead in [*present, *leads]), organization.inbox)

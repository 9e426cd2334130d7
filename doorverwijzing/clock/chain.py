"""Whom to tell at each step of the chain: who has the question, then the team, then the network."""

from core.models import User
from doorverwijzing.models import Referral
from doorverwijzing.notifications import NOWHERE
from doorverwijzing.workflow import LADDER, Rung, Side
from organisaties.absence import is_away
from organisaties.models import Membership, Organization
from organisaties.roles import Role


def rung_of(referral: Referral) -> Rung | None:
    """Give the step that comes next; None when the whole chain was told."""
    taken = referral.notices
    if taken == LADDER.index(Rung.COORDINATOR) and not coordinators():
        return None
    return LADDER[taken] if taken < len(LADDER) else None


def addresses(referral: Referral, rung: Rung) -> list[str]:
    """Give who hears of it at this step. A side that no mail of ours reaches is a matter of the network at once."""
    if rung is Rung.COORDINATOR:
        return coordinators()
    ours = referral.sender if referral.turn is Side.SENDER else referral.receiver
    found = team_lead(ours) if rung is Rung.TEAM_LEAD else holder(referral)
    if found.endswith(NOWHERE) or not found:
        return coordinators()
    return [found]


def holder(referral: Referral) -> str:
    """Give who has the question in hand, while this person works there and is not away; else the team."""
    if referral.turn is Side.SENDER:
        worker, organization, otherwise = referral.sender_worker, referral.sender, team_lead(referral.sender)
        if worker.email.endswith(NOWHERE):
            return worker.email
    else:
        organization, otherwise = referral.receiver, referral.receiver.inbox
        if referral.receiver_worker is None:
            return otherwise
        worker = referral.receiver_worker
    return worker.email if works_here(worker, organization) and not is_away(worker, organization) else otherwise


def works_here(person: User, organization: Organization) -> bool:
    """Tell whether someone can log in and handles questions of this organization."""
    return person.is_active and organization.is_cared_for_by(person)


def team_lead(organization: Organization) -> str:
    """Give the address of who manages there, of someone present if that can be; else the mailbox of the team."""
    leads = _people(organization, Role.TEAM_LEAD)
    present = [lead for lead in leads if not is_away(lead, organization)]
    return next((lead.email for lead in [*present, *leads]), organization.inbox)


def _people(organization: Organization, role: Role) -> list[User]:
    held = Membership.objects.current().filter(organization=organization, role=role, user__is_active=True)
    return [membership.user for membership in held.select_related("user").order_by("started_at", "pk")]


def coordinators() -> list[str]:
    """Give the addresses of who coordinates the network."""
    held = Membership.objects.coordinating().filter(user__is_active=True)
    return list(held.order_by("user__email").values_list("user__email", flat=True).distinct())

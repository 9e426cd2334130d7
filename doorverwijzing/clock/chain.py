"""Whom to tell at each step of the chain: who has the question, then the team, then the network."""

from doorverwijzing.holders import NOWHERE, of_receiver, of_sender, team_lead
from doorverwijzing.models import Referral
from doorverwijzing.workflow import LADDER, Rung, Side
from organisaties import network


def rung_of(referral: Referral) -> Rung | None:
    """Give the step that comes next; None when the whole chain was told."""
    taken = referral.notices
    if taken == LADDER.index(Rung.COORDINATOR) and not network.coordinators():
        return None
    return LADDER[taken] if taken < len(LADDER) else None


def addresses(referral: Referral, rung: Rung) -> list[str]:
    """Give who hears of it at this step. A side that no mail of ours reaches is a matter of the network at once."""
    if rung is Rung.COORDINATOR:
        return network.coordinators()
    ours = referral.sender if referral.turn is Side.SENDER else referral.receiver
    found = team_lead(ours) if rung is Rung.TEAM_LEAD else holder(referral)
    if found.endswith(NOWHERE) or not found:
        return network.everywhere()
    return [found]


def holder(referral: Referral) -> str:
    """Give who has the question in hand, while this person works there and is not away; else the team."""
    return of_sender(referral) if referral.turn is Side.SENDER else of_receiver(referral)

"""Who looked at a client's data: by organization and role, as the read log tells it; never by name."""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import gettext as _

from clienten.reading import readings
from core.audit import history
from doorverwijzing.actors import GUEST
from doorverwijzing.models import Referral
from organisaties.models import Membership, Organization
from organisaties.roles import CARE_ROLES, Role


class Looked(NamedTuple):
    """So many times, by someone of this organization in this role."""

    times: int
    who: str
    organization: str


def looked(referral: Referral) -> list[Looked]:
    """Count every reading of the question, the conversation and the card behind it, the most first."""
    things = [referral, referral.question, referral.question.conversation, referral.client]
    given_out = history(referral.client).filter(action="client.exported")
    lines = [*readings(things), *given_out]
    roles = _roles({line.actor for line in lines})
    roles |= {
        (line.organization, line.actor): _("someone with the mailbox") for line in lines if line.actor[:6] == GUEST
    }
    counts = Counter((line.organization, roles.get((line.organization, line.actor), "")) for line in lines)
    names = dict(Organization.objects.filter(pk__in={place for place, _who in counts}).values_list("pk", "name"))
    rows = [Looked(times, who or _("someone"), names.get(place, "")) for (place, who), times in counts.items()]
    return sorted(rows, key=lambda row: (-row.times, row.organization, row.who))


def _roles(actors: set[str]) -> dict[tuple[str, str], str]:
    """Say what each reader is in an organization; who works with clients is a worker, also when they lead the team."""
    people = [int(actor) for actor in actors if actor.isdigit()]
    found: dict[tuple[str, str], str] = {}
    for membership in Membership.objects.filter(user__in=people).order_by("role"):
        who = (str(membership.organization_id), str(membership.user_id))
        if membership.role in CARE_ROLES:
            found[who] = _("a worker")
        elif who not in found and membership.role == Role.DATA_PROTECTION_CONTACT:
            found[who] = _("who watches over personal data")
    return found

"""Who looked at a client's data: by organization and role, as the read log tells it; never by name."""

from collections import Counter
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clienten.reading import readings
from core.audit import history
from doorverwijzing.actors import GUEST
from doorverwijzing.client.languages import Helper
from doorverwijzing.models import Referral
from organisaties.models import Membership, Organization
from organisaties.roles import CARE_ROLES, Role

# The key of a helper language, and the Dutch that counts.
READERS: dict[str, str | Promise] = {
    "looked.worker": _("a worker"),
    "looked.protection": _("who watches over personal data"),
    "looked.mailbox": _("someone with the mailbox"),
    "looked.someone": _("someone"),
}


class Looked(NamedTuple):
    """So many times, by someone of this organization in this role."""

    times: int
    who: str
    organization: str
    key: str

    def said_in(self, helper: Helper) -> SafeString:
        """Say this row in a helper language."""
        key = "looked.row" if self.organization else "looked.alone"
        who = helper.say(self.key)
        return helper.mark(helper.say(key, times=self.times, who=who, organization=self.organization))


def looked(referral: Referral) -> list[Looked]:
    """Count every reading of the question, the conversation and the card behind it, the most first."""
    things = [referral, referral.question, referral.question.conversation, referral.client]
    given_out = history(referral.client).filter(action="client.exported")
    lines = [*readings(things), *given_out]
    roles = _roles({line.actor for line in lines})
    roles |= {(line.organization, line.actor): "looked.mailbox" for line in lines if line.actor[:6] == GUEST}
    counts = Counter(
        (line.organization, roles.get((line.organization, line.actor), "looked.someone")) for line in lines
    )
    names = dict(Organization.objects.filter(pk__in={place for place, _key in counts}).values_list("pk", "name"))
    rows = [Looked(times, str(READERS[key]), names.get(place, ""), key) for (place, key), times in counts.items()]
    return sorted(rows, key=lambda row: (-row.times, row.organization, row.who))


def _roles(actors: set[str]) -> dict[tuple[str, str], str]:
    """Say what each reader is in an organization; who works with clients is a worker, also when they lead the team."""
    people = [int(actor) for actor in actors if actor.isdigit()]
    found: dict[tuple[str, str], str] = {}
    for membership in Membership.objects.filter(user__in=people).order_by("role"):
        who = (str(membership.organization_id), str(membership.user_id))
        if membership.role in CARE_ROLES:
            found[who] = "looked.worker"
        elif who not in found and membership.role == Role.DATA_PROTECTION_CONTACT:
            found[who] = "looked.protection"
    return found

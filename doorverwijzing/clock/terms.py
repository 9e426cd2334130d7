"""The table of deadlines that who coordinates the network fills in, for everyone or for one care zone."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.verdict import ALLOWED, Verdict
from doorverwijzing.models import Deadline
from doorverwijzing.models.deadline import Unit
from doorverwijzing.workflow import DEFAULT_TERMS, Phase, Term
from gebied.models import PrimaryCareZone
from organisaties.models import is_coordinator

Key = tuple[Phase, str]
KEYS: list[Key] = [(phase, urgency) for phase, terms in DEFAULT_TERMS.items() for urgency in terms]


def may_set(user: User) -> Verdict:
    """Tell whether this person may see what is stuck, and say how long a turn may last."""
    return ALLOWED if is_coordinator(user) else Verdict(_("Only a network coordinator can do this."))


def table(zone: PrimaryCareZone | None) -> dict[Key, Term]:
    """Give every term that holds: the zone's own, else the network's, else the house's."""
    found = {key: DEFAULT_TERMS[key[0]][key[1]] for key in KEYS}
    for level in (None, zone) if zone else (None,):
        for row in Deadline.objects.filter(zone=level):
            amount = {"hours": row.amount} if row.unit == Unit.HOURS else {"days": row.amount}
            found[Phase(row.phase), row.urgency] = Term(**amount)
    return found


@transaction.atomic
def keep(zone: PrimaryCareZone | None, wanted: Mapping[Key, Term], *, by: User) -> int:
    """Keep what differs from what holds above; return how many terms changed. Raises NotAllowed.

    Questions under way keep their date; the next turn takes the new term.
    """
    may_set(by).require()
    before, above = table(zone), table(None) if zone else {key: DEFAULT_TERMS[key[0]][key[1]] for key in KEYS}
    changed = [key for key in KEYS if wanted[key] != before[key]]
    for phase, urgency in changed:
        rows = Deadline.objects.filter(zone=zone, phase=phase, urgency=urgency)
        term = wanted[phase, urgency]
        if term == above[phase, urgency]:
            rows.delete()
            continue
        values = {"amount": term.hours or term.days, "unit": Unit.HOURS if term.hours else Unit.DAYS}
        rows.update_or_create(zone=zone, phase=phase, urgency=urgency, defaults={**values, "changed_by": by})
    for phase, urgency in changed:
        term = wanted[phase, urgency]
        audit.record(
            "deadline.changed", subject=by, by=by, zone=zone.name if zone else "", phase=phase.value, urgency=urgency,
            days=term.days, hours=term.hours,
        )  # fmt: skip
    return len(changed)

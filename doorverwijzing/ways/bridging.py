"""The bridging partner: who keeps contact with the person until the other help has started."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing.models import BridgingPartner, Referral
from doorverwijzing.moving import note
from doorverwijzing.workflow import ENDED, Status

# From here on the other help runs, and nobody has to bridge.
OVER = ENDED | {Status.RUNNING}
BEFORE = frozenset(Status) - OVER


@transaction.atomic
def set_partner(referral: Referral, *, name: str, house: str, phone: str, by: User) -> None:
    """Write down who keeps contact; an empty name takes it away. Raises NotAllowed or Refusal."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    if referral.state in OVER:
        raise Refusal(_("The other help has started. Nobody has to bridge any more."))
    referral.hold_while(BEFORE)
    if name.strip():
        said = {"name": name.strip(), "house": house.strip(), "phone": phone.strip(), "set_by": by}
        BridgingPartner.objects.update_or_create(referral=referral, defaults=said)
    else:
        BridgingPartner.objects.filter(referral=referral).delete()
    note("referral.bridge_set", referral, by=by, organization=referral.sender, there="yes" if name.strip() else "no")


def partner_of(referral: Referral) -> BridgingPartner | None:
    """Give who bridges now; None once the other help runs."""
    if referral.state in OVER:
        return None
    return BridgingPartner.objects.filter(referral=referral).first()

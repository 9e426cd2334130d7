"""Which handovers ask something of this person today, in one query."""

from django.db.models import Q

from core.models import User
from doorverwijzing.live.rules import ARRANGING, Stage
from doorverwijzing.models import Handover
from doorverwijzing.workflow import Side
from organisaties.models import Membership

AWAY = sorted(status.value for status in ARRANGING)


def standing_for(user: User) -> list[Handover]:
    """Give the agreed ones of the receiving side, and those of which the sender has to choose a moment."""
    mine = Membership.objects.care_places(user)
    to_choose = Q(stage=Stage.PROPOSED.value, turn=Side.SENDER.value, referral__sender__in=mine)
    agreed = Q(stage=Stage.AGREED.value, referral__receiver__in=mine)
    found = Handover.objects.filter(to_choose | agreed, referral__status__in=AWAY)
    return list(found.select_related("referral__client", "referral__receiver", "referral__sender").order_by("pk"))


def asks_the_sender() -> Q:
    """Keep the referrals of which the sender has to choose a moment; for a query on referrals."""
    waiting = Handover.objects.filter(stage=Stage.PROPOSED.value, turn=Side.SENDER.value)
    return Q(pk__in=waiting.order_by().values("referral"), status__in=AWAY)

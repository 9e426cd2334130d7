"""Who may do what with a referral, asked by button, view and action alike."""

from collections.abc import Callable, Iterable
from functools import cache

from django.utils.translation import gettext as _

from core.models import User
from core.verdict import ALLOWED, Verdict
from doorverwijzing.actors import Actor, stands_for
from doorverwijzing.models import Referral
from doorverwijzing.workflow import BACK_AT_SENDER, MOVES, Side
from organisaties.models import Organization


def may(user: Actor, name: str, referral: Referral) -> Verdict:
    """Tell whether this person may make this move, a key of MOVES, now."""
    return may_each(user, [name], referral)[name]


def may_each(user: Actor, names: Iterable[str], referral: Referral) -> dict[str, Verdict]:
    """Tell it of each of these moves; for whom this person speaks is asked once for all."""
    speaks_for = cache(lambda organization: stands_for(user, organization, referral))
    return {name: _verdict(name, referral, speaks_for) for name in names}


def _verdict(name: str, referral: Referral, speaks_for: Callable[[Organization], bool]) -> Verdict:
    move = MOVES[name]
    sides = {Side.SENDER: referral.sender, Side.RECEIVER: referral.receiver}
    allowed = [organization for side, organization in sides.items() if side in move.by]
    if not any(map(speaks_for, allowed)):
        who = allowed[0] if allowed else _("the clock")
        return Verdict(_("Only %(who)s can do this.") % {"who": who})
    if referral.state not in move.sources:
        return Verdict(_("Not possible: this question is %(state)s.") % {"state": referral.get_status_display()})
    return ALLOWED


def may_settle(user: User, referral: Referral) -> Verdict:
    """Tell whether this person may say how a returned question goes on."""
    if not referral.sender.is_cared_for_by(user):
        return Verdict(_("Only %(who)s can do this.") % {"who": referral.sender})
    if referral.state not in BACK_AT_SENDER or referral.settled_at:
        return Verdict(_("Not possible: this question is %(state)s.") % {"state": referral.get_status_display()})
    return ALLOWED


def may_talk(user: Actor, referral: Referral) -> Verdict:
    """Tell whether this person may write in the thread."""
    if any(stands_for(user, side, referral) for side in (referral.sender, referral.receiver)):
        return ALLOWED
    return Verdict(_("Only the two sides can write here."))

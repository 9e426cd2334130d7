"""What we mail about a live handover: a moment, an organization and a link. Called inside the transaction."""

from django.utils.translation import gettext as _

from core.models import User
from core.moments import short_moment
from doorverwijzing.live.invitations import CANCEL, REQUEST, attachment
from doorverwijzing.models import Handover
from doorverwijzing.notifications import link_for, post, way_to
from doorverwijzing.workflow import Side


def addresses_of(handover: Handover) -> list[str]:
    """Give the addresses of who takes part for the two sides; of a receiver without an account its mailbox."""
    theirs = handover.receiver_worker.email if handover.receiver_worker else ""
    if handover.mailbox_keeps:
        theirs = handover.referral.receiver.inbox
    return [address for address in (handover.sender_worker.email, theirs) if address]


def agreed(handover: Handover) -> None:
    """Invite both workers; an earlier invitation of the same meeting is replaced in their calendars."""
    words = _words(handover)
    lead = _("You agreed on %(how)s, on %(moment)s. The invitation for your calendar goes along.") % words
    _tell_both(handover, _("Handover on %(moment)s") % words, lead, method=REQUEST)


def called_off(handover: Handover) -> None:
    """Take the agreed meeting out of both calendars."""
    words = _words(handover)
    lead = _("The handover of %(moment)s does not take place.") % words
    _tell_both(handover, _("Handover of %(moment)s is off") % words, lead, method=CANCEL)


def passed_on(handover: Handover, leaver: User) -> None:
    """Take an agreed meeting out of the calendar of who no longer takes part; for the others it goes on."""
    words, address = _words(handover), leaver.email
    lead = _("Someone else takes your place in the handover of %(moment)s.") % words
    path, text = way_to(address, handover.referral)
    along = [attachment(handover, CANCEL, email=address, link=link_for(address, handover.referral))]
    post(address, _("You are no longer in the handover of %(moment)s") % words, lead, path, handover, along=along,
         text=text)  # fmt: skip


def proposed(handover: Handover) -> None:
    """Ask the side whose turn it is to choose a moment."""
    _tell_one(
        handover,
        Side(handover.turn),
        _("Choose a moment for a handover"),
        _("%(organization)s proposes %(how)s. Choose a moment.")
        % {"organization": _other(handover, Side(handover.turn)), "how": _how(handover)},
    )


def turned_down(handover: Handover, *, by: Side) -> None:
    """Tell the other side that there is no meeting with the three of them; the question itself goes on."""
    other = Side.SENDER if by is Side.RECEIVER else Side.RECEIVER
    _tell_one(
        handover,
        other,
        _("No handover together"),
        _("%(organization)s does not speak together at one of these moments. The question itself goes on.")
        % {"organization": _other(handover, other)},
    )


def reminder(handover: Handover) -> None:
    """Remind both workers of what they agreed."""
    words = _words(handover)
    lead = _("You agreed on %(how)s, on %(moment)s.") % words
    _tell_both(handover, _("Reminder: handover on %(moment)s") % words, lead)


def _words(handover: Handover) -> dict[str, str]:
    return {"moment": short_moment(handover.starts_at) if handover.starts_at else "", "how": _how(handover)}


def _tell_both(handover: Handover, subject: str, lead: str, *, method: str = "") -> None:
    """Mail who takes part on both sides; `method` says what their calendars do with the invitation that goes along."""
    referral = handover.referral
    for address in addresses_of(handover):
        link = link_for(address, referral)
        along = [attachment(handover, method, email=address, link=link)] if method else []
        path, text = way_to(address, referral)
        post(address, subject, lead, path, handover, along=along, text=text)


def _tell_one(handover: Handover, side: Side, subject: str, lead: str) -> None:
    address = _mailbox(handover, side)
    path, text = way_to(address, handover.referral)
    post(address, subject, lead, path, handover, text=text)


def _how(handover: Handover) -> str:
    return str(handover.get_kind_display())


def _other(handover: Handover, side: Side) -> object:
    return handover.referral.receiver if side is Side.SENDER else handover.referral.sender


def _mailbox(handover: Handover, side: Side) -> str:
    """Give the worker's own address; at the receiver, its inbox until a colleague took it up."""
    if side is Side.SENDER:
        return handover.sender_worker.email
    worker = handover.receiver_worker or handover.referral.receiver_worker
    return worker.email if worker else handover.referral.receiver.inbox

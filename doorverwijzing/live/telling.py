"""What we mail about a live handover: a moment, an organization and a link. Called inside the transaction."""

from django.utils.translation import gettext as _

from core.models import User
from core.moments import short_moment
from doorverwijzing.live.invitations import CANCEL, REQUEST, attachment
from doorverwijzing.models import Handover
from doorverwijzing.notifications import post
from doorverwijzing.workflow import Side


def workers_of(handover: Handover) -> list[User]:
    """Give who takes part for the two sides."""
    return [worker for worker in (handover.sender_worker, handover.receiver_worker) if worker]


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


def proposed(handover: Handover) -> None:
    """Ask the side whose turn it is to choose a moment."""
    post(
        _mailbox(handover, Side(handover.turn)),
        _("Choose a moment for a handover"),
        _("%(organization)s proposes %(how)s. Choose a moment.")
        % {"organization": _other(handover, Side(handover.turn)), "how": _how(handover)},
        handover.referral.get_absolute_url(),
        handover,
    )


def turned_down(handover: Handover, *, by: Side) -> None:
    """Tell the other side that there is no meeting with the three of them; the question itself goes on."""
    other = Side.SENDER if by is Side.RECEIVER else Side.RECEIVER
    post(
        _mailbox(handover, other),
        _("No handover together"),
        _("%(organization)s does not speak together at one of these moments. The question itself goes on.")
        % {"organization": _other(handover, other)},
        handover.referral.get_absolute_url(),
        handover,
    )


def reminder(handover: Handover) -> None:
    """Remind both workers of what they agreed."""
    words = _words(handover)
    lead = _("You agreed on %(how)s, on %(moment)s.") % words
    _tell_both(handover, _("Reminder: handover on %(moment)s") % words, lead)


def _words(handover: Handover) -> dict[str, str]:
    return {"moment": short_moment(handover.starts_at) if handover.starts_at else "", "how": _how(handover)}


def _tell_both(handover: Handover, subject: str, lead: str, *, method: str = "") -> None:
    """Mail both workers; `method` says what their calendars do with the invitation that goes along."""
    for worker in workers_of(handover):
        along = [attachment(handover, method, worker)] if method else []
        post(worker.email, subject, lead, handover.referral.get_absolute_url(), handover, along=along)


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

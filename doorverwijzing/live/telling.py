"""What we mail about a live handover: a moment, an organization and a link. Called inside the transaction."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from core import outbox
from core.models import User
from core.moments import short_moment
from doorverwijzing.live.invitations import CANCEL, REQUEST, attachment
from doorverwijzing.models import Handover
from doorverwijzing.notifications import NOWHERE
from doorverwijzing.workflow import Side


def workers_of(handover: Handover) -> list[User]:
    """Give who takes part for the two sides."""
    return [worker for worker in (handover.sender_worker, handover.receiver_worker) if worker]


def agreed(handover: Handover) -> None:
    """Invite both workers; an earlier invitation of the same meeting is replaced in their calendars."""
    words = {"moment": short_moment(handover.starts_at) if handover.starts_at else "", "how": _how(handover)}
    for worker in workers_of(handover):
        _post(
            worker.email,
            _("Handover on %(moment)s") % words,
            _("You agreed on %(how)s, on %(moment)s. The invitation for your calendar goes along.") % words,
            handover,
            [attachment(handover, REQUEST, worker)],
        )


def called_off(handover: Handover) -> None:
    """Take the agreed meeting out of both calendars."""
    words = {"moment": short_moment(handover.starts_at) if handover.starts_at else ""}
    for worker in workers_of(handover):
        _post(
            worker.email,
            _("Handover of %(moment)s is off") % words,
            _("The handover of %(moment)s does not take place.") % words,
            handover,
            [attachment(handover, CANCEL, worker)],
        )


def proposed(handover: Handover) -> None:
    """Ask the side whose turn it is to choose a moment."""
    _post(
        _mailbox(handover, Side(handover.turn)),
        _("Choose a moment for a handover"),
        _("%(organization)s proposes %(how)s. Choose a moment.")
        % {"organization": _other(handover, Side(handover.turn)), "how": _how(handover)},
        handover,
    )


def turned_down(handover: Handover, *, by: Side) -> None:
    """Tell the other side that there is no meeting with the three of them; the question itself goes on."""
    other = Side.SENDER if by is Side.RECEIVER else Side.RECEIVER
    _post(
        _mailbox(handover, other),
        _("No handover together"),
        _("%(organization)s does not speak together at one of these moments. The question itself goes on.")
        % {"organization": _other(handover, other)},
        handover,
    )


def reminder(handover: Handover) -> None:
    """Remind both workers of what they agreed."""
    words = {"moment": short_moment(handover.starts_at) if handover.starts_at else "", "how": _how(handover)}
    for worker in workers_of(handover):
        _post(
            worker.email,
            _("Reminder: handover on %(moment)s") % words,
            _("You agreed on %(how)s, on %(moment)s.") % words,
            handover,
        )


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


def _post(address: str, subject: str, lead: str, handover: Handover, along: Sequence[outbox.Attachment] = ()) -> None:
    if address.endswith(NOWHERE):
        return
    body = _("%(lead)s\n\n%(link)s\n\nThis mail holds no personal data. Log in to read more.\n") % {
        "lead": lead,
        "link": settings.SITE_URL + handover.referral.get_absolute_url(),
    }
    outbox.post(to=address, subject=subject, body=body, about=handover, attachments=along)

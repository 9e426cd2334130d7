"""What we mail about referrals: a link and an organization, never a name, never the story."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import outbox
from doorverwijzing.models import Message, Referral
from doorverwijzing.workflow import Side

# Ends the address of who works in another installation; no mail can reach it (RFC 2606).
NOWHERE = ".invalid"


def _tell(address: str, subject: str, lead: str, referral: Referral) -> None:
    """Put one link in the outbox, inside the transaction of what it tells."""
    if address.endswith(NOWHERE):
        return
    link = settings.SITE_URL + referral.get_absolute_url()
    body = _("%(lead)s\n\n%(link)s\n\nThis mail holds no personal data. Log in to read more.\n") % {
        "lead": lead,
        "link": link,
    }
    outbox.post(to=address, subject=subject, body=body, about=referral)


def referral_arrived(referral: Referral) -> None:
    """Tell the receiving organization that something waits behind its login."""
    _tell(
        referral.receiver.inbox,
        _("A new question waits for you"),
        _("%(sender)s sent a question to %(service)s.") % {"sender": referral.sender, "service": referral.service},
        referral,
    )


_NEWS = {
    "accept": (
        gettext_noop("Your question was accepted"),
        gettext_noop("%(receiver)s accepts your question and makes contact."),
    ),
    "refuse": (
        gettext_noop("Your question came back"),
        gettext_noop("%(receiver)s cannot take your question. They propose a way on."),
    ),
    "pass_on": (
        gettext_noop("Your question came back"),
        gettext_noop("%(receiver)s proposes another service for your question."),
    ),
    "give_back": (gettext_noop("Not reached, back with you"), gettext_noop("%(receiver)s could not reach the person.")),
    "confirm_contact": (gettext_noop("Contact made"), gettext_noop("%(receiver)s has spoken with the person.")),
    "close": (gettext_noop("Your question is closed"), gettext_noop("%(receiver)s closed your question.")),
    "expire": (
        gettext_noop("No answer, call now"),
        gettext_noop("%(receiver)s did not answer. The question is back with you."),
    ),
    "lapse": (
        gettext_noop("Consent has ended"),
        gettext_noop("The consent for your question to %(receiver)s has ended. Ask again."),
    ),
}


def sender_told(referral: Referral, move: str) -> None:
    """Tell the worker who sent it what happened."""
    subject, lead = _NEWS[move]
    _tell(referral.sender_worker.email, _(subject), _(lead) % {"receiver": referral.receiver}, referral)


def referral_withdrawn(referral: Referral) -> None:
    """Tell the receiver that there is nothing to read any more."""
    _tell(
        referral.receiver.inbox,
        _("A question was taken back"),
        _("A question of %(sender)s was taken back. You can no longer read it.") % {"sender": referral.sender},
        referral,
    )


def reminder(referral: Referral, address: str) -> None:
    """Remind the receiver, or its team lead, that an answer is late."""
    _tell(
        address,
        _("A question still waits for your answer"),
        _("%(sender)s still waits for an answer of %(receiver)s.")
        % {"sender": referral.sender, "receiver": referral.receiver},
        referral,
    )


def message_arrived(message: Message) -> None:
    """Tell the other side that there is a message."""
    referral = message.referral
    from_sender = referral.side_of(message.author) is Side.SENDER
    worker = referral.receiver_worker
    to_receiver = worker.email if worker else referral.receiver.inbox
    _tell(
        to_receiver if from_sender else referral.sender_worker.email,
        _("A new message waits for you"),
        _("%(organization)s wrote a message about a question.") % {"organization": message.organization},
        referral,
    )

"""What we mail about referrals: a link and an organization, never a name, never the story."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import outbox
from core.models import User
from doorverwijzing import digest
from doorverwijzing.guest import magic_link
from doorverwijzing.holders import NOWHERE, of_receiver, of_sender
from doorverwijzing.models import Message, Referral

# Good news needs no answer: whoever chose one mail a day hears of it in the morning.
CAN_WAIT = frozenset({"accept", "confirm_contact", "close"})
_WITH_LOGIN = gettext_noop("%(lead)s\n\n%(link)s\n\nThis mail holds no personal data. Log in to read more.\n")
_WITH_CODE = gettext_noop(
    "%(lead)s\n\n%(link)s\n\nThis mail holds no personal data. You need no account: we mail you a code to read more.\n"
)


def tell(address: str, subject: str, lead: str, referral: Referral, *, can_wait: bool = False) -> None:
    """Put one link in the outbox, inside the transaction of what it tells; news that can wait may wait for a digest."""
    if can_wait and not address.endswith(NOWHERE) and digest.put_aside(address, subject, referral):
        return
    path, text = way_to(address, referral)
    post(address, subject, lead, path, referral, text=text)


def way_to(address: str, referral: Referral) -> tuple[str, str]:
    """Give the path by which this address reaches a referral, and the text that says how to open it."""
    if address == referral.receiver.inbox and magic_link.is_for_guests(referral):
        return magic_link.way_in(referral), _WITH_CODE
    return referral.get_absolute_url(), _WITH_LOGIN


def link_for(address: str, referral: Referral) -> str:
    """Give that path as a whole address."""
    return settings.SITE_URL + way_to(address, referral)[0]


def post(
    address: str,
    subject: str,
    lead: str,
    path: str,
    about: Model | None = None,
    *,
    along: Sequence[outbox.Attachment] = (),
    text: str = _WITH_LOGIN,
    once: str = "",
) -> None:
    """Put one sentence and one link in the outbox; who works in another installation gets no mail of ours."""
    if address.endswith(NOWHERE):
        return
    body = _(text) % {"lead": lead, "link": settings.SITE_URL + path}
    outbox.post(to=address, subject=subject, body=body, about=about, attachments=along, once=once)


def referral_arrived(referral: Referral) -> None:
    """Tell the receiving organization that something waits behind its login."""
    tell(
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
    """Tell who has it at the sender what happened."""
    subject, lead = _NEWS[move]
    lead = _(lead) % {"receiver": referral.receiver}
    tell(of_sender(referral), _(subject), lead, referral, can_wait=move in CAN_WAIT)


def mailbox_has_it(referral: Referral) -> None:
    """Tell the receiving organization that nobody with an account is left there, and that a link answers now."""
    tell(
        referral.receiver.inbox,
        _("A question waits with your mailbox now"),
        _("Your colleague with an account left. A question of %(sender)s is still with you.")
        % {"sender": referral.sender},
        referral,
    )


def referral_withdrawn(referral: Referral) -> None:
    """Tell the receiver that there is nothing to read any more."""
    tell(
        referral.receiver.inbox,
        _("A question was taken back"),
        _("A question of %(sender)s was taken back. You can no longer read it.") % {"sender": referral.sender},
        referral,
    )


def question_erased(referral: Referral) -> None:
    """Tell the receiver that a question was erased, and that nothing stays to be read."""
    address = referral.receiver.inbox
    lead = _("A question of %(sender)s was erased at the wish of the person. You can no longer read it.") % {
        "sender": referral.sender
    }
    path, text = way_to(address, referral)
    # A restore erases it again, and cannot know whether the first mail left.
    post(address, _("A question was erased"), lead, path, referral, text=text, once=f"erased {referral.pk}")


def not_reached(referral: Referral) -> None:
    """Tell the worker who sent it that the person says: nobody spoke with me yet."""
    tell(
        of_sender(referral),
        _("Not spoken with yet: call now"),
        _("The person says that %(receiver)s did not speak with them yet. Call them both today.")
        % {"receiver": referral.receiver},
        referral,
    )


def client_wrote(referral: Referral) -> None:
    """Tell the worker who sent it that the person wrote a message."""
    tell(
        of_sender(referral),
        _("A new message waits for you"),
        _("Someone whom you help wrote a message about a question."),
        referral,
    )


def message_arrived(message: Message) -> None:
    """Tell the other side that there is a message."""
    referral = message.referral
    from_sender = message.organization_id == referral.sender_id
    tell(
        of_receiver(referral) if from_sender else of_sender(referral),
        _("A new message waits for you"),
        _("%(organization)s wrote a message about a question.") % {"organization": message.organization},
        referral,
        can_wait=True,
    )


def mentioned(message: Message, person: User) -> None:
    """Tell a colleague that a message names them."""
    tell(
        person.email,
        _("You were named in a message"),
        _("Someone of %(organization)s names you in a message.") % {"organization": message.organization},
        message.referral,
        can_wait=True,
    )

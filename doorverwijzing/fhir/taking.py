"""A letter becomes a referral that waits here like any other: what was shared lies in its packet and nowhere else.

The card, the conversation and the question belong to the organization elsewhere, as they would when it worked here.
They hold no word of the person, so that closing the packet closes everything.
"""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from clienten.consent.withdrawing import withdraw_consent
from clienten.models import ClientCard, Consent, Item, LegalBasis
from clienten.rules import TEXT_VERSION
from core import audit
from core.errors import Refusal
from core.models import User
from doorverwijzing import notifications, packet
from doorverwijzing.actions import refuse_unable_receiver, shared_items, withdraw
from doorverwijzing.deadlines import due
from doorverwijzing.fhir.codes import OURS
from doorverwijzing.fhir.content_in import Content
from doorverwijzing.fhir.letters import Letter, Sender
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.statuses import ROADS
from doorverwijzing.models import Attempt, Origin, Referral, Warmth
from doorverwijzing.moving import held, make, note
from doorverwijzing.workflow import OPEN, Side, Status
from organisaties.models import Organization
from organisaties.roles import SecrecyRegime
from vraagverheldering.models import ClarifiedQuestion, Conversation, ConversationMode, Place

SOURCE = "FHIR"
# An address that no mail can reach (RFC 2606): who works elsewhere has no account here.
NOWHERE = "elsewhere.invalid"


def take(letter: Letter, *, system: str, value: str, source: str) -> Referral:
    """Make the referral, inside the caller's transaction. Raises AsideError when the receiver cannot take it."""
    sender = _organization(letter.sender)
    try:
        refuse_unable_receiver(letter.service, sender_pk=sender.pk)
    except Refusal as refusal:
        raise AsideError("receiver_cannot") from refusal
    referral = _presented(letter, sender, _worker(letter.sender))
    _write_yes(referral, letter)
    packet.keep(referral, letter.content.packet)
    Origin.objects.create(referral=referral, system=system, value=value, source=source)
    mode = letter.permit.mode
    make(referral, "send", by=audit.SYSTEM, side=Side.SENDER, reason=mode, mode=mode, sent_at=letter.sent_at)
    _walk(referral, letter)
    note("referral.fhir_taken", referral, by=audit.SYSTEM, organization=referral.receiver)
    notifications.referral_arrived(referral)
    return referral


def _organization(sender: Sender) -> Organization:
    """Give the organization elsewhere. It is never one of ours, whatever it is called: nobody here may act for it."""
    made, _new = Organization.objects.get_or_create(
        pk=sender.pk,
        defaults={"name": sender.name, "live": False, "source": SOURCE},
    )
    return made


def _worker(sender: Sender) -> User:
    """Give the worker elsewhere: a name for the receiver to see, without any way in."""
    name = uuid5(NAMESPACE_URL, f"{OURS}elsewhere/{sender.key}/{sender.worker}/{sender.phone}")
    known = User.objects.filter(email=f"{name}@{NOWHERE}").first()
    return known or User.objects.create_user(
        f"{name}@{NOWHERE}", first_name=sender.worker, phone=sender.phone, is_active=False
    )


def _presented(letter: Letter, sender: Organization, worker: User) -> Referral:
    """Make the rows a referral stands on, and the referral as it was the moment before it was sent."""
    card = ClientCard.objects.create(organization=sender, first_name="")
    talk = Conversation.objects.create(
        client=card, organization=sender, worker=worker, mode=ConversationMode.QUICK, place=Place.OUTREACH,
        finished_at=letter.sent_at,
    )  # fmt: skip
    question = ClarifiedQuestion.objects.create(client=card, conversation=talk, wish="", urgency=letter.urgency)
    items = letter.content.items
    return Referral.objects.create(
        question=question,
        client=card,
        sender=sender,
        sender_worker=worker,
        service=letter.service,
        receiver=letter.service.organization,
        urgency=letter.urgency,
        warmth=Warmth.DETAILS if Item.CONTACT in items else Warmth.INFORMATION,
        choices=dict.fromkeys(items, True),
        status=Status.PRESENTED,
        due_at=due(Status.PRESENTED, letter.urgency, timezone.now()),
    )


def _write_yes(referral: Referral, letter: Letter) -> None:
    """Write down each yes with its own last day. Who signed is known elsewhere; here the house that asks vouches."""
    permit, secret = letter.permit, referral.receiver.secrecy_regime == SecrecyRegime.PROFESSIONAL
    for item in [Item.QUESTION.value, *letter.content.items]:
        Consent.objects.create(
            client=referral.client,
            item=item,
            recipient=referral.receiver,
            purpose=referral.question_id,
            mode=permit.mode,
            given_by=permit.given_by,
            signature=letter.sender.name,
            text_version=permit.text_version or TEXT_VERSION,
            text_language=permit.language or "nl",
            # Who keeps no professional secrecy cannot share it, whatever the sender says.
            legal_basis=permit.basis if secret else LegalBasis.CONSENT,
            given_at=permit.given_at,
            valid_until=permit.until[item],
        )


def _walk(referral: Referral, letter: Letter) -> None:
    """Bring the referral to its state by the moves of the workflow."""
    for move in ROADS[letter.state]:
        make(referral, move, by=audit.SYSTEM, side=Side.RECEIVER)
        if move == "confirm_contact" and letter.contact:
            said = letter.contact
            Attempt.objects.create(
                referral=referral, at=said.at, channel=said.channel, initiative=said.initiative, reached=True
            )


@transaction.atomic
def take_back(known: Referral) -> bool:
    """Close a referral from elsewhere, because the client took the yes back there. Tell whether anything changed."""
    referral = held(known)
    if referral.state in OPEN:
        withdraw(referral, by=audit.CLIENT)
        return True
    if not packet.is_open(referral) and not shared_items(referral):
        return False
    withdraw_consent(referral.client, purpose=referral.question_id, recipient=referral.receiver, by=audit.CLIENT)
    packet.destroy(referral)
    return True


@transaction.atomic
def narrow(known: Referral, content: Content) -> bool:
    """Take out what is no longer agreed to. A later message never widens: more needs a new yes and a new question."""
    referral = held(known)
    had = shared_items(referral)
    gone = sorted(set(had) - set(content.items))
    if not gone or not packet.is_open(referral):
        return False
    withdraw_consent(
        referral.client, purpose=referral.question_id, recipient=referral.receiver, by=audit.CLIENT, items=gone
    )
    kept = {item: piece for item, piece in content.packet["pieces"].items() if item in had}
    name = content.packet["name"] if Item.CONTACT in kept else ""
    packet.keep(referral, {**content.packet, "name": name, "pieces": kept})
    note("referral.redacted", referral, by=audit.CLIENT, organization=None, items=",".join(gone))
    return True

"""One large story with a canary in every personal field: who helps whom, and who has nothing to do with it.

Whatever has a UUID for its key has the same one here, and so have the sending organization and the service: an address
that is filled in with it leads to the right thing, of whatever kind that is.
"""

import uuid
from dataclasses import dataclass

from django.core import mail
from django.test import Client, TestCase
from django.utils import timezone

from clienten.models import ClientCard, Consent, Item, Mode, Outcome, RequestKind, SubjectRequest
from core.models import User
from doorverwijzing import actions, receiving
from doorverwijzing.models import Channel, Message, ReceiptCode, Referral
from organisaties.models import Invitation, Organization
from organisaties.roles import CARE_ROLES, Role
from sociale_kaart.models import Service
from tests.factories.clienten import ClientCardFactory
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory, ConversationFactory, domain
from tests.leaks.canaries import Aviary, Planter
from vraagverheldering.models import ClarifiedQuestion, Conversation, DomainNote, RightsResult

ONE_ID = uuid.UUID("0f0f0f0f-1234-4abc-8def-c0ffee0ca3a4")
NOWHERE = uuid.UUID("0f0f0f0f-1234-4abc-8def-000000000000")
NEIGHBOUR = uuid.UUID("0f0f0f0f-1234-4abc-8def-000000000001")
SHARED = {Item.CONTACT, Item.OWN_WORDS, Item.TRIED}


def browser(user: User | None = None) -> Client:
    """Give a browser, logged in when there is someone; a fault becomes a page, as for people."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


@dataclass
class World:
    """What the story made: who may read it, who may not, and what was said about it on the way."""

    aviary: Aviary
    referral: Referral
    insiders: dict[str, Client]
    outsiders: dict[str, Client]
    mails: list[mail.EmailMessage]
    receiver: User
    sender: User
    secrets: dict[str, str]


def build() -> World:
    """Tell the story."""
    aviary, mail.outbox = Aviary(), []
    sender, receiver = (UserFactory(**aviary.birds(User)) for _person in range(2))
    house = OrganizationFactory(id=str(ONE_ID), name="Sociaal Huis Pannenhoek", worker=sender)
    rent_help = OrganizationFactory(name="Huurhulp De Blauwe Deur", worker=receiver)
    service = ServiceFactory(id=str(ONE_ID), organization=rent_help)
    question = _talk(aviary, house, sender)
    with TestCase.captureOnCommitCallbacks(execute=True):
        referral = _referred(aviary, question, service, sender, receiver)
    invitation = aviary.birds(Invitation, "email")
    Invitation.objects.create(
        id=ONE_ID, organization=house, invited_by=sender, expires_at=timezone.now() + timezone.timedelta(days=7),
        roles=[Role.FRONTLINE_WORKER], **invitation,
    )  # fmt: skip
    anchors = {
        User: [sender, receiver], Organization: [house, rent_help], Service: [service], ClientCard: [question.client],
        ClarifiedQuestion: [question], Conversation: [question.conversation], Referral: [referral],
        DomainNote: [question.conversation.notes.get()], ReceiptCode: [referral.receipt],
        Consent: [Consent.objects.filter(purpose=ONE_ID)[0]],
    }  # fmt: skip
    Planter(aviary, anchors, ONE_ID).plant_all()
    return World(
        aviary=aviary, referral=Referral.objects.get(pk=ONE_ID), mails=list(mail.outbox), sender=sender,
        receiver=receiver, insiders=_insiders(sender, receiver, referral), outsiders=_outsiders(house, rent_help),
        secrets={"doorverwijzing.ReceiptCode.code": referral.receipt.code},
    )  # fmt: skip


def tell_of_a_neighbour(world: World) -> Aviary:
    """Tell of someone else whom the same two colleagues help with the same service; give what was said there."""
    aviary, referral = Aviary(first=5000), world.referral
    question = _talk(aviary, referral.sender, world.sender, NEIGHBOUR)
    theirs = _referred(aviary, question, referral.service, world.sender, world.receiver, NEIGHBOUR)
    anchors = {
        User: [world.sender, world.receiver], Organization: [referral.sender, referral.receiver],
        Service: [referral.service], ClientCard: [question.client], ClarifiedQuestion: [question],
        Conversation: [question.conversation], Referral: [theirs], ReceiptCode: [theirs.receipt],
        DomainNote: [question.conversation.notes.get()], Consent: [Consent.objects.filter(purpose=NEIGHBOUR)[0]],
    }  # fmt: skip
    Planter(aviary, anchors, NEIGHBOUR).plant_more()
    return aviary


def _talk(aviary: Aviary, house: Organization, worker: User, pk: uuid.UUID = ONE_ID) -> ClarifiedQuestion:
    """Let someone tell everything that can be told."""
    card = ClientCardFactory(id=pk, organization=house, **aviary.birds(ClientCard))
    SubjectRequest.objects.create(
        id=pk, organization=house, card=card, kind=RequestKind.OBJECT, answered_at=timezone.now(),
        outcome=Outcome.REFUSED, **aviary.birds(SubjectRequest),
    )  # fmt: skip
    talk = ConversationFactory(
        id=pk, organization=house, client=card, worker=worker, **aviary.birds(Conversation, "good_end")
    )
    DomainNote.objects.create(
        id=pk, conversation=talk, domain=domain("housing"), outcome="nothing", **aviary.birds(DomainNote)
    )
    kept = {name: f'{{"x": "{song}"}}' for name, song in aviary.birds(RightsResult).items()}
    RightsResult.objects.create(
        id=pk, conversation=talk, checked_on=timezone.localdate(), agreed_at=timezone.now(), **kept
    )
    return ClarifiedQuestionFactory(id=pk, client=card, conversation=talk, **aviary.birds(ClarifiedQuestion))


def _referred(
    aviary: Aviary, question: ClarifiedQuestion, service: Service, sender: User, receiver: User, pk: uuid.UUID = ONE_ID
) -> Referral:
    """Walk the real road: choose, show, send, open, write, try."""
    referral = Referral.objects.create(
        id=pk, question=question, client=question.client, sender=question.conversation.organization,
        sender_worker=sender, service=service, receiver=service.organization, due_at=timezone.now(),
    )  # fmt: skip
    actions.choose(
        referral, shared={item: item in SHARED for item in Item}, by=sender, warmth=3,
        colleague=aviary.bird(Referral, "colleague"),
    )  # fmt: skip
    actions.present(referral, by=sender)
    actions.send(referral, mode=Mode.SCREEN, signature=aviary.bird(Consent, "signature"), by=sender)
    receiving.read(referral, by=receiver)
    actions.write_message(referral, text=aviary.bird(Message, "text"), form_key=uuid.uuid4(), by=sender)
    receiving.accept(referral, by=receiver)
    receiving.record_attempt(referral, at=timezone.now(), channel=Channel.PHONE, note_text="", by=receiver)
    actions.record_answer(referral, answer="not_yet", by=sender)
    return referral


def _insiders(sender: User, receiver: User, referral: Referral) -> dict[str, Client]:
    client = browser()
    client.get(f"/volg/{referral.receipt.code}/")
    privacy = MembershipFactory(organization=referral.sender, role=Role.DATA_PROTECTION_CONTACT).user
    return {"sender": browser(sender), "receiver": browser(receiver), "client": client, "privacy": browser(privacy)}


def _outsiders(house: Organization, rent_help: Organization) -> dict[str, Client]:
    """Give everyone who has nothing to look for here, each in a browser of their own."""
    elsewhere, people = OrganizationFactory(name="Elders"), {"visitor": browser()}
    for role in Role:
        people[f"{role} elsewhere"] = browser(MembershipFactory(organization=elsewhere, role=role).user)
        if role not in CARE_ROLES | {Role.DATA_PROTECTION_CONTACT}:
            colleague = MembershipFactory(organization=house, role=role).user
            MembershipFactory(organization=rent_help, role=role, user=colleague)
            people[f"{role} of both sides"] = browser(colleague)
    gone = MembershipFactory(organization=house, ended_at=timezone.now() + timezone.timedelta(minutes=1)).user
    people["who left"] = browser(gone)
    people["works nowhere"] = browser(UserFactory())
    people["operator"] = browser(UserFactory(is_staff=True, is_superuser=True))
    other = Cast().received()
    people["another client"] = browser()
    people["another client"].get(f"/volg/{other.receipt.code}/")
    return people

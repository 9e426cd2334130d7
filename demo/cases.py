"""Invented clients with questions in every state, so that the demo shows a real day. No one in it exists."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from clienten import actions as client_actions
from clienten.models import ClientCard, Item, Mode
from core import audit
from core.models import User
from core.workdays import add_workdays
from demo.past import at, workdays_ago
from doorverwijzing import actions, receiving
from doorverwijzing.clock import ticking
from doorverwijzing.models import Channel, ClientAnswer, CloseResult, Initiative, Referral, RefusalCode
from gebied.models import Municipality
from organisaties.models import Organization
from sociale_kaart.models import LifeDomain, Service
from vraagverheldering.models import (
    ClarifiedQuestion,
    ClientWords,
    Conversation,
    ConversationMode,
    DomainNote,
    NextStep,
    Outcome,
    Place,
    Urgency,
)


@dataclass(frozen=True)
class Case:
    """One person and one question, and how far it went."""

    name: str
    sender: str  # e-mail of the worker who sends
    receiver: str  # slug of the receiving organization
    wish: str
    own_words: str
    days_ago: int
    until: str  # how far the road goes, a key of ROADS
    domain: str = "housing"
    household: str = "Alleen"
    phone: str = "0470 00 00 62"
    contact_note: str = ""
    goal: str = ""
    tried: str = ""
    income: str = ""
    debts: str = ""
    urgency: str = Urgency.ROUTINE
    municipality: str = "Zedelgem"
    hidden: tuple[str, ...] = field(default=())
    no_voicemail: bool = False
    sms: bool = False
    service: str = ""  # name of the service; the first that takes questions when empty
    proposal: str = ""  # name of the service that the receiver proposes instead


CASES = [
    Case(
        "Wout", "lotte@pannenhoek.example", "dmw-cm", "weten welke steun er is na de ziekte-uitkering",
        "Mijn uitkering stopt en ik weet niet waarvan ik volgende maand moet leven.", 38, "closed", "income",
        goal="Zekerheid over inkomen voor het einde van de maand.", phone="0470 00 00 17",
        service="Raad als je lang ziek bent",
    ),
    Case(
        "Rita", "lotte@pannenhoek.example", "thuiszorg-lindeboom", "hulp bij het poetsen en de was",
        "Sinds mijn val kan ik niet meer bukken. Ik schaam me voor mijn huis.", 24, "running", "selfcare",
        household="Alleen, dochter woont in Gent", goal="Een proper huis zonder pijn.", phone="0470 00 00 31",
        service="Poetshulp aan huis",
    ),
    Case(
        "Leen", "lotte@pannenhoek.example", "praathuis-het-bankje", "met iemand praten over haar man",
        "Het is stil in huis. Iedereen zegt dat het beter wordt, maar dat is niet zo.", 9, "contact_made", "mind",
        goal="Eens per week iemand zien.", phone="0470 00 00 25", contact_note="Liefst in de voormiddag",
        service="Praten na een verlies",
    ),
    Case(
        "Marek", "lotte@pannenhoek.example", "budgethuis-de-zeven-knopen", "een plan voor zijn schulden",
        "Ik betaal en ik betaal en het wordt altijd maar meer.", 10, "expired", "debt",
        debts="4 schuldeisers, ongeveer 6.100 euro", phone="0470 00 00 44",
        service="Hulp bij schulden en budget",
    ),
    Case(
        "Bilal", "lotte@pannenhoek.example", "huis-van-het-kind-zandpoort", "hulp met school en taal voor zijn zoon",
        "Op school zeggen ze dat Sami niet mee kan. Ik versta de brieven niet.", 4, "passed_on", "family",
        household="Met vrouw en 2 kinderen van 6 en 9 jaar", phone="0470 00 00 53", contact_note="Tolk Arabisch nodig",
        service="School uitleg, met een tolk", proposal="Brugfiguur tussen thuis en school",
    ),
    Case(
        "Greta", "lotte@pannenhoek.example", "huurhulp-de-blauwe-deur", "een woning zonder schimmel",
        "Mijn dochter hoest al de hele winter.", 7, "refused", "housing",
        household="Met dochter van 5 jaar", phone="0470 00 00 71", tried="2 brieven naar de huisbaas, geen antwoord.",
        service="Blijven wonen", proposal="Is mijn woning in orde?",
    ),
    Case(
        "Fatou", "windroos", "sociaal-huis-pannenhoek", "een adres om post te krijgen",
        "Ik slaap nu hier en dan daar. Zonder adres bestaat mijn dossier niet.", 6, "tried_once", "housing",
        phone="0470 00 00 36", contact_note="Liefst na 17 uur.", no_voicemail=True, sms=True,
        service="Een adres voor je post",
    ),
    Case(
        "Joris", "noor@blauwedeur.example", "sociaal-huis-pannenhoek", "dat zijn stroom niet afgesloten wordt",
        "Ze komen donderdag de meter dichtdoen. Ik durf de post niet meer open te doen.", 1, "received", "debt",
        goal="Stroom houden. Daarna een plan voor de schulden.", phone="0470 00 00 48", urgency=Urgency.URGENT,
        contact_note="Alleen in de namiddag.", sms=True, tried="Betaalplan gevraagd, geweigerd.",
        service="Stel je vraag",
        household="Woont alleen in Loppem", income="Ziekte-uitkering", hidden=(Item.INCOME,),
    ),
    Case(
        "Amina", "lotte@pannenhoek.example", "huurhulp-de-blauwe-deur", "blijven wonen, of een ander huis in Zedelgem",
        "Ik slaap niet. De brief zegt dat we voor kerst weg moeten. Waar moet ik heen met Yusuf?", 0, "sent", "housing",
        household="Alleen met Yusuf, 9 jaar", goal="Een dak voor Yusuf en mij na 18 december.",
        tried="2 keer gebeld met de huisbaas.", income="Loon, ongeveer 1.450 euro",
        debts="3 schuldeisers, ongeveer 4.200 euro", hidden=(Item.INCOME, Item.DEBTS),
        contact_note="Bel tussen 9 en 12 uur.", no_voicemail=True, service="Blijven wonen",
    ),
]  # fmt: skip


def load_cases(organization_id: Callable[[str], str]) -> None:
    """Walk each case along its road, in the past. Does nothing when there are cases already."""
    if Referral.objects.exists():
        return
    for case in CASES:
        _walk(case, organization_id)
    _paused_talk()


def _sender(case: Case, organization_id: Callable[[str], str]) -> User:
    if "@" in case.sender:
        return User.objects.get(email=case.sender)
    return _worker(Organization.objects.get(pk=organization_id("onthaal-windroos")))


def _worker(organization: Organization) -> User:
    people = User.objects.filter(memberships__organization=organization, memberships__ended_at=None)
    return people.filter(memberships__role="frontline_worker").order_by("pk").first() or people.first()  # type: ignore[return-value]


def _house(user: User) -> Organization:
    return Organization.objects.cared_for_by(user).get()


def _walk(case: Case, organization_id: Callable[[str], str]) -> None:
    sender = _sender(case, organization_id)
    receiver = Organization.objects.get(pk=organization_id(case.receiver))
    offers = Service.objects.taking_referrals().of(receiver).order_by("name")
    service = offers.filter(name=case.service).first() or offers.first()
    if service is None:
        raise LookupError(f"{case.receiver} has no service that takes questions")
    begin = workdays_ago(case.days_ago, 9, 30) if case.days_ago else timezone.now()
    with at(begin):
        question = _clarify(case, sender)
        referral = _send(case, question, service, sender)
    ROADS[case.until](referral, _worker(receiver), case)


def _clarify(case: Case, worker: User) -> ClarifiedQuestion:
    organization = _house(worker)
    card = client_actions.open_card(
        organization, by=worker, first_name=case.name, phone=case.phone, contact_note=case.contact_note,
        household=case.household, no_voicemail=case.no_voicemail, sms_allowed=case.sms,
        municipality=Municipality.objects.named(case.municipality).first(),
    )  # fmt: skip
    talk = Conversation.objects.create(
        client=card, organization=organization, worker=worker, mode=ConversationMode.QUICK, place=Place.DESK,
        saved_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    domain = LifeDomain.objects.filter(code=case.domain).first()
    ClientWords.objects.create(conversation=talk, domain=domain, text=case.own_words)
    return ClarifiedQuestion.objects.create(
        client=card, conversation=talk, domain=domain, wish=case.wish, own_words=case.own_words, goal=case.goal,
        tried=case.tried, income=case.income, debts=case.debts, urgency=case.urgency,
        next_step=f"Doorverwijzen en samen opvolgen met {worker.first_name}", who=f"{case.name} en {worker.first_name}",
        by_when=timezone.localdate(),
    )  # fmt: skip


def _send(case: Case, question: ClarifiedQuestion, service: Service, by: User) -> Referral:
    referral = actions.prepare(question, service, by=by)
    shared = {item.value: item not in case.hidden for item in Item}
    actions.choose(referral, shared=shared, colleague="", warmth=3, by=by)
    actions.present(referral, by=by)
    return actions.send(referral, mode=Mode.SCREEN, signature=case.name, by=by)


def _open(referral: Referral, by: User, moment: datetime) -> None:
    with at(moment):
        receiving.read(referral, by=by)


def _sent(referral: Referral, by: User, case: Case) -> None:
    """Leave it on the way."""


def _received(referral: Referral, by: User, case: Case) -> None:
    _open(referral, by, workdays_ago(case.days_ago, 11))


def _accepted(referral: Referral, by: User, case: Case) -> None:
    _received(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 1, 0), 10)):
        receiving.accept(referral, by=by)


def _tried_once(referral: Referral, by: User, case: Case) -> None:
    _accepted(referral, by, case)
    moment = workdays_ago(max(case.days_ago - 2, 0), 11, 5)
    with at(moment):
        receiving.record_attempt(referral, at=moment, channel=Channel.PHONE, note_text="niet opgenomen", by=by)


def _contact_made(referral: Referral, by: User, case: Case) -> None:
    _accepted(referral, by, case)
    moment = workdays_ago(max(case.days_ago - 2, 0), 14)
    with at(moment):
        receiving.confirm_contact(
            referral, at=moment, channel=Channel.PHONE, initiative=Initiative.RECEIVER, appointment="", by=by
        )


def _running(referral: Referral, by: User, case: Case) -> None:
    _contact_made(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 3, 0), 15)):
        answer = actions.record_answer(referral, answer="yes", by=audit.CLIENT)
        ClientAnswer.objects.filter(pk=answer.pk).update(created_at=timezone.now())
        receiving.start(referral, by=by)


def _closed(referral: Referral, by: User, case: Case) -> None:
    _running(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 20, 0), 16)):
        receiving.close(referral, result=CloseResult.SOLVED, by=by)


def _refused(referral: Referral, by: User, case: Case) -> None:
    _received(referral, by, case)
    proposal = _proposal(case)
    with at(workdays_ago(1, 14)):
        receiving.refuse(
            referral, code=RefusalCode.NOT_OURS, alternative=proposal, nothing_exists=proposal is None,
            note_text="Wij doen geen woningonderzoek. Zij komen aan huis.", by=by,
        )  # fmt: skip


def _passed_on(referral: Referral, by: User, case: Case) -> None:
    _received(referral, by, case)
    proposal = _proposal(case)
    if proposal:
        with at(workdays_ago(1, 16)):
            receiving.pass_on(referral, alternative=proposal, by=by)


def _proposal(case: Case) -> Service | None:
    return Service.objects.taking_referrals().filter(name=case.proposal).first()


def _expired(referral: Referral, by: User, case: Case) -> None:
    """Let two reminders and one escalation pass, then it goes back."""
    for days in range(case.days_ago - 3, 0, -1):
        moment = workdays_ago(days, 18, 59 - days)
        with at(moment):
            ticking.run(moment)


ROADS: dict[str, Callable[[Referral, User, Case], None]] = {
    "sent": _sent,
    "received": _received,
    "tried_once": _tried_once,
    "contact_made": _contact_made,
    "running": _running,
    "closed": _closed,
    "refused": _refused,
    "passed_on": _passed_on,
    "expired": _expired,
}


def _paused_talk() -> None:
    """Leave one broad conversation half-way: one subject with a step, one for later, one left alone."""
    worker = User.objects.get(email="lotte@pannenhoek.example")
    card = ClientCard.objects.filter(organization=_house(worker)).order_by("created_at").last()
    if card is None:
        return
    talk = Conversation.objects.create(
        client=card, organization=card.organization, worker=worker, mode=ConversationMode.BROAD, place=Place.HOME
    )
    words = "Ik slaap niet. De brief zegt dat we voor kerst weg moeten. Waar moet ik heen met Yusuf?"
    housing, income, family = (LifeDomain.objects.get(code=code) for code in ("housing", "income", "family"))
    ClientWords.objects.create(conversation=talk, domain=housing, text=words)
    note = DomainNote.objects.create(
        conversation=talk, domain=housing, outcome=Outcome.ACTION, score=2, agrees=True,
        strengths="De buren zijn vriendelijk. Yusuf gaat te voet naar school.",
        wording="Amina huurt privé. De vrederechter besliste over uithuiszetting, uiterlijk 18 december.",
    )  # fmt: skip
    NextStep.objects.create(
        conversation=talk, note=note, what="Inschrijven voor een sociale woning", who="Amina en Lotte samen",
        by_when=add_workdays(timezone.localdate(), 4),
    )  # fmt: skip
    later = add_workdays(timezone.localdate(), 10)
    DomainNote.objects.create(conversation=talk, domain=income, score=4, outcome=Outcome.LATER, later_on=later)
    DomainNote.objects.create(conversation=talk, domain=family, score=8, outcome=Outcome.NOTHING)

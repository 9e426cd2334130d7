"""Invented clients with questions in every state, so that the demo shows a real day. No one in it exists."""

from django.utils import timezone

from clienten.models import Item
from core.workdays import add_workdays
from demo import cast
from demo.cast import INE, LOTTE, NOOR
from demo.roads import Case, key_of, walk
from doorverwijzing.models import Referral
from sociale_kaart.models import LifeDomain
from vraagverheldering.models import (
    ClientWords,
    Conversation,
    ConversationMode,
    DomainNote,
    NextStep,
    Outcome,
    Place,
    Urgency,
)

CASES = [
    Case(
        "Wout", LOTTE, "dmw-cm", "weten welke steun er is na de ziekte-uitkering",
        "Mijn uitkering stopt en ik weet niet waarvan ik volgende maand moet leven.", 38, "closed", "income",
        goal="Zekerheid over inkomen voor het einde van de maand.", phone="0470 00 00 17",
        service="Raad als je lang ziek bent",
    ),
    Case(
        "Rita", LOTTE, "thuiszorg-lindeboom", "hulp bij het poetsen en de was",
        "Sinds mijn val kan ik niet meer bukken. Ik schaam me voor mijn huis.", 24, "running", "selfcare",
        household="Alleen, dochter woont in Gent", goal="Een proper huis zonder pijn.", phone="0470 00 00 31",
        service="Poetshulp aan huis",
    ),
    Case(
        "Leen", LOTTE, "praathuis-het-bankje", "met iemand praten over haar man",
        "Het is stil in huis. Iedereen zegt dat het beter wordt, maar dat is niet zo.", 6, "contact_made", "mind",
        goal="Eens per week iemand zien.", phone="0470 00 00 25", contact_note="Liefst in de voormiddag",
        service="Praten na een verlies",
    ),
    Case(
        "Marek", LOTTE, "budgethuis-de-zeven-knopen", "een plan voor zijn schulden",
        "Ik betaal en ik betaal en het wordt altijd maar meer.", 10, "expired", "debt",
        debts="4 schuldeisers, ongeveer 6.100 euro", phone="0470 00 00 44",
        service="Hulp bij schulden en budget",
    ),
    Case(
        "Bilal", LOTTE, "huis-van-het-kind-zandpoort", "hulp met school en taal voor zijn zoon",
        "Op school zeggen ze dat Sami niet mee kan. Ik versta de brieven niet.", 4, "passed_on", "family",
        household="Met vrouw en 2 kinderen van 6 en 9 jaar", phone="0470 00 00 53", contact_note="Tolk Arabisch nodig",
        service="School uitleg, met een tolk", proposal="Brugfiguur tussen thuis en school",
    ),
    Case(
        "Greta", LOTTE, "huurhulp-de-blauwe-deur", "een woning zonder schimmel",
        "Mijn dochter hoest al de hele winter.", 7, "refused", "housing",
        household="Met dochter van 5 jaar", phone="0470 00 00 71", tried="2 brieven naar de huisbaas, geen antwoord.",
        service="Blijven wonen", proposal="Is mijn woning in orde?",
    ),
    Case(
        "Fatou", "onthaal-windroos", "sociaal-huis-pannenhoek", "een adres om post te krijgen",
        "Ik slaap nu hier en dan daar. Zonder adres bestaat mijn dossier niet.", 6, "tried_once", "housing",
        phone="0470 00 00 36", contact_note="Liefst na 17 uur.", no_voicemail=True, sms=True,
        service="Een adres voor je post",
    ),
    Case(
        "Ronny", LOTTE, "thuiszorg-lindeboom", "iemand die helpt met wassen en aankleden",
        "Mijn rug wil niet meer. Ik raak niet in bad.", 5, "unreached", "selfcare",
        phone="0470 00 00 19", contact_note="Bel in de voormiddag", service="Hulp in huis en bij wassen",
    ),
    Case(
        "Josiane", LOTTE, "praathuis-het-bankje", "niet alleen zijn op zondag",
        "De zondag duurt drie dagen lang.", 8, "taken_back", "network", phone="0470 00 00 92",
        service="Nooit alleen op zondag",
    ),
    Case(
        "Jef", LOTTE, "energieloket-windvang", "een plan voor zijn elektriciteit",
        "De afrekening is hoger dan mijn loon. Ik zet de verwarming niet meer aan.", 2, "accepted", "debt",
        phone="0470 00 00 27", debts="Energie, ongeveer 900 euro", service="Energieschulden",
    ),
    Case(
        "Veerle", LOTTE, "energieloket-windvang", "minder betalen voor gas",
        "Ik snap mijn contract niet en ik durf niet te bellen.", 1, "received", "day",
        phone="0470 00 00 28", service="Een goedkoper contract", household="Met 3 kinderen",
    ),
    Case(
        "Daria", INE, "sociaal-huis-pannenhoek", "een voorschot op haar uitkering",
        "Ik wacht op papieren en de huur is al betaald. Er rest niets.", 12, "running", "income",
        phone="0470 00 00 29", contact_note="Spreekt Oekraïens en wat Engels", service="Leefloon",
        household="Met haar moeder", safe={"language": "uk"},
    ),
    Case(
        "Hasan", INE, "budgethuis-de-zeven-knopen", "één plan voor al zijn schulden",
        "Iedereen stuurt mij naar iemand anders.", 4, "contact_made", "debt", phone="0470 00 00 30",
        debts="6 schuldeisers", service="Hulp bij schulden en budget",
    ),
    Case(
        "Joris", NOOR, "sociaal-huis-pannenhoek", "dat zijn stroom niet afgesloten wordt",
        "Ze komen donderdag de meter dichtdoen. Ik durf de post niet meer open te doen.", 0, "received", "debt",
        goal="Stroom houden. Daarna een plan voor de schulden.", phone="0470 00 00 48", urgency=Urgency.URGENT,
        contact_note="Alleen in de namiddag.", sms=True, tried="Betaalplan gevraagd, geweigerd.",
        service="Stel je vraag",
        household="Alleen", income="Ziekte-uitkering", hidden=(Item.INCOME,),
    ),
    Case(
        "Amina", LOTTE, "huurhulp-de-blauwe-deur", "blijven wonen, of een ander huis in Zedelgem",
        "Ik slaap niet. De brief zegt dat we voor kerst weg moeten. Waar moet ik heen met Yusuf?", 0, "sent", "housing",
        household="Alleen met Yusuf, 9 jaar", goal="Een dak voor Yusuf en mij na 18 december.",
        tried="2 keer gebeld met de huisbaas.", income="Loon, ongeveer 1.450 euro",
        debts="3 schuldeisers, ongeveer 4.200 euro", hidden=(Item.INCOME, Item.DEBTS),
        contact_note="Bel tussen 9 en 12 uur.", no_voicemail=True, service="Blijven wonen",
    ),
]  # fmt: skip


def load_cases() -> None:
    """Walk each case along its road, in the past. Does nothing when there are cases already."""
    if Referral.objects.exists():
        return
    for case in CASES:
        walk(case)
    _paused_talk()


def _paused_talk() -> None:
    """Leave one broad conversation half-way: one subject with a step, one for later, one left alone."""
    card = Conversation.objects.get(form_key=key_of("Amina")).client
    worker = cast.someone(LOTTE)
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

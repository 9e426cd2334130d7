"""Other ways of referring: transfers between OCMWs, volunteers, signing together, consulting, several ways, inside."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from demo import cast
from demo.cast import BERT, BLAUWE_DEUR, BUDGETHUIS, INE, LOTTE, NOOR, PANNENHOEK
from demo.past import at, workdays_ago
from demo.roads import Case, accepted, begin_of, contact_made, draft, is_told, running, send, walk
from doorverwijzing import actions, overview, receiving
from doorverwijzing.actors import Guest, guest_of
from doorverwijzing.models import GuestLink, Referral, RightKind, TransferReason
from doorverwijzing.ways import copies, family, rights, transfer

WINDROOS, DE_HAND = "onthaal-windroos", "welzijnsschakel-de-hand"
HALF_DONE = ["told", "competence", "running_help", "urgent_need"]

YARA = Case(
    "Yara", LOTTE, "sociaal-huis-oostkamp", "verhuizen zonder een maand zonder geld",
    "Ik heb eindelijk een studio. Maar wie betaalt mij dan in januari?", 0, domain="income",
    phone="0470 00 00 41", income="Leefloon", goal="Dat de betaling doorloopt.", service="Leefloon en extra steun",
)  # fmt: skip
STEFAAN = Case(
    "Stefaan", "sociaal-huis-beernem", PANNENHOEK, "dat zijn dossier mee verhuist",
    "Ik woon sinds kort in Aartrijke. Ik wil niet alles opnieuw vertellen.", 4, domain="income",
    phone="0470 00 00 42", income="Leefloon", tried="Budgetbegeleiding in Beernem, die liep goed.", service="Leefloon",
)  # fmt: skip
GERDA = Case(
    "Gerda", LOTTE, "buddywerk-twee-stoelen", "iemand om mee naar buiten te gaan",
    "Ik kom alleen nog buiten voor de vuilzak.", 1, domain="network", phone="0470 00 00 43",
    contact_note="Laat de telefoon lang rinkelen", service="Een buddy als het moeilijk is",
)  # fmt: skip
OMER = Case(
    "Omer", LOTTE, "kringwinkel-de-omkeer", "een tafel en een bed voor zijn lege studio",
    "We slapen op de matras van de buren.", 2, domain="housing", phone="0470 00 00 45", household="Met zijn zoon",
    service="Startpakket voor een leeg huis",
)  # fmt: skip
LIES = Case(
    "Lies", WINDROOS, "caw-noord-west-vlaanderen", "iemand die mee zoekt naar een kamer",
    "Overal is er al iemand voor mij.", 0, phone="0470 00 00 46", municipality="Jabbeke", service="Begeleid wonen",
)  # fmt: skip
PATRICK = Case(
    "Patrick", WINDROOS, BUDGETHUIS, "weten of hij zijn auto mag houden",
    "Zonder auto geen werk, zonder werk geen geld.", 2, domain="debt", phone="0470 00 00 47", municipality="Jabbeke",
    debts="Een lening en 2 boetes", service="Hulp bij schulden en budget",
)  # fmt: skip
IBRAHIM = Case(
    "Ibrahim", DE_HAND, "sociaal-huis-jabbeke", "een dak voor deze maand",
    "Mijn broer kan ons niet langer houden.", 1, phone="0470 00 00 49", municipality="Jabbeke",
    household="Met vrouw en baby", service="Tijdelijk een dak",
)  # fmt: skip
ROOS = Case(
    "Roos", DE_HAND, PANNENHOEK, "een fiets om naar de les te gaan", "Te voet is het een uur, met de bus ook.", 5,
    domain="mobility", phone="0470 00 00 50", service="Stel je vraag",
)  # fmt: skip
TESS = Case(
    "Tess", LOTTE, "woonloket-vier-kerken", "een huur die betaalbaar is",
    "De helft van mijn loon gaat naar een flat met natte muren.", 11, phone="0470 00 00 51", hidden=("feedback_words",),
    income="Loon, halftijds", tried="Ingeschreven bij een immokantoor.", service="Premies voor huren en wonen",
)  # fmt: skip
ELIF = Case(
    "Elif", LOTTE, BUDGETHUIS, "rust, en één iemand die de brieven bijhoudt",
    "Elke brief is een andere naam.", 14, domain="debt", phone="0470 00 00 52", debts="4 schuldeisers",
    household="Alleen met 2 kinderen", service="Hulp bij schulden en budget",
)  # fmt: skip
DRAFTS = (
    Case(
        "Gerry", NOOR, PANNENHOEK, "een waarborg voor een nieuwe flat", "Ik teken maandag als het geld er is.", 0,
        phone="0470 00 00 54", household="Met een dochter van 8 jaar", income="Loon als interim, het wisselt",
        debts="1 maand huur", tried="Waarborg gevraagd bij de bank, geweigerd.", contact_note="Bel na 17 uur",
        hidden=("income", "debts"), service="Noodfonds huur",
    ),
    Case(
        "Fien", INE, "energiehuis-de-warme-gevel", "ramen die niet meer tochten",
        "Het plastiek voor de ramen houdt het niet.", 0, phone="0470 00 00 55", municipality="Brugge",
    ),
)  # fmt: skip


def a_transfer_is_half_done() -> None:
    """Do four of the seven things; it cannot leave before the rest is done."""
    if is_told(YARA):
        return
    with at(begin_of(YARA)):
        transfer.prepare(
            draft(YARA), reason=TransferReason.MOVED, since=timezone.localdate() - timedelta(days=9), done=HALF_DONE,
            by=cast.someone(LOTTE),
        )  # fmt: skip


def a_transfer_came_in() -> None:
    """Take over from another OCMW that did the whole list; they stay competent until the day that we said."""
    if is_told(STEFAAN):
        return
    with at(begin_of(STEFAAN)):
        referral = draft(STEFAAN)
        made = transfer.prepare(
            referral, reason=TransferReason.MOVED, since=timezone.localdate() - timedelta(days=20),
            done=sorted(transfer.CODES), by=cast.someone(STEFAAN.sender),
        )  # fmt: skip
        send(STEFAAN, referral)
    lotte = cast.someone(LOTTE)
    accepted(referral, lotte, STEFAAN)
    made.refresh_from_db()
    with at(workdays_ago(2, 11)):
        transfer.confirm(made, takes_over_on=timezone.localdate() + timedelta(days=12), by=lotte)


def volunteers_get_the_least() -> None:
    """Share the question and how to call with a buddy, nothing more; nobody there has an account."""
    if not is_told(GERDA):
        walk(GERDA)


def a_guest_answers() -> None:
    """Let the second-hand shop answer by the link in its mail."""
    if is_told(OMER):
        return
    referral = walk(OMER)
    with at(workdays_ago(1, 10)):
        guest = _guest(referral)
        receiving.read(referral, by=guest)
        receiving.accept(referral, by=guest)


def _guest(referral: Referral) -> Guest:
    return guest_of(GuestLink.objects.open().select_related("referral__receiver").get(referral=referral))


def who_may_refer_how() -> None:
    """Say who signs together with an OCMW or CAW, and who speaks with the coordination first."""
    bert = cast.someone(BERT)
    for slug, kind in ((WINDROOS, RightKind.CO_SIGNED), (DE_HAND, RightKind.AFTER_COORDINATION)):
        organization = cast.house(slug)
        if not organization.referrer_rights.exists():
            rights.set_right(organization, need=None, kind=kind, by=bert)


def a_colleague_asks_to_sign() -> None:
    """Ask twice for a signature beside that of the sender; one got it and left."""
    if is_told(LIES):
        return
    asks, ours, lotte = cast.someone(WINDROOS), cast.house(PANNENHOEK), cast.someone(LOTTE)
    with at(begin_of(LIES)):
        rights.ask_co_signature(draft(LIES), of=ours, by=asks)
    with at(begin_of(PATRICK)):
        referral = draft(PATRICK)
        asked = rights.ask_co_signature(referral, of=ours, by=asks)
    with at(begin_of(PATRICK) + timedelta(hours=3)):
        rights.answer_signature(asked, agreed=True, by=lotte)
        send(PATRICK, referral)


def two_spoke_with_the_coordination() -> None:
    """Leave one consultation for the coordination to look at, beside one that it agreed with."""
    if is_told(IBRAHIM):
        return
    asks, bert = cast.someone(DE_HAND), cast.someone(BERT)
    for case in (ROOS, IBRAHIM):
        with at(begin_of(case)):
            referral = draft(case)
            said = rights.consult(referral, person="Bert", day=timezone.localdate(), by=asks)
            send(case, referral)
        if case is ROOS:
            accepted(referral, cast.someone(LOTTE), case)
            with at(workdays_ago(4, 9)):
                rights.review(said, agreed=True, by=bert)


def one_question_goes_two_ways() -> None:
    """Send one question to two: the housing desk helps already, the budget house says that it called."""
    if is_told(TESS):
        return
    lotte, jonas = cast.someone(LOTTE), cast.someone(cast.JONAS)
    first = walk(TESS)
    running(first, cast.worker_of(first.receiver), TESS)
    second = replace(TESS, receiver=BUDGETHUIS, service="Budgetgroep", days_ago=5)
    with at(begin_of(second)):
        referral = send(second, draft(second, first.question))
        overview.hand_over(first.question, keeper=lotte, fallback=jonas, by=lotte)
    contact_made(referral, cast.someone(BUDGETHUIS), second)


def a_receiver_refers_on() -> None:
    """Let the budget house ask someone else for a part, with a yes of its own that is still to come."""
    if is_told(ELIF):
        return
    referral = walk(ELIF)
    karim = cast.someone(BUDGETHUIS)
    running(referral, karim, ELIF)
    with at(workdays_ago(1, 13)):
        question = copies.copy_question(Referral.objects.get(pk=referral.pk), by=karim)
        child = family.refer_on(question, cast.offer(BLAUWE_DEUR, "Blijven wonen"), by=karim)
        actions.choose(child, shared={"contact": True, "own_words": True}, colleague="", warmth=3, by=karim)


def some_are_not_sent_yet() -> None:
    """Begin a draft at two other partners."""
    for case in DRAFTS:
        if not is_told(case):
            draft(case)


STORIES = (
    a_transfer_is_half_done, a_transfer_came_in, volunteers_get_the_least, a_guest_answers, who_may_refer_how,
    a_colleague_asks_to_sign, two_spoke_with_the_coordination, one_question_goes_two_ways, a_receiver_refers_on,
    some_are_not_sent_yet,
)  # fmt: skip

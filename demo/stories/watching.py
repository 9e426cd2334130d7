"""What is watched over: sharing without a yes, emergency access, yeses that end, questions about data, who looked."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from clienten import reading, retention
from clienten.consent.overriding import Grounds
from clienten.emergency import actions as emergency
from clienten.incidents import actions as incidents
from clienten.models import (
    About,
    ClientCard,
    EmergencyAccess,
    EmergencyReason,
    EmergencyVerdict,
    HoldReason,
    Incident,
    IncidentKind,
    RequestKind,
    SubjectRequest,
    Verdict,
    Why,
)
from clienten.rights_of_subject import asking
from core import audit
from demo import cast
from demo.cast import BLAUWE_DEUR, BUDGETHUIS, ELS, KARIM, LOTTE, MIEKE, PANNENHOEK
from demo.past import at, workdays_ago
from demo.roads import Case, begin_of, draft, is_told, key_of, running, walk
from doorverwijzing import actions, receiving
from doorverwijzing.consent import overriding
from doorverwijzing.models import Channel, Initiative, Referral

ROBIN = Case(
    "Robin", ELS, "caw-noord-west-vlaanderen", "veilig slapen, vannacht en de dagen erna",
    "Als de deur dichtvalt weet niemand waar ik ben.", 0, domain="safety", phone="0470 00 00 56", urgency="urgent",
    contact_note="Zeg dat je van de tandarts bent", no_voicemail=True, service="Slachtofferhulp",
    hidden=("income", "debts"),
    safe={
        "keep_silent": True, "neutral_sender": True, "no_letter": True, "no_mail": True, "call_from": time(10),
        "call_until": time(12), "call_days": "135",
    },
)  # fmt: skip
BEA = Case(
    "Bea", ELS, "thuiszorg-lindeboom", "hulp thuis na de val", "Ze spraken over mij, ik kon niet antwoorden.", 14,
    domain="selfcare", phone="0470 00 00 57", service="Hulp in huis en bij wassen", hidden=("income", "debts"),
)  # fmt: skip
# A yes lasts a year at most: these two wait long for their turn, and soon have to be asked again.
LONG = [
    (Case("Hamid", LOTTE, BUDGETHUIS, "een rechter die naar al zijn schulden kijkt", "Ik wil opnieuw beginnen.", 0,
          domain="debt", phone="0470 00 00 58", debts="11 schuldeisers", service="Al je schulden via de rechter"), 9),
    (Case("Kaatje", LOTTE, BLAUWE_DEUR, "een huis met twee slaapkamers", "Met drie in één kamer, al een jaar.", 0,
          phone="0470 00 00 59", household="Met 2 kinderen", service="Samen een huis zoeken"), 13),
]  # fmt: skip
A_YEAR, STARTED = timedelta(days=365), 40
# Whose file is old: closed long ago, no sign of life since.
OLD = Case(
    "Albert", LOTTE, "dmw-cm", "weten wat de mutualiteit terugbetaalt", "Ik bewaar alle briefjes in een doos.", 175,
    "closed", "body", phone="0470 00 00 60",
)  # fmt: skip
# Who asks what, how many days ago, in which words.
REQUESTS = [
    ("Rita", RequestKind.ACCESS, 6, ""), ("Wout", RequestKind.RECTIFY, 12, "Ik woon niet meer bij mijn broer."),
    ("Josiane", RequestKind.ERASE, 20, ""),
    ("Leen", RequestKind.OBJECT, 4, "Mijn schoonzus werkt sinds kort bij jullie. Ik wil niet dat zij dit kan lezen."),
]  # fmt: skip
# Whose card or question was opened again, by whom, how many working days ago, at what hour.
READ = [
    ("Rita", LOTTE, 3, 9), ("Fatou", LOTTE, 2, 11), ("Tess", ELS, 1, 10), ("Bilal", ELS, 1, 16),
    ("Greta", LOTTE, 1, 15), ("Wout", MIEKE, 2, 14),
]  # fmt: skip


def _card(name: str) -> ClientCard:
    return ClientCard.objects.get(conversations__form_key=key_of(name))


def shared_without_a_yes() -> None:
    """Share twice without a yes: one look back is done, the other one waits."""
    els, mieke = cast.someone(ELS), cast.someone(MIEKE)
    if not is_told(BEA):
        with at(begin_of(BEA)):
            made = overriding.send_without_yes(
                draft(BEA), by=els,
                grounds=Grounds(
                    Why.CANNOT_ANSWER, "Bea ligt in het ziekenhuis en kan niet antwoorden. Zonder hulp kan Bea niet "
                    "naar huis, en het bed is vrijdag nodig.", "Sociale dienst van het ziekenhuis", client_told=False,
                ),
            )  # fmt: skip
        with at(workdays_ago(11, 10)):
            overriding.review(
                made, verdict=Verdict.JUSTIFIED, remark="Vraag Bea zelf een ja zodra ze kan antwoorden.", by=mieke
            )
        referral = Referral.objects.get(question__conversation__form_key=key_of("Bea"))
        running(referral, cast.worker_of(referral.receiver), BEA)
    if not is_told(ROBIN):
        with at(begin_of(ROBIN)):
            overriding.send_without_yes(
                draft(ROBIN), by=els,
                grounds=Grounds(
                    Why.DANGER, "Robin belde en hing op toen er iemand binnenkwam. Er was eerder geweld. Wachten tot "
                    "een nieuw gesprek is te gevaarlijk.", "1712", client_told=False,
                ),
            )  # fmt: skip


def opened_in_an_emergency() -> None:
    """Open a card twice in an emergency: one look back is done, the other one waits."""
    if EmergencyAccess.objects.exists():
        return
    karim = cast.someone(KARIM)
    with at(workdays_ago(7, 19, 20)):
        first = emergency.open_card(
            _card("Leen"), by=karim, why=EmergencyReason.DANGER,
            reason="Leen belde in paniek en haar lijn viel weg. Ik moest weten wie er in de buurt is.",
            asked="Lotte en Els gebeld, geen antwoord na 18 uur.",
        )  # fmt: skip
        emergency.note_reading(first, by=karim)
        emergency.end(first, by=karim)
    with at(workdays_ago(6, 9, 30)):
        emergency.judge(
            first, by=cast.someone(MIEKE), verdict=EmergencyVerdict.RIGHT, remark="Nummer van de wacht opgehangen."
        )
    with at(workdays_ago(1, 18, 45)):
        second = emergency.open_card(
            _card("Marek"), by=karim, why=EmergencyReason.TONIGHT,
            reason="Marek stond voor een gesloten deur en had geen slaapplaats.",
            asked="De wachtlijn van Pannenhoek gebeld, in gesprek.",
        )  # fmt: skip
        emergency.note_reading(second, by=karim)


def yeses_that_end_soon() -> None:
    """Let two questions run for nearly a year: the yes has to be asked again within two weeks."""
    for case, days in LONG:
        if not is_told(case):
            _nearly_a_year(case, timezone.now() - A_YEAR + timedelta(days=days))


def _nearly_a_year(case: Case, begin: datetime) -> None:
    with at(begin):
        referral = draft(case)
        actions.present(referral, by=cast.someone(case.sender))
        actions.send(referral, mode="screen", signature=case.name, by=cast.someone(case.sender))
    worker = cast.worker_of(referral.receiver)
    with at(begin + timedelta(days=1)):
        receiving.read(referral, by=worker)
        receiving.accept(referral, by=worker)
    with at(begin + timedelta(days=3)):
        receiving.confirm_contact(
            referral, at=begin + timedelta(days=3), channel=Channel.DESK, initiative=Initiative.RECEIVER,
            appointment="Op de wachtlijst, begin in de herfst.", by=worker,
        )  # fmt: skip
        actions.record_answer(referral, answer="yes", by=audit.CLIENT)
    with at(workdays_ago(STARTED, 10)):
        receiving.start(referral, by=worker)


def people_ask_about_their_data() -> None:
    """Note who asks to see, correct or erase the own data; hold one file, and announce the end of an old one."""
    ours, mieke = cast.house(PANNENHOEK), cast.someone(MIEKE)
    if SubjectRequest.objects.filter(organization=ours).exists():
        return
    for name, kind, days, words in REQUESTS:
        day: date = timezone.localdate() - timedelta(days=days)
        with at(timezone.now() - timedelta(days=days)):
            asking.note(_card(name), kind=kind, asked_on=day, words=words, by=mieke)
    with at(workdays_ago(8, 11)):
        until = timezone.localdate() + timedelta(days=120)
        asking.hold(_card("Wout"), reason=HoldReason.LEGAL_CLAIM, until=until, by=mieke)
    if not is_told(OLD):
        walk(OLD)
    with at(workdays_ago(3, 3, 10)):
        retention.run_for(ours, timezone.now())


def who_looked() -> None:
    """Open cards again on other days; each look is a line in the read log."""
    ours = cast.house(PANNENHOEK)
    for name, who, days, hour in READ:
        card = _card(name)
        if not reading.readings([card]).exists():
            with at(workdays_ago(days, hour, 25)):
                reading.note(card, by=cast.someone(who), organization=ours, page="card")


def something_went_wrong() -> None:
    """Note one incident: the partners were told, the rest must still be decided."""
    ours, mieke = cast.house(PANNENHOEK), cast.someone(MIEKE)
    if Incident.objects.exists():
        return
    known = timezone.now() - timedelta(hours=20)
    with at(known + timedelta(hours=1)):
        incident = incidents.note(
            ours, kind=IncidentKind.LOST, known_at=known, began_on=timezone.localdate(known), people=1,
            cards=[_card("Rita")], by=mieke, what="Een blad van een gesprek bleef liggen in bus 5, met een nummer.",
            effects="Wie het vond, kan bellen en weet dat er hulp gevraagd is.",
            measures="De Lijn gebeld: het blad is niet gevonden. De code van het blad is vervangen.",
        )  # fmt: skip
    with at(known + timedelta(hours=3)):
        incidents.write(
            incident, about=About.PARTNERS, told=False, text="Op het blad stond niets van een partner.", by=mieke
        )


STORIES = (
    shared_without_a_yes, opened_in_an_emergency, yeses_that_end_soon, people_ask_about_their_data,
    something_went_wrong, who_looked,
)  # fmt: skip

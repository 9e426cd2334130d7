"""Live handovers in each stage: moments proposed, agreed for soon, spoken, not there, and turned down."""

from datetime import datetime, timedelta

from django.utils import timezone

from core import audit
from core.models import User
from demo import cast
from demo.cast import BLAUWE_DEUR, BUDGETHUIS, LOTTE, NOOR, PANNENHOEK
from demo.past import at, workdays_ago
from demo.roads import Case, begin_of, draft, is_told, received, send, walk
from doorverwijzing import actions, receiving, used
from doorverwijzing.live import appointments, outcome
from doorverwijzing.live.appointments import Wish
from doorverwijzing.live.asks import standing_of
from doorverwijzing.live.hours import diary_of, proposals
from doorverwijzing.models import Handover, HandoverKind, Initiative, NextStep, Place, Referral, Warmth
from doorverwijzing.ways import bridging

MINUTES = 30

SAMIRA = Case(
    "Samira", LOTTE, BUDGETHUIS, "weten welke rekening eerst moet",
    "Ik open de enveloppen niet meer. Er ligt een doos vol.", 3, "received", "debt", phone="0470 00 00 33",
    household="Met 2 tieners", tried="Een lijst gemaakt met haar zus.", debts="5 schuldeisers",
    contact_note="Liefst een sms vooraf", sms=True, service="Hulp bij schulden en budget",
)  # fmt: skip
LUC = Case(
    "Luc", LOTTE, BLAUWE_DEUR, "niet alleen naar de vrederechter",
    "Ik weet niet wat ik daar moet zeggen.", 1, phone="0470 00 00 34", warmth=Warmth.ACCOMPANIED,
    goal="Dat iemand mee naast mij zit.", service="Blijven wonen", colleague="Noor",
)  # fmt: skip
HILDE = Case(
    "Hilde", LOTTE, "thuiszorg-lindeboom", "een avond per week voor zichzelf",
    "Ik zorg al zes jaar voor mijn broer. Ik ben op.", 9, "received", "selfcare", phone="0470 00 00 37",
    household="Met haar broer", service="Oppas aan huis", warmth=Warmth.APPOINTMENT,
)  # fmt: skip
KOEN = Case(
    "Koen", NOOR, PANNENHOEK, "de achterstand van zijn huur spreiden",
    "Twee maanden. Meer is het niet, maar hij wil niet luisteren.", 5, "received", "debt", phone="0470 00 00 38",
    income="Loon als interim", debts="2 maanden huur", contact_note="Werkt in ploegen", sms=True,
    service="Noodfonds huur", warmth=Warmth.APPOINTMENT,
)  # fmt: skip
GREET = Case(
    "Greet", LOTTE, BUDGETHUIS, "leren plannen met weinig geld",
    "Op de twintigste is het op. Elke maand.", 4, "received", "debt", phone="0470 00 00 39",
    service="Hulp bij schulden en budget",
)  # fmt: skip


def _moments(referral: Referral, *workers: User, after: datetime | None = None) -> list[datetime]:
    """Give moments that suit both sides, as the page of proposals does."""
    diary, now = diary_of(referral, *(worker.pk for worker in workers)), timezone.now()
    listed = [moment for day in proposals(diary, now, MINUTES).values() for moment in day]
    return [moment for moment in listed if after is None or moment > after] or listed


def _wish(kind: str, starts: list[datetime], place: str = "") -> Wish:
    return Wish(kind, MINUTES, tuple(starts), place=place)


def moments_wait_for_the_sender() -> None:
    """Let the receiver propose two moments, while a volunteer keeps contact with the person."""
    if is_told(SAMIRA):
        return
    referral = walk(SAMIRA)
    karim, lotte = cast.worker_of(referral.receiver), cast.someone(LOTTE)
    with at(workdays_ago(1, 10, 20)):
        found = _moments(referral, karim, lotte, after=_next_week())
        appointments.propose(referral, _wish(HandoverKind.CALL, found[:2]), by=karim)
        bridging.set_partner(referral, name="Griet", house="Praathuis Het Bankje", phone="0470 00 00 95", by=lotte)


def _next_week() -> datetime:
    """Give a moment after which a proposal made yesterday still can be chosen for a few days."""
    return timezone.localtime() + timedelta(days=4)


def both_speak_soon() -> None:
    """Agree on a call with three for the first day on which both work; the worker stays on the line."""
    if is_told(LUC):
        return
    lotte, noor = cast.someone(LOTTE), cast.someone(NOOR)
    with at(begin_of(LUC)):
        referral = draft(LUC)
        found = _moments(referral, lotte, noor, after=_tonight())
        appointments.propose(referral, _wish(HandoverKind.CALL, found[:3]), by=lotte)
        send(LUC, referral)
    received(referral, noor, LUC)
    with at(workdays_ago(1, 14, 10)):
        handover = _standing(referral)
        appointments.choose(handover, slot=handover.slots.order_by("starts_at")[0].pk, by=noor)


def _tonight() -> datetime:
    """Give the end of the real today, whatever the moment that the demo is at."""
    return datetime.now(tz=timezone.get_current_timezone()).replace(hour=23, minute=0)


def _standing(referral: Referral) -> Handover:
    found = standing_of(referral)
    if found is None:
        raise LookupError(f"{referral.pk} has no moments")
    return found


def _agreed(case: Case, *, kind: str, place: str = "") -> Handover:
    """Let the sender propose moments along with the question, and the receiver choose the first."""
    sender = cast.someone(case.sender)
    with at(begin_of(case)):
        referral = draft(case)
        receiver = cast.worker_of(referral.receiver)
        found = _moments(referral, sender, receiver, after=workdays_ago(case.days_ago - 1, 1))
        appointments.propose(referral, _wish(kind, found[:2], place), by=sender)
        send(case, referral)
    received(referral, receiver, case)
    with at(workdays_ago(case.days_ago, 15)):
        handover = _standing(referral)
        return appointments.choose(handover, slot=handover.slots.order_by("starts_at")[0].pk, by=receiver)


def the_three_spoke() -> None:
    """Hold the visit: contact is made with it, the help runs, and the packet was of use."""
    if is_told(HILDE):
        return
    handover = _agreed(HILDE, kind=HandoverKind.VISIT, place=Place.HOME)
    receiver = cast.worker_of(handover.referral.receiver)
    with at(_after(handover)):
        outcome.held(
            handover, at=_start(handover), channel=outcome.channel_of(handover), initiative=Initiative.RECEIVER,
            appointment="Eerste avond: donderdag om 19 uur.", by=receiver,
        )  # fmt: skip
    referral = Referral.objects.get(pk=handover.referral_id)
    with at(_after(handover) + timedelta(hours=2)):
        actions.record_answer(referral, answer="yes", by=audit.CLIENT)
        receiving.start(referral, by=receiver)
        items = [item for item, _label in used.choices(referral)]
        used.tell(referral, items=items[:-1], by=receiver)


def someone_was_not_there() -> None:
    """Let nobody come: it counts as a try, and the two sides look for another moment."""
    if is_told(KOEN):
        return
    handover = _agreed(KOEN, kind=HandoverKind.VISIT, place=Place.RECEIVER)
    with at(_after(handover)):
        outcome.missed(
            handover, next_step=NextStep.AGAIN, note_text="Ploeg gewisseld. We bellen en kiezen een nieuw moment.",
            by=cast.worker_of(handover.referral.receiver),
        )  # fmt: skip


def a_receiver_calls_alone() -> None:
    """Let the receiver take the question and call alone; the question goes on as before."""
    if is_told(GREET):
        return
    karim, lotte = cast.someone(BUDGETHUIS), cast.someone(LOTTE)
    referral = walk(GREET)
    with at(workdays_ago(3, 9, 40)):
        found = _moments(referral, lotte, karim)
        handover = appointments.propose(referral, _wish(HandoverKind.CALL, found[:1]), by=lotte)
    with at(workdays_ago(3, 11)):
        appointments.decline(handover, by=karim)
        receiving.accept(Referral.objects.get(pk=referral.pk), by=karim)


def _start(handover: Handover) -> datetime:
    if handover.starts_at is None:
        raise LookupError(f"{handover.pk} has no moment")
    return handover.starts_at


def _after(handover: Handover) -> datetime:
    return _start(handover) + timedelta(minutes=handover.minutes + 10)


STORIES = (
    moments_wait_for_the_sender, both_speak_soon, the_three_spoke, someone_was_not_there, a_receiver_calls_alone,
)  # fmt: skip

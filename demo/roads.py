"""How far an invented question goes: the same actions as users take, each at a moment in the past."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from clienten.models import Item, Mode
from core import audit
from core.models import User
from demo import cast
from demo.past import at, workdays_ago
from doorverwijzing import actions, receiving
from doorverwijzing.clock import ticking
from doorverwijzing.models import Channel, CloseResult, Initiative, Referral, RefusalCode
from gebied.models import Municipality
from sociale_kaart.models import LifeDomain, Service
from vraagverheldering import actions as talk_actions
from vraagverheldering.models import ClarifiedQuestion, Conversation, Urgency

TRIES_IN_VAIN = 3
# No road: it is still on the way.
SENT = "sent"


@dataclass(frozen=True)
class Case:
    """One person and one question, and how far it went."""

    name: str
    sender: str  # mail address of the worker who sends, or slug of where someone does
    receiver: str  # slug of the receiving organization
    wish: str
    own_words: str
    days_ago: int
    until: str = SENT  # how far the road goes, a key of ROADS
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
    safe: Mapping[str, Any] = field(default_factory=dict)  # more of the safe-contact profile
    warmth: int = 3
    colleague: str = ""


def key_of(name: str) -> UUID:
    """Give the form key of the talk with someone, so that nobody is invented twice."""
    return uuid5(NAMESPACE_URL, f"https://demo.example/gesprek/{name.lower()}")


def is_told(case: Case) -> bool:
    """Tell whether this person is in the demo already."""
    return Conversation.objects.filter(form_key=key_of(case.name)).exists()


def walk(case: Case) -> Referral:
    """Go the whole road of one case."""
    with at(begin_of(case)):
        referral = send(case, draft(case))
    if case.until != SENT:
        ROADS[case.until](referral, cast.worker_of(referral.receiver), case)
        referral.refresh_from_db()
    return referral


def begin_of(case: Case) -> datetime:
    """Give the moment of the talk."""
    return workdays_ago(case.days_ago, 9, 30) if case.days_ago else timezone.now()


def clarify(case: Case) -> ClarifiedQuestion:
    """Talk with someone, and write the question down."""
    worker = cast.someone(case.sender)
    person = {
        "first_name": case.name, "phone": case.phone, "contact_note": case.contact_note, "household": case.household,
        "no_voicemail": case.no_voicemail, "sms_allowed": case.sms,
        "municipality": Municipality.objects.named(case.municipality).first(), **case.safe,
    }  # fmt: skip
    question = {
        "domain": LifeDomain.objects.filter(code=case.domain).first(), "wish": case.wish, "goal": case.goal,
        "tried": case.tried, "income": case.income, "debts": case.debts, "urgency": case.urgency,
        "next_step": f"Doorverwijzen en samen opvolgen met {worker.first_name}",
        "who": f"{case.name} en {worker.first_name}", "by_when": timezone.localdate(),
    }  # fmt: skip
    beginning = talk_actions.Beginning(
        cast.house_of(worker), key_of(case.name), person=person, said=case.own_words, question=question
    )
    return talk_actions.start(beginning, by=worker).questions.get()


def draft(case: Case, question: ClarifiedQuestion | None = None) -> Referral:
    """Begin a referral and choose what is shared."""
    worker = cast.someone(case.sender)
    service = cast.offer(case.receiver, case.service)
    referral = actions.prepare(question or clarify(case), service, by=worker)
    shared = {item.value: item not in case.hidden for item in Item}
    actions.choose(referral, shared=shared, colleague=case.colleague, warmth=case.warmth, by=worker)
    return referral


def send(case: Case, referral: Referral) -> Referral:
    """Show it to the person, and send it with a yes."""
    worker = cast.someone(case.sender)
    actions.present(referral, by=worker)
    return actions.send(referral, mode=Mode.SCREEN, signature=case.name, by=worker)


def received(referral: Referral, by: User, case: Case) -> None:
    """Let the receiver open it."""
    with at(max(workdays_ago(case.days_ago, 11), begin_of(case))):
        receiving.read(referral, by=by)


def accepted(referral: Referral, by: User, case: Case) -> None:
    """Let the receiver say yes the day after."""
    received(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 1, 0), 10)):
        receiving.accept(referral, by=by)


def _tried(referral: Referral, by: User, case: Case, times: int) -> None:
    accepted(referral, by, case)
    for count in range(times):
        moment = workdays_ago(max(case.days_ago - 2 - count, 0), 11, 5 + count)
        with at(moment):
            receiving.record_attempt(referral, at=moment, channel=Channel.PHONE, note_text="niet opgenomen", by=by)


def _tried_once(referral: Referral, by: User, case: Case) -> None:
    _tried(referral, by, case, 1)


def _unreached(referral: Referral, by: User, case: Case) -> None:
    _tried(referral, by, case, TRIES_IN_VAIN)


def contact_made(referral: Referral, by: User, case: Case) -> None:
    """Let the receiver confirm contact."""
    accepted(referral, by, case)
    moment = workdays_ago(max(case.days_ago - 2, 0), 14)
    with at(moment):
        receiving.confirm_contact(
            referral, at=moment, channel=Channel.PHONE, initiative=Initiative.RECEIVER, appointment="", by=by
        )


def running(referral: Referral, by: User, case: Case) -> None:
    """Let the help run; the person says that there was contact."""
    contact_made(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 3, 0), 15)):
        actions.record_answer(referral, answer="yes", by=audit.CLIENT)
        receiving.start(referral, by=by)


def _closed(referral: Referral, by: User, case: Case) -> None:
    running(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 20, 0), 16)):
        receiving.close(referral, result=CloseResult.SOLVED, by=by)


def _refused(referral: Referral, by: User, case: Case) -> None:
    received(referral, by, case)
    proposal = _proposal(case)
    with at(workdays_ago(1, 14)):
        receiving.refuse(
            referral, code=RefusalCode.NOT_OURS, alternative=proposal, nothing_exists=proposal is None,
            note_text="Wij doen geen woningonderzoek. Zij komen aan huis.", by=by,
        )  # fmt: skip


def _passed_on(referral: Referral, by: User, case: Case) -> None:
    received(referral, by, case)
    proposal = _proposal(case)
    if proposal:
        with at(workdays_ago(1, 16)):
            receiving.pass_on(referral, alternative=proposal, by=by)


def _proposal(case: Case) -> Service | None:
    return Service.objects.taking_referrals().filter(name=case.proposal).first()


def _expired(referral: Referral, by: User, case: Case) -> None:
    """Let two reminders and two escalations pass, then it goes back."""
    remind(referral, range(case.days_ago - 3, 0, -1))


def remind(referral: Referral, days: range) -> None:
    """Let the clock look at one referral on these working days before today."""
    for count in days:
        moment = workdays_ago(count, 18, 59 - count % 59)
        with at(moment):
            ticking.run(moment, only=referral.pk)


def _taken_back(referral: Referral, by: User, case: Case) -> None:
    received(referral, by, case)
    with at(workdays_ago(max(case.days_ago - 1, 0), 17)):
        actions.withdraw(referral, by=audit.CLIENT)


ROADS: dict[str, Callable[[Referral, User, Case], None]] = {
    "received": received,
    "accepted": accepted,
    "tried_once": _tried_once,
    "unreached": _unreached,
    "contact_made": contact_made,
    "running": running,
    "closed": _closed,
    "refused": _refused,
    "passed_on": _passed_on,
    "taken_back": _taken_back,
    "expired": _expired,
}

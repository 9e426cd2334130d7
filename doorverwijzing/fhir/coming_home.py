"""The answer to a question of ours, come home as a file: it makes the moves that any answer makes, or none at all."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from clienten.models import Item
from core import audit
from core.errors import Refusal
from doorverwijzing import feedback, notifications, packet, receiving
from doorverwijzing.actors import Elsewhere
from doorverwijzing.fhir.codes import (
    ANSWER,
    ENDED,
    NOTHING_EXISTS,
    OUR_OUTCOME,
    OUR_REFUSALS,
    OUR_RESULTS,
    OUR_SERVICES,
    PROPOSED,
    Json,
)
from doorverwijzing.fhir.letters import contact_in
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.statuses import road
from doorverwijzing.fhir.walking import code_in, codings, inside, several, words
from doorverwijzing.models import CloseResult, Referral, RefusalCode
from doorverwijzing.moving import held, make, note
from doorverwijzing.workflow import Side, Status
from sociale_kaart.models import Service

# Who moves it there. Whether the yes still holds is known here, and nobody elsewhere ends it.
THERE = frozenset({Side.RECEIVER, Side.SYSTEM})
OF_THE_YES = frozenset({Status.WITHDRAWN, Status.CONSENT_LAPSED})
NO_ANSWER_YET = frozenset({Status.SENT, Status.RECEIVED})
LONGEST_NAME = 200


def is_answer(task: Json) -> bool:
    """Tell whether a Task was given out as the answer to a question of another installation."""
    return any((system, code) == (OUR_OUTCOME, ANSWER) for system, code, _said in codings(_tags(task)))


def _tags(task: Json) -> Json:
    return {"coding": inside(task, "meta", "tag")}


@transaction.atomic
def hear(known: Referral, task: Json, state: Status) -> tuple[bool, list[str]]:
    """Bring a question of ours to the state that the receiver elsewhere tells; an older answer changes nothing.

    Give whether it moved, and what of the answer was left out. Raises AsideError when it cannot follow on what happened
    here: then nothing is written.
    """
    if state in OF_THE_YES:
        raise AsideError("yes_is_ours")
    hearing = Hearing(held(known), task)
    state = hearing.believed(state)
    if _is_older(hearing.referral.state, state):
        return False, hearing.left_out
    moves = road(hearing.referral.state, state, by=THERE)
    if moves is None:
        raise AsideError("cannot_follow")
    try:
        for move in moves:
            hearing.make(move)
    except Refusal as refusal:
        raise AsideError("cannot_follow") from refusal
    note("referral.fhir_answered", hearing.referral, by=audit.SYSTEM, organization=hearing.referral.receiver)
    return True, hearing.left_out


def _is_older(here: Status, said: Status) -> bool:
    """Tell whether a file says what we know, or something of before."""
    if said in NO_ANSWER_YET and here is not Status.SENT:
        return True
    return road(said, here, by={Side.RECEIVER}) is not None


@dataclass
class Hearing:
    """One answer, and the moves that it makes."""

    referral: Referral
    task: Json
    left_out: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read what the moves need."""
        self.by = Elsewhere(self.referral.pk, self.referral.receiver_id)
        self.contact = contact_in(self.task)

    def believed(self, state: Status) -> Status:
        """Give the state as far as the file stands for it: nobody was spoken with when it does not say when and how."""
        if state not in feedback.AFTER_CONTACT or self.contact or self.referral.contact:
            return state
        self.left_out.append("contact_not_said")
        return Status.ACCEPTED

    def make(self, move: str) -> None:
        """Make one move of the workflow, as the receiver would here."""
        steps: dict[str, Callable[[], None]] = {
            "open": lambda: make(self.referral, "open", by=self.by, side=Side.RECEIVER),
            "accept": lambda: receiving.accept(self.referral, by=self.by),
            "start": lambda: receiving.start(self.referral, by=self.by),
            "confirm_contact": self._confirm,
            "close": self._close,
            "refuse": self._refuse,
            "pass_on": self._pass_on,
            "give_back": lambda: receiving.send_back(self.referral, "give_back", by=self.by),
            "expire": self._expire,
        }
        steps[move]()

    def _confirm(self) -> None:
        said = self.contact
        if said is None:
            raise AsideError("cannot_follow")
        receiving.confirm_contact(
            self.referral, at=said.at, channel=said.channel, initiative=said.initiative, appointment="", by=self.by
        )

    def _close(self) -> None:
        """Close it with how it ended, when the person agreed that this is told; nobody here learns it otherwise."""
        said = self._output(ENDED)
        result = code_in(inside(said, "valueCodeableConcept"), OUR_RESULTS)
        if result and not feedback.may_tell(self.referral, Item.FEEDBACK_OUTCOME):
            self.left_out.append("not_agreed")
            result = ""
        elif said and result not in CloseResult.values:
            self.left_out.append("unknown_answer")
            result = ""
        receiving.close(self.referral, result=result or CloseResult.UNTOLD, by=self.by)

    def _refuse(self) -> None:
        code = code_in(self.task.get("statusReason"), OUR_REFUSALS)
        alternative, nothing = self._proposed(), self._output(NOTHING_EXISTS).get("valueBoolean") is True
        named = self._named() if alternative is None else ""
        if code in RefusalCode.values and [alternative is not None, bool(named), nothing].count(True) == 1:
            receiving.refuse(
                self.referral, code=code, alternative=alternative, elsewhere=named, nothing_exists=nothing,
                note_text="", by=self.by,
            )  # fmt: skip
            return
        self.left_out.append("unknown_answer")
        receiving.send_back(self.referral, "refuse", reason=code if code in RefusalCode.values else "", by=self.by)

    def _pass_on(self) -> None:
        alternative = self._proposed()
        named = self._named() if alternative is None else ""
        if alternative or named:
            receiving.pass_on(self.referral, alternative=alternative, elsewhere=named, by=self.by)
            return
        self.left_out.append("unknown_answer")
        receiving.send_back(self.referral, "pass_on", by=self.by)

    def _expire(self) -> None:
        packet.destroy(self.referral)
        make(self.referral, "expire", by=audit.SYSTEM, side=Side.SYSTEM)
        notifications.sender_told(self.referral, "expire")

    def _proposed(self) -> Service | None:
        """Find the proposed service on our map: by its id and its exact name, and never the one that says no."""
        said = inside(self._output(PROPOSED), "valueReference")
        if words(said, "identifier", "system") != OUR_SERVICES:
            return None
        named = Service.objects.taking_referrals().exclude(pk=self.referral.service_id)
        return named.filter(pk=words(said, "identifier", "value"), name=words(said, "display")).first()

    def _named(self) -> str:
        """Give the name of a proposed service that we do not know: who reads the answer can look for it, or call."""
        name = words(self._output(PROPOSED), "valueReference", "display").strip()[:LONGEST_NAME]
        if name:
            self.left_out.append("service_by_name")
        return name

    def _output(self, code: str) -> Json:
        return next((one for one in several(self.task, "output") if code_in(one.get("type"), OUR_OUTCOME) == code), {})

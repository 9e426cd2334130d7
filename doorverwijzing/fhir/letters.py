"""One request from elsewhere, understood whole or not at all: who asks what of whom, how far it is, with which yes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from doorverwijzing.fhir.codes import (
    CHANNEL,
    CONFIRMED,
    INITIATIVE,
    OF_SENDER,
    OF_SOURCE,
    OUR_OUTCOME,
    OUR_STATUS,
    TASK_CODE,
    URI,
    Json,
)
from doorverwijzing.fhir.consent_in import Permit, permit_of
from doorverwijzing.fhir.content_in import Content, content_of
from doorverwijzing.fhir.reading import Found
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.receivers import receiver_of
from doorverwijzing.fhir.statuses import TASK_STATUSES, can_be_taken, state_of
from doorverwijzing.fhir.walking import Asking, code_in, extension, inside, key_of, moment, several, words
from doorverwijzing.models import Channel, Initiative
from doorverwijzing.workflow import Status
from sociale_kaart.models import Service
from vraagverheldering.models import Urgency

# Enough of a name to show; the column holds no more.
LONGEST_NAME = 255
# What asks that something is done; a proposal, a plan or an option does not.
ORDERS = {"directive", "order", "original-order", "reflex-order", "filler-order", "instance-order"}
# Who does not know what these say may not use what they stand in: they can turn its meaning around.
CHANGES_MEANING = {"modifierExtension", "implicitRules"}


@dataclass(frozen=True)
class Sender:
    """Who asks: an organization elsewhere, and the worker there as far as named."""

    key: str
    name: str
    worker: str = ""
    phone: str = ""

    @property
    def pk(self) -> str:
        """Give the id that this organization has here, always the same."""
        return str(uuid5(NAMESPACE_URL, OF_SENDER + self.key))


@dataclass(frozen=True)
class Contact:
    """That the receiver spoke with the person, as the Task says."""

    at: datetime
    channel: str
    initiative: str


@dataclass
class Letter:
    """Everything that makes one referral."""

    state: Status
    urgency: str
    sent_at: datetime
    sender: Sender
    service: Service
    permit: Permit
    content: Content
    used: list[Found]
    contact: Contact | None = None


def names_of(asking: Asking, request: Found, source: str) -> list[tuple[str, str]]:
    """Give the names by which a request is known again: its identifiers, else its address or its id in a named source.

    A number without a system means something to its own source or sender only. Raises AsideError when it has no name.
    """
    named = [(words(one, "system")[:200], words(one, "value")[:200]) for one in several(request.resource, "identifier")]
    if whole := [(system, value) for system, value in named if system and value]:
        return whole
    for _system, value in named:
        if value:
            return [(OF_SOURCE + source if source else OF_SENDER + _sender(asking, request)[0].pk, value)]
    if request.url.startswith(("urn:uuid:", "https://", "http://")):
        return [(URI, request.url[:200])]
    if source and words(request.resource, "id"):
        return [(OF_SOURCE + source, words(request.resource, "id")[:200])]
    raise AsideError("no_name")


def task_of(asking: Asking, request: Found) -> Found:
    """Find the Task that is about a request. Raises AsideError."""
    about = asking.about("Task", "focus", key_of(request))
    if len(about) != 1:
        raise AsideError("several_tasks" if about else "no_task")
    if asking.is_doubtful(request, about[0]):
        raise AsideError("two_of_one_name")
    return about[0]


def state_in(request: Found, task: Found) -> Status:
    """Tell how far it is, in our words. Raises AsideError when the words are none that we know."""
    status = words(task.resource, "status")
    if status not in TASK_STATUSES:
        raise AsideError("unknown_status")
    state = state_of(status, code_in(task.resource.get("businessStatus"), OUR_STATUS))
    if words(request.resource, "status") in {"revoked", "entered-in-error"} or status == "entered-in-error":
        return Status.WITHDRAWN
    if state is None:
        raise AsideError("nothing_to_do")
    return state


def letter_of(asking: Asking, request: Found, *, service: Service | None) -> Letter:
    """Understand one request. `service` is what the operator chose for requests that name none of ours.

    Raises AsideError with the first thing that is missing.
    """
    task = task_of(asking, request)
    if words(task.resource, "intent") != "order" or code_in(task.resource.get("code"), TASK_CODE) != "fulfill":
        raise AsideError("not_an_order")
    if words(request.resource, "intent") not in ORDERS or inside(request.resource, "doNotPerform") is True:
        raise AsideError("only_a_plan")
    if asking.name(task.resource.get("for")) != asking.name(request.resource.get("subject")):
        raise AsideError("another_person")
    state = state_in(request, task)
    receiver = receiver_of(asking, request, task)
    permit = permit_of(asking, request, receiver.is_named_by)
    if not can_be_taken(state) or words(request.resource, "status") != "active":
        raise AsideError("nothing_to_do")
    contact = contact_in(task.resource)
    content = content_of(asking, request, permit)
    sender, of_sender = _sender(asking, request)
    used = list(dict.fromkeys([*content.used, task, permit.found, *receiver.resources, *of_sender]))
    if any(_changes_meaning(one.resource) for one in used):
        raise AsideError("changes_meaning")
    return Letter(
        state=state if contact else without_contact(state),
        urgency=_urgency(task.resource),
        sent_at=_sent_at(task.resource),
        sender=sender,
        service=receiver.ours(service),
        permit=permit,
        content=content,
        used=used,
        contact=contact,
    )


def _changes_meaning(value: Any) -> bool:
    """Tell whether something in it must be understood before the rest may be read."""
    if isinstance(value, dict):
        return any(value.get(key) for key in CHANGES_MEANING) or any(map(_changes_meaning, value.values()))
    return isinstance(value, list) and any(map(_changes_meaning, value))


def without_contact(state: Status) -> Status:
    """Give the state without a claim of contact, for a Task in which nothing stands for it."""
    return Status.ACCEPTED if state in (Status.CONTACT_MADE, Status.RUNNING) else state


def _sender(asking: Asking, request: Found) -> tuple[Sender, list[Found]]:
    """Tell who asks: the organization of the requester. Raises AsideError when none is named."""
    requester = asking.at(request.resource.get("requester"))
    role = requester if requester and requester.kind == "PractitionerRole" else None
    house = asking.at(role.resource.get("organization")) if role else requester
    if house is None or house.kind != "Organization" or not words(house.resource, "name"):
        raise AsideError("no_sender")
    identifier = next(iter(several(house.resource, "identifier")), {})
    name = words(house.resource, "name")[:LONGEST_NAME]
    key = f"{words(identifier, 'system')}|{words(identifier, 'value') or name}"
    phones = [words(one, "value") for one in several(role.resource if role else {}, "telecom")]
    worker = words(role.resource, "practitioner", "display") if role else ""
    sender = Sender(key, name, worker[:150], phones[0][:40] if phones else "")
    return sender, [house, *([role] if role else [])]


def _urgency(task: Json) -> str:
    """Every priority above routine lets the fast clock run."""
    return Urgency.URGENT if words(task, "priority") in {"urgent", "asap", "stat"} else Urgency.ROUTINE


def _sent_at(task: Json) -> datetime:
    now = timezone.now()
    return min(moment(words(task, "authoredOn")) or now, now)


def contact_in(task: Json) -> Contact | None:
    """Read that contact was made, when the receiver said so with a moment."""
    for one in several(task, "output"):
        at = moment(words(one, "valueDateTime"))
        if at and at <= timezone.now() and code_in(one.get("type"), OUR_OUTCOME) == CONFIRMED:
            channel = inside(extension(one, CHANNEL), "valueCode")
            initiative = inside(extension(one, INITIATIVE), "valueCode")
            if channel in Channel.values and initiative in Initiative.values:
                return Contact(at, str(channel), str(initiative))
    return None

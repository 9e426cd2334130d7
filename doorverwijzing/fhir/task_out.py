"""The Task of a referral: how far it is, why it came back, and the two halves of "contact made"."""

from django.utils import timezone

from clienten.models import Item
from doorverwijzing import feedback
from doorverwijzing.fhir.codes import (
    ANSWER,
    CHANNEL,
    CLIENT_ANSWER,
    CONFIRMED,
    ENDED,
    INITIATIVE,
    NOTHING_EXISTS,
    OUR_ANSWERS,
    OUR_OUTCOME,
    OUR_REFUSALS,
    OUR_RESULTS,
    OUR_SERVICES,
    OUR_STATUS,
    PROFILES,
    PROPOSED,
    TASK_CODE,
    Json,
    coding,
    concept,
    id_of,
    reference,
)
from doorverwijzing.fhir.statuses import WORDS
from doorverwijzing.models import CloseResult, Decline, Referral
from doorverwijzing.workflow import BACK_AT_SENDER, Status


def task(referral: Referral, *, for_sender: bool, is_answer: bool) -> Json:
    """Give the Task. What a worker wrote in free text stays at home; codes and moments go along."""
    output = [*_output(referral, for_sender=for_sender), *_way_on(referral)]
    tag = {"tag": [coding(OUR_OUTCOME, ANSWER)]} if is_answer else {}
    return {
        "resourceType": "Task",
        "id": id_of(referral.pk, "task"),
        "meta": {"profile": [PROFILES["Task"]], **tag},
        "status": WORDS[referral.state].task,
        **({"statusReason": _reason(referral)} if _came_back(referral) else {}),
        "businessStatus": concept(coding(OUR_STATUS, referral.status), text=str(referral.get_status_display())),
        "intent": "order",
        "priority": referral.urgency,
        "code": concept(coding(TASK_CODE, "fulfill", "Fulfill the focal request")),
        "focus": reference(id_of(referral.pk, "request")),
        "for": reference(id_of(referral.pk, "patient")),
        "authoredOn": _moment(referral.sent_at or referral.created_at),
        "lastModified": _moment(referral.status_at),
        "requester": reference(id_of(referral.pk, "worker")),
        "owner": reference(id_of(referral.pk, "receiver"), referral.receiver.name),
        **({"restriction": {"period": {"end": _moment(referral.due_at)}}} if referral.due_at else {}),
        **({"output": output} if output else {}),
    }


def _came_back(referral: Referral) -> bool:
    return referral.state in BACK_AT_SENDER or referral.state is Status.WITHDRAWN


def _reason(referral: Referral) -> Json:
    """Say why it is not going on: the receiver's reason as a code, or our own word for the state."""
    decline = Decline.objects.filter(referral=referral).first()
    if decline is None:
        return concept(coding(OUR_STATUS, referral.status), text=str(referral.get_status_display()))
    return concept(coding(OUR_REFUSALS, decline.code), text=str(decline.get_code_display()))


def _way_on(referral: Referral) -> list[Json]:
    """Give what the receiver proposes instead; a service stands on the public map."""
    decline = Decline.objects.filter(referral=referral).select_related("alternative").first()
    if decline is None:
        return []
    if decline.nothing_exists:
        return [{"type": _outcome(NOTHING_EXISTS), "valueBoolean": True}]
    if decline.alternative is None:
        by_name = {"type": "HealthcareService", "display": decline.elsewhere}
        return [{"type": _outcome(PROPOSED), "valueReference": by_name}]
    named = {"system": OUR_SERVICES, "value": decline.alternative.pk}
    proposed = {"type": "HealthcareService", "identifier": named, "display": decline.alternative.name}
    return [{"type": _outcome(PROPOSED), "valueReference": proposed}]


def _output(referral: Referral, *, for_sender: bool) -> list[Json]:
    """Give the facts: contact, said by the receiver; reached, said by the client; how it ended."""
    found: list[Json] = []
    if contact := referral.contact:
        how = [{"url": CHANNEL, "valueCode": contact.channel}, {"url": INITIATIVE, "valueCode": contact.initiative}]
        found.append({"extension": how, "type": _outcome(CONFIRMED), "valueDateTime": _moment(contact.at)})
    answer = referral.answers.order_by("created_at").last() if for_sender else None
    if answer:
        said = concept(coding(OUR_ANSWERS, answer.answer), text=str(answer.get_answer_display()))
        found.append({"type": _outcome(CLIENT_ANSWER), "valueCodeableConcept": said})
    # The sender hears how it ended only when that was agreed.
    if _knows_result(referral) and (not for_sender or feedback.may_tell(referral, Item.FEEDBACK_OUTCOME)):
        ended = concept(coding(OUR_RESULTS, referral.result), text=str(referral.get_result_display()))
        found.append({"type": _outcome(ENDED), "valueCodeableConcept": ended})
    return found


def _knows_result(referral: Referral) -> bool:
    return bool(referral.result) and referral.result != CloseResult.UNTOLD


def _outcome(code: str) -> Json:
    return concept(coding(OUR_OUTCOME, code))


def _moment(at: object) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")  # type: ignore[arg-type]

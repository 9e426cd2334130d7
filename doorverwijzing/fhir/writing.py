"""One referral as a Bundle: request, task, yes, both sides, and what the receiver may read of the person."""

from django.utils import timezone

from clienten.models import Item
from doorverwijzing import packet
from doorverwijzing.actions import shared_items
from doorverwijzing.fhir import partners
from doorverwijzing.fhir.codes import (
    GOAL,
    HL7,
    OF_SENDER,
    OF_SOURCE,
    PROFILES,
    SNOMED,
    URI,
    Json,
    coding,
    concept,
    id_of,
    reference,
)
from doorverwijzing.fhir.consent_out import consent, consents_of
from doorverwijzing.fhir.content_out import ids, patient, pieces, question
from doorverwijzing.fhir.statuses import WORDS
from doorverwijzing.fhir.task_out import task
from doorverwijzing.models import Origin, Referral
from doorverwijzing.packet import Reading

RESTRICTED = coding(HL7 + "v3-Confidentiality", "R", "restricted")


def readable(referral: Referral) -> Reading | None:
    """Give what the receiver may read today: the frozen packet, less each piece whose yes has ended.

    None when the packet is closed, or when nothing that was agreed to holds any more.
    """
    reading = packet.read(referral)
    if reading is None:
        return None
    allowed = set(shared_items(referral))
    if not allowed and (reading.pieces or consents_of(referral)):
        return None
    if reading.name and Item.CONTACT not in allowed:
        return None
    kept = {item: piece for item, piece in reading.pieces.items() if item in allowed}
    return Reading(title=reading.title, goal=reading.goal, name=reading.name, pieces=kept)


def is_from_elsewhere(referral: Referral) -> bool:
    """Tell whether a referral was born in another installation: what goes out of it from here is the answer."""
    return Origin.objects.filter(referral=referral).exists()


def bundle(referral: Referral, *, for_sender: bool = False) -> Json:
    """Give the referral as a collection. The client's own answer goes to the sender's systems only.

    The answer to a question from elsewhere tells how far it is, and brings nothing of the person along.
    """
    is_answer = is_from_elsewhere(referral)
    for_sender = for_sender or is_answer
    reading = None if is_answer else readable(referral)
    said = [] if is_answer else [consent(referral, consents_of(referral), ids(referral, reading))]
    categories = partners.category_codings(referral.service)
    resources = [
        request(referral, reading, said),
        task(referral, for_sender=for_sender, is_answer=is_answer),
        *said,
        patient(referral, reading),
        partners.worker(referral),
        partners.organization(referral, referral.sender, "sender"),
        partners.organization(referral, referral.receiver, "receiver"),
        partners.service(referral),
        *(question(referral, reading, categories) if reading else []),
        *(pieces(referral, reading) if reading else []),
    ]
    return {
        "resourceType": "Bundle",
        "meta": {"security": [RESTRICTED]},
        "identifier": identifier_of(referral),
        "type": "collection",
        "timestamp": timezone.localtime().isoformat(timespec="seconds"),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }


def identifier_of(referral: Referral) -> Json:
    """Name the referral the way its first installation did, so that both know it by one name."""
    origin = Origin.objects.filter(referral=referral).first()
    if origin is None:
        return {"system": URI, "value": f"urn:uuid:{referral.pk}"}
    has_system = bool(origin.system) and not origin.system.startswith((OF_SOURCE, OF_SENDER))
    return {**({"system": origin.system} if has_system else {}), "value": origin.value}


def request(referral: Referral, reading: Reading | None, said: list[Json]) -> Json:
    """Give the ServiceRequest: what is asked, of which service, and why. `said` is the yes that goes along, if any."""
    social = coding(SNOMED, "410606002", "Social service procedure")
    categories = partners.category_codings(referral.service)
    goal = reference(id_of(referral.pk, "goal"))
    shared = [id_of(referral.pk, item) for item in reading.pieces if item != Item.CONTACT] if reading else []
    support = [*(one["id"] for one in said), *shared]
    return {
        "resourceType": "ServiceRequest",
        "id": id_of(referral.pk, "request"),
        "meta": {"profile": [PROFILES["ServiceRequest"]]},
        **({"extension": [{"url": GOAL, "valueReference": goal}]} if reading and reading.goal else {}),
        "identifier": [identifier_of(referral)],
        "status": WORDS[referral.state].request,
        "intent": "order",
        "category": [concept(social), *[concept(one) for one in categories]],
        "priority": referral.urgency,
        "code": concept(social, text=reading.title if reading else ""),
        "subject": reference(id_of(referral.pk, "patient")),
        "authoredOn": timezone.localtime(referral.sent_at or referral.created_at).isoformat(timespec="seconds"),
        "requester": reference(id_of(referral.pk, "worker")),
        "performer": [reference(id_of(referral.pk, "service"), referral.service.name)],
        **({"reasonReference": [reference(id_of(referral.pk, "condition"))]} if reading else {}),
        **({"supportingInfo": [reference(one) for one in support]} if support else {}),
    }

"""What the packet holds as FHIR: the person as far as shared, the question, each piece. Nothing else is read."""

from typing import Any

from clienten import safe_contact
from clienten.models import Item
from doorverwijzing.fhir.codes import (
    CONDITION_CATEGORY,
    CONTACT_NOTE,
    HL7,
    MASKED,
    MUNICIPALITY,
    NO_VOICEMAIL,
    OUR_ITEMS,
    PROFILES,
    QUESTION,
    SAFE_CONTACT,
    TEXT_ALLOWED,
    URI,
    Json,
    coding,
    concept,
    id_of,
    reference,
)
from doorverwijzing.models import Referral
from doorverwijzing.packet import Reading

NOT_SHARED = {"extension": [{"url": MASKED, "valueCode": "masked"}]}


def patient(referral: Referral, reading: Reading | None) -> Json:
    """Give the person: a first name and how to reach them safely when that is shared, else nobody in particular.

    Never a number, a day of birth, a sex or an address. The identifier belongs to this referral alone, so that two
    receivers cannot see that they help the same person.
    """
    identifier = id_of(referral.pk, "patient")
    contact = reading.pieces.get(Item.CONTACT) if reading else None
    return {
        "resourceType": "Patient",
        "id": identifier,
        "meta": {"profile": [PROFILES["Patient"]]},
        **({"extension": _safely(contact)} if contact and _safely(contact) else {}),
        "identifier": [{"system": URI, "value": f"urn:uuid:{identifier}"}],
        "name": [{"given": [contact["first_name"]]} if contact and contact.get("first_name") else NOT_SHARED],
        "gender": "unknown",
        **_telecom(contact),
    }


def _telecom(contact: dict[str, Any] | None) -> Json:
    phone = contact.get("phone") if contact else ""
    return {"telecom": [{"system": "phone", "value": phone}]} if phone else {}


def _safely(contact: dict[str, Any]) -> list[Json]:
    """Say how to reach someone without harm."""
    found: list[Json] = []
    if contact.get("note"):
        found.append({"url": CONTACT_NOTE, "valueString": contact["note"]})
    for url, name in ((NO_VOICEMAIL, "no_voicemail"), (TEXT_ALLOWED, "sms_allowed")):
        if name in contact:
            found.append({"url": url, "valueBoolean": bool(contact[name])})
    if rest := safe_contact.rest_of(contact):
        found.append({"url": SAFE_CONTACT, "valueString": rest})
    return found


def question(referral: Referral, reading: Reading, categories: list[Json]) -> list[Json]:
    """Give the question as a Condition, and what is different when it works as a Goal."""
    who = reference(id_of(referral.pk, "patient"))
    concern = concept(coding(CONDITION_CATEGORY, "health-concern", "Health Concern"))
    made = [
        {
            "resourceType": "Condition",
            "id": id_of(referral.pk, "condition"),
            "clinicalStatus": concept(coding(HL7 + "condition-clinical", "active", "Active")),
            "category": [concern, concept(*categories)],
            "code": concept(text=reading.title),
            "subject": who,
        }
    ]
    if reading.goal:
        made.append(
            {
                "resourceType": "Goal",
                "id": id_of(referral.pk, "goal"),
                "lifecycleStatus": "proposed",
                "description": concept(text=reading.goal),
                "subject": who,
                "addresses": [reference(id_of(referral.pk, "condition"))],
            }
        )
    return made


def pieces(referral: Referral, reading: Reading) -> list[Json]:
    """Give each piece in the packet that is text as an Observation in the person's words."""
    return [_observation(referral, item, piece) for item, piece in reading.pieces.items() if piece.get("text")]


def _observation(referral: Referral, item: str, piece: dict[str, Any]) -> Json:
    municipality = piece.get("municipality")
    return {
        "resourceType": "Observation",
        "id": id_of(referral.pk, item),
        **({"extension": [{"url": MUNICIPALITY, "valueString": municipality}]} if municipality else {}),
        "status": "final",
        "category": [concept(coding(HL7 + "observation-category", "social-history", "Social History"))],
        "code": concept(coding(OUR_ITEMS, item)),
        "subject": reference(id_of(referral.pk, "patient")),
        **({"effectiveDateTime": piece["said_on"]} if piece.get("said_on") else {}),
        "valueString": " ".join(filter(None, (piece["text"], piece.get("not_again")))),
    }


def ids(referral: Referral, reading: Reading | None) -> dict[str, str]:
    """Name the resource in which each piece stands, for the provisions of the Consent; none when all is closed."""
    if reading is None:
        return {}
    where = {QUESTION: "request", Item.CONTACT.value: "patient"}
    return {item: id_of(referral.pk, where.get(item, item)) for item in [QUESTION, *reading.pieces]}

"""The client's yes as a Consent: to whom, until when, and one provision for each piece."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from clienten.models import Consent, GivenBy, Mode
from clienten.rules import TEXT_VERSION, first_end
from doorverwijzing.fhir.codes import (
    GIVEN_BY,
    HL7,
    MODE,
    OUR_BASIS,
    OUR_ITEMS,
    PROFILES,
    Json,
    coding,
    concept,
    id_of,
    reference,
)
from doorverwijzing.models import Referral

GDPR = {"authority": "https://eur-lex.europa.eu", "uri": "https://eur-lex.europa.eu/eli/reg/2016/679/oj"}


def consents_of(referral: Referral) -> list[Consent]:
    """Give every yes to this receiver for this question, taken back or not."""
    found = Consent.objects.for_purpose(referral.question_id, referral.receiver).filter(client=referral.client_id)
    return list(found)


def is_without_yes(referral: Referral) -> bool:
    """Tell whether something that the receiver may read today was shared without a yes of the person."""
    said = Consent.objects.for_purpose(referral.question_id, referral.receiver).valid(timezone.localdate())
    return said.filter(client=referral.client_id, mode=Mode.WITHOUT).exists()


def consent(referral: Referral, said: list[Consent], ids: dict[str, str]) -> Json:
    """Give the Consent. `ids` names the resource of each piece that goes along; without any the yes has ended.

    What the client did not share is not named, and the name under the signature stays at home.
    """
    valid = [one for one in said if one.item in ids]
    any_one = next(iter(valid or said), None)
    given = any_one.given_at if any_one else referral.sent_at or referral.status_at
    until = max((one.valid_until for one in valid), default=first_end(timezone.localdate(given)))
    return {
        "resourceType": "Consent",
        "id": id_of(referral.pk, "consent"),
        "meta": {"profile": [PROFILES["Consent"]]},
        "extension": [
            {"url": MODE, "valueCode": any_one.mode if any_one else referral.mode},
            {"url": GIVEN_BY, "valueCode": any_one.given_by if any_one else GivenBy.CLIENT.value},
        ],
        "status": "active" if ids else "inactive",
        "scope": concept(coding(HL7 + "consentscope", "patient-privacy", "Privacy Consent")),
        "category": [concept(coding(HL7 + "v3-ActCode", "IDSCL", "information disclosure"))],
        "patient": reference(id_of(referral.pk, "patient")),
        "dateTime": timezone.localtime(given).isoformat(timespec="seconds"),
        "organization": [reference(id_of(referral.pk, "sender"), referral.sender.name)],
        "sourceAttachment": _text_read(any_one),
        "policy": [GDPR],
        "policyRule": concept(coding(OUR_BASIS, any_one.legal_basis if any_one else "consent")),
        "provision": _provision(referral, valid, ids, until),
    }


def _text_read(one: Consent | None) -> Json:
    version, language = (one.text_version, one.text_language) if one else (TEXT_VERSION, "nl")
    return {"contentType": "text/plain", "language": language, "title": version}


def _provision(referral: Referral, valid: Iterable[Consent], ids: dict[str, str], until: date) -> Json:
    """Give the rule: this receiver, until this day; then a permit for each piece, with a day of its own."""
    ends = {one.item: one.valid_until for one in valid}
    permits = [
        {
            "type": "permit",
            "period": {"end": ends.get(item, until).isoformat()},
            "code": [concept(coding(OUR_ITEMS, item))],
            "data": [{"meaning": "instance", "reference": reference(identifier)}],
        }
        for item, identifier in ids.items()
    ]
    receives = concept(coding(HL7 + "v3-ParticipationType", "IRCP", "information recipient"))
    return {
        **({"period": {"end": until.isoformat()}} if ids else {}),
        "actor": [{"role": receives, "reference": reference(id_of(referral.pk, "receiver"), referral.receiver.name)}],
        "purpose": [coding(HL7 + "v3-ActReason", "COC", "coordination of care")],
        **({"provision": permits} if permits else {}),
    }

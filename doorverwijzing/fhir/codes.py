"""Code systems and codes of FHIR R4 and SDOH Clinical Care 3.0, and which of our words each one is. No queries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from clienten.models import Item

Json = dict[str, Any]

HL7 = "http://terminology.hl7.org/CodeSystem/"
GUIDE = "http://hl7.org/fhir/us/sdoh-clinicalcare/"
SDOH = GUIDE + "CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
US_CORE_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category"
CONDITION_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/condition-category"
SNOMED = "http://snomed.info/sct"
TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
URI = "urn:ietf:rfc3986"
ENTERPRISE_NUMBER = "urn:oid:2.16.56.1.1"

# What the standard has no word for.
OURS = "https://dorpel.example/fhir/"
# What we call the names that a source or a sender gave without a system; they mean nothing outside this installation.
OF_SOURCE, OF_SENDER = OURS + "source/", OURS + "elsewhere/"
OUR_ITEMS = OURS + "CodeSystem/item"
OUR_NEEDS = OURS + "CodeSystem/need"
OUR_STATUS = OURS + "CodeSystem/referral-status"
OUR_OUTCOME = OURS + "CodeSystem/outcome"
OUR_BASIS = OURS + "CodeSystem/legal-basis"
OUR_REFUSALS = OURS + "CodeSystem/refusal"
OUR_RESULTS = OURS + "CodeSystem/close-result"
OUR_ANSWERS = OURS + "CodeSystem/client-answer"
# What Task.output says, each a code of OUR_OUTCOME; the last one stands in the tag of a Task that goes home.
CONFIRMED, CLIENT_ANSWER, ENDED = "contact-confirmed", "client-answer", "close-result"
PROPOSED, NOTHING_EXISTS, ANSWER = "proposed-service", "nothing-exists", "answer"
OUR_ORGANIZATIONS = OURS + "organization"
OUR_SERVICES = OURS + "service"
MODE = OURS + "StructureDefinition/consent-mode"
GIVEN_BY = OURS + "StructureDefinition/consent-given-by"
CHANNEL = OURS + "StructureDefinition/contact-channel"
INITIATIVE = OURS + "StructureDefinition/contact-initiative"
NO_VOICEMAIL = OURS + "StructureDefinition/no-voicemail"
TEXT_ALLOWED = OURS + "StructureDefinition/text-message-allowed"
CONTACT_NOTE = OURS + "StructureDefinition/contact-note"
SAFE_CONTACT = OURS + "StructureDefinition/safe-contact"
MUNICIPALITY = OURS + "StructureDefinition/municipality"

CAPACITY = GUIDE + "StructureDefinition/SDOHCC-ExtensionHealthcareServiceCapacityStatus"
MASKED = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
GOAL = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"

PROFILES = {
    "Task": GUIDE + "StructureDefinition/SDOHCC-TaskForReferralManagement",
    "ServiceRequest": GUIDE + "StructureDefinition/SDOHCC-ServiceRequest",
    "Consent": GUIDE + "StructureDefinition/SDOHCC-Consent",
    "HealthcareService": GUIDE + "StructureDefinition/SDOHCC-HealthcareServiceForReferralManagement",
    "PractitionerRole": GUIDE + "StructureDefinition/SDOHCC-practitionerrole",
    "Patient": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
    "Organization": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-organization",
}

# SDOHCC ValueSet SDOH Category, whole.
CATEGORIES = {
    "sdoh-category-unspecified": "SDOH Category Unspecified",
    "food-insecurity": "Food Insecurity",
    "housing-instability": "Housing Instability",
    "homelessness": "Homelessness",
    "inadequate-housing": "Inadequate Housing",
    "transportation-insecurity": "Transportation Insecurity",
    "financial-insecurity": "Financial Insecurity",
    "material-hardship": "Material Hardship",
    "educational-attainment": "Educational Attainment",
    "employment-status": "Employment Status",
    "veteran-status": "Veteran Status",
    "stress": "Stress",
    "social-connection": "Social Connection",
    "intimate-partner-violence": "Intimate Partner Violence",
    "elder-abuse": "Elder Abuse",
    "personal-health-literacy": "Personal Health Literacy",
    "health-insurance-coverage-status": "Health Insurance Coverage Status",
    "medical-cost-burden": "Medical Cost Burden",
    "digital-literacy": "Digital Literacy",
    "digital-access": "Digital Access",
    "utility-insecurity": "Utility Insecurity",
    "incarceration-status": "Incarceration Status",
    "language-access": "Language Access",
    "protective-factor": "Protective Factor",
}
UNSPECIFIED = "sdoh-category-unspecified"
# Only where the two mean the same. "Geweld en veiligheid" is more than violence by a partner, so it has no category.
CATEGORY_OF_NEED = {
    "money": "financial-insecurity",
    "housing": "housing-instability",
    "shelter": "homelessness",
    "work": "employment-status",
    "mind": "stress",
    "meeting": "social-connection",
    "transport": "transportation-insecurity",
    "utilities": "utility-insecurity",
}
# SDOHCC ValueSet Capacity Status.
CAPACITIES = {
    "capacity": "Has Capacity",
    "no-capacity": "No Capacity",
    "waitlist": "No Capacity - Has Waitlist",
    "additional-assessment-required": "Additional Assessment Required",
}
# The question always goes along; the client's pieces each have a yes of their own.
QUESTION = Item.QUESTION.value
ITEMS = frozenset(Item.values)
# What can be left out; the question itself cannot.
PIECES = ITEMS - {QUESTION}


def coding(system: str, code: str, display: str = "") -> Json:
    """Give one code of one system."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(*codings: Json, text: str = "") -> Json:
    """Give a CodeableConcept."""
    return {**({"coding": list(codings)} if codings else {}), **({"text": text} if text else {})}


def categories_of(needs: Iterable[str]) -> list[str]:
    """Name the SDOH categories of our needs, each once; unspecified when none means the same."""
    found = [CATEGORY_OF_NEED[need] for need in needs if need in CATEGORY_OF_NEED]
    return list(dict.fromkeys(found)) or [UNSPECIFIED]


def id_of(referral: UUID, what: str) -> str:
    """Give the id of one resource of one referral: always the same, and never the same in another referral."""
    return str(uuid5(referral, f"fhir/{what}"))


def reference(identifier: str, display: str = "") -> Json:
    """Point at a resource in the same bundle."""
    return {"reference": f"urn:uuid:{identifier}", **({"display": display} if display else {})}

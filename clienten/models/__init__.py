"""Client cards and consent."""

from clienten.models.card import ClientCard, ClientCardQuerySet
from clienten.models.consent import FEEDBACK, Consent, ConsentQuerySet, GivenBy, Item, LegalBasis, WithdrawnBy
from clienten.models.emergency import EmergencyAccess, EmergencyReason, EmergencyVerdict
from clienten.models.ground import Processing, ProcessingGround, SharingGround
from clienten.models.incident import About, Incident, IncidentKind, IncidentLine, TouchedPerson
from clienten.models.override import Override, Verdict, Why
from clienten.models.proof import WAYS, ConsentProof, ConsentRequest, ConsentRequestQuerySet, Mandate, Mode
from clienten.models.rights import (
    ANSWERING,
    Correction,
    Hold,
    HoldReason,
    LongerBecause,
    Outcome,
    PlannedErasure,
    RequestKind,
    RetentionPolicy,
    RetentionReport,
    SubjectRequest,
    SubjectRequestQuerySet,
    answers_for,
)
from clienten.models.withdrawal import Scope, Through, Withdrawal

__all__ = [
    "ANSWERING",
    "FEEDBACK",
    "WAYS",
    "About",
    "ClientCard",
    "ClientCardQuerySet",
    "Consent",
    "ConsentProof",
    "ConsentQuerySet",
    "ConsentRequest",
    "ConsentRequestQuerySet",
    "Correction",
    "EmergencyAccess",
    "EmergencyReason",
    "EmergencyVerdict",
    "GivenBy",
    "Hold",
    "HoldReason",
    "Incident",
    "IncidentKind",
    "IncidentLine",
    "Item",
    "LegalBasis",
    "LongerBecause",
    "Mandate",
    "Mode",
    "Outcome",
    "Override",
    "PlannedErasure",
    "Processing",
    "ProcessingGround",
    "RequestKind",
    "RetentionPolicy",
    "RetentionReport",
    "Scope",
    "SharingGround",
    "SubjectRequest",
    "SubjectRequestQuerySet",
    "Through",
    "TouchedPerson",
    "Verdict",
    "Why",
    "Withdrawal",
    "WithdrawnBy",
    "answers_for",
]

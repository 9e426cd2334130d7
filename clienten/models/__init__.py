"""Client cards and consent."""

from clienten.models.card import ClientCard, ClientCardQuerySet
from clienten.models.consent import Consent, ConsentQuerySet, GivenBy, Item, LegalBasis, WithdrawnBy
from clienten.models.ground import Processing, ProcessingGround, SharingGround
from clienten.models.override import Override, Verdict, Why
from clienten.models.proof import WAYS, ConsentProof, ConsentRequest, ConsentRequestQuerySet, Mode
from clienten.models.withdrawal import Scope, Through, Withdrawal

__all__ = [
    "WAYS",
    "ClientCard",
    "ClientCardQuerySet",
    "Consent",
    "ConsentProof",
    "ConsentQuerySet",
    "ConsentRequest",
    "ConsentRequestQuerySet",
    "GivenBy",
    "Item",
    "LegalBasis",
    "Mode",
    "Override",
    "Processing",
    "ProcessingGround",
    "Scope",
    "SharingGround",
    "Through",
    "Verdict",
    "Why",
    "Withdrawal",
    "WithdrawnBy",
]

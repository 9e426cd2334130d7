"""Client cards and consent."""

from clienten.models.card import ClientCard, ClientCardQuerySet
from clienten.models.consent import Consent, ConsentQuerySet, GivenBy, Item, LegalBasis, Mode, WithdrawnBy

__all__ = [
    "ClientCard",
    "ClientCardQuerySet",
    "Consent",
    "ConsentQuerySet",
    "GivenBy",
    "Item",
    "LegalBasis",
    "Mode",
    "WithdrawnBy",
]

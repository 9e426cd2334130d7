"""Making a card, writing down a yes, and taking it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.models import ClientCard, Consent, LegalBasis, Mode, WithdrawnBy
from clienten.permissions import may
from clienten.rules import TEXT_VERSION, end_after_closing, first_end
from core import audit
from core.errors import NotAllowed, Refusal
from core.merging import Clash, merge
from core.models import User
from organisaties.models import Organization
from organisaties.roles import SecrecyRegime


@transaction.atomic
def open_card(organization: Organization, *, by: User, **fields: object) -> ClientCard:
    """Write a card for someone who asks help here. Raises NotAllowed."""
    if not organization.is_cared_for_by(by):
        raise NotAllowed(_("Only a worker of %(organization)s can do this.") % {"organization": organization})
    card = ClientCard.objects.create(organization=organization, created_by=by, **fields)
    audit.record("client.opened", subject=card, by=by, organization=organization)
    return card


@transaction.atomic
def change_card(card: ClientCard, *, by: User, **fields: object) -> ClientCard:
    """Change what the card holds. Raises NotAllowed."""
    may(by, "change", card).require()
    for name, value in fields.items():
        setattr(card, name, value)
    card.save(update_fields=list(fields))
    audit.record("client.changed", subject=card, by=by, organization=card.organization, fields=sorted(fields))
    return card


@transaction.atomic
def merge_card(card: ClientCard, *, mine: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[Clash]:
    """Change what I changed, also when a colleague saved the card since I opened it. Raises NotAllowed.

    Returns the fields that we both wrote; there the card keeps the colleague's text until someone chooses.
    """
    may(by, "change", card).require()
    locked = ClientCard.objects.select_for_update().get(pk=card.pk)
    keep, clashes = merge(seen, {name: getattr(locked, name) for name in mine}, mine)
    if keep:
        change_card(locked, by=by, **keep)
    return clashes


def note_reading(card: ClientCard, *, by: User) -> None:
    """Write down that someone read this card: reading is an event too."""
    audit.record("client.read", subject=card, by=by, organization=card.organization)


@transaction.atomic
def give_consent(
    card: ClientCard, *, by: User, items: Iterable[str], recipient: Organization, purpose: UUID, mode: str,
    signature: str,
) -> list[Consent]:  # fmt: skip
    """Write down the yes to each item. An open yes to the same item is replaced. Raises NotAllowed or Refusal."""
    may(by, "consent", card).require()
    if not (signature := signature.strip()):
        raise Refusal(_("Write the name of who signs, or of the witness."))
    wanted = sorted(set(items))
    earlier = Consent.objects.select_for_update().for_purpose(purpose, recipient).filter(client=card, item__in=wanted)
    earlier.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=WithdrawnBy.WORKER)
    said = {
        "client": card,
        "recipient": recipient,
        "purpose": purpose,
        "mode": Mode(mode),
        "signature": signature,
        "recorded_by": by,
        **_terms(recipient),
    }
    given = [Consent.objects.create(item=item, **said) for item in wanted]
    audit.record(
        "consent.given", subject=card, by=by, organization=card.organization, items=wanted, recipient=str(recipient.pk),
        purpose=str(purpose), mode=mode,
    )  # fmt: skip
    return given


def _terms(recipient: Organization) -> dict[str, Any]:
    """Say what the yes rests on and until when; two who keep professional secrecy share that secrecy."""
    secret = recipient.secrecy_regime == SecrecyRegime.PROFESSIONAL
    return {
        "text_version": TEXT_VERSION,
        "legal_basis": LegalBasis.SHARED_SECRECY if secret else LegalBasis.CONSENT,
        "valid_until": first_end(timezone.localdate()),
    }


@transaction.atomic
def withdraw_consent(
    card: ClientCard, *, purpose: UUID, recipient: Organization, by: User | str, items: Iterable[str] | None = None
) -> list[str]:
    """Take back the yes to some items, or to all. Returns the items. Never gated: the client may always."""
    if isinstance(by, User):
        may(by, "consent", card).require()
    consents = Consent.objects.for_purpose(purpose, recipient).filter(client=card, withdrawn_at=None)
    if items is not None:
        consents = consents.filter(item__in=list(items))
    taken = sorted(consents.values_list("item", flat=True))
    who = WithdrawnBy.WORKER if isinstance(by, User) else WithdrawnBy.CLIENT
    consents.update(withdrawn_at=timezone.now(), withdrawn_by=who)
    audit.record(
        "consent.withdrawn", subject=card, by=by, organization=card.organization, items=taken,
        recipient=str(recipient.pk), purpose=str(purpose),
    )  # fmt: skip
    return taken


def shorten_after_closing(card: ClientCard, *, purpose: UUID, recipient: Organization, closed_on: date) -> None:
    """Let the yes end thirty days after the end of the question."""
    for consent in Consent.objects.for_purpose(purpose, recipient).filter(client=card, withdrawn_at=None):
        consent.valid_until = end_after_closing(consent.valid_until, closed_on)
        consent.save(update_fields=["valid_until"])

"""Making a card, and changing what it holds."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clienten.models import ClientCard
from clienten.permissions import may
from core import audit
from core.errors import NotAllowed
from core.merging import Clash, merge
from core.models import User
from organisaties.models import Organization


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

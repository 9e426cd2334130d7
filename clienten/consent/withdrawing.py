"""Taking a yes back, by item, by recipient or whole. It asks no reason, and nothing can hold it up."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clienten.models import ClientCard, Consent, Scope, Through, Withdrawal, WithdrawnBy
from clienten.permissions import may
from core import audit
from core.models import User
from organisaties.models import Organization


@transaction.atomic
def open_withdrawal(card: ClientCard, *, by: User | str, through: Through | str, scope: Scope) -> Withdrawal:
    """Begin a withdrawal; its effect is written when it is known. Raises NotAllowed."""
    if isinstance(by, User):
        may(by, "consent", card).require()
    return Withdrawal.objects.create(
        client=card, through=Through(through), scope=scope, recorded_by=by if isinstance(by, User) else None
    )


@transaction.atomic
def withdraw_consent(
    card: ClientCard,
    *,
    purpose: UUID,
    recipient: Organization,
    by: User | str,
    items: Iterable[str] | None = None,
    withdrawal: Withdrawal | None = None,
    reason: WithdrawnBy | None = None,
) -> list[str]:
    """Take back the yes to some items, or to all. Returns the items. Never gated: the client may always."""
    if isinstance(by, User) and reason is None:
        may(by, "consent", card).require()
    consents = Consent.objects.for_purpose(purpose, recipient).filter(client=card, withdrawn_at=None)
    if items is not None:
        consents = consents.filter(item__in=list(items))
    taken = sorted(consents.values_list("item", flat=True))
    who = reason or (WithdrawnBy.WORKER if isinstance(by, User) else WithdrawnBy.CLIENT)
    consents.update(withdrawn_at=timezone.now(), withdrawn_by=who, withdrawal=withdrawal)
    audit.record(
        "consent.withdrawn", subject=card, by=by, organization=card.organization, items=taken,
        recipient=str(recipient.pk), purpose=str(purpose), through=withdrawal.through if withdrawal else "",
    )  # fmt: skip
    return taken

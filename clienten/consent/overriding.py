"""Sharing without a yes: only who leads a team may, with a reason, and someone else always looks at it afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.models import (
    ClientCard,
    Consent,
    GivenBy,
    Item,
    LegalBasis,
    Mode,
    Override,
    Processing,
    ProcessingGround,
    Verdict,
    Why,
    WithdrawnBy,
)
from clienten.permissions import may
from clienten.rules import TEXT_VERSION
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from core.workdays import add_workdays
from organisaties.models import Membership, Organization
from organisaties.roles import Role

# Working days in which the data-protection contact looks at it (peers.md B7).
REVIEW_WITHIN = 5
LASTS = timedelta(days=30)
LEAST_WORDS = 20


def reviewers(organization: Organization, *, other_than: User) -> list[User]:
    """Give the data-protection contacts of an organization, without who shared."""
    held = Membership.objects.current().filter(
        organization=organization, role=Role.DATA_PROTECTION_CONTACT, user__is_active=True
    )
    return [one.user for one in held.exclude(user=other_than).select_related("user").order_by("user_id")]


def is_reviewer(user: User, override: Override) -> bool:
    """Tell whether this person looks at an override: a data-protection contact there, and not who shared."""
    return user in reviewers(override.organization, other_than=override.by)


@dataclass(frozen=True)
class Grounds:
    """Why it could not wait for a yes, who advised it, and whether the person was told."""

    why: str
    reason: str
    advised_by: str = ""
    client_told: bool = False


@transaction.atomic
def override(
    card: ClientCard, *, by: User, items: Iterable[str], recipient: Organization, purpose: UUID, occasion: UUID,
    grounds: Grounds,
) -> Override:  # fmt: skip
    """Write down that items are shared without a yes, and have it reviewed. Raises NotAllowed or Refusal."""
    may(by, "override", card).require()
    _refuse_unfounded(card, grounds, by)
    made = Override.objects.create(
        client=card,
        organization=card.organization,
        recipient=recipient,
        purpose=purpose,
        occasion=occasion,
        items=sorted({Item.QUESTION.value, *items}),
        why=Why(grounds.why),
        reason=grounds.reason.strip(),
        advised_by=grounds.advised_by.strip(),
        client_told=grounds.client_told,
        by=by,
        review_due=_review_due(),
    )
    _write_rows(made)
    audit.record(
        "consent.overridden", subject=card, by=by, organization=card.organization, items=made.items,
        recipient=str(recipient.pk), purpose=str(purpose), why=made.why, override=str(made.pk),
    )  # fmt: skip
    return made


def _refuse_unfounded(card: ClientCard, grounds: Grounds, by: User) -> None:
    if len(grounds.reason.strip()) < LEAST_WORDS:
        raise Refusal(_("Write in a few words why this cannot wait for a yes."))
    if not reviewers(card.organization, other_than=by):
        raise Refusal(
            _("%(organization)s has no data-protection contact who can look at this. Name one first.")
            % {"organization": card.organization}
        )


def _review_due() -> datetime:
    now = timezone.localtime()
    day = add_workdays(now.date(), REVIEW_WITHIN)
    return now.replace(year=day.year, month=day.month, day=day.day)


def _write_rows(made: Override) -> None:
    """Write per item that it is shared, by nobody's yes, for a short while."""
    open_ones = Consent.objects.for_purpose(made.purpose, made.recipient).filter(client=made.client, withdrawn_at=None)
    # Where a yes still holds, that is what it rests on.
    yeses = open_ones.valid(timezone.localdate()).exclude(mode=Mode.WITHOUT)
    held = set(yeses.values_list("item", flat=True))
    before = open_ones.filter(item__in=made.items).exclude(item__in=held)
    before.update(withdrawn_at=timezone.now(), withdrawn_by=WithdrawnBy.REPLACED)
    for item in sorted({*made.items} - held):
        Consent.objects.create(
            client=made.client,
            item=item,
            recipient=made.recipient,
            purpose=made.purpose,
            given_by=GivenBy.NOBODY,
            mode=Mode.WITHOUT,
            signature=made.by.get_full_name() or str(made.by.pk),
            text_version=TEXT_VERSION,
            legal_basis=LegalBasis.LEGAL_DUTY if made.why == Why.DUTY else LegalBasis.EMERGENCY,
            valid_until=timezone.localdate() + LASTS,
            recorded_by=made.by,
            override=made,
        )


@transaction.atomic
def review(override: Override, *, verdict: str, remark: str, by: User) -> Override:
    """Say what the data-protection contact finds, once. Raises NotAllowed or Refusal."""
    if not is_reviewer(by, override):
        raise NotAllowed(_("Only the data-protection contact can do this, and not who shared."))
    said = Verdict(verdict)
    locked = Override.objects.select_for_update().get(pk=override.pk)
    if locked.reviewed_at:
        raise Refusal(_("A colleague already looked at this."))
    locked.verdict, locked.remark = said, remark.strip()
    locked.reviewed_at, locked.reviewed_by = timezone.now(), by
    locked.save(update_fields=["verdict", "remark", "reviewed_at", "reviewed_by"])
    audit.record(
        "consent.override_reviewed", subject=locked.client, by=by, organization=locked.organization, verdict=said.value,
        override=str(locked.pk),
    )  # fmt: skip
    return locked


@transaction.atomic
def write_processing_ground(organization: Organization, *, ground: str, source: str, by: User) -> ProcessingGround:
    """Write down why an organization may handle data of clients. Raises NotAllowed."""
    if not Membership.objects.of(by).filter(organization=organization, role=Role.DATA_PROTECTION_CONTACT).exists():
        raise NotAllowed(
            _("Only the data-protection contact of %(organization)s can do this.") % {"organization": organization}
        )
    kept, _new = ProcessingGround.objects.update_or_create(
        organization=organization,
        defaults={
            "ground": Processing(ground), "source": source.strip(), "changed_by": by, "changed_at": timezone.now(),
        },
    )  # fmt: skip
    audit.record("consent.processing_ground", subject=kept, by=by, organization=organization, ground=kept.ground)
    return kept

"""Sharing without a yes, and the look at it that always follows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from clienten.consent import overriding
from clienten.consent.overriding import Grounds
from clienten.consent.withdrawing import withdraw_consent
from clienten.models import Consent, Mode, Override, Verdict, WithdrawnBy
from core import audit
from core.models import User
from doorverwijzing import actions, packet
from doorverwijzing.consent import mails
from doorverwijzing.live.asks import refuse_unready
from doorverwijzing.models import Referral
from doorverwijzing.moving import make, note
from doorverwijzing.permissions import may
from doorverwijzing.ways import copies
from doorverwijzing.workflow import OPEN, Side, Status
from organisaties import network


@transaction.atomic
def send_without_yes(referral: Referral, *, grounds: Grounds, by: User) -> Override:
    """Hand a question over without a yes. Raises NotAllowed, or Refusal when the grounds or a reviewer lack."""
    if referral.state is Status.DRAFT:
        may(by, "present", referral).require()
        make(referral, "present", by=by, side=Side.SENDER)
    may(by, "send", referral).require()
    referral.hold("send")
    actions.refuse_unable_receiver(referral.service, sender_pk=referral.sender_id)
    refuse_unready(referral)
    items = sorted(item for item, shared in referral.choices.items() if shared)
    made = overriding.override(
        referral.client, by=by, items=items, recipient=referral.receiver, purpose=referral.question_id,
        occasion=referral.pk, grounds=grounds,
    )  # fmt: skip
    actions.hand_over(referral, items=items, mode=Mode.WITHOUT, by=by)
    for reviewer in overriding.reviewers(made.organization, other_than=by):
        mails.review_waits(reviewer, path=_path(made))
    return made


def _path(made: Override) -> str:
    return reverse("doorverwijzing:review", args=[made.pk])


@transaction.atomic
def review(made: Override, *, verdict: str, remark: str, by: User) -> Override:
    """Say what the data-protection contact finds; what was not allowed closes at once. Raises NotAllowed or Refusal."""
    said = overriding.review(made, verdict=verdict, remark=remark, by=by)
    if said.verdict == Verdict.NOT_JUSTIFIED:
        for referral in _shared_by(said):
            _take_away(referral, by=by)
    return said


def _shared_by(made: Override) -> list[Referral]:
    """Give what was shared without a yes, unless the person said yes to it since."""
    mine = Referral.objects.filter(question=made.purpose, receiver=made.recipient, client=made.client)
    # One of before does not know its occasion: then it may be any.
    mine = mine.filter(pk=made.occasion) if made.occasion else mine
    locked = mine.select_for_update(of=("self",)).select_related("receiver", "sender", "client", "service")
    return [one for one in locked.filter(mode=Mode.WITHOUT) if not _agreed_since(one, made.created_at)]


def _agreed_since(referral: Referral, moment: datetime) -> bool:
    return audit.history(referral).filter(action="referral.consent_renewed", at__gte=moment).exists()


def _take_away(referral: Referral, *, by: User) -> None:
    """Close what was shared without a yes; what else rests on a yes, or waits for a review of its own, stands."""
    said = Consent.objects.for_purpose(referral.question_id, referral.receiver).filter(client=referral.client_id)
    without = said.filter(withdrawn_at=None, mode=Mode.WITHOUT).values_list("item", flat=True)
    withdraw_consent(
        referral.client, purpose=referral.question_id, recipient=referral.receiver, by=by,
        items=sorted({*without} - packet.resting_beside(referral)), reason=WithdrawnBy.REVIEW,
    )  # fmt: skip
    packet.destroy(referral)
    if referral.state in OPEN:
        make(referral, "withdraw", by=by, side=Side.SENDER, reason="not_justified")
        mails.taken_back(referral)
    else:
        note("referral.taken_back", referral, by=by, organization=referral.sender)
    copies.leave(referral)


def waiting_for(user: User) -> QuerySet[Override]:
    """Give what this person must look at, the longest waiting first."""
    waiting = Override.objects.filter(
        reviewed_at=None, organization__memberships__user=user, organization__memberships__ended_at=None,
        organization__memberships__role="data_protection_contact",
    ).exclude(by=user)  # fmt: skip
    return waiting.select_related("organization", "recipient", "by").order_by("review_due")


def remind(now: datetime | None = None) -> int:
    """Mail about what waits too long or has nobody to look; the audit chain keeps it to once a day. Tell how many."""
    now = now or timezone.now()
    waiting = Override.objects.filter(reviewed_at=None).values_list("pk", flat=True)
    return sum(_remind_one(pk, now) for pk in waiting)


@transaction.atomic
def _remind_one(pk: UUID, now: datetime) -> int:
    locked = Override.objects.select_for_update(of=("self",)).select_related("organization", "by").get(pk=pk)
    if locked.reviewed_at or audit.is_done_today(locked, "consent.review_reminded", now):
        return 0
    people = overriding.reviewers(locked.organization, other_than=locked.by)
    if people and locked.review_due >= now:
        return 0
    for reviewer in people:
        mails.review_waits(reviewer, path=_path(locked), late=True)
    told_up = 0 if people else network.ask_for_a_contact(locked.organization, but=locked.by)
    audit.record("consent.review_reminded", subject=locked, by=audit.SYSTEM, organization=locked.organization, at=now)
    return len(people) + told_up

"""Taking back what was shared: at once, with everything that rests on it, and with an effect in writing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent import asking
from clienten.consent.withdrawing import open_withdrawal, withdraw_consent
from clienten.models import ClientCard, Consent, Item, Scope, Through, Withdrawal, WithdrawnBy
from clienten.permissions import may as may_touch
from core import audit
from core.errors import Refusal
from core.models import User
from doorverwijzing import packet
from doorverwijzing.consent import mails
from doorverwijzing.models import Packet, Referral
from doorverwijzing.moving import held, make, note
from doorverwijzing.ways import copies
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, OPEN, Side

# Recipient to the items that are taken back from it; None for all of them.
Chosen = Mapping[str, Iterable[str] | None]
Effect = dict[str, Any]


class NothingLeft(Refusal):
    """Nobody can read any more what somebody wants to take back."""

    key = "stop.nothing"

    def __init__(self) -> None:
        super().__init__(_("Nobody can read this any more. There is nothing to take back."))


@transaction.atomic
def withdraw(
    referral: Referral, *, by: User | str, items: Iterable[str] | None = None, through: Through | None = None
) -> Withdrawal:
    """Take back the yes for one referral. All of it ends the referral and closes the packet; some items go out of it.

    What went to the same organization for the same question rests on the same yes, and follows. `by` is the worker of
    the sending side, or audit.CLIENT. Never gated by consent: also what has ended can be taken back as long as someone
    can read it. Raises NotAllowed, or Refusal when there is nothing left to take back.
    """
    if isinstance(by, User):
        may_touch(by, "consent", referral.client).require()
    some = _some(items)
    together = _held_together(referral)
    if together[0].state not in OPEN and not packet.is_open(together[0]):
        raise NothingLeft
    withdrawal = open_withdrawal(
        referral.client, by=by, through=through or _usual(by), scope=Scope.ITEMS if some else Scope.RECIPIENT
    )
    taken = (_take_from(one, by=by, items=some, withdrawal=withdrawal) for one in together)
    _finish(withdrawal, [line for lines in taken for line in lines])
    referral.refresh_from_db(fields=["status", "status_at", "due_at", "notices", "notice_at"])
    return withdrawal


def _held_together(referral: Referral) -> list[Referral]:
    """Hold a referral, and after it what was shared on the same yes. All are locked first, always in one order.

    A draft stands alone: it rests on no yes.
    """
    same = Referral.objects.under_one_yes_with(referral).order_by("created_at", "pk")
    list(same.select_for_update().values_list("pk"))
    mine = held(referral)
    if mine.state in AT_HOME:
        return [mine]
    others = same.exclude(pk=mine.pk)
    shared = others.filter(status__in=sorted(AT_RECEIVER)) | others.filter(packet__key_id__isnull=False)
    return [mine, *map(held, shared)]


@transaction.atomic
def take_back(card: ClientCard, *, by: User | str, through: Through | None = None, chosen: Chosen | None = None
) -> Withdrawal:  # fmt: skip
    """Take back what this person agreed to: from some recipients, some items of them, or everything from everyone.

    Raises NotAllowed, or Refusal when nothing is chosen or left.
    """
    if isinstance(by, User):
        may_touch(by, "consent", card).require()
    wanted = chosen if chosen is not None else dict.fromkeys(standing(card))
    if not wanted:
        raise Refusal(_("Choose what is taken back.")) if isinstance(by, User) else NothingLeft
    scope = Scope.ALL if chosen is None else _scope(chosen)
    withdrawal = open_withdrawal(card, by=by, through=through or _usual(by), scope=scope)
    effects: list[Effect] = []
    for recipient in sorted(wanted):
        effects += _take_from_recipient(card, recipient, wanted[recipient], by=by, withdrawal=withdrawal)
    if not effects:
        raise NothingLeft
    _finish(withdrawal, effects)
    return withdrawal


def standing(card: ClientCard) -> dict[str, list[str]]:
    """Give the items that stand for each recipient: the open yeses, and what was shared without one."""
    found: dict[str, list[str]] = {}
    open_ones = Consent.objects.filter(client=card, withdrawn_at=None).order_by("recipient_id", "item")
    for recipient, item in open_ones.values_list("recipient_id", "item").distinct():
        found.setdefault(recipient, []).append(item)
    return found


def _some(items: Iterable[str] | None) -> list[str] | None:
    """Give the items when they are some; None when everything goes, as it does with the question."""
    chosen = sorted(set(items)) if items is not None else None
    return None if chosen is None or Item.QUESTION in chosen else chosen


def _usual(by: User | str) -> Through:
    return Through.COUNTER if isinstance(by, User) else Through.CODE


def _scope(chosen: Chosen) -> Scope:
    return Scope.RECIPIENT if all(_some(items) is None for items in chosen.values()) else Scope.ITEMS


def _take_from_recipient(
    card: ClientCard, recipient: str, items: Iterable[str] | None, *, by: User | str, withdrawal: Withdrawal
) -> list[Effect]:
    """Take back from one organization, in every question that it has."""
    some, effects = _some(items), []
    mine = Referral.objects.filter(client=card, receiver=recipient).order_by("created_at", "pk")
    for referral in mine.filter(packet__key_id__isnull=False) | mine.filter(status__in=sorted(OPEN)):
        effects += _take_from(held(referral), by=by, items=some, withdrawal=withdrawal)
    # A yes of which the question came back: nobody reads it, and it may not stand for a next time.
    left = Consent.objects.filter(client=card, recipient=recipient, withdrawn_at=None).select_related("recipient")
    if some is not None:
        left = left.filter(item__in=some)
    for purpose in sorted(set(left.values_list("purpose", flat=True))):
        first = left.filter(purpose=purpose)[0]
        taken = withdraw_consent(
            card, purpose=purpose, recipient=first.recipient, by=by, items=some, withdrawal=withdrawal
        )
        effects.append({"receiver": recipient, "referral": "", "items": taken, "whole": some is None, "reads": 0})
    return effects


def _take_from(
    referral: Referral, *, by: User | str, items: list[str] | None, withdrawal: Withdrawal, child: bool = False
) -> list[Effect]:
    """Take back from one referral, and from every referral that was made out of it."""
    reason = WithdrawnBy.WORKER if isinstance(by, User) else WithdrawnBy.CLIENT
    had = Packet.objects.filter(referral=referral).values_list("items", flat=True).first() or []
    if items is None:
        _forget_asked(referral)
    taken: list[str] = []
    if referral.state not in AT_HOME:
        taken = withdraw_consent(
            referral.client, purpose=referral.question_id, recipient=referral.receiver, by=by, items=items,
            withdrawal=withdrawal, reason=reason,
        )  # fmt: skip
    gone = sorted(set(had) & set(items)) if items is not None else sorted({Item.QUESTION.value, *had})
    effect = {
        "receiver": referral.receiver_id,
        "referral": str(referral.pk),
        "items": gone or taken,
        "whole": items is None,
        "child": child,
        **_read_before(referral),
    }
    _close(referral, by=by, items=gone if items is not None else None)
    effects = [effect] if effect["items"] or items is None else []
    for made in referral.children.order_by("created_at", "pk"):
        below = held(made)
        if below.state in OPEN or packet.is_open(below):
            effects += _take_from(below, by=by, items=items, withdrawal=withdrawal, child=True)
    return effects


def _forget_asked(referral: Referral) -> None:
    """Let no answer count that was asked before. A draft rests on no yes: what was asked for another one goes on."""
    mine = referral.pk if referral.state in AT_HOME else None
    asking.void(referral.client, recipient=referral.receiver, purpose=referral.question_id, occasion=mine)


def _close(referral: Referral, *, by: User | str, items: list[str] | None) -> None:
    """Make what was taken back unreadable, and tell the other side; and the sender, when the person did it alone."""
    copies.forget(referral, items)
    if items is not None:
        if items:
            packet.redact(referral, items)
            note("referral.redacted", referral, by=by, organization=None, items=",".join(items))
            mails.part_taken_back(referral)
            _tell_sender(referral, by=by)
        return
    packet.destroy(referral)
    if referral.state not in OPEN:
        note("referral.taken_back", referral, by=by, organization=None)
        return
    away = referral.state not in AT_HOME
    make(referral, "withdraw", by=by, side=Side.SENDER if isinstance(by, User) else Side.CLIENT)
    if away:
        mails.taken_back(referral)
        _tell_sender(referral, by=by)


def _tell_sender(referral: Referral, *, by: User | str) -> None:
    if by == audit.CLIENT:
        mails.client_took_back(referral)


def _read_before(referral: Referral) -> dict[str, Any]:
    """Count how often the other side read it until now: what they saw, they may still know."""
    reads = audit.history(referral).filter(action="referral.read", organization=referral.receiver_id).order_by()
    found = reads.aggregate(times=Count("sequence"), last=Max("at"))
    last: datetime | None = found["last"]
    return {"reads": found["times"], "last_read": last.isoformat() if last else ""}


def _finish(withdrawal: Withdrawal, effects: list[Effect]) -> None:
    withdrawal.effect = effects
    withdrawal.save(update_fields=["effect"])
    audit.record(
        "consent.taken_back", subject=withdrawal.client, by=withdrawal.recorded_by or audit.CLIENT,
        organization=withdrawal.client.organization, scope=withdrawal.scope, through=withdrawal.through,
        referrals=[effect["referral"] for effect in effects if effect["referral"]], withdrawal=str(withdrawal.pk),
    )  # fmt: skip


def taken_since(referral: Referral) -> list[str]:
    """Name the items that were taken out of a referral that still runs, for the receiver's page."""
    said = Consent.objects.for_purpose(referral.question_id, referral.receiver).filter(client=referral.client_id)
    gone = said.filter(withdrawn_by__in=[WithdrawnBy.CLIENT, WithdrawnBy.WORKER]).values_list("item", flat=True)
    standing_now = said.valid(timezone.localdate()).values_list("item", flat=True)
    return sorted(set(gone) - set(standing_now) - {Item.QUESTION.value})

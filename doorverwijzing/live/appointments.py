"""Arranging a live handover: one side proposes moments, the other chooses, changes or says no. Either may call off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.errors import Refusal
from core.models import User
from core.verdict import ALLOWED, Verdict
from core.workdays import add_workdays
from doorverwijzing import receiving
from doorverwijzing.actors import Actor, Guest, signed, stands_for, user_of
from doorverwijzing.deadlines import OFFICE_CLOSES
from doorverwijzing.live import telling
from doorverwijzing.live.asks import standing_of
from doorverwijzing.live.hours import clash_among, diary_of, why_not
from doorverwijzing.live.rules import ACTS, ARRANGING, MINUTES, MOST_SLOTS, NEEDS_A_MOMENT, PREPARING, Stage
from doorverwijzing.models import Handover, HandoverKind, Place, Referral, Slot
from doorverwijzing.workflow import Side, Status
from organisaties.models import Organization


@dataclass(frozen=True)
class Wish:
    """What one side proposes: how, where, how long, when, and who of the sender goes along."""

    kind: str
    minutes: int
    starts: tuple[datetime, ...]
    place: str = ""
    companion: User | None = None


def side_in(user: Actor, handover: Handover | None, referral: Referral) -> Side | None:
    """Tell for which side someone acts; who works on both acts for the side that has to answer."""
    sides = [
        side
        for side, organization in ((Side.SENDER, referral.sender), (Side.RECEIVER, referral.receiver))
        if stands_for(user, organization, referral)
    ]
    if handover and len(sides) > 1 and handover.turn in sides:
        return Side(handover.turn)
    return sides[0] if sides else None


def may_propose(user: Actor, referral: Referral) -> Verdict:
    """Tell whether this person may propose moments: the sender while it prepares, both sides until the contact."""
    side = side_in(user, None, referral)
    if side is None or (referral.state in PREPARING and side is not Side.SENDER):
        return Verdict(_("Only the two sides can arrange this."))
    if referral.state not in PREPARING | ARRANGING:
        return Verdict(_("Not possible: this question is %(state)s.") % {"state": referral.get_status_display()})
    return ALLOWED


def may(user: Actor, name: str, handover: Handover) -> Verdict:
    """Tell whether this person may do this, a key of ACTS, with a handover now."""
    act, referral = ACTS[name], handover.referral
    side = side_in(user, handover, referral)
    if side is Side.SENDER and side not in act.by and stands_for(user, referral.receiver, referral):
        side = Side.RECEIVER
    if side is None or side not in act.by:
        who = referral.receiver if Side.RECEIVER in act.by else referral.sender
        return Verdict(_("Only %(who)s can do this.") % {"who": who})
    if handover.state not in act.sources or referral.state not in PREPARING | ARRANGING:
        return Verdict(_("Not possible: this handover is %(state)s.") % {"state": handover.get_stage_display()})
    if act.in_turn and handover.turn != side:
        return Verdict(_("The other side has to answer first."))
    return ALLOWED


@transaction.atomic
def propose(referral: Referral, wish: Wish, *, by: Actor) -> Handover:
    """Propose moments, or other moments than before; the other side answers. Raises NotAllowed or Refusal.

    A receiver who proposes takes the question. An agreed moment falls at once, and both hear it.
    """
    referral = _held(referral)
    may_propose(by, referral).require()
    before = standing_of(referral)
    side = side_in(by, before, referral) or Side.SENDER
    companion = _companion(referral, wish, before, by=by, side=side)
    _refuse_bad(referral, wish, before, companion, side=side, by=by)
    if side is Side.RECEIVER and referral.state is not Status.ACCEPTED:
        receiving.accept(referral, by=by)
    handover = _written(referral, wish, before, companion, side=side, by=by)
    if referral.state in ARRANGING:
        telling.proposed(handover)
    _note(f"handover.{'changed' if before else 'proposed'}", handover, by=by, side=side, moments=len(wish.starts))
    return handover


def _held(referral: Referral) -> Referral:
    """Take the referral as it is now, held until the transaction ends."""
    held = Referral.objects.select_for_update(of=("self",)).select_related("sender", "receiver", "service")
    return held.get(pk=referral.pk)


def _companion(referral: Referral, wish: Wish, before: Handover | None, *, by: Actor, side: Side) -> User:
    """Give who takes part for the sender: the chosen colleague, who it was before, else who sends."""
    if side is Side.RECEIVER:
        return before.sender_worker if before else referral.sender_worker
    chosen = wish.companion or (before.sender_worker if before else user_of(by)) or referral.sender_worker
    if not referral.sender.is_cared_for_by(chosen):
        raise Refusal(_("%(name)s does not handle questions here. Choose a colleague who does.") % {"name": chosen})
    return chosen


def _refuse_bad(
    referral: Referral, wish: Wish, before: Handover | None, companion: User, *, side: Side, by: Actor
) -> None:
    """Raise Refusal, with a way on, for what cannot be proposed."""
    if wish.kind not in HandoverKind.values or wish.minutes not in MINUTES:
        raise Refusal(_("Choose how you speak together, and how long."))
    if wish.kind == HandoverKind.VISIT and wish.place not in Place.values:
        raise Refusal(_("Say where the visit is."))
    if not wish.starts and not (side is Side.SENDER and wish.companion):
        raise Refusal(_("Choose at least one moment, or say who goes along."))
    if len(wish.starts) > MOST_SLOTS:
        most = ngettext("Propose %(most)s moment at most.", "Propose %(most)s moments at most.", MOST_SLOTS)
        raise Refusal(most % {"most": MOST_SLOTS})
    if clash_among(list(wish.starts), wish.minutes):
        raise Refusal(_("Two of these moments overlap. Leave one out."))
    workers = (companion.pk, _seat_of(by) if side is Side.RECEIVER else None)
    diary, now = diary_of(referral, *workers, but=before), timezone.now()
    for start in wish.starts:
        if reason := why_not(diary, start, wish.minutes, now):
            raise Refusal(reason)


def _written(
    referral: Referral, wish: Wish, before: Handover | None, companion: User, *, side: Side, by: Actor
) -> Handover:
    if before and before.state is Stage.AGREED:
        before.referral = referral
        before.sequence += 1
        telling.called_off(before)
    handover = before or Handover(referral=referral)
    handover.referral = referral
    handover.kind, handover.minutes = wish.kind, wish.minutes
    handover.place = wish.place if wish.kind == HandoverKind.VISIT else ""
    handover.stage, handover.turn = Stage.PROPOSED.value, _other(side).value
    handover.sender_worker, handover.starts_at, handover.agreed_at = companion, None, None
    if side is Side.RECEIVER:
        _take_seat(handover, by)
    handover.save()
    handover.slots.all().delete()
    Slot.objects.bulk_create([Slot(handover=handover, starts_at=start) for start in sorted(set(wish.starts))])
    return handover


def _seat_of(by: Actor) -> int | None:
    """Give the account whose diary counts; a guest has none here."""
    user = user_of(by)
    return user.pk if user else None


def _take_seat(handover: Handover, by: Actor) -> None:
    """Write down who takes part for the receiver: a colleague, or the mailbox of one without accounts."""
    handover.receiver_worker, handover.mailbox_keeps = user_of(by), isinstance(by, Guest)


def _other(side: Side) -> Side:
    return Side.RECEIVER if side is Side.SENDER else Side.SENDER


@transaction.atomic
def choose(handover: Handover, *, slot: UUID, by: Actor) -> Handover:
    """Agree on one of the moments and invite both. A receiver who chooses takes the question.

    Raises NotAllowed or Refusal.
    """
    handover = _locked(handover, by)
    may(by, "choose", handover).require()
    referral, side = handover.referral, side_in(by, handover, handover.referral)
    chosen = handover.slots.filter(pk=slot).first()
    if chosen is None:
        raise Refusal(_("This moment is no longer proposed. Look at the others."))
    if side is Side.RECEIVER:
        _take_seat(handover, by)
    diary = diary_of(referral, handover.sender_worker_id, handover.receiver_worker_id, but=handover)
    if reason := why_not(diary, chosen.starts_at, handover.minutes, timezone.now()):
        raise Refusal(reason)
    if side is Side.RECEIVER and referral.state is not Status.ACCEPTED:
        receiving.accept(referral, by=by)
    _agree(handover, chosen.starts_at)
    telling.agreed(handover)
    _note("handover.agreed", handover, by=by, side=side, moment=chosen.starts_at.isoformat())
    return handover


def _locked(handover: Handover, by: Actor) -> Handover:
    """Take the handover as it is now, with its referral and its people: two agreements cannot cross."""
    referral = _held(handover.referral)
    found = Handover.objects.select_for_update(of=("self",)).with_people().get(pk=handover.pk)
    found.referral = referral
    mine = _seat_of(by)
    people = sorted({seat for seat in (found.sender_worker_id, found.receiver_worker_id, mine) if seat})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    return found


def _agree(handover: Handover, start: datetime) -> None:
    """Write the moment down; the question stays with the receiver until the end of the working day after it."""
    handover.stage, handover.turn = Stage.AGREED.value, ""
    handover.starts_at, handover.agreed_at, handover.reminded_at = start, timezone.now(), None
    handover.sequence += 1
    try:
        with transaction.atomic():
            handover.save()
    except IntegrityError:
        raise Refusal(_("One of you is in another handover at that moment. Choose another one.")) from None
    referral = handover.referral
    day_after = add_workdays(timezone.localtime(start + timedelta(minutes=handover.minutes)).date(), 1)
    until = timezone.make_aware(datetime.combine(day_after, OFFICE_CLOSES))
    referral.due_at = max(referral.due_at, until) if referral.due_at else until
    referral.warmth = max(referral.warmth, NEEDS_A_MOMENT)
    Referral.objects.filter(pk=referral.pk).update(
        due_at=referral.due_at, warmth=referral.warmth, notices=0, notice_at=None
    )


@transaction.atomic
def decline(handover: Handover, *, by: Actor) -> None:
    """Say no to speaking together; the question itself goes on as before. Raises NotAllowed or Refusal."""
    handover = _locked(handover, by)
    may(by, "decline", handover).require()
    side = side_in(by, handover, handover.referral) or Side.RECEIVER
    _end(handover, Stage.DECLINED)
    telling.turned_down(handover, by=side)
    _note("handover.declined", handover, by=by, side=side)


@transaction.atomic
def cancel(handover: Handover, *, by: Actor) -> None:
    """Call it off, agreed or not. Raises NotAllowed or Refusal."""
    handover = _locked(handover, by)
    may(by, "cancel", handover).require()
    side = side_in(by, handover, handover.referral) or Side.SENDER
    was_agreed = handover.state is Stage.AGREED
    _end(handover, Stage.CANCELLED)
    if was_agreed:
        telling.called_off(handover)
    elif handover.referral.state in ARRANGING:
        telling.turned_down(handover, by=side)
    _note("handover.cancelled", handover, by=by, side=side)


def _end(handover: Handover, stage: Stage) -> None:
    handover.stage, handover.turn = stage.value, ""
    handover.sequence += 1
    handover.save(update_fields=["stage", "turn", "sequence"])


@transaction.atomic
def take_over(leaver: User, organization: Organization, *, to: User | None, by: User | str) -> int:
    """Let a colleague take the place of who leaves in every handover that stands; give how many there were.

    Without anyone the mailbox of a receiver takes it. Where nobody can, or the colleague is in another one at that
    moment, the meeting is called off: both sides hear it at once.
    """
    ours = {"sender_worker": "referral__sender", "receiver_worker": "referral__receiver"}
    moved = 0
    for seat, owner in ours.items():
        held = Handover.objects.standing().select_for_update(of=("self",)).filter(**{seat: leaver, owner: organization})
        for handover in held.select_related("referral", "sender_worker", "receiver_worker").order_by("pk"):
            _seat(handover, seat, to, by=by)
            moved += 1
    return moved


def _seat(handover: Handover, seat: str, to: User | None, *, by: User | str) -> None:
    stretch = handover.stretch if handover.state is Stage.AGREED else None
    if not _can_sit(handover, seat, to, stretch):
        _give_up(handover, Side.SENDER if seat == "sender_worker" else Side.RECEIVER, by=by)
        return
    leaver: User = getattr(handover, seat)
    setattr(handover, seat, to)
    handover.sequence += 1
    handover.mailbox_keeps = handover.mailbox_keeps or to is None
    handover.save(update_fields=[seat, "sequence", "mailbox_keeps"])
    if stretch:
        telling.agreed(handover)
        telling.passed_on(handover, leaver)
    audit.record("handover.taken_over", subject=handover, by=by)


def _can_sit(handover: Handover, seat: str, to: User | None, stretch: tuple[datetime, datetime] | None) -> bool:
    """Tell whether someone can take a place; nobody by name is the mailbox of the receiver."""
    if to is None:
        return seat == "receiver_worker" and bool(handover.referral.receiver.inbox)
    if to.pk in {handover.sender_worker_id, handover.receiver_worker_id}:
        return False
    diary = diary_of(handover.referral, to.pk, but=handover)
    return stretch is None or diary.is_free(stretch[0], handover.minutes)


def _give_up(handover: Handover, side: Side, *, by: User | str) -> None:
    """Call off what a side can no longer come to, and tell who counts on it."""
    agreed = handover.state is Stage.AGREED
    _end(handover, Stage.CANCELLED)
    if agreed:
        telling.called_off(handover)
    elif handover.referral.state in ARRANGING:
        telling.turned_down(handover, by=side)
    audit.record("handover.cancelled", subject=handover, by=by)


def _note(action: str, handover: Handover, *, by: Actor, side: Side | None, **details: Any) -> None:
    referral = handover.referral
    organization = referral.sender if side is Side.SENDER else referral.receiver
    audit.record(
        action, subject=handover, by=signed(by), organization=organization, referral=str(referral.pk), **details
    )

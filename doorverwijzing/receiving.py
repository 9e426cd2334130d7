"""What the receiving side does: open, accept, refuse, pass on, try, confirm, start, close."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent.giving import shorten_after_closing
from clienten.models import Item
from core.errors import Refusal
from doorverwijzing import notifications, packet
from doorverwijzing.actors import Actor, stands_for, user_of
from doorverwijzing.deadlines import closed_between, due_of
from doorverwijzing.models import Attempt, Decline, Referral, RefusalCode
from doorverwijzing.moving import make, note
from doorverwijzing.permissions import may
from doorverwijzing.ways import copies
from doorverwijzing.workflow import AT_RECEIVER, ATTEMPTS_BEFORE_RETURN, Side, Status
from sociale_kaart.models import Gap, Service
from sociale_kaart.models.gap import GapOrigin


@transaction.atomic
def read(referral: Referral, *, by: Actor) -> packet.Reading | None:
    """Open the packet for someone of the receiving side. The first reading moves the referral; each one is logged."""
    if referral.state is Status.SENT and may(by, "open", referral):
        make(referral, "open", by=by, side=Side.RECEIVER)
    reading = packet.read(referral)
    if reading is not None:
        note("referral.read", referral, by=by, organization=referral.receiver)
    return reading


@transaction.atomic
def accept(referral: Referral, *, by: Actor) -> None:
    """Say yes; from now on this colleague makes contact. Raises NotAllowed or Refusal."""
    may(by, "accept", referral).require()
    make(referral, "accept", by=by, side=Side.RECEIVER, receiver_worker=user_of(by))
    notifications.sender_told(referral, "accept")


@transaction.atomic
def refuse(
    referral: Referral, *, code: str, alternative: Service | None, nothing_exists: bool, note_text: str, by: Actor,
    elsewhere: str = "",
) -> None:  # fmt: skip
    """Say no, with a reason and a way on. The content closes for the receiver. Raises NotAllowed or Refusal.

    `elsewhere` is the name of a service that another region proposes and that is not on our map.
    """
    may(by, "refuse", referral).require()
    if [alternative is not None, bool(elsewhere), nothing_exists].count(True) != 1:
        raise Refusal(_("Choose who can help, or say that nothing exists."))
    if alternative and alternative.pk == referral.service_id:
        raise Refusal(_("Choose another service than this one."))
    referral.hold("refuse")
    Decline.objects.create(
        referral=referral,
        code=RefusalCode(code),
        alternative=alternative,
        elsewhere=elsewhere,
        nothing_exists=nothing_exists,
        note=note_text,
    )
    if nothing_exists:
        _report_gap(referral)
    send_back(referral, "refuse", reason=code, by=by)


@transaction.atomic
def send_back(referral: Referral, move: str, *, reason: str = "", by: Actor) -> None:
    """Let a question go back to who sent it: the content closes for the receiver. Raises NotAllowed or Refusal."""
    may(by, move, referral).require()
    packet.destroy(referral)
    make(referral, move, by=by, side=Side.RECEIVER, reason=reason)
    copies.leave(referral)
    notifications.sender_told(referral, move)


def _report_gap(referral: Referral) -> None:
    """Count that something lacks in the region; nothing of the person goes along."""
    terms = [attribute.taxonomy_term for attribute in referral.service.attributes.select_related("taxonomy_term")]
    need = next((term for term in terms if term.vocabulary == "needs"), None)
    Gap.objects.create(origin=GapOrigin.REFUSAL, need=need, municipality=referral.client.municipality)


@transaction.atomic
def pass_on(referral: Referral, *, alternative: Service | None, by: Actor, elsewhere: str = "") -> None:
    """Propose another service; the sender asks the client a new yes for it. Raises NotAllowed or Refusal.

    `elsewhere` as in `refuse`.
    """
    may(by, "pass_on", referral).require()
    if (alternative is None) is not bool(elsewhere):
        raise Refusal(_("Choose who can help."))
    if alternative and alternative.pk == referral.service_id:
        raise Refusal(_("Choose another service than this one."))
    referral.hold("pass_on")
    Decline.objects.create(referral=referral, code=RefusalCode.NOT_OURS, alternative=alternative, elsewhere=elsewhere)
    send_back(referral, "pass_on", by=by)


@transaction.atomic
def record_attempt(referral: Referral, *, at: datetime, channel: str, note_text: str, by: Actor) -> Attempt:
    """Write down a try that failed; the third one gives the question back. Raises NotAllowed or Refusal."""
    may(by, "give_back", referral).require()
    _refuse_impossible_time(referral, at)
    referral.hold("give_back")
    attempt = Attempt.objects.create(
        referral=referral, at=at, channel=channel, reached=False, note=note_text, by=user_of(by)
    )
    note("referral.attempt", referral, by=by, organization=referral.receiver, channel=channel)
    if referral.attempts.filter(reached=False).count() >= ATTEMPTS_BEFORE_RETURN:
        send_back(referral, "give_back", by=by)
    return attempt


@transaction.atomic
def confirm_contact(
    referral: Referral, *, at: datetime, channel: str, initiative: str, appointment: str, by: Actor
) -> Attempt:
    """Confirm real contact: only the receiver can. Raises NotAllowed or Refusal."""
    may(by, "confirm_contact", referral).require()
    _refuse_impossible_time(referral, at)
    make(
        referral, "confirm_contact", by=by, side=Side.RECEIVER, receiver_worker=referral.receiver_worker or user_of(by)
    )
    attempt = Attempt.objects.create(
        referral=referral,
        at=at,
        channel=channel,
        initiative=initiative,
        reached=True,
        appointment=appointment,
        by=user_of(by),
    )
    notifications.sender_told(referral, "confirm_contact")
    return attempt


def _refuse_impossible_time(referral: Referral, at: datetime) -> None:
    """Contact lies between the moment that the question was sent and now."""
    if at > timezone.now():
        raise Refusal(_("This day is still to come. Choose today or a day before."))
    if referral.sent_at and timezone.localtime(at).date() < timezone.localtime(referral.sent_at).date():
        raise Refusal(
            _("The question was sent on %(day)s. Choose that day or a later one.")
            % {"day": timezone.localtime(referral.sent_at).strftime("%d/%m/%Y")}
        )


@transaction.atomic
def start(referral: Referral, *, by: Actor) -> None:
    """Say that the help runs; once the day to look back went by: that it still does. Raises NotAllowed or Refusal."""
    if runs_late(referral) and stands_for(by, referral.receiver, referral):
        _look_back_later(referral, by=by)
        return
    may(by, "start", referral).require()
    make(referral, "start", by=by, side=Side.RECEIVER)


def runs_late(referral: Referral) -> bool:
    """Tell whether the help runs and the day to look back on it went by."""
    return referral.state is Status.RUNNING and referral.notices > 0


def _look_back_later(referral: Referral, *, by: Actor) -> None:
    """Give the running help a next day to look back, as far away as the first."""
    referral.hold_while({Status.RUNNING})
    due = due_of(referral, Status.RUNNING, timezone.now())
    referral.due_at, referral.notices, referral.notice_at = due, 0, None
    # The new day walked around every closure that is known: none of them may move it once more.
    referral.paused_days = closed_between(referral.service, referral.status_at, due) if due else 0
    referral.save(update_fields=["due_at", "notices", "notice_at", "paused_days"])
    note("referral.runs_on", referral, by=by, organization=referral.receiver)


@transaction.atomic
def close(referral: Referral, *, result: str, by: Actor) -> None:
    """Say how it ended; the yes ends thirty days later. Raises NotAllowed or Refusal."""
    may(by, "close", referral).require()
    referral.hold("close")
    shorten_after_closing(
        referral.client, purpose=referral.question_id, recipient=referral.receiver, closed_on=timezone.localdate(),
        but=_still_needed(referral),
    )  # fmt: skip
    packet.note_ends(referral)
    make(referral, "close", by=by, side=Side.RECEIVER, reason=result, result=result)
    notifications.sender_told(referral, "close")


def _still_needed(referral: Referral) -> set[str]:
    """Name the pieces on which another question of the same yes, that runs on, still rests."""
    same = Referral.objects.under_one_yes_with(referral).filter(status__in=AT_RECEIVER).exclude(pk=referral.pk)
    return {
        item
        for items in same.filter(packet__key_id__isnull=False).values_list("packet__items", flat=True)
        for item in (Item.QUESTION.value, *items)
    }

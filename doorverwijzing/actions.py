"""What the sending side does: prepare, choose, present, send, withdraw, settle."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clienten.consent import asking
from clienten.consent.giving import Yes, give_consent, replace_rest
from clienten.models import Consent, Item, Mode
from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing import feedback, notifications, overview, packet
from doorverwijzing.actors import Actor, stands_for, user_of
from doorverwijzing.client import talk
from doorverwijzing.client.receipts import issue_receipt
from doorverwijzing.consent import taking_back
from doorverwijzing.deadlines import due
from doorverwijzing.live.asks import refuse_unready
from doorverwijzing.models import ClientAnswer, Message, Packet, PaperForm, Reached, Referral, ReferralQuerySet
from doorverwijzing.moving import make, note
from doorverwijzing.permissions import may, may_settle, may_talk
from doorverwijzing.seen import refuse_changed
from doorverwijzing.ways import rights, transfer
from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, Side, Status
from sociale_kaart.models import Service
from vraagverheldering import actions as talk_actions
from vraagverheldering.models import ClarifiedQuestion, ConversationMode

# Taking back has a file of its own.
withdraw = taking_back.withdraw


@transaction.atomic
def prepare(question: ClarifiedQuestion, service: Service, *, by: User, previous: Referral | None = None) -> Referral:
    """Begin a referral, or take up the draft that is already there. Raises NotAllowed or Refusal."""
    sender = question.conversation.organization
    if not sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": sender})
    refuse_unable_receiver(service, sender_pk=sender.pk)
    open_one = Referral.objects.filter(question=question, service=service, settled_at=None)
    if draft := _begun(open_one, service, by=by):
        return draft
    if open_one.filter(status__in=AT_RECEIVER).exists():
        raise Refusal(_("This question is already with %(service)s.") % {"service": service})
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                question=question,
                client=question.client,
                sender=sender,
                sender_worker=by,
                service=service,
                receiver=service.organization,
                urgency=question.urgency,
                previous=previous,
                due_at=due(Status.DRAFT, question.urgency, timezone.now(), municipality=question.client.municipality),
            )
    except IntegrityError:
        return open_one.get(status__in=AT_HOME)
    overview.begin(question, keeper=by)
    note("referral.prepared", referral, by=by, organization=sender)
    return referral


def _begun(open_one: ReferralQuerySet, service: Service, *, by: User) -> Referral | None:
    """Give the draft that is already there; one for the organization that ran the service before is given up."""
    draft = open_one.filter(status__in=AT_HOME).select_related("sender", "receiver", "service", "client").first()
    if draft and draft.receiver_id != service.organization_id:
        drop(draft, by=by)
        return None
    return draft


@transaction.atomic
def drop(referral: Referral, *, by: User) -> None:
    """Give up a draft: another service is looked for. Raises NotAllowed, or Refusal when it was sent meanwhile."""
    may(by, "withdraw", referral).require()
    referral.hold_while(AT_HOME)
    asking.void(referral.client, recipient=referral.receiver, purpose=referral.question_id, occasion=referral.pk)
    make(referral, "withdraw", by=by, side=Side.SENDER, reason="other_service")


def drop_untouched(question: ClarifiedQuestion, *, but: Referral, by: User) -> None:
    """Give up what this worker began for a question and did nothing with: the other service was chosen instead."""
    begun = question.referrals.filter(status=Status.DRAFT, sender_worker=by, choices={}, handovers=None)
    for draft in begun.exclude(pk=but.pk).select_related("sender", "receiver", "service", "client"):
        drop(draft, by=by)


def refuse_unable_receiver(service: Service, *, sender_pk: str) -> None:
    """Raise Refusal, with a way on, when a question cannot be handed to this service."""
    if service.organization_id == sender_pk:
        raise Refusal(_("This is your own organization. Make it a step of your own."))
    if not Service.objects.public().filter(pk=service.pk).exists():
        raise Refusal(_("%(service)s has stopped. Choose another service.") % {"service": service})
    if not service.accepts_referrals or not service.organization.takes_referrals():
        raise Refusal(
            _("%(organization)s does not take questions here yet. Call them, or choose another service.")
            % {"organization": service.organization}
        )


def same_question(referral: Referral) -> bool:
    """Tell whether both sides help this person with this question: it is of our talk, and the service is theirs."""
    asked = referral.question
    ours = asked.client_id == referral.client_id and asked.conversation.organization_id == referral.sender_id
    return ours and referral.service.organization_id == referral.receiver_id


def refuse_moved(referral: Referral) -> None:
    """Raise Refusal when the service is of another organization now than the one that was shown to the person."""
    now_of = referral.service.organization
    if now_of.pk != referral.receiver_id:
        raise Refusal(
            _("%(service)s is of %(organization)s now. Choose it again, and ask the yes again.")
            % {"service": referral.service, "organization": now_of}
        )


@transaction.atomic
def choose(referral: Referral, *, shared: Mapping[str, bool], colleague: str, warmth: int, by: User) -> None:
    """Keep which items the client shares or not; what is unanswered is not shared. Raises NotAllowed or Refusal."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    known = {piece.item for piece in packet.offered(referral.question, referral.receiver)}
    referral.choices = {item: bool(answer) for item, answer in shared.items() if item in known}
    referral.colleague, referral.warmth = colleague, warmth
    kept = Referral.objects.filter(pk=referral.pk, status__in=AT_HOME).update(choices=referral.choices, warmth=warmth)
    if not kept:
        raise Refusal(_("This question was already sent."))
    referral.save(update_fields=["colleague"])


@transaction.atomic
def present(referral: Referral, *, by: User) -> None:
    """Show the client what would be shared, with whom and until when. Raises NotAllowed or Refusal."""
    may(by, "present", referral).require()
    refuse_unready(referral)
    make(referral, "present", by=by, side=Side.SENDER)


@transaction.atomic
def reconsider(referral: Referral, *, by: User) -> None:
    """Go back to the choices. Raises NotAllowed or Refusal."""
    may(by, "reconsider", referral).require()
    make(referral, "reconsider", by=by, side=Side.SENDER)


@transaction.atomic
def send(referral: Referral, *, by: User, mode: str = "", signature: str = "", yes: Yes | None = None) -> Referral:
    """Write down the yes, freeze the packet and hand the question over. Raises NotAllowed or Refusal.

    `mode` and `signature` are enough for a yes that needs nothing more to show it.
    """
    may(by, "send", referral).require()
    referral.hold("send")
    refuse_unable_receiver(referral.service, sender_pk=referral.sender_id)
    refuse_unready(referral)
    said = replace(
        yes or Yes(mode=mode, signature=signature), signed_at=_signed_at(referral, yes),
        same_question=same_question(referral),
    )  # fmt: skip
    items = sorted(item for item, shared in referral.choices.items() if shared)
    refuse_changed(referral, items=items, seen=said.seen)
    give_consent(
        referral.client, by=by, items=items, recipient=referral.receiver, purpose=referral.question_id, yes=said,
        occasion=referral.pk,
    )  # fmt: skip
    replace_rest(
        referral.client, recipient=referral.receiver, purpose=referral.question_id, items=items,
        needed=packet.resting_beside(referral),
    )  # fmt: skip
    return hand_over(referral, items=items, mode=said.mode, by=by)


def _signed_at(referral: Referral, yes: Yes | None) -> datetime | None:
    """Say when a paper was signed that was typed in later: its yes counts from that day."""
    if yes is None or yes.mode != Mode.PAPER:
        return None
    return PaperForm.objects.filter(referral=referral).values_list("happened_at", flat=True).first()


def hand_over(referral: Referral, *, items: list[str], mode: str, by: User) -> Referral:
    """Freeze the packet and move it to the receiver, once it is written down why that may. Raises Refusal."""
    refuse_moved(referral)
    rights.refuse_unready(referral)
    transfer.refuse_unready(referral)
    packet.freeze(referral, items)
    issue_receipt(referral)
    if referral.previous_id:
        _settle_previous(referral.previous_id)
    _go_on_in_talk(referral, by=by)
    make(referral, "send", by=by, side=Side.SENDER, reason=mode, mode=mode, sent_at=timezone.now())
    notifications.referral_arrived(referral)
    return referral


def _settle_previous(previous: UUID) -> None:
    Referral.objects.filter(pk=previous, settled_at=None).update(settled_at=timezone.now(), settled_how="sent_on")


def _go_on_in_talk(referral: Referral, *, by: User) -> None:
    """Make the sending the next step of its question, and finish a short talk whose questions are all handed over.

    A broad talk ends when its subjects do.
    """
    talk = referral.question.conversation
    if talk.finished_at:
        return
    talk_actions.add_next_step(
        referral.question,
        what=_("First contact: %(service)s") % {"service": referral.service},
        who=str(referral.receiver),
        by_when=timezone.localdate(due(Status.ACCEPTED, referral.urgency, timezone.now())),
        by=by,
    )
    others = talk.questions.exclude(pk=referral.question_id)
    waiting = others.exclude(pk__in=Referral.objects.exclude(sent_at=None).values("question"))
    if talk.mode == ConversationMode.QUICK and not waiting.exists():
        # A colleague who finished it a moment ago must not stop the sending.
        with suppress(Refusal):
            talk_actions.finish(talk, by=by)


@transaction.atomic
def settle(referral: Referral, *, how: str, by: User) -> None:
    """Say that a returned question needs no new receiver: "own_step" or "client_stops". Raises NotAllowed, Refusal."""
    may_settle(by, referral).require()
    if not Referral.objects.filter(pk=referral.pk, settled_at=None).update(settled_at=timezone.now(), settled_how=how):
        raise Refusal(_("A colleague already went on with this."))
    note("referral.settled", referral, by=by, organization=referral.sender, how=how)


@transaction.atomic
def write_message(
    referral: Referral, *, text: str, form_key: UUID, by: Actor, fixed: bool = False, side: Side | None = None
) -> Message:
    """Add a message to the thread; the same form sent twice adds it once. Raises NotAllowed.

    `fixed` says that the words are ours and tell nothing: those a receiver may always send. Who works on both sides
    writes for the sender, unless `side` says otherwise.
    """
    may_talk(by, referral).require()
    theirs = side is Side.RECEIVER and stands_for(by, referral.receiver, referral)
    ours = not theirs and stands_for(by, referral.sender, referral)
    organization = referral.sender if ours else referral.receiver
    if organization == referral.receiver and not fixed:
        feedback.may_write(referral).require()
    message, new = Message.objects.get_or_create(
        form_key=form_key,
        defaults={"referral": referral, "author": user_of(by), "organization": organization, "text": text},
    )
    if new:
        note("referral.message", referral, by=by, organization=organization)
        notifications.message_arrived(message)
    return message


@transaction.atomic
def record_answer(referral: Referral, *, answer: str, by: User | str) -> ClientAnswer:
    """Write down what the client says: "were you reached?". A separate fact; it moves nothing."""
    if isinstance(by, User) and not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    given = ClientAnswer.objects.create(
        referral=referral,
        answer=Reached(answer),
        through="worker" if isinstance(by, User) else "page",
        recorded_by=by if isinstance(by, User) else None,
    )
    note("referral.client_answered", referral, by=by, organization=None)
    talk.warn(given, by=by)
    return given


def shared_items(referral: Referral) -> list[str]:
    """Name the items that the receiver may read today: in the packet, and with a yes that still holds."""
    sealed = Packet.objects.filter(referral=referral, destroyed_at=None).values_list("items", flat=True).first()
    consents = Consent.objects.for_purpose(referral.question_id, referral.receiver).valid(timezone.localdate())
    agreed = consents.filter(client=referral.client_id, item__in=sealed or [])
    return [item.value for item in Item.in_order(agreed.values_list("item", flat=True))]

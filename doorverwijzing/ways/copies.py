"""What a receiver keeps of its own when it refers on: a card and a question, with no more than it may read.

A copy is known by its form key, which is the one of the referral that it was made from. It falls with that referral:
what the person takes back there, is emptied here.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from clienten import safe_contact
from clienten.actions import open_card
from clienten.models import ClientCard, Item
from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing import packet
from doorverwijzing.models import Referral
from doorverwijzing.moving import make, note
from doorverwijzing.workflow import AT_HOME, ENDED, Side, Status
from vraagverheldering.models import ClarifiedQuestion, Conversation, ConversationMode

REFERS_ON = frozenset({Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING})
# Where each item lies in a copy: fields of the card, fields of the question.
ON_CARD = {Item.CONTACT: ["first_name", "last_name", "phone", "contact_note"], Item.HOUSEHOLD: ["household"]}
ON_QUESTION = {
    Item.OWN_WORDS: ["own_words"], Item.INCOME: ["income"], Item.DEBTS: ["debts"], Item.TRIED: ["tried", "not_again"],
}  # fmt: skip
WITH_THE_QUESTION = ["wish", "goal", "next_step", "who"]


@transaction.atomic
def copy_question(parent: Referral, *, by: User) -> ClarifiedQuestion:
    """Give the receiver a card and a question of its own, with what it may read; once. Raises NotAllowed or Refusal."""
    if not parent.receiver.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": parent.receiver})
    if parent.state not in REFERS_ON:
        raise Refusal(_("Accept the question first. Then you can refer on."))
    Referral.objects.select_for_update(of=("self",)).filter(pk=parent.pk).first()
    if earlier := ClarifiedQuestion.objects.filter(form_key=parent.form_key).first():
        return earlier
    reading = packet.read(parent)
    if reading is None:
        raise Refusal(_("The consent has ended. You cannot read the content any more."))
    return _copied(parent, reading, by)


def _copied(parent: Referral, reading: packet.Reading, by: User) -> ClarifiedQuestion:
    piece = {item: reading.pieces.get(item, {}) for item in Item.values}
    reach = piece[Item.CONTACT]
    card = open_card(
        parent.receiver,
        by=by,
        first_name=reading.name or _("Without name"),
        **{**safe_contact.for_card(safe_contact.of_piece(reach)), "no_voicemail": reach.get("no_voicemail", True)},
        household=piece[Item.HOUSEHOLD].get("text", ""),
    )
    talk = Conversation.objects.create(
        client=card, organization=parent.receiver, worker=by, mode=ConversationMode.QUICK
    )
    question = ClarifiedQuestion.objects.create(
        client=card,
        conversation=talk,
        wish=reading.wish or parent.question.wish,
        goal=reading.goal,
        own_words=piece[Item.OWN_WORDS].get("text", ""),
        income=piece[Item.INCOME].get("text", ""),
        debts=piece[Item.DEBTS].get("text", ""),
        tried=piece[Item.TRIED].get("text", ""),
        not_again=piece[Item.TRIED].get("not_again", ""),
        urgency=parent.urgency,
        form_key=parent.form_key,
    )
    note("referral.copied_inside", parent, by=by, organization=parent.receiver)
    return question


def parent_of(question: ClarifiedQuestion) -> Referral | None:
    """Give the referral that a question was copied from; None for a question of one's own."""
    return Referral.objects.filter(form_key=question.form_key).first()


def leave(parent: Referral) -> bool:
    """Empty the copy once its source is closed and no help runs on it; drafts on it end. Tell whether it was emptied.

    What was sent on with a yes of its own goes on, and keeps the copy until it ends.
    """
    question = ClarifiedQuestion.objects.filter(form_key=parent.form_key).first()
    if question is None or packet.is_open(Referral.objects.select_related("packet").get(pk=parent.pk)):
        return False
    made = question.referrals.exclude(status__in=sorted(ENDED))
    if made.exclude(status__in=sorted(AT_HOME)).filter(settled_at=None).exists():
        return False
    for draft in made.filter(status__in=sorted(AT_HOME)).select_related("sender", "receiver", "service"):
        make(draft, "withdraw", by=audit.SYSTEM, side=Side.SENDER, reason="source_closed")
    forget(parent)
    return True


def tidy() -> dict[str, int]:
    """Leave every copy of which the source closed by itself: a yes that ended, a question that was closed."""
    kept = ClarifiedQuestion.objects.exclude(wish="").filter(form_key__in=Referral.objects.values("form_key"))
    emptied = 0
    for key in list(kept.values_list("form_key", flat=True)):
        with transaction.atomic():
            emptied += leave(Referral.objects.get(form_key=key))
    return {"emptied": emptied}


def forget(parent: Referral, items: Iterable[str] | None = None) -> None:
    """Empty what the receiver copied from a referral: some items, or all of it. Call it inside the transaction."""
    for question in ClarifiedQuestion.objects.filter(form_key=parent.form_key).select_related("client"):
        some = [*ON_CARD, *ON_QUESTION] if items is None else [Item(item) for item in items]
        _empty(question.client, [name for item in some for name in ON_CARD.get(item, [])])
        gone = [name for item in some for name in ON_QUESTION.get(item, [])]
        _empty(question, gone + (WITH_THE_QUESTION if items is None else []))


def _empty(row: ClientCard | ClarifiedQuestion, names: list[str]) -> None:
    for name in names:
        setattr(row, name, "")
    if names:
        row.save(update_fields=names)

"""What each side reads about a state and about a piece: the word, its colour and its icon (design.md 7.4)."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clienten.models import FEEDBACK, Item
from doorverwijzing.models import CloseResult, Referral, Step
from doorverwijzing.workflow import Side, Status
from organisaties.models import Organization


class Word(NamedTuple):
    """One badge: at most three words."""

    word: str | Promise
    tone: str
    icon: str


SENDER_WORDS: dict[Status, Word] = {
    Status.DRAFT: Word(pgettext_lazy("state", "draft"), "quiet", "pencil"),
    Status.PRESENTED: Word(pgettext_lazy("state", "with the client"), "quiet", "talk"),
    Status.SENT: Word(pgettext_lazy("state", "sent"), "moving", "send"),
    Status.RECEIVED: Word(pgettext_lazy("state", "opened"), "moving", "eye"),
    Status.ACCEPTED: Word(pgettext_lazy("state", "accepted"), "moving", "check"),
    Status.CONTACT_MADE: Word(pgettext_lazy("state", "contact made"), "reached", "reached"),
    Status.RUNNING: Word(pgettext_lazy("state", "runs with them"), "moving", "talk"),
    Status.CLOSED: Word(pgettext_lazy("state", "closed"), "reached", "reached"),
    Status.REFUSED: Word(pgettext_lazy("state", "choose on"), "turn", "turn"),
    Status.PASSED_ON: Word(pgettext_lazy("state", "other service proposed"), "turn", "pass"),
    Status.WITHDRAWN: Word(pgettext_lazy("state", "withdrawn"), "dashed", "back"),
    Status.EXPIRED: Word(pgettext_lazy("state", "back with you"), "late", "back"),
    Status.UNREACHED: Word(pgettext_lazy("state", "not reached"), "turn", "phone"),
    Status.CONSENT_LAPSED: Word(pgettext_lazy("state", "ask again"), "turn", "lock"),
}
SETTLED_WORDS: dict[Status, Word] = {
    Status.REFUSED: Word(pgettext_lazy("state", "not accepted"), "stuck", "stop"),
    Status.PASSED_ON: Word(pgettext_lazy("state", "passed on"), "moving", "pass"),
    Status.EXPIRED: Word(pgettext_lazy("state", "not answered"), "quiet", "back"),
    Status.UNREACHED: Word(pgettext_lazy("state", "not reached"), "stuck", "phone"),
    Status.CONSENT_LAPSED: Word(pgettext_lazy("state", "consent ended"), "dashed", "lock"),
}
RECEIVER_WORDS: dict[Status, Word] = {
    Status.SENT: Word(pgettext_lazy("state", "new, open this"), "turn", "turn"),
    Status.RECEIVED: Word(pgettext_lazy("state", "answer"), "turn", "turn"),
    Status.ACCEPTED: Word(pgettext_lazy("state", "make contact"), "turn", "turn"),
    Status.CONTACT_MADE: Word(pgettext_lazy("state", "contact made"), "reached", "reached"),
    Status.RUNNING: Word(pgettext_lazy("state", "runs"), "moving", "talk"),
    Status.CLOSED: Word(pgettext_lazy("state", "closed"), "reached", "reached"),
    Status.REFUSED: Word(pgettext_lazy("state", "not accepted"), "stuck", "stop"),
    Status.PASSED_ON: Word(pgettext_lazy("state", "passed on"), "moving", "pass"),
    Status.WITHDRAWN: Word(pgettext_lazy("state", "withdrawn"), "dashed", "back"),
    Status.EXPIRED: Word(pgettext_lazy("state", "went back"), "quiet", "back"),
    Status.UNREACHED: Word(pgettext_lazy("state", "not reached"), "stuck", "phone"),
    Status.CONSENT_LAPSED: Word(pgettext_lazy("state", "consent ended"), "dashed", "lock"),
}
# Above a question, where no date stands beside the word (screen h).
ABOVE_A_QUESTION: dict[Status, Word] = {
    Status.RECEIVED: Word(pgettext_lazy("state", "waits for our answer"), "turn", "turn"),
}
# What can be shared, as the client reads it.
YOUR_ITEMS: dict[Item, str | Promise] = {
    Item.CONTACT: _("your first name and phone"),
    Item.OWN_WORDS: _("your own words"),
    Item.HOUSEHOLD: _("your household"),
    Item.INCOME: _("your income"),
    Item.DEBTS: _("your debts"),
    Item.RIGHTS: _("the rights that you looked at"),
    Item.TRIED: _("what you tried already"),
    Item.FEEDBACK_OUTCOME: _("they may tell your worker how it ends"),
    Item.FEEDBACK_WORDS: _("they may write to your worker about it"),
}


def what_they_see(items: Iterable[str]) -> str:
    """Say what the other side may see, and after it what it may tell: that is nothing to see."""
    chosen = [Item(item) for item in items if item != Item.QUESTION]
    seen = [_now("your question"), *(str(YOUR_ITEMS[item]) for item in chosen if item not in FEEDBACK)]
    told = [capfirst(str(YOUR_ITEMS[item])) for item in chosen if item in FEEDBACK]
    return " ".join(f"{sentence}." for sentence in (", ".join(seen), *told))


# %(service)s is the organization that received it, %(worker)s the client's own contact.
CLIENT_SENTENCES: dict[Status, str | Promise] = {
    Status.SENT: _("We sent your question to %(service)s."),
    Status.RECEIVED: _("%(service)s has read your question."),
    Status.ACCEPTED: _("%(service)s said yes. They will contact you."),
    Status.CONTACT_MADE: _("%(service)s helps you."),
    Status.RUNNING: _("%(service)s helps you."),
    Status.CLOSED: _("This is finished."),
    Status.REFUSED: _("It does not work out there. %(worker)s looks for something else."),
    Status.PASSED_ON: _("%(service)s proposes another service. %(worker)s calls you about it."),
    Status.WITHDRAWN: _("You took your yes back. Nobody sees it any more."),
    Status.EXPIRED: _("They did not answer. %(worker)s calls you."),
    Status.UNREACHED: _("They could not reach you. Call %(worker)s, or wait: you will get a call."),
    Status.CONSENT_LAPSED: _("Your yes has ended. Do you want to go on? Call %(worker)s."),
}
# By which way it was taken back, when the person did not do it with the code.
REVIEW, WORKER = "review", "worker"
TAKEN_BACK_SENTENCES: dict[str, str | Promise] = {
    REVIEW: _("We checked whether this could be shared. It could not. Nobody sees it any more."),
    WORKER: _("Your yes was taken back. %(worker)s wrote that down. Nobody sees it any more."),
}
# How it was settled, as what the person reads.
SETTLED_AS = {"sent_on": Status.SENT, "own_step": Status.RUNNING, "client_stops": Status.CLOSED}
CLIENT_TONES = {
    Status.CONTACT_MADE: "reached",
    Status.RUNNING: "reached",
    Status.CLOSED: "reached",
    Status.WITHDRAWN: "info",
}


def badge(status: Status, side: Side, *, settled: bool = False) -> Word:
    """Give the badge that one side reads."""
    if side is Side.RECEIVER:
        return RECEIVER_WORDS[status]
    return (SETTLED_WORDS if settled else {}).get(status) or SENDER_WORDS[status]


def badge_for_receiver(referral: Referral) -> Word:
    """Give the badge of the receiver; what it closed itself says how it ended (design.md 7.4)."""
    return _with_result(referral, badge(referral.state, Side.RECEIVER), told=True)


def badge_for_sender(referral: Referral, *, told: bool) -> Word:
    """Give the badge of the sender; how it ended stands in it when the client agreed that this is told."""
    word = badge(referral.state, Side.SENDER, settled=bool(referral.settled_at))
    if referral.state is Status.PRESENTED:
        word = word._replace(word=_now("with %(name)s") % {"name": referral.client.first_name})
    return _with_result(referral, word, told=told)


def _with_result(referral: Referral, word: Word, *, told: bool) -> Word:
    if not referral.result or not told:
        return word
    tone = "reached" if referral.result in (CloseResult.SOLVED, CloseResult.PARTLY) else "quiet"
    said = _now("closed: %(result)s") % {"result": referral.get_result_display()}
    return word._replace(word=said, tone=tone)


def where(referral: Referral) -> tuple[Status, Organization]:
    """Give the state of which the person reads the words, and who has it then.

    What came back and was settled is no longer waited for: it went to another service, who sent it helps, or it ended.
    """
    now = SETTLED_AS.get(referral.settled_how)
    if now is None or not referral.settled_at:
        return referral.state, referral.receiver
    if now is Status.SENT:
        left = (one for one in referral.next.all() if one.sent_at)
        after = max(left, key=lambda one: one.sent_at or one.created_at, default=None)
        return (now, after.receiver) if after else (referral.state, referral.receiver)
    return now, referral.sender


def client_sentence(referral: Referral) -> str:
    """Say in one sentence where the question is."""
    state, who = where(referral)
    worker = referral.sender_worker.first_name
    sentence: str | Promise = CLIENT_SENTENCES[state]
    if state is Status.WITHDRAWN:
        ending, worker = taken_back_how(referral)
        sentence = TAKEN_BACK_SENTENCES.get(ending, sentence)
    return str(sentence) % {"service": who, "worker": worker or _now("your worker")}


def fetch_where(referrals: Collection[Referral]) -> None:
    """Fetch at once what `client_sentence` asks of each one that was taken back or went to another service."""
    prefetch_related_objects([one for one in referrals if one.state is Status.WITHDRAWN], "log__by")
    prefetch_related_objects([one for one in referrals if one.settled_at], "next__receiver")


def taken_back_how(referral: Referral) -> tuple[str, str]:
    """Tell by which way a question was taken back, and who wrote it down; nothing when the person did it alone."""
    steps = [step for step in referral.log.all() if step.move == "withdraw"]
    return ending_of(steps[-1], referral) if steps else ("", "")


def ending_of(step: Step, referral: Referral) -> tuple[str, str]:
    """Tell the same of the step itself."""
    if step.side == Side.CLIENT:
        return "", ""
    return (REVIEW, "") if step.reason else (WORKER, first_name_of(step, referral))


def first_name_of(step: Step, referral: Referral) -> str:
    """Give who of the sender did a step, as it was then; the organization when that is not known."""
    return (step.by.first_name if step.by else "") or str(referral.sender)

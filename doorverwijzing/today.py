"""What waits for this person, in one list: whose clock ends first stands on top."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.models import User
from core.moments import day_month, near_day, short_moment
from core.prepared import Prepared
from core.workdays import add_workdays
from doorverwijzing import packet
from doorverwijzing.client.talk import WITH_CLIENT, asks_for_a_client, waiting_clients
from doorverwijzing.deadlines import OFFICE_CLOSES, later
from doorverwijzing.live.rules import Stage
from doorverwijzing.live.waiting import asks_the_sender, standing_for
from doorverwijzing.models import Handover, Referral
from doorverwijzing.ways import rights
from doorverwijzing.words import badge, badge_for_receiver
from doorverwijzing.workflow import AT_HOME, BACK_AT_SENDER, ENDED, Side, Status, Term
from vraagverheldering.models import Conversation

# Working days after contact in which we ask the client, neutrally, whether it is right.
ASK_CLIENT_WITHIN = 5
# Who says "not yet" is called within two office hours; a message is answered before the close of the next working day.
CALL_WITHIN, ANSWER_WITHIN = Term(hours=2), Term(days=1)


@dataclass(frozen=True)
class Wait:
    """One row of "Wacht op mij": component 26."""

    due: datetime
    start: datetime
    title: str
    line: str
    url: str
    action: str
    # Who waits for it, as far as this reader may tell people apart; None is a colleague, or a matter of the house.
    person: UUID | None = None
    # Where the button leads, when that is one page further than the title.
    press: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a flow table: component 27."""

    who: str
    what: str
    url: str
    other: str
    tone: str
    icon: str
    word: str
    next: str


def waiting(user: User) -> list[Wait]:
    """List what this person, or a colleague of the same team, must do; late first."""
    named = _named(user)
    to_sign = list(_to_sign(user)) if named.pop("to_sign", None) else []
    found = _rows(named)
    handovers = standing_for(user) if found["inbox"] or found["moments"] else []
    agreed = {handover.referral_id: handover for handover in handovers if handover.state is Stage.AGREED}
    ours = [*_returned(found["back"]), *_unasked(found["unasked"]), *_drafts(found["drafts"])]
    waits = [*_received(found["inbox"], agreed), *ours, *to_sign, *_from_clients(found["clients"])]
    waits += _running(found["look_back"])
    return sorted([*waits, *_to_choose(handovers)], key=lambda wait: wait.due)


def _named(user: User) -> dict[str, set[UUID]]:
    """Name the referrals that wait, by why they do."""
    named: dict[str, set[UUID]] = defaultdict(set)
    for kind, key in WAITING.rows(user):
        named[kind].add(UUID(str(key)))
    return named


def _rows(named: Mapping[str, Set[UUID]]) -> dict[str, list[Referral]]:
    """Fetch them with what a row shows, in one go for all kinds; the newest first."""
    keys = frozenset().union(*named.values())
    rows = list(Referral.objects.filter(pk__in=keys).for_list()) if keys else []
    return defaultdict(list, {kind: [row for row in rows if row.pk in wanted] for kind, wanted in named.items()})


def waiting_kinds(user: User) -> dict[str, QuerySet[Any]]:
    """Give what waits for this person, by why it does: one row of the list each."""
    mine = Referral.objects.sent_by(user)
    return {
        "inbox": Referral.objects.received_by(user).waiting_for_receiver(),
        "look_back": Referral.objects.received_by(user).to_look_back_on(),
        "back": mine.back_at_sender(),
        "unasked": mine.contact_without_answer(),
        "drafts": mine.filter(status__in=AT_HOME, sender_worker=user),
        "moments": mine.filter(asks_the_sender()),
        "clients": mine.filter(asks_for_a_client()),
        "to_sign": rights.to_sign(user),
    }


def _names(user: User) -> QuerySet[Any, Any]:
    """Give the kind and the referral of everything that waits."""
    named = [kept.order_by().annotate(waits_as=Value(kind)) for kind, kept in waiting_kinds(user).items()]
    rows = [kept.values_list("waits_as", "pk" if kept.model is Referral else "referral") for kept in named]
    return rows[0].union(*rows[1:], all=True)


WAITING = Prepared(_names)


def _to_choose(handovers: Iterable[Handover]) -> Iterator[Wait]:
    """Ask the sender to choose one of the moments that the receiver proposed."""
    for handover in handovers:
        if handover.state is Stage.AGREED:
            continue
        referral = handover.referral
        yield _wait(
            referral,
            _("Choose a moment to speak with %(receiver)s") % {"receiver": referral.receiver},
            _("For the question of %(name)s.") % {"name": referral.client.first_name},
            referral.get_absolute_url() + "#samen",
            _("Look and choose"),
        )


def _received(referrals: Iterable[Referral], agreed: Mapping[UUID, Handover]) -> Iterator[Wait]:
    for referral in referrals:
        reading = packet.read(referral)
        name = reading.name if reading and reading.name else _("this person")
        accepted = referral.state is Status.ACCEPTED
        title = _("Say whether you spoke with %(name)s") if accepted else _("Answer the question of %(name)s")
        subject = packet.subject_for_receiver(referral)
        line = _("From %(sender)s: %(subject)s.") % {"sender": referral.sender, "subject": subject}
        if accepted:
            line = _tried(referral)
        if together := agreed.get(referral.pk):
            yield _speak(together, referral, name)
            continue
        yield _wait(
            referral,
            title % {"name": name},
            line + (" " + _("Urgent.") if referral.urgency == "urgent" else ""),
            referral.get_absolute_url(),
            _("Confirm contact") if accepted else _("Look and answer"),
            referral.pk,
            press=reverse("doorverwijzing:contact", args=[referral.pk]) if accepted else "",
        )


def _speak(handover: Handover, referral: Referral, name: str) -> Wait:
    """Say what was agreed: to speak together, and afterwards how it went."""
    moment = handover.starts_at or referral.status_at
    words = {"name": name, "sender": referral.sender, "moment": short_moment(moment)}
    begun = handover.has_begun
    return Wait(
        referral.due_at or moment if begun else moment,
        handover.agreed_at or referral.status_at,
        (_("Tell how it went with %(name)s") if begun else _("Speak with %(name)s and %(sender)s")) % words,
        _("Together on %(moment)s.") % words,
        referral.get_absolute_url() + "#samen",
        _("Tell how it went") if begun else _("Look at the appointment"),
        referral.pk,
    )


def _tried(referral: Referral) -> str:
    tries = [attempt for attempt in referral.attempts.all() if not attempt.reached]
    accepted_on = _("Accepted on %(day)s.") % {"day": day_month(referral.status_at)}
    if not tries:
        return accepted_on + " " + _("Not tried yet.")
    return accepted_on + " " + _("Tried %(count)s times, not reached.") % {"count": len(tries)}


def _running(referrals: Iterable[Referral]) -> Iterator[Wait]:
    """Ask the receiver whether the help still runs, when the day to look back went by."""
    for referral in referrals:
        reading = packet.read(referral)
        words = {"name": reading.name if reading and reading.name else _("this person"), "sender": referral.sender}
        title, line = _("Look back with %(name)s: does the help still run?"), _("Question of %(sender)s.")
        url = referral.get_absolute_url()
        yield _wait(referral, title % words, line % words, url, _("Look and say"), referral.pk)


# What to do first, why, and what the button says.
_WAY_ON = {
    Status.REFUSED: (
        gettext_noop("Choose on for %(name)s"),
        gettext_noop("%(receiver)s cannot take the question. Look at their proposal."),
        gettext_noop("Look and choose"),
    ),
    Status.PASSED_ON: (
        gettext_noop("Ask %(name)s about another service"),
        gettext_noop("%(receiver)s proposes another service."),
        gettext_noop("Ask it now"),
    ),
    Status.EXPIRED: (
        gettext_noop("Call %(receiver)s"),
        gettext_noop("They did not answer the question of %(name)s. It is back with you."),
        gettext_noop("Call and choose on"),
    ),
    Status.UNREACHED: (
        gettext_noop("Call %(name)s yourself"),
        gettext_noop("%(receiver)s tried three times and reached nobody."),
        gettext_noop("Call and choose on"),
    ),
    Status.CONSENT_LAPSED: (
        gettext_noop("Ask %(name)s for a new yes"),
        gettext_noop("The consent for %(receiver)s has ended."),
        gettext_noop("Ask it now"),
    ),
}


def _returned(referrals: Iterable[Referral]) -> Iterator[Wait]:
    # What a colleague took up again since it was named, is no longer back.
    for referral in (one for one in referrals if one.state in _WAY_ON):
        words = {"name": referral.client.first_name, "receiver": referral.receiver}
        title, line, action = _WAY_ON[referral.state]
        yield _wait(referral, _(title) % words, _(line) % words, referral.get_absolute_url(), _(action))


def _unasked(referrals: Iterable[Referral]) -> Iterator[Wait]:
    for referral in referrals:
        contact = referral.contact
        since = contact.at if contact else referral.status_at
        ask_by = add_workdays(timezone.localtime(since).date(), ASK_CLIENT_WITHIN)
        yield Wait(
            timezone.make_aware(datetime.combine(ask_by, OFFICE_CLOSES)),
            since,
            _("Ask %(name)s whether they called") % {"name": referral.client.first_name},
            _("%(receiver)s says: contact made on %(day)s.") % {"receiver": referral.receiver, "day": day_month(since)},
            reverse("doorverwijzing:answer", args=[referral.pk]),
            _("Note the answer"),
            referral.client_id,
        )


def _to_sign(user: User) -> Iterator[Wait]:
    """List who asks us to sign; nothing of the person stands there."""
    for asked in rights.to_sign(user):
        words = {"sender": asked.referral.sender, "service": asked.referral.service}
        yield Wait(
            due=asked.referral.due_at or asked.asked_at,
            start=asked.asked_at,
            title=_("Say whether you sign with %(sender)s") % words,
            line=_("For a question to %(service)s.") % words,
            url=reverse("doorverwijzing:to_sign"),
            action=_("Look and answer"),
        )


def _from_clients(referrals: Sequence[Referral]) -> Iterator[Wait]:
    """Give who says "not yet" or "no", and who wrote a message that nobody opened."""
    alarmed: set[UUID] = set()
    for referral, at, what in waiting_clients(referrals):
        words = {"name": referral.client.first_name, "receiver": referral.receiver}
        if what != "alarm" and referral.pk in alarmed:
            # One person, one row: the message stands on the page that the row above it opens.
            continue
        if what == "alarm":
            alarmed.add(referral.pk)
            title, line, anchor = _("%(name)s was not spoken with: call"), _("%(receiver)s has this question."), ""
        else:
            title, line, anchor = _("%(name)s wrote to you"), _("About the question to %(receiver)s."), WITH_CLIENT
        url = referral.get_absolute_url() + anchor
        due = later(at, CALL_WITHIN if what == "alarm" else ANSWER_WITHIN)
        yield Wait(due, at, title % words, line % words, url, _("Look and call"), referral.client_id)


def _drafts(referrals: Iterable[Referral]) -> Iterator[Wait]:
    for referral in referrals:
        words = {"name": referral.client.first_name, "receiver": referral.receiver}
        yield _wait(
            referral,
            _("Finish the referral of %(name)s") % words,
            _("To %(receiver)s, not sent yet.") % words,
            referral.get_absolute_url(),
            _("Go on"),
        )


def _wait(
    referral: Referral, title: str, line: str, url: str, action: str, person: UUID | None = None, *, press: str = ""
) -> Wait:
    due, since = referral.due_at or referral.status_at, referral.status_at
    return Wait(due, since, title, line, url, action, person or referral.client_id, press)


def paused_talks(user: User) -> list[Conversation]:
    """List the conversations of this person that are not finished."""
    return list(Conversation.objects.visible_to(user).open().filter(worker=user).for_list()[:5])


def rows(referrals: list[Referral], side: Side) -> list[Row]:
    """Turn referrals into rows; the receiver reads nothing but the packet."""
    return [_row(referral, side) for referral in referrals]


def _row(referral: Referral, side: Side) -> Row:
    if side is Side.SENDER:
        word = badge(referral.state, side, settled=bool(referral.settled_at))
        who, what, other = referral.client.first_name, referral.question.wish, str(referral.receiver)
    else:
        word = badge_for_receiver(referral)
        reading = packet.read(referral)
        sent = day_month(referral.sent_at or referral.created_at)
        who = (reading.name if reading else "") or _("Question of %(day)s") % {"day": sent}
        what, other = referral.service.name, str(referral.sender)
    return Row(
        who, what, referral.get_absolute_url(), other, word.tone, word.icon, str(word.word), _next(referral, side)
    )


def _next(referral: Referral, side: Side) -> str:
    """Say in four words at most what comes next, and when."""
    status, due = referral.state, referral.due_at
    if status in ENDED or referral.settled_at or (side is Side.RECEIVER and status in BACK_AT_SENDER):
        return _("done")
    if side is Side.SENDER and status is Status.EXPIRED:
        return _("call now")
    if due is None:
        return ""
    if status in (Status.CONTACT_MADE, Status.RUNNING):
        unasked = side is Side.SENDER and status is Status.CONTACT_MADE and not referral.answers.all()
        name, day = referral.client.first_name, day_month(due)
        return _("ask %(name)s") % {"name": name} if unasked else _("look back %(day)s") % {"day": day}
    day = near_day(due)
    if due < timezone.now():
        return _("was due %(day)s") % {"day": day}
    answers = side is Side.SENDER and status in (Status.SENT, Status.RECEIVED)
    return _("answer before %(day)s") % {"day": day} if answers else day

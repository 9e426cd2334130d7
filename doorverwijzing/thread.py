"""The way of a question, as knots on a thread: what happened, who is up, what still comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clienten.models import Mode
from core.moments import short_moment, spoken_date
from doorverwijzing.guest.diary import referral_moves
from doorverwijzing.models import ClientAnswer, Referral, Step
from doorverwijzing.words import REVIEW, WORKER, ending_of, first_name_of
from doorverwijzing.workflow import ATTEMPTS_BEFORE_RETURN, Side, Status


@dataclass(frozen=True)
class Knot:
    """One step of the thread: component 17."""

    state: str
    title: str
    when: str = ""
    moment: datetime | None = None
    icon: str = ""
    move: str = ""
    who: str = ""


_BAD = {"refuse": "stop", "give_back": "phone", "expire": "back", "lapse": "lock", "withdraw": "back"}


def _titles(referral: Referral, side: Side, name: str) -> dict[str, str]:
    words = {"name": name or _("this person"), "receiver": referral.receiver, "sender": referral.sender}
    theirs = _done_by_us(words) if side is Side.RECEIVER else _done_by_them(words)
    return {
        "send": _sent(referral, side) % {**words, "name": name or _("The person")},
        **theirs,
        "give_back": _("Not reached, back with %(sender)s") % words,
        "start": _("The help runs"),
        "close": pgettext("thread", "Finished"),
        "withdraw": _("Consent taken back"),
        # Who took it back stands under it when a worker did; the person does it with the code of the sheet.
        **({f"withdraw {Side.CLIENT}": _("%(name)s took the yes back") % words} if side is Side.SENDER else {}),
        "expire": _("No answer, back with %(sender)s") % words,
        "lapse": _("Consent has ended"),
    }


def _done_by_us(words: Mapping[str, object]) -> dict[str, str]:
    """Say the moves of the receiver to the receiver: who of us did it stands under each."""
    return {
        "open": pgettext("thread", "Opened"),
        "accept": pgettext("thread", "Accepted"),
        "refuse": pgettext("thread", "Not accepted"),
        "pass_on": _("We propose another service"),
        "confirm_contact": _("We spoke with %(name)s") % words,
    }


def _done_by_them(words: Mapping[str, object]) -> dict[str, str]:
    return {
        "open": _("Opened by %(receiver)s") % words,
        "accept": _("Accepted by %(receiver)s") % words,
        "refuse": _("Not accepted by %(receiver)s") % words,
        "pass_on": _("%(receiver)s proposes another service") % words,
        "confirm_contact": _("%(receiver)s spoke with %(name)s") % words,
    }


def _sent(referral: Referral, side: Side) -> str:
    """Say how it left; nobody said yes where it was shared without one."""
    us = side is Side.RECEIVER
    if referral.mode == Mode.WITHOUT:
        return _("Sent to us without a yes") if us else _("Sent to %(receiver)s without a yes")
    return _("%(name)s said yes, sent to us") if us else _("%(name)s said yes, sent to %(receiver)s")


def for_workers(referral: Referral, side: Side, name: str) -> list[Knot]:
    """Give the thread that a worker of either side reads. `name` only when that side may know it."""
    titles = _titles(referral, side, name)
    steps = [step for step in referral.log.select_related("by") if step.move in titles]
    tries = [attempt for attempt in referral.attempts.all() if not attempt.reached]
    dated: list[tuple[datetime, Knot]] = []
    for number, attempt in enumerate(tries, start=1):
        title = _("Not reached, %(number)s of %(all)s") % {"number": number, "all": ATTEMPTS_BEFORE_RETURN}
        dated.append((attempt.at, Knot("bad", title, short_moment(attempt.at), attempt.at, "phone")))
    guests = referral_moves(referral) if any(step.by is None and step.side == Side.RECEIVER for step in steps) else {}
    dated += [(_after_tries(step, dated), _knot(step, titles, guests)) for step in steps]
    if side is Side.SENDER:
        dated += [(answer.created_at, _said(answer, name)) for answer in referral.answers.all()]
    done = [knot for _at, knot in sorted(dated, key=lambda pair: pair[0])]
    return done + _still_to_come(referral, side, name)


def _after_tries(step: Step, tries: list[tuple[datetime, Knot]]) -> datetime:
    """Give when a step stands in the thread: it went back because of the last try, which may be noted to the minute."""
    return max([step.at, *(at for at, _knot in tries)]) if step.move == "give_back" else step.at


def _knot(step: Step, titles: dict[str, str], guests: Mapping[str, str]) -> Knot:
    when = short_moment(step.at)
    if person := (step.by.first_name or str(step.by)) if step.by else guests.get(step.move):
        when = _("%(moment)s by %(person)s") % {"moment": when, "person": person}
    state = "bad" if step.move in _BAD else "done"
    title = titles.get(f"{step.move} {step.side}", titles[step.move])
    return Knot(state, title, when, step.at, _BAD.get(step.move, ""))


def _said(answer: ClientAnswer, name: str) -> Knot:
    """Say what the client answered: a fact, never good or bad."""
    title = _("%(name)s says: %(answer)s") % {"name": name, "answer": answer.get_answer_display()}
    return Knot("done", title, short_moment(answer.created_at), answer.created_at)


def _still_to_come(referral: Referral, side: Side, name: str) -> list[Knot]:
    who = name or _("this person")
    us = side is Side.RECEIVER
    answer = Knot("now", _("We answer") if us else _("%(who)s answers") % {"who": referral.receiver}, _by(referral))
    speak = _("We speak with %(name)s") if us else _("They speak with %(name)s")
    last = Knot("later", _("%(name)s says whether it is right") % {"name": name or _("The person")})
    status = referral.state
    if status in (Status.SENT, Status.RECEIVED):
        return [answer, Knot("later", speak % {"name": who}), last]
    if status is Status.ACCEPTED:
        return [Knot("now", speak % {"name": who}, _by(referral)), last]
    if status in (Status.CONTACT_MADE, Status.RUNNING) and not referral.answers.all():
        return [last]
    return []


def _by(referral: Referral) -> str:
    """Say until when, and why it takes longer when the receiver announced to be closed."""
    if referral.due_at is None:
        return ""
    until = _("before %(moment)s") % {"moment": short_moment(referral.due_at)}
    if not referral.paused_days:
        return until
    closed = ngettext("%(count)s day closed, the clock stood still", "%(count)s days closed, the clock stood still",
                      referral.paused_days) % {"count": referral.paused_days}  # fmt: skip
    return f"{until} ({closed})"


def _client_titles(referral: Referral, words: dict[str, Any]) -> dict[str, str]:
    """Say each move the way the client reads it; `worker` is who made it."""
    asked = referral.mode != Mode.WITHOUT
    sent = (
        _("You said yes. %(worker)s sent your question.") if asked else _("%(worker)s sent your question without a yes")
    )
    return {
        "send": sent % words,
        "send_without": sent % words,
        "open": _("%(receiver)s read your question") % words,
        "accept": _("%(receiver)s said yes") % words,
        "confirm_contact": _("They spoke with you"),
        "refuse": _("%(receiver)s cannot do this") % words,
        "pass_on": _("%(receiver)s proposes another service") % words,
        "give_back": _("They could not reach you"),
        "expire": _("%(receiver)s did not answer") % words,
        "lapse": _("Your yes has ended"),
        "withdraw": _("You took your yes back"),
        f"withdraw_{WORKER}": _("Your yes was taken back, %(worker)s wrote that down") % words,
        f"withdraw_{REVIEW}": _("Checked: this could not be shared"),
        "close": _("It is finished"),
    }


def _knot_for_client(step: Step, referral: Referral) -> Knot | None:
    """Say one step as the client reads it: who did it then, also when someone else is the contact by now."""
    move, who = step.move, first_name_of(step, referral)
    if move == "withdraw" and (ending := ending_of(step, referral)[0]):
        move = f"withdraw_{ending}"
    if move == "send" and referral.mode == Mode.WITHOUT:
        move = "send_without"
    title = _client_titles(referral, {"receiver": referral.receiver, "worker": who}).get(move)
    if title is None:
        return None
    state, icon = ("bad" if step.move in _BAD else "done"), _BAD.get(step.move, "")
    return Knot(state, title, spoken_date(step.at), step.at, icon, move, who)


def for_client(referral: Referral) -> list[Knot]:
    """Give the thread that the client reads: short, in the second person."""
    words = {"receiver": referral.receiver, "worker": referral.sender_worker.first_name or referral.sender}
    done = [knot for step in referral.log.select_related("by") if (knot := _knot_for_client(step, referral))]
    coming = {
        Status.SENT: _("%(receiver)s answers") % words,
        Status.RECEIVED: _("%(receiver)s answers") % words,
        Status.ACCEPTED: _("%(receiver)s contacts you") % words,
        Status.REFUSED: _("%(worker)s looks for something else") % words,
        Status.PASSED_ON: _("%(worker)s calls you") % words,
        Status.EXPIRED: _("%(worker)s calls you") % words,
        Status.UNREACHED: _("%(worker)s calls you") % words,
    }.get(referral.state)
    if coming and referral.due_at and not referral.settled_at:
        day = {"day": spoken_date(referral.due_at)}
        # A day that has gone by is no promise any more.
        late = referral.due_at < timezone.now()
        when = _("should have been on %(day)s") % day if late else _("on %(day)s at the latest") % day
        done.append(Knot("later", coming, when, referral.due_at))
    return done

"""The life of a referral: states, moves, whose turn it is, and how long each turn may last. Pure tables."""

from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Who can move a referral."""

    SENDER = "sender"
    RECEIVER = "receiver"
    CLIENT = "client"
    SYSTEM = "system"


class Status(StrEnum):
    """The states of peers.md B7. What the client answered is a separate fact, not a state."""

    DRAFT = "draft"
    PRESENTED = "presented"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    CONTACT_MADE = "contact_made"
    RUNNING = "running"
    CLOSED = "closed"
    REFUSED = "refused"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNREACHED = "unreached"
    CONSENT_LAPSED = "consent_lapsed"


# Not sent yet: the receiver does not know of it.
AT_HOME = frozenset({Status.DRAFT, Status.PRESENTED})
# The receiver has it and works on it.
AT_RECEIVER = frozenset({Status.SENT, Status.RECEIVED, Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING})
# It came back: the sender must find another way, or say why not.
BACK_AT_SENDER = frozenset({Status.REFUSED, Status.PASSED_ON, Status.EXPIRED, Status.UNREACHED, Status.CONSENT_LAPSED})
# Nothing more will happen here.
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN})
OPEN = AT_HOME | AT_RECEIVER


class Move(NamedTuple):
    """Who may bring a referral from which states to which one."""

    by: frozenset[Side]
    sources: frozenset[Status]
    target: Status


def _move(by: Side | set[Side], sources: Status | set[Status] | frozenset[Status], target: Status) -> Move:
    sides = frozenset({by}) if isinstance(by, Side) else frozenset(by)
    return Move(sides, frozenset({sources}) if isinstance(sources, Status) else frozenset(sources), target)


MOVES: dict[str, Move] = {
    "present": _move(Side.SENDER, Status.DRAFT, Status.PRESENTED),
    "reconsider": _move(Side.SENDER, Status.PRESENTED, Status.DRAFT),
    "send": _move(Side.SENDER, Status.PRESENTED, Status.SENT),
    "open": _move(Side.RECEIVER, Status.SENT, Status.RECEIVED),
    "accept": _move(Side.RECEIVER, {Status.SENT, Status.RECEIVED}, Status.ACCEPTED),
    "refuse": _move(Side.RECEIVER, {Status.SENT, Status.RECEIVED}, Status.REFUSED),
    "pass_on": _move(Side.RECEIVER, {Status.SENT, Status.RECEIVED, Status.ACCEPTED}, Status.PASSED_ON),
    "confirm_contact": _move(Side.RECEIVER, Status.ACCEPTED, Status.CONTACT_MADE),
    "give_back": _move(Side.RECEIVER, Status.ACCEPTED, Status.UNREACHED),
    "start": _move(Side.RECEIVER, Status.CONTACT_MADE, Status.RUNNING),
    "close": _move(Side.RECEIVER, {Status.CONTACT_MADE, Status.RUNNING}, Status.CLOSED),
    "withdraw": _move({Side.SENDER, Side.CLIENT}, OPEN, Status.WITHDRAWN),
    "expire": _move(Side.SYSTEM, {Status.SENT, Status.RECEIVED, Status.ACCEPTED}, Status.EXPIRED),
    "lapse": _move(Side.SYSTEM, AT_RECEIVER, Status.CONSENT_LAPSED),
}

# Whose turn it is. An ended referral is nobody's turn.
TURN: dict[Status, Side] = {
    Status.DRAFT: Side.SENDER,
    Status.PRESENTED: Side.SENDER,
    Status.SENT: Side.RECEIVER,
    Status.RECEIVED: Side.RECEIVER,
    Status.ACCEPTED: Side.RECEIVER,
    Status.CONTACT_MADE: Side.RECEIVER,
    Status.RUNNING: Side.RECEIVER,
    Status.REFUSED: Side.SENDER,
    Status.PASSED_ON: Side.SENDER,
    Status.EXPIRED: Side.SENDER,
    Status.UNREACHED: Side.SENDER,
    Status.CONSENT_LAPSED: Side.SENDER,
}


class Term(NamedTuple):
    """How long a turn may last, in working days; `hours` instead when it must go fast."""

    days: int = 0
    hours: int = 0


class Phase(StrEnum):
    """What a turn is for: states that share a deadline."""

    DRAFT = "draft"
    ANSWER = "answer"
    CONTACT = "contact"
    LOOK_BACK = "look_back"
    WAY_ON = "way_on"
    # Not a turn: how long it is quiet between two steps of the chain.
    NOTICE = "notice"


# Opening a question does not give more time to answer it: RECEIVED keeps the date of SENT.
PHASES: dict[Status, Phase] = {
    Status.DRAFT: Phase.DRAFT,
    Status.PRESENTED: Phase.DRAFT,
    Status.SENT: Phase.ANSWER,
    Status.ACCEPTED: Phase.CONTACT,
    Status.CONTACT_MADE: Phase.LOOK_BACK,
    Status.RUNNING: Phase.LOOK_BACK,
    **dict.fromkeys(BACK_AT_SENDER, Phase.WAY_ON),
}
# What holds where the network decided nothing else (`models.Deadline`).
DEFAULT_TERMS: dict[Phase, dict[str, Term]] = {
    Phase.DRAFT: {"routine": Term(days=5), "urgent": Term(days=1)},
    Phase.ANSWER: {"routine": Term(days=2), "urgent": Term(hours=4)},
    Phase.CONTACT: {"routine": Term(days=5), "urgent": Term(days=2)},
    Phase.LOOK_BACK: {"routine": Term(days=63), "urgent": Term(days=63)},
    Phase.WAY_ON: {"routine": Term(days=1), "urgent": Term(hours=4)},
    Phase.NOTICE: {"routine": Term(days=1), "urgent": Term(hours=2)},
}
TERMS: dict[Status, dict[str, Term]] = {status: DEFAULT_TERMS[phase] for status, phase in PHASES.items()}


class Rung(StrEnum):
    """One step of the chain after a deadline has gone by; each is taken once."""

    REMINDER = "reminder"
    SECOND_REMINDER = "second_reminder"
    TEAM_LEAD = "team_lead"
    COORDINATOR = "coordinator"


LADDER = tuple(Rung)
# A draft shares nothing yet: it is a matter of the team that made it.
LADDER_AT_HOME = LADDER[:3]
# After this many failed attempts the question goes back to the sender.
ATTEMPTS_BEFORE_RETURN = 3


def mermaid() -> str:
    """Draw MOVES as a Mermaid state diagram, one line per source."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for name, move in MOVES.items():
        who = ", ".join(sorted(move.by))
        lines += [f"    {source} --> {move.target}: {name} ({who})" for source in sorted(move.sources)]
    lines += [f"    {status} --> [*]" for status in sorted(ENDED)]
    return "\n".join(lines) + "\n"

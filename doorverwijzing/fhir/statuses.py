"""Our states in the words of FHIR, and back. One table, no queries."""

from collections import deque
from collections.abc import Set as AnySet
from typing import NamedTuple

from doorverwijzing.workflow import AT_RECEIVER, MOVES, Side, Status


class Words(NamedTuple):
    """How FHIR says a state: of the Task (who, how far) and of the ServiceRequest (what was asked)."""

    task: str
    request: str


# Task.businessStatus keeps our own word, because FHIR has no "contact made". "received" and "ready" are no states of a
# referral in SDOH Clinical Care. What came back is on hold until the sender found another way.
WORDS: dict[Status, Words] = {
    Status.SENT: Words("requested", "active"),
    Status.RECEIVED: Words("requested", "active"),
    Status.ACCEPTED: Words("accepted", "active"),
    Status.CONTACT_MADE: Words("in-progress", "active"),
    Status.RUNNING: Words("in-progress", "active"),
    Status.CLOSED: Words("completed", "completed"),
    Status.REFUSED: Words("rejected", "on-hold"),
    Status.PASSED_ON: Words("rejected", "on-hold"),
    Status.UNREACHED: Words("failed", "on-hold"),
    Status.EXPIRED: Words("cancelled", "on-hold"),
    Status.CONSENT_LAPSED: Words("cancelled", "on-hold"),
    Status.WITHDRAWN: Words("cancelled", "revoked"),
}
TASK_STATUSES = {
    "draft", "requested", "accepted", "rejected", "in-progress", "on-hold", "failed", "completed", "cancelled",
    "entered-in-error",
}  # fmt: skip
OUR_WORDS = {status.value: status for status in WORDS}
# What a Task without our own word says. "In progress" does not say that someone spoke with the person, so it is no more
# than accepted; "on-hold" and "draft" say nothing that we could take.
PLAIN: dict[str, Status] = {
    "requested": Status.SENT,
    "accepted": Status.ACCEPTED,
    "in-progress": Status.ACCEPTED,
    "completed": Status.CLOSED,
    "rejected": Status.REFUSED,
    "failed": Status.UNREACHED,
    "cancelled": Status.WITHDRAWN,
}
# The moves that lead to a state at the receiver, in order.
ROADS: dict[Status, tuple[str, ...]] = {
    Status.SENT: (),
    Status.RECEIVED: ("open",),
    Status.ACCEPTED: ("open", "accept"),
    Status.CONTACT_MADE: ("open", "accept", "confirm_contact"),
    Status.RUNNING: ("open", "accept", "confirm_contact", "start"),
}


def state_of(task_status: str, own_word: str) -> Status | None:
    """Give our state; None when nothing says it. Our own word counts only where the Task says the same."""
    ours = OUR_WORDS.get(own_word)
    return ours if ours and WORDS[ours].task == task_status else PLAIN.get(task_status)


def road(since: Status, until: Status, *, by: AnySet[Side]) -> tuple[str, ...] | None:
    """Name the fewest moves of these sides that lead from one state to another; None when there is no way."""
    ways: dict[Status, tuple[str, ...]] = {since: ()}
    left = deque([since])
    while left:
        here = left.popleft()
        for name, move in MOVES.items():
            if here in move.sources and by & move.by and move.target not in ways:
                ways[move.target] = (*ways[here], name)
                left.append(move.target)
    return ways.get(until)


def can_be_taken(state: Status) -> bool:
    """Tell whether a receiver still has something to do in this state."""
    return state in AT_RECEIVER

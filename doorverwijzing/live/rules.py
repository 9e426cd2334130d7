"""The life of a live handover, and what each degree of warmth asks of a worker. Pure tables."""

from enum import StrEnum
from typing import NamedTuple

from doorverwijzing.workflow import Side, Status


class Stage(StrEnum):
    """How far the handover is. It ends held, missed, declined or cancelled."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    HELD = "held"
    MISSED = "missed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


# Someone still has to come.
STANDING = frozenset({Stage.PROPOSED, Stage.AGREED})


class Act(NamedTuple):
    """Who may bring a handover from which stages to which one. `in_turn`: only the side that has to answer."""

    by: frozenset[Side]
    sources: frozenset[Stage]
    target: Stage
    in_turn: bool = False


BOTH = frozenset({Side.SENDER, Side.RECEIVER})
RECEIVER = frozenset({Side.RECEIVER})
PROPOSED, AGREED = frozenset({Stage.PROPOSED}), frozenset({Stage.AGREED})

ACTS: dict[str, Act] = {
    "choose": Act(BOTH, PROPOSED, Stage.AGREED, in_turn=True),
    "change": Act(BOTH, STANDING, Stage.PROPOSED),
    "decline": Act(BOTH, PROPOSED, Stage.DECLINED, in_turn=True),
    "cancel": Act(BOTH, STANDING, Stage.CANCELLED),
    "hold": Act(RECEIVER, AGREED, Stage.HELD),
    "miss": Act(RECEIVER, AGREED, Stage.MISSED),
    "fall_through": Act(RECEIVER, AGREED, Stage.CANCELLED),
    "fall": Act(frozenset({Side.SYSTEM}), STANDING, Stage.CANCELLED),
}

# A handover is spoken about before the first contact: at home it is prepared, at the receiver it is agreed.
PREPARING = frozenset({Status.DRAFT, Status.PRESENTED})
ARRANGING = frozenset({Status.SENT, Status.RECEIVED, Status.ACCEPTED})
ALIVE = PREPARING | ARRANGING

# From this degree on a moment or a companion belongs to it.
NEEDS_A_MOMENT = 4
GOES_ALONG = 5

MOST_SLOTS = 6
MINUTES = (15, 30, 45, 60, 90)
USUAL_MINUTES = 30

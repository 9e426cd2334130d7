"""What must be true of a referral whatever happens, in the fewest words: the measure for the random histories.

Knows nothing of the database and of the rooms; it is told what someone asks, and says what must come of it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from doorverwijzing.workflow import AT_HOME, AT_RECEIVER, BACK_AT_SENDER, ENDED, MOVES, OPEN, Side, Status

# After the end of a question the receiver may read what was shared a little longer, as long as the yes holds.
READABLE = AT_RECEIVER | {Status.CLOSED}
LONGEST, AFTER_THE_END, WITHOUT_A_YES = timedelta(days=365), timedelta(days=30), timedelta(days=30)
# Who took a question in hand can refer on inside.
REFERS_ON = {Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING}
# The question itself: without a yes to it nothing can be read.
QUESTION = "question"


@dataclass
class Agreed:
    """What a person agreed to with one receiver for one question, and every referral that rests on it."""

    ends: dict[str, date] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    referrals: list["Expected"] = field(default_factory=list)

    def valid(self, today: date) -> set[str]:
        """Give the pieces that may be read on a day."""
        return {piece for piece, day in self.ends.items() if today <= day}

    def give(self, pieces: set[str], until: date) -> None:
        """Write down a yes."""
        self.ends.update(dict.fromkeys(pieces, until))
        self.without -= pieces

    def take(self, pieces: set[str]) -> None:
        """Take a yes back."""
        self.ends = {piece: day for piece, day in self.ends.items() if piece not in pieces}
        self.without -= pieces


@dataclass
class Expected:
    """One referral as it must be. `sender` and `receiver` are names of houses."""

    sender: str
    receiver: str
    agreed: Agreed
    parent: Self | None = None
    children: list[Self] = field(default_factory=list)
    status: Status = Status.DRAFT
    asked: frozenset[str] = frozenset()
    # What lies in the packet, and of that what has words; nothing once its key is destroyed.
    packed: set[str] | None = None
    worded: set[str] = field(default_factory=set)
    # What the receiver copied to refer on.
    copied: set[str] | None = None
    tries: int = 0
    settled: bool = False
    erased: bool = False
    unreviewed: bool = False

    def __post_init__(self) -> None:
        self.agreed.referrals.append(self)
        if self.parent:
            self.parent.children.append(self)

    # What is true ---------------------------------------------------------------

    def allows(self, name: str, side: Side | None) -> bool:
        """Tell whether someone of a side, or a stranger, may make a move now."""
        return not self.erased and side in MOVES[name].by and self.status in MOVES[name].sources

    def is_open(self, today: date) -> bool:
        """Tell whether the receiver can read something."""
        return self.packed is not None and QUESTION in self.agreed.valid(today)

    def readable(self, today: date) -> set[str]:
        """Give what the receiver may read today."""
        return (self.packed or set()) & self.agreed.valid(today) if self.is_open(today) else set()

    def may_be_copied(self, today: date) -> bool:
        """Tell whether its receiver can refer on inside."""
        return self.status in REFERS_ON and (self.copied is not None or self.is_open(today))

    @property
    def owner(self) -> Side | None:
        """Tell who must do the next thing; nobody once it has ended or was settled."""
        if self.erased or self.settled or self.status in ENDED:
            return None
        return Side.RECEIVER if self.status in AT_RECEIVER else Side.SENDER

    @property
    def came_back(self) -> bool:
        """Tell whether the sender must find another way."""
        return self.status in BACK_AT_SENDER and not self.settled

    @property
    def runs_on(self) -> bool:
        """Tell whether it left the house and is somebody's turn."""
        return self.owner is not None and self.status not in AT_HOME

    # What happens ---------------------------------------------------------------

    def moved(self, name: str, today: date) -> None:
        """Follow a move that was made."""
        self.status = MOVES[name].target
        if name == "send":
            self.agreed.take({*self.agreed.ends} - self.asked - {QUESTION} - self._resting_beside())
            self.agreed.give({*self.asked, QUESTION}, today + LONGEST)
            self._packed()
        if self.status is Status.CLOSED:
            runs = [one for one in self._others() if one.status in AT_RECEIVER and one.packed is not None]
            needed = {piece for one in runs for piece in (QUESTION, *(one.packed or ()))}
            self.agreed.ends = {
                piece: day if piece in needed else min(day, today + AFTER_THE_END)
                for piece, day in self.agreed.ends.items()
            }
        if self.status not in READABLE:
            self.packed = None
        if self.came_back:
            self.leave_copy(today)

    def overridden(self, today: date) -> None:
        """Follow a sharing without a yes: for a short while, and what somebody said yes to keeps its own day."""
        said = self.agreed.valid(today) - self.agreed.without
        pieces = {*self.asked, QUESTION} - said
        self.agreed.give(pieces, today + WITHOUT_A_YES)
        self.agreed.without |= pieces
        self.status, self.unreviewed = Status.SENT, True
        self._packed()

    def reviewed(self, today: date, *, justified: bool) -> None:
        """Follow the look back: what was not right closes at once."""
        self.unreviewed = False
        if justified:
            return
        self.agreed.take(self.agreed.without - self._resting_beside())
        self.packed = None
        if self.status in OPEN:
            self.status = Status.WITHDRAWN
        self.leave_copy(today)

    def taken_back(self, pieces: set[str] | None, today: date) -> None:
        """Follow a person who takes back some pieces, or all: what rests on the same yes follows."""
        alone = self.status in AT_HOME
        same = [] if alone else [one for one in self._others() if one.status in AT_RECEIVER or one.packed is not None]
        for one in (self, *same):
            one._lose(pieces, today)

    def _lose(self, pieces: set[str] | None, today: date) -> None:
        if self.status not in AT_HOME:
            self.agreed.take({*self.agreed.ends} if pieces is None else pieces)
        if pieces is None:
            self.packed, self.copied = None, set() if self.copied is not None else None
            self.status = Status.WITHDRAWN if self.status in OPEN else self.status
        elif self.packed is not None and self.packed & pieces:
            self._let_go(self.packed & pieces)
        for child in self.children:
            if child.status in OPEN or child.is_open(today):
                child._lose(pieces, today)

    def swept(self, today: date) -> None:
        """Follow the end of a yes: what ended goes out, and without the question nothing stays."""
        valid = self.agreed.valid(today)
        if self.packed is None:
            return
        if QUESTION not in valid:
            self.packed = None
            self.status = Status.CONSENT_LAPSED if self.status in AT_RECEIVER else self.status
        elif self.packed - valid:
            self._let_go(self.packed - valid)

    def leave_copy(self, today: date) -> None:
        """Empty the copy of a source that closed, unless help runs on it; what was begun with it ends."""
        if self.copied is None or self.is_open(today) or any(child.runs_on for child in self.children):
            return
        self.copied = set()
        for child in self.children:
            child.status = Status.WITHDRAWN if child.status in AT_HOME else child.status

    def _packed(self) -> None:
        self.packed = set(self.asked)
        self.worded = self.packed if self.parent is None else self.packed & (self.parent.copied or set())

    def _let_go(self, pieces: set[str]) -> None:
        """Seal the rest again: what has no words in it is not in it any more."""
        self.worded = self.worded - pieces
        self.packed = set(self.worded)
        if self.copied is not None:
            self.copied -= pieces

    def _others(self) -> list["Expected"]:
        return [one for one in self.agreed.referrals if one is not self]

    def _resting_beside(self) -> set[str]:
        held = [one.packed for one in self._others() if one.packed is not None]
        return {QUESTION}.union(*held) if held else set()

"""What must be true of a referral whatever happens, in the fewest words: the measure for the random histories.

Knows nothing of the database and of the rooms; it is told what someone asks, and says what must come of it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from doorverwijzing.workflow import AT_RECEIVER, BACK_AT_SENDER, ENDED, MOVES, Side, Status

# After the end of a question the receiver may read what was shared a little longer, as long as the yes holds.
READABLE = AT_RECEIVER | {Status.CLOSED}
LONGEST, AFTER_THE_END = timedelta(days=365), timedelta(days=30)


@dataclass
class Expected:
    """One referral as it must be."""

    status: Status = Status.DRAFT
    asked: frozenset[str] = frozenset()
    agreed: set[str] = field(default_factory=set)
    until: date = date.max
    tries: int = 0
    settled: bool = False
    erased: bool = False

    def allows(self, name: str, side: Side | None) -> bool:
        """Tell whether someone of a side, or a stranger, may make a move now."""
        return not self.erased and side in MOVES[name].by and self.status in MOVES[name].sources

    def moved(self, name: str, today: date) -> None:
        """Follow a move that was made."""
        self.status = MOVES[name].target
        if name == "send":
            self.agreed, self.until = set(self.asked), today + LONGEST
        if self.status is Status.CLOSED:
            self.until = min(self.until, today + AFTER_THE_END)
        if self.status not in READABLE:
            self.agreed = set()

    def readable(self, today: date) -> set[str]:
        """Give what the receiver may read today."""
        return set(self.agreed) if self.status in READABLE and today <= self.until else set()

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

"""A breaker: after a few failures in a row the server is left alone for a while."""

import time
from collections import deque
from collections.abc import Callable

FAILURES = 3
WITHIN_SECONDS = 10.0
RETRY_AFTER = 15.0


class Breaker:
    """Counts the failures of one process: the third within ten seconds opens it, and then it lets one try at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=FAILURES)
        self._tried: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the server is left alone now."""
        return self._tried is not None

    def lets_through(self) -> bool:
        """Whether to ask the server. While open, one question every fifteen seconds finds out whether it is back."""
        if self._tried is None:
            return True
        if self._clock() - self._tried < RETRY_AFTER:
            return False
        self._tried = self._clock()
        return True

    def worked(self) -> bool:
        """Note that the server answered; tell whether it had been away."""
        was_open = self.is_open
        self._tried = None
        self._failures.clear()
        return was_open

    def failed(self) -> None:
        """Note that the server did not answer."""
        now = self._clock()
        self._failures.append(now)
        if self.is_open or (len(self._failures) == FAILURES and now - self._failures[0] <= WITHIN_SECONDS):
            self._tried = now

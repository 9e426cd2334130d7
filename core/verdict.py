"""A yes, or a no with a reason for people: the answer of every `may`."""

from dataclasses import dataclass

from core.errors import NotAllowed


@dataclass(frozen=True)
class Verdict:
    """True when there is no reason against it."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason

    def require(self) -> None:
        """Raise NotAllowed with the reason when the answer is no."""
        if self.reason:
            raise NotAllowed(self.reason)


ALLOWED = Verdict()

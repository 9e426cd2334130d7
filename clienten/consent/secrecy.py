"""Shared professional secrecy: five conditions that must all hold, checked one by one (domain.md P-05). No queries."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clienten.models import LegalBasis
from organisaties.roles import SecrecyRegime

BOUND, TASK, NEEDED, INTEREST, INFORMED = "bound", "same_task", "needed", "interest", "informed"
SENTENCES: dict[str, str | Promise] = {
    BOUND: _("Both sides keep professional secrecy."),
    TASK: _("Both help the same person with the same question."),
    NEEDED: _("Each piece is needed for that help, and chosen one by one."),
    INTEREST: _("It is in the interest of this person."),
    INFORMED: _("This person knows it and said yes."),
}


@dataclass(frozen=True)
class Condition:
    """One of the five, met or not."""

    code: str
    met: bool

    @property
    def sentence(self) -> str:
        """Say what must hold."""
        return str(SENTENCES[self.code])


def conditions(
    *, regimes: Collection[str], same_question: bool, needed: bool, interest: bool, informed: bool
) -> list[Condition]:
    """Check the five. `regimes` are those of both sides."""
    bound = bool(regimes) and all(regime == SecrecyRegime.PROFESSIONAL for regime in regimes)
    met = {BOUND: bound, TASK: same_question, NEEDED: needed, INTEREST: interest, INFORMED: informed}
    return [Condition(code, met[code]) for code in SENTENCES]


def basis(found: Collection[Condition]) -> LegalBasis:
    """Give the ground: shared secrecy only when all five hold; otherwise it rests on the explicit yes alone."""
    return LegalBasis.SHARED_SECRECY if all(one.met for one in found) else LegalBasis.CONSENT

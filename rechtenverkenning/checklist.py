"""The checklist for one household: every published right weighed, grouped by outcome, and what to ask next.

Nothing here is stored. A conversation that wants to keep the outcome keeps `Checklist.to_keep()` itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext

from rechtenverkenning.answers import Sheet
from rechtenverkenning.asking import next_question
from rechtenverkenning.household import Household
from rechtenverkenning.models import Automatic, Question, Right, ThresholdValue
from rechtenverkenning.rules import Judge, NextQuestion, Outcome, Result, RuleBook, Status, assess_with
from rechtenverkenning.wording import answer_words

# Shown open; the other two are folded and carry their count.
OPEN_GROUPS = (Outcome.LIKELY, Outcome.POSSIBLE)
ORDER = (Outcome.LIKELY, Outcome.POSSIBLE, Outcome.UNKNOWN, Outcome.UNLIKELY)
ANCHORS = {
    Outcome.LIKELY: "waarschijnlijk",
    Outcome.POSSIBLE: "misschien",
    Outcome.UNKNOWN: "nog-niet-bekend",
    Outcome.UNLIKELY: "waarschijnlijk-niet",
}
OUTCOME_WORDS: dict[Outcome, Callable[[], str]] = {
    Outcome.LIKELY: lambda: pgettext("outcome of a right", "likely"),
    Outcome.POSSIBLE: lambda: pgettext("outcome of a right", "maybe"),
    Outcome.UNKNOWN: lambda: pgettext("outcome of a right", "we do not know yet"),
    Outcome.UNLIKELY: lambda: pgettext("outcome of a right", "unlikely"),
}


@dataclass(frozen=True)
class Row:
    """One right with what the checklist says about it."""

    right: Right
    result: Result
    decides: str = ""  # the one question that is left, in a few words

    @property
    def met(self) -> int:
        """Count the reasons that speak for it."""
        return sum(reason.status is Status.MET for reason in self.result.reasons)


@dataclass(frozen=True)
class Group:
    """The rights with one outcome, the most useful first."""

    outcome: Outcome
    rows: list[Row]

    @property
    def label(self) -> str:
        """Say the outcome, careful as it is."""
        return OUTCOME_WORDS[self.outcome]()

    @property
    def anchor(self) -> str:
        """Give the place on the page that the tally leads to."""
        return ANCHORS[self.outcome]

    @property
    def folded(self) -> bool:
        """Tell whether the group starts closed."""
        return self.outcome not in OPEN_GROUPS


@dataclass(frozen=True)
class Checklist:
    """Everything that the screen shows."""

    sheet: Sheet
    book: RuleBook
    groups: list[Group]
    next: NextQuestion | None
    known: list[str]  # the answers in a few words each
    checked_on: date | None  # the newest check of a description

    @property
    def name(self) -> str:
        """Say whose rights these are; empty when they are the reader's own."""
        return self.book.name

    @property
    def total(self) -> int:
        """Count the rights that were weighed."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def answered(self) -> int:
        """Count the questions that were really answered."""
        return len(self.sheet.answers.answered())

    def to_keep(self) -> dict[str, str]:
        """Give the outcome per code, for who has the client's agreement to keep it."""
        return {row.right.code: str(row.result.outcome) for group in self.groups for row in group.rows}


def load_book(on: date, name: str = "") -> RuleBook:
    """Read the questions and the ceilings, in two queries."""
    questions = {row.fact: row.as_question() for row in Question.objects.all()}
    ceilings = [row.as_threshold() for row in ThresholdValue.objects.all()]
    return RuleBook(questions, ceilings, on, name)


def check(given: Household | Sheet, on: date, *, name: str = "") -> Checklist:
    """Weigh every published right, in three queries.

    `given` is a Household, or a Sheet that also knows which questions were passed over.
    `name` makes reasons and questions speak about someone instead of to the reader.
    """
    sheet = given if isinstance(given, Sheet) else Sheet(given)
    rights = list(Right.objects.for_check())
    book = load_book(on, name)
    judge = Judge(sheet.answers, book)
    rules = [right.rule() for right in rights]
    rows = [_row(right, assess_with(judge, rule), book) for right, rule in zip(rights, rules, strict=True)]
    alive = [rule for rule, row in zip(rules, rows, strict=True) if not row.result.ended]
    return Checklist(
        sheet=sheet,
        book=book,
        groups=[Group(outcome, _in_order(outcome, rows)) for outcome in ORDER],
        next=next_question(sheet, alive, book),
        known=known_words(sheet.answers, book),
        checked_on=max((right.checked_on for right in rights), default=None),
    )


def _row(right: Right, result: Result, book: RuleBook) -> Row:
    question = book.questions.get(result.deciding)
    return Row(right, result, question.short(book.name) if question else "")


def _in_order(outcome: Outcome, rows: Sequence[Row]) -> list[Row]:
    """Put first what someone should look at first; equal ones in the order of their codes."""
    found = [row for row in rows if row.result.outcome is outcome]
    if outcome is Outcome.UNKNOWN:
        return sorted(found, key=lambda row: len(row.result.open_facts))
    if outcome is Outcome.UNLIKELY:
        return sorted(found, key=lambda row: (row.result.ended, not row.result.change))
    return sorted(found, key=_urgency)


def _urgency(row: Row) -> tuple[bool, bool, bool]:
    """Put what must be asked before what comes by itself, and what is held already last."""
    return row.result.held, row.right.automatic == Automatic.YES, not row.result.hinted


def known_words(answers: Household, book: RuleBook) -> list[str]:
    """Say each answer in a few words. The ages of the children say their number too."""
    weighed = answers.completed()
    given = {fact: answer for fact, answer in answers.answered().items() if weighed.get(fact) == answer}
    if given.get("child_ages"):
        given.pop("children", None)
    return [answer_words(book.questions[fact], answer) for fact, answer in given.items() if fact in book.questions]

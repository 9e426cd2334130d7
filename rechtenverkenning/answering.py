"""Reads one answer from a posted question, or says in words what is the matter with it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from rechtenverkenning.answers import UNKNOWN, BadAnswer, Sheet, parse
from rechtenverkenning.household import FACTS, Answer

FACT, ANSWER, STEP, SKIP = "fact", "answer", "step", "skip"


def problem_words(problem: BadAnswer) -> str:
    """Say what is the matter and what to do now."""
    match problem.code:
        case "number":
            return _("Type a number. For example 34.")
        case "too_high":
            return _("That number is too high. Type at most %(top)s.") % {"top": problem.top}
        case "ages":
            return _("Type the ages with a comma. For example 4, 9.")
    return _("Choose one of the answers.")


def read(fact: str, values: Sequence[str]) -> Answer | None:
    """Read one answer; None when it was left open. Raises ValidationError in words for people."""
    try:
        return parse(fact, values)
    except BadAnswer as problem:
        raise ValidationError(problem_words(problem), code=problem.code) from problem


def take_answer(sheet: Sheet, data: QueryDict) -> Sheet:
    """Add the answer that was posted to a sheet; skipping and not knowing pass the question over.

    Raises ValidationError when it is no answer; nothing is lost then, since the sheet stays as it was.
    """
    fact = data.get(FACT, "")
    if fact not in FACTS:
        return sheet
    values = data.getlist(ANSWER)
    if data.get(STEP) == SKIP or values == [UNKNOWN]:
        return sheet.with_answer(fact, None)
    answer = read(fact, values)
    if answer is None:
        raise ValidationError(_("Choose an answer, or skip this question."), code="empty")
    return sheet.with_answer(fact, answer)

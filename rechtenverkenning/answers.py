"""Answers as they travel in a form: text in, checked values out, and back. Pure: no Django, no storage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rechtenverkenning.household import ASK_AFTER, FACTS, NONE_OF_THESE, Answer, Fact, Household, Shape

UNKNOWN = "unknown"
SKIPPED = "skipped"
MOST_CHILDREN = 20


class BadAnswer(ValueError):
    """Refuses a text as an answer; `code` says why: number, too_high, ages or choice."""

    def __init__(self, code: str, top: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.top = top


@dataclass(frozen=True)
class Sheet:
    """One household's answers, and the questions that it was asked but could not or would not answer."""

    answers: Household
    skipped: frozenset[str] = frozenset()

    def without(self, fact: str) -> "Sheet":
        """Forget one answer, so that the question comes back."""
        raw = {name: answer for name, answer in self.answers.answered().items() if name != fact}
        return Sheet(Household(**raw), self.skipped - {fact})  # type: ignore[arg-type]

    def with_answer(self, fact: str, answer: Answer | None) -> "Sheet":
        """Add one answer; None notes that the question was passed over."""
        kept = self.without(fact)
        if answer is None:
            return Sheet(kept.answers, kept.skipped | {fact})
        return Sheet(Household(**{**kept.answers.answered(), fact: answer}), kept.skipped)  # type: ignore[arg-type]

    def passed_over(self) -> frozenset[str]:
        """Name the questions not to ask (again): passed over, or following one that was."""
        return self.skipped | {fact for fact, before in ASK_AFTER.items() if before in self.skipped}


def _whole_number(text: str, top: int) -> int:
    """Read "1.450,50", "€ 1450" or "34 jaar" as a whole number."""
    text = re.sub(r"(?i)[€\s']|euro|jaar|eur", "", text)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    whole = re.fullmatch(r"(\d{1,9})([.,]\d{0,2})?", text)
    if not whole:
        raise BadAnswer("number")
    number = int(whole[1])
    if number > top:
        raise BadAnswer("too_high", top)
    return number


def _ages(text: str, top: int) -> tuple[int, ...]:
    """Read "4, 9 en 12" as ages."""
    found = re.findall(r"\d+", text)
    if not found or len(found) > MOST_CHILDREN or re.sub(r"(?i)[\d\s,;.+&/]|en|jaar", "", text):
        raise BadAnswer("ages")
    ages = tuple(sorted(int(age[:4]) for age in found))
    if ages[-1] > top:
        raise BadAnswer("too_high", top)
    return ages


def _chosen(values: Sequence[str], fact: Fact) -> frozenset[str]:
    """Check ticks against the options; a thing that was ticked beats "none of these"."""
    chosen = frozenset(values)
    if not chosen or not chosen <= set(fact.options):
        raise BadAnswer("choice")
    return chosen - {NONE_OF_THESE} or chosen


def parse(name: str, values: Sequence[str]) -> Answer | None:
    """Read one answer from a form; None when the question was left open or the answer is not known.

    Raises BadAnswer with a code that the form turns into a sentence.
    """
    fact = FACTS[name]
    texts = [value.strip() for value in values if value.strip()]
    if not texts or texts == [UNKNOWN]:
        return None
    match fact.shape:
        case Shape.NUMBER:
            return _whole_number(texts[0], fact.top)
        case Shape.AGES:
            return _ages(texts[0], fact.top)
        case Shape.MANY:
            return _chosen(texts, fact)
    (chosen,) = _chosen(texts[:1], fact)
    return chosen == "yes" if fact.shape is Shape.YES_NO else chosen


def to_texts(answer: Answer) -> list[str]:
    """Write one answer as the texts that `parse` reads."""
    if isinstance(answer, bool):
        return ["yes" if answer else "no"]
    if isinstance(answer, frozenset):
        return sorted(answer)
    if isinstance(answer, tuple):
        return [", ".join(str(age) for age in answer)]
    return [str(answer)]


def to_lists(sheet: Sheet) -> dict[str, list[str]]:
    """Write a sheet as plain lists of texts: for hidden fields, and for who keeps it as JSON."""
    lists = {name: to_texts(answer) for name, answer in sheet.answers.answered().items()}
    return lists | ({SKIPPED: sorted(sheet.skipped)} if sheet.skipped else {})


def to_pairs(sheet: Sheet) -> list[tuple[str, str]]:
    """Write a sheet as the name and value pairs of hidden fields."""
    return [(name, text) for name, texts in to_lists(sheet).items() for text in texts]


def _safely(name: str, values: Sequence[str]) -> Answer | None:
    try:
        return parse(name, values)
    except BadAnswer:
        return None


def from_lists(lists: Mapping[str, Sequence[str]]) -> Sheet:
    """Read what `to_lists` wrote; what does not parse counts as not answered."""
    read = {name: _safely(name, lists.get(name, ())) for name in FACTS}
    given = {name: answer for name, answer in read.items() if answer is not None}
    return Sheet(Household(**given), frozenset(lists.get(SKIPPED, ())) & set(FACTS) - set(given))  # type: ignore[arg-type]

"""The words of the checklist: questions, answers and reasons, all from editable data. Pure: no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rechtenverkenning.conditions import Condition, Op
from rechtenverkenning.household import FACTS, NONE_OF_THESE, Answer, Shape
from rechtenverkenning.thresholds import Limit, Position, Unit

# The phrases that a question needs beside its options. %(value)s is the answer, %(limit)s the rule.
PHRASES_OF_SHAPE: Mapping[Shape, tuple[str, ...]] = {
    Shape.NUMBER: ("known", "too_low", "too_high", "rule_low", "rule_high", "change_low"),
    Shape.AGES: ("known", "known_more", "none_between", "rule_between"),
}
INCOME_PHRASES = (
    "below", "above", "above_old", "near", "no_limit", "rule_below", "change_below", "per_month", "per_year",
)  # fmt: skip


@dataclass(frozen=True)
class Option:
    """One answer: what the button says, the few words for a reason, and how one gets there."""

    code: str
    label: str
    words: str
    change: str = ""
    label_worker: str = ""  # where the label speaks as "ik"


@dataclass(frozen=True)
class Question:
    """One plain question, in the form for the reader and in the form about someone (%(name)s)."""

    fact: str
    order: int
    client: str
    worker: str
    short_client: str
    short_worker: str
    why: str
    usual: str = ""  # the option that nearly everyone gives, so that asking it early settles little
    opening: bool = False  # easy and kind to begin with: asked before the arithmetic starts
    options: tuple[Option, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        """Give the shape of its answer."""
        return FACTS[self.fact].shape

    @property
    def needed_phrases(self) -> tuple[str, ...]:
        """Name the phrases that its answers and reasons are made of."""
        extra = INCOME_PHRASES if self.fact == "income" else ()
        return (*PHRASES_OF_SHAPE.get(self.shape, ()), *extra)

    def text(self, name: str = "") -> str:
        """Ask about `name`, or ask the reader when there is none."""
        return _about(self.worker, name) if name else self.client

    def short(self, name: str = "") -> str:
        """Ask in a few words, for a list of reasons."""
        return _about(self.short_worker, name) if name else self.short_client

    def option(self, code: str) -> Option:
        """Find an option by its code; an unknown code stands for itself."""
        return next((option for option in self.options if option.code == code), Option(code, code, code))


def _about(text: str, name: str) -> str:
    return text.replace("%(name)s", name)


def _fill(text: str, **parts: str) -> str:
    """Fill in placeholders; unlike `%` a stray percent sign of an editor does no harm."""
    for name, part in parts.items():
        text = text.replace(f"%({name})s", part)
    return text


def number_words(number: float) -> str:
    """Write 1450.4 as "1.450"."""
    return f"{round(number):,}".replace(",", ".")


def listed(words: list[str], last: str = "en") -> str:
    """Write ["4", "9", "12"] as "4, 9 en 12"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def answer_words(question: Question, answer: Answer) -> str:
    """Say one answer in a few words: "34 jaar", "woont alleen", "geen eigen huis"."""
    if isinstance(answer, bool):
        return question.option("yes" if answer else "no").words
    if isinstance(answer, frozenset):
        return ", ".join(option.words for option in question.options if option.code in answer)
    if isinstance(answer, tuple):
        phrase = "known" if len(answer) == 1 else "known_more"
        return _fill(question.phrases[phrase], value=listed([str(age) for age in answer])) if answer else ""
    if isinstance(answer, int):
        one = question.phrases.get("known_one") if answer == 1 else None
        none = question.phrases.get("known_none") if answer == 0 else None
        return _fill(none or one or question.phrases["known"], value=number_words(answer))
    return question.option(answer).words


def met_words(question: Question, condition: Condition, answer: Answer) -> str:
    """Say why a condition is met: the fact with its figure."""
    if condition.op is Op.ANY_BETWEEN and isinstance(answer, tuple):
        low, high = condition.value
        return answer_words(question, tuple(age for age in answer if low <= age <= high))
    if condition.op is Op.ONE_OF and isinstance(answer, frozenset):
        return answer_words(question, answer & set(condition.value))
    return answer_words(question, answer)


def missed_words(question: Question, condition: Condition, answer: Answer) -> str:
    """Say why a condition is not met: the fact with its figure, and the rule where it is a number."""
    if condition.note:
        return condition.note
    match condition.op:
        case Op.AT_LEAST | Op.AT_MOST:
            phrase = "too_low" if condition.op is Op.AT_LEAST else "too_high"
            value = number_words(answer) if isinstance(answer, int) else ""
            return _fill(question.phrases[phrase], value=value, limit=number_words(condition.value))
        case Op.ANY_BETWEEN:
            low, high = condition.value
            return _fill(question.phrases["none_between"], low=str(low), high=str(high))
        case Op.NONE_OF if isinstance(answer, frozenset):
            return answer_words(question, answer & set(condition.value))
    return answer_words(question, answer)


def limit_words(question: Question, limit: Limit) -> str:
    """Say a ceiling: "1.812 euro per maand"."""
    phrase = "per_year" if limit.unit is Unit.YEAR_TAXABLE else "per_month"
    return _fill(question.phrases[phrase], limit=number_words(limit.high))


def income_words(question: Question, position: Position, limit: Limit | None) -> str:
    """Say where the income stands; an amount older than a year always carries its year."""
    if limit is None:
        return question.phrases["no_limit"]
    phrase = "above_old" if limit.old and position is Position.ABOVE else str(position)
    return _fill(question.phrases[phrase], limit=limit_words(question, limit), year=str(limit.valid_from.year))


def change_words(question: Question, condition: Condition, limit: Limit | None = None) -> str:
    """Say how someone would come to meet a condition; empty when nobody can do that."""
    if condition.change:
        return condition.change
    match condition.op:
        case Op.IS:
            return question.option("yes" if condition.value else "no").change
        case Op.ONE_OF:
            ways = [option.change for option in question.options if option.code in condition.value]
            return listed([way for way in ways if way][:2], "of")
        case Op.AT_LEAST:
            return _fill(question.phrases["change_low"], limit=number_words(condition.value))
        case Op.BELOW if limit is not None:
            return _fill(question.phrases["change_below"], limit=limit_words(question, limit))
    return ""


def rule_words(question: Question, condition: Condition) -> str:
    """Say the rule itself, without anyone's answers: "minstens 18 jaar"."""
    match condition.op:
        case Op.IS:
            return question.option("yes" if condition.value else "no").words
        case Op.AT_LEAST | Op.AT_MOST:
            phrase = "rule_low" if condition.op is Op.AT_LEAST else "rule_high"
            return _fill(question.phrases[phrase], limit=number_words(condition.value))
        case Op.ANY_BETWEEN:
            low, high = condition.value
            return _fill(question.phrases["rule_between"], low=str(low), high=str(high))
        case Op.BELOW:
            return question.phrases["rule_below"]
    return listed([option.words for option in question.options if option.code in _named(condition)], "of")


def names_who_not(condition: Condition) -> bool:
    """Tell whether the rule is shortest said by who it leaves out: "niet bij een eigen zaak"."""
    return condition.op is Op.NONE_OF and NONE_OF_THESE not in condition.value


def _named(condition: Condition) -> set[str]:
    """Give the options that the words of a rule name."""
    chosen = set(condition.value)
    if condition.op is Op.ONE_OF or names_who_not(condition):
        return chosen
    return set(FACTS[condition.fact].options) - chosen

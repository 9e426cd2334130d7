"""The arithmetic of rights: from conditions and answers to an outcome with reasons. Pure: no Django.

The outcome is advice and never a yes or a no: only the competent body decides. What was not answered
never sends anyone away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from rechtenverkenning.answers import parse
from rechtenverkenning.conditions import AllOf, AnyOf, Certainty, Condition, Node, Op, leaves
from rechtenverkenning.household import Answer, Household
from rechtenverkenning.thresholds import Limit, Position, Threshold, compare, limit_for
from rechtenverkenning.wording import Question, change_words, income_words, met_words, missed_words

STALE_DAYS = 366


class Outcome(StrEnum):
    """What the checklist says about one right, best first."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"
    UNLIKELY = "unlikely"


class Status(IntEnum):
    """How one condition stands; of several parts the worst counts (all) or the best (any)."""

    MISSED = 0
    DOUBTFUL = 1  # missed, but the body weighs it
    UNKNOWN = 2
    MET = 3


class Sureness(StrEnum):
    """How sure we are of our own description of a right."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Rule:
    """What the engine needs of one right."""

    code: str
    root: AllOf
    already: tuple[Node, ...] = ()  # one of these met: the household has this right now
    hint_when: tuple[Node, ...] = ()  # one of these met: "look at this one too"
    checked_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    sureness: Sureness = Sureness.HIGH


@dataclass(frozen=True)
class RuleBook:
    """The questions and dated ceilings that hold on one day; `name` words the reasons about someone."""

    questions: Mapping[str, Question]
    thresholds: Sequence[Threshold]
    on: date
    name: str = ""


@dataclass(frozen=True)
class Reason:
    """One reason in the words of people. `fact` is empty when no question is behind it."""

    status: Status
    text: str
    fact: str = ""
    plain: bool = False  # met, but so is everyone: not worth saying beside better reasons

    @property
    def side(self) -> str:
        """Say which way it points: yes, unknown or no."""
        return {Status.MET: "yes", Status.UNKNOWN: "unknown"}.get(self.status, "no")


@dataclass(frozen=True)
class Result:
    """What the checklist says about one right for one household."""

    code: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    open_facts: frozenset[str] = frozenset()  # questions whose answer can still change the outcome
    change: str = ""  # the smallest change that would make it likely
    held: bool = False
    hinted: bool = False
    stale: bool = False
    ended: bool = False

    @property
    def deciding(self) -> str:
        """The one question that is left, or nothing."""
        return next(iter(self.open_facts)) if len(self.open_facts) == 1 else ""


@dataclass(frozen=True)
class NextQuestion:
    """The best question to ask now, and how many rights some answer to it settles."""

    question: Question
    settles: int


class Judge:
    """Weighs conditions for one household. Remembers ceilings, since many rights share them."""

    def __init__(self, answers: Household, book: RuleBook) -> None:
        self.answers = answers.completed()
        self.book = book
        self._limits: dict[str, Limit | None] = {}

    def limit(self, key: str) -> Limit | None:
        """Find the ceiling `key` for this household, once."""
        if key not in self._limits:
            self._limits[key] = limit_for(key, self.answers, self.book.thresholds, self.book.on)
        return self._limits[key]

    def position(self, key: str) -> Position | None:
        """Where the income stands; None without an answer or without a ceiling."""
        limit = self.limit(key)
        if limit is None or self.answers.income is None:
            return None
        return compare(self.answers.income, limit, self.book.on)

    def status(self, node: Node) -> Status:
        """Say how one condition or group stands."""
        if isinstance(node, AllOf):
            return min((self.status(part) for part in node.parts), default=Status.MET)
        if isinstance(node, AnyOf):
            return max((self.status(part) for part in node.parts), default=Status.MET)
        met = self._is_met(node)
        if met is None:
            return Status.UNKNOWN
        if met:
            return Status.MET
        return Status.MISSED if node.certainty is Certainty.HARD else Status.DOUBTFUL

    def _is_met(self, condition: Condition) -> bool | None:
        """Tell whether a condition holds; None when that is not known."""
        if condition.op is Op.JUDGED:
            return None
        if condition.op is Op.BELOW:
            return {Position.BELOW: True, Position.ABOVE: False}.get(self.position(condition.value) or Position.NEAR)
        answer = self.answers.get(condition.fact)
        return None if answer is None else holds(condition, answer)

    def open_facts(self, node: Node) -> frozenset[str]:
        """Name the questions whose answer can still change how this node stands."""
        status = self.status(node)
        if isinstance(node, Condition):
            return self._open_facts_of(node) if status is Status.UNKNOWN else frozenset()
        closed = Status.MISSED if isinstance(node, AllOf) else Status.MET
        if status is closed:
            return frozenset()
        return frozenset().union(*(self.open_facts(part) for part in node.parts))

    def _open_facts_of(self, condition: Condition) -> frozenset[str]:
        if condition.op is Op.JUDGED:
            return frozenset()
        if condition.op is not Op.BELOW:
            return frozenset({condition.fact})
        limit = self.limit(condition.value)
        if limit is None:
            return frozenset()
        sizing = ("household", "children") if limit.low != limit.high else ()
        return frozenset(fact for fact in ("income", *sizing) if self.answers.get(fact) is None)

    def tells(self, condition: Condition, status: Status) -> bool:
        """Tell whether a leaf says something about this household in particular."""
        if condition.entry or condition.op is Op.JUDGED:
            return False
        return status is not Status.UNKNOWN or not self._open_facts_of(condition)

    def reason(self, condition: Condition) -> Reason:
        """Say how one condition stands."""
        status = self.status(condition)
        if condition.op is Op.JUDGED:
            return Reason(status, condition.note)
        question = self.book.questions[condition.fact]
        answer = self.answers.get(condition.fact)
        if status is Status.UNKNOWN and self._open_facts_of(condition):
            fact = condition.fact if answer is None else min(self._open_facts_of(condition))
            return Reason(status, self.book.questions[fact].short(self.book.name), fact)
        if condition.op is Op.BELOW:
            position = self.position(condition.value) or Position.NEAR
            return Reason(status, income_words(question, position, self.limit(condition.value)), "income")
        if answer is None:
            raise ValueError(condition)
        if status is Status.MET:
            return Reason(status, met_words(question, condition, answer), condition.fact, condition.entry)
        return Reason(status, missed_words(question, condition, answer), condition.fact)

    def reasons(self, node: Node) -> list[Reason]:
        """Say how a node stands: of alternatives only those that matter."""
        if isinstance(node, Condition):
            return [self.reason(node)]
        if isinstance(node, AllOf):
            return [reason for part in node.parts for reason in self.reasons(part)]
        status = self.status(node)
        if status <= Status.DOUBTFUL and node.missed:
            return [Reason(status, node.missed)]
        telling = [part for part in node.parts if self.status(part) is status]
        return [reason for part in telling for reason in self.reasons(part)][: 1 if status is Status.MET else 3]

    def changes(self, node: Node) -> list[str] | None:
        """Find the fewest changes that make a node met; None when someone would have to be another person."""
        if isinstance(node, AllOf):
            parts = [self.changes(part) for part in node.parts]
            return None if None in parts else [change for part in parts if part for change in part]
        if isinstance(node, AnyOf):
            ways = [way for way in (self.changes(part) for part in node.parts) if way is not None]
            return min(ways, key=len, default=None)
        if self.status(node) is Status.MET or node.op is Op.JUDGED:
            return []
        limit = self.limit(node.value) if node.op is Op.BELOW else None
        words = change_words(self.book.questions[node.fact], node, limit)
        return [words] if words else None


def holds(condition: Condition, answer: Answer) -> bool:
    """Compare one answer with a condition that is not about a ceiling."""
    match condition.op:
        case Op.IS:
            return answer is condition.value
        case Op.AT_LEAST:
            return isinstance(answer, int) and answer >= condition.value
        case Op.AT_MOST:
            return isinstance(answer, int) and answer <= condition.value
        case Op.ANY_BETWEEN:
            low, high = condition.value
            return isinstance(answer, tuple) and any(low <= age <= high for age in answer)
    given = answer if isinstance(answer, frozenset) else {answer}
    return given.isdisjoint(condition.value) is (condition.op is Op.NONE_OF)


def _outcome(judge: Judge, root: AllOf, open_facts: frozenset[str]) -> Outcome:
    """Weigh the whole. POSSIBLE needs a sign: something that is met, or nothing left to ask."""
    status = judge.status(root)
    if status is Status.MISSED:
        return Outcome.UNLIKELY
    if status is Status.MET:
        return Outcome.LIKELY
    found = [judge.status(leaf) for leaf in leaves(root) if judge.tells(leaf, judge.status(leaf))]
    if not open_facts:
        return Outcome.POSSIBLE if found else Outcome.UNKNOWN
    promising = len(open_facts) == 1 and Status.MET in found and not _usually_missed(judge, root, open_facts)
    return Outcome.POSSIBLE if promising else Outcome.UNKNOWN


def _usually_missed(judge: Judge, root: AllOf, open_facts: frozenset[str]) -> bool:
    """Tell whether the one answer that is left would nearly always end it: then it is no sign yet."""
    (fact,) = open_facts
    usual = judge.book.questions[fact].usual
    if not usual:
        return False
    guessed = replace(judge.answers, **{fact: parse(fact, [usual])})  # type: ignore[arg-type]
    return Judge(guessed, judge.book).status(root) is Status.MISSED


def is_stale(checked_on: date | None, on: date) -> bool:
    """Tell whether a description was not checked for more than twelve months."""
    return checked_on is None or (on - checked_on).days > STALE_DAYS


def assess(rule: Rule, answers: Household, book: RuleBook) -> Result:
    """Say what the checklist thinks of one right for one household.

    A description that was not checked for a year, or that we are not sure of, never says more than POSSIBLE.
    Reasons are in reading order: met, unknown, missed.
    """
    return assess_with(Judge(answers, book), rule)


def assess_with(judge: Judge, rule: Rule) -> Result:
    """As `assess`, with a judge that is shared between rights."""
    on = judge.book.on
    if (rule.valid_to and rule.valid_to < on) or (rule.valid_from and rule.valid_from > on):
        return Result(rule.code, Outcome.UNLIKELY, (), ended=True)
    stale = is_stale(rule.checked_on, on)
    held = [node for node in rule.already if judge.status(node) is Status.MET]
    if held:
        return Result(rule.code, Outcome.LIKELY, tuple(judge.reasons(held[0])), held=True, stale=stale)
    open_facts = judge.open_facts(rule.root)
    outcome = _capped(_outcome(judge, rule.root, open_facts), rule.sureness, stale=stale)
    reasons = sorted(_worth_saying(judge.reasons(rule.root)), key=lambda reason: -reason.status)
    hinted = any(judge.status(node) is Status.MET for node in rule.hint_when)
    result = Result(rule.code, outcome, tuple(reasons), open_facts, hinted=hinted, stale=stale)
    return replace(result, change=_change(judge, rule.root, result))


def _capped(outcome: Outcome, sureness: Sureness, *, stale: bool) -> Outcome:
    if stale and outcome in (Outcome.LIKELY, Outcome.UNLIKELY):
        return Outcome.POSSIBLE
    if sureness is Sureness.LOW and outcome is Outcome.LIKELY:
        return Outcome.POSSIBLE
    return outcome


def _worth_saying(reasons: Iterable[Reason]) -> list[Reason]:
    """Drop repeats (two conditions may rest on one answer) and what says nothing beside a better reason."""
    distinct = list({(reason.status, reason.text): reason for reason in reasons}.values())
    better = [reason for reason in distinct if not reason.plain]
    return better if any(reason.status is not Status.UNKNOWN for reason in better) else distinct


def _change(judge: Judge, root: AllOf, result: Result) -> str:
    """Say the smallest change; only where it helps and is one step."""
    if result.outcome is Outcome.LIKELY or len(result.open_facts) > 1:
        return ""
    changes = judge.changes(root)
    return changes[0] if changes is not None and len(set(changes)) == 1 else ""

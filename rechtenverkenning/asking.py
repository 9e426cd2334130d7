"""Which question to ask next: the one that settles most rights. Pure: no Django, no storage."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rechtenverkenning.answers import Sheet, to_texts
from rechtenverkenning.conditions import Condition, Op, leaves
from rechtenverkenning.household import ASK_AFTER, FACTS, Answer, Shape
from rechtenverkenning.rules import Judge, NextQuestion, Rule, RuleBook, Status

# Trying every answer to every question would be slow; these are tried, by how many rights wait for them.
CANDIDATES = 10
USUAL = 0.9
_TRIAL_AGES = ((1,), (4,), (9,), (16,), (22,))
_TRIAL_INCOMES = (0, 1_200, 1_800, 2_600, 4_500)


def _waiting(rules: Sequence[Rule], judge: Judge) -> dict[str, list[Rule]]:
    """Group the rights that are not settled by the questions that they wait for."""
    waiting: dict[str, list[Rule]] = {}
    for rule in rules:
        held = any(judge.status(node) is Status.MET for node in rule.already)
        for fact in () if held else judge.open_facts(rule.root):
            waiting.setdefault(fact, []).append(rule)
    return waiting


def _may_be_asked(fact: str, sheet: Sheet, judge: Judge) -> bool:
    """Tell whether it is this question's turn: not passed over, and the one before it answered."""
    before = ASK_AFTER.get(fact)
    return fact not in sheet.passed_over() and (before is None or judge.answers.get(before) is not None)


def _conditions_on(fact: str, rules: Iterable[Rule]) -> list[Condition]:
    return [leaf for rule in rules for leaf in leaves(rule.root) if leaf.fact == fact]


def _weight(fact: str, answer: Answer, book: RuleBook) -> float:
    """Say how often people give this answer, roughly: nearly everyone gives the usual one."""
    usual = book.questions[fact].usual
    if not usual:
        return 1
    rest = len(FACTS[fact].options) - 1
    return USUAL if to_texts(answer) == [usual] else (1 - USUAL) / rest


def _trials(fact: str, rules: Sequence[Rule]) -> list[Answer]:
    """Sample answers: every option, or a number on either side of what the conditions ask."""
    shape = FACTS[fact].shape
    if shape is Shape.YES_NO:
        return [True, False]
    if shape is Shape.CHOICE:
        return list(FACTS[fact].options)
    if shape is Shape.MANY:
        return [frozenset({option}) for option in FACTS[fact].options]
    if shape is Shape.AGES:
        return list(_TRIAL_AGES)
    if fact == "income":
        return list(_TRIAL_INCOMES)
    edges = {leaf.value for leaf in _conditions_on(fact, rules) if leaf.op in (Op.AT_LEAST, Op.AT_MOST)}
    return sorted({max(0, edge + step) for edge in edges or {1} for step in (-1, 0, 1)})


def _settled_by(fact: str, answer: Answer, sheet: Sheet, book: RuleBook, rules: Sequence[Rule]) -> set[str]:
    """Name the rights that need no further question after this answer."""
    judge = Judge(replace(sheet.answers, **{fact: answer}), book)  # type: ignore[arg-type]
    return {rule.code for rule in rules if not judge.open_facts(rule.root)}


class _Gain(NamedTuple):
    """Says what a question brings; the largest one is asked."""

    opening: bool
    average: float
    place: int
    fact: str
    settles: int


def _gain(fact: str, sheet: Sheet, rules: Sequence[Rule], book: RuleBook) -> _Gain:
    """Count how many of the rights that wait for it a question settles, over the answers that people give."""
    settled = {answer: _settled_by(fact, answer, sheet, book, rules) for answer in _trials(fact, rules)}
    weights = {answer: _weight(fact, answer, book) for answer in settled}
    average = sum(len(settled[answer]) * weight for answer, weight in weights.items()) / sum(weights.values())
    question = book.questions[fact]
    count = len(set().union(*settled.values()))
    return _Gain(question.opening, 0 if question.opening else average, -question.order, fact, count)


def next_question(sheet: Sheet, rules: Sequence[Rule], book: RuleBook) -> NextQuestion | None:
    """Find the question that settles most rights on average; None when nothing is left to ask.

    Opening questions come first, in their order; equal ones come in the order of the questions too.
    """
    judge = Judge(sheet.answers, book)
    waiting = _waiting(rules, judge)
    counts = Counter({fact: len(held) for fact, held in waiting.items() if _may_be_asked(fact, sheet, judge)})
    candidates = {fact for fact, _count in counts.most_common(CANDIDATES)}
    candidates |= {fact for fact in counts if book.questions[fact].opening}
    best = max((_gain(fact, sheet, waiting[fact], book) for fact in candidates), default=None)
    return NextQuestion(book.questions[best.fact], best.settles) if best else None

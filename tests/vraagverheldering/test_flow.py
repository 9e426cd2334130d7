"""The road through a conversation, as a table."""

import pytest

from vraagverheldering.flow import (
    ACTION,
    ENDINGS,
    QUIET,
    Asked,
    Gap,
    Lack,
    Part,
    after,
    before_finishing,
    gaps,
    is_ended,
    is_touched,
    lack_of,
    settled,
)
from vraagverheldering.models import Outcome

HOUSING, DEBT, MIND = "housing", "debt", "mind"
WHOLE = Asked("whole", "blijven wonen", goal=True, step=True)


def part(code=HOUSING, name="Wonen", **state):
    return Part(code, name, **state)


@pytest.mark.parametrize(
    ("state", "touched", "lack"),
    [
        ({}, False, None),
        ({"touched": True}, True, Lack.ENDING),
        ({"touched": True, "steps": 2}, True, Lack.ENDING),
        ({"steps": 1}, True, Lack.ENDING),
        ({"outcome": "action"}, True, Lack.STEP),
        ({"touched": True, "outcome": "action"}, True, Lack.STEP),
        ({"outcome": "action", "steps": 1}, True, None),
        ({"touched": True, "outcome": "action", "steps": 3}, True, None),
        ({"touched": True, "outcome": "later"}, True, None),
        ({"touched": True, "outcome": "nothing"}, True, None),
        ({"touched": True, "outcome": "rather_not"}, True, None),
        ({"outcome": "rather_not"}, True, None),
    ],
)
def test_a_touched_domain_ends_in_a_step_a_day_or_an_explicit_nothing(state, touched, lack):
    found = part(**state)

    assert is_touched(found) is touched
    assert lack_of(found) is lack
    assert is_ended(found) is (touched and lack is None)


def test_the_rules_know_every_outcome_of_the_database():
    assert {ACTION, *ENDINGS} == set(Outcome.values)
    assert QUIET < ENDINGS


def test_gaps_come_in_the_order_of_the_domains_and_carry_their_names():
    parts = [part(touched=True), part(DEBT, "Schulden", outcome="action"), part(MIND, "Hoe je je voelt")]

    assert gaps(parts) == [Gap(Lack.ENDING, HOUSING, "Wonen"), Gap(Lack.STEP, DEBT, "Schulden")]


@pytest.mark.parametrize(
    ("parts", "questions", "missing"),
    [
        ([part()], [], [Lack.QUESTION]),
        ([part()], [WHOLE], []),
        ([part(touched=True)], [WHOLE], [Lack.ENDING]),
        ([part(touched=True)], [], [Lack.ENDING, Lack.QUESTION]),
        ([part(outcome="action", steps=1)], [], [Lack.QUESTION]),
        ([part(outcome="action", steps=1)], [WHOLE, WHOLE], []),
        ([part(touched=True, outcome="later")], [], [Lack.QUESTION]),
        ([part(touched=True, outcome="nothing")], [], []),
        ([part(outcome="rather_not"), part(DEBT, "Schulden", outcome="nothing")], [], []),
        ([part(outcome="nothing"), part(DEBT, "Schulden", outcome="later")], [], [Lack.QUESTION]),
        ([part()], [Asked("1", "rust")], [Lack.GOAL, Lack.NEXT]),
        ([part()], [Asked("1", "rust", goal=True)], [Lack.NEXT]),
        ([part()], [Asked("1", "rust", step=True)], [Lack.GOAL]),
        ([part()], [WHOLE, Asked("2", "rust", goal=True)], [Lack.NEXT]),
        ([part(outcome="nothing")], [Asked("1", "rust", step=True)], [Lack.GOAL]),
        ([part(outcome="action")], [Asked("1", "rust", goal=True)], [Lack.STEP, Lack.NEXT]),
        ([part(outcome="action")], [Asked("1", "rust", HOUSING, goal=True)], [Lack.NEXT]),
        ([part(touched=True)], [Asked("1", "rust", HOUSING, goal=True)], [Lack.ENDING, Lack.NEXT]),
    ],
)
def test_a_talk_is_finished_with_whole_questions_or_with_nothing_asked_for(parts, questions, missing):
    assert [gap.lack for gap in before_finishing(parts, questions)] == missing


def test_what_a_question_misses_says_of_which_question():
    assert before_finishing([], [WHOLE, Asked("2", "rust in huis", goal=True)]) == [
        Gap(Lack.NEXT, name="rust in huis", question="2")
    ]


def test_after_the_last_domain_comes_the_question_itself():
    codes = [HOUSING, DEBT, MIND]

    assert [after(codes, code) for code in codes] == [DEBT, MIND, None]


def test_only_domains_with_a_step_are_settled():
    parts = [
        part(outcome="action", steps=1),
        part(DEBT, "Schulden", outcome="action"),
        part(MIND, "x", outcome="later"),
    ]

    assert settled(parts) == ["Wonen"]

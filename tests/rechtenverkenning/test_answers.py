"""Answers as people type them, and back."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from rechtenverkenning.answers import BadAnswer, Sheet, from_lists, parse, to_lists
from rechtenverkenning.household import ASK_AFTER, FACTS, Household, Shape


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1450", 1450),
        ("1.450", 1450),
        ("1.450,75", 1450),
        ("1450.50", 1450),
        ("€ 1 450", 1450),
        ("1450 euro", 1450),
        ("0", 0),
        (" 780 ", 780),
    ],
)
def test_an_income_is_read_as_people_write_it(text, number):
    assert parse("income", [text]) == number


@pytest.mark.parametrize(
    ("text", "code"), [("veel", "number"), ("-5", "number"), ("1e9", "number"), ("999999", "too_high")]
)
def test_a_text_that_is_no_income_says_why(text, code):
    with pytest.raises(BadAnswer) as wrong:
        parse("income", [text])

    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("9", (9,)),
        ("9, 4", (4, 9)),
        ("4 en 9", (4, 9)),
        ("4 jaar en 9 jaar", (4, 9)),
        ("0;0", (0, 0)),
        ("4/9/12", (4, 9, 12)),
    ],
)
def test_ages_are_read_as_people_write_them(text, ages):
    assert parse("child_ages", [text]) == ages


@pytest.mark.parametrize(("text", "code"), [("negen", "ages"), ("4 x", "ages"), ("140", "too_high"), (",", "ages")])
def test_a_text_that_holds_no_ages_says_why(text, code):
    with pytest.raises(BadAnswer) as wrong:
        parse("child_ages", [text])

    assert wrong.value.code == code


def test_not_knowing_is_no_answer():
    assert parse("vt", ["unknown"]) is None
    assert parse("vt", []) is None
    assert parse("age", ["  "]) is None


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(BadAnswer):
        parse("tenure", ["castle"])


def test_a_tick_beats_none_of_these():
    assert parse("debts", ["none", "rent"]) == frozenset({"rent"})


def answers_of(fact):
    shape = FACTS[fact].shape
    if shape is Shape.YES_NO:
        return st.booleans()
    if shape is Shape.NUMBER:
        return st.integers(0, FACTS[fact].top)
    if shape is Shape.AGES:
        return st.lists(st.integers(0, 30), min_size=1, max_size=6).map(lambda ages: tuple(sorted(ages)))
    if shape is Shape.CHOICE:
        return st.sampled_from(FACTS[fact].options)
    return st.sets(st.sampled_from(FACTS[fact].options), min_size=1).map(
        lambda codes: frozenset(codes - {"none"} or codes)
    )


@given(
    st.fixed_dictionaries({}, optional={fact: answers_of(fact) for fact in FACTS}),
    st.sets(st.sampled_from(list(FACTS))),
)
def test_a_sheet_survives_the_journey_through_hidden_fields(given_answers, skipped):
    sheet = Sheet(Household(**given_answers), frozenset(skipped - set(given_answers)))

    assert from_lists(to_lists(sheet)) == sheet


def test_hidden_fields_that_were_tampered_with_count_as_not_answered():
    posted = QueryDict("age=<script>&tenure=castle&children=2&skipped=nonsense&skipped=vt&evil=1")

    sheet = from_lists(dict(posted.lists()))

    assert sheet == Sheet(Household(children=2), frozenset({"vt"}))


def test_what_follows_from_an_answer_is_filled_in_and_never_overwrites():
    assert Household(children=0).completed().child_ages == ()
    assert Household(tenure="owner").completed().owns_home is True
    assert Household(tenure="owner", owns_home=False).completed().owns_home is False
    assert Household(sources=frozenset({"work"})).completed().leefloon_3m is False


def test_a_question_that_follows_a_skipped_one_is_skipped_too():
    assert "child_ages" in Sheet(Household(), frozenset({"children"})).passed_over()
    assert set(ASK_AFTER.values()) <= set(FACTS)

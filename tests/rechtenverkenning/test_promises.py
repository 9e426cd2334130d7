"""What the checklist promises, whatever the right and whatever the answers."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rechtenverkenning import seed
from rechtenverkenning.answers import Sheet
from rechtenverkenning.asking import next_question
from rechtenverkenning.conditions import AllOf, AnyOf, Certainty, Condition, Op, leaves
from rechtenverkenning.household import FACTS, Household, Shape
from rechtenverkenning.rules import Judge, Outcome, Rule, RuleBook, Status, Sureness, assess
from tests.rechtenverkenning.test_answers import answers_of

TODAY = date(2026, 11, 28)
BOOK = RuleBook(seed.questions(), seed.thresholds(), TODAY)
RULES = seed.rules()
FRESH = date(2026, 11, 1)


def comparisons_on(fact):
    shape, options = FACTS[fact].shape, FACTS[fact].options
    if shape is Shape.YES_NO:
        return st.tuples(st.just(Op.IS), st.booleans())
    if shape is Shape.NUMBER:
        return st.tuples(st.sampled_from([Op.AT_LEAST, Op.AT_MOST]), st.integers(0, 60))
    if shape is Shape.AGES:
        return st.tuples(st.just(Op.ANY_BETWEEN), st.sampled_from([(0, 5), (3, 18), (12, 25)]))
    chosen = st.sets(st.sampled_from(options), min_size=1).map(lambda codes: tuple(sorted(codes)))
    return st.tuples(st.sampled_from([Op.ONE_OF, Op.NONE_OF]), chosen)


@st.composite
def conditions(draw):
    certainty = draw(st.sampled_from(Certainty))
    if draw(st.integers(0, 9)) == 0:
        return Condition(Op.JUDGED, note="de dienst beslist", certainty=Certainty.SOFT)
    if draw(st.integers(0, 4)) == 0:
        return Condition(Op.BELOW, "income", draw(st.sampled_from(["leefloon", "vt", "nergens"])), certainty=certainty)
    fact = draw(st.sampled_from(list(FACTS)))
    op, value = draw(comparisons_on(fact))
    return Condition(op, fact, value, certainty=certainty, entry=draw(st.booleans()))


groups = st.lists(conditions(), min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
rules = st.builds(
    lambda parts, checked_on, sureness: Rule("T01", AllOf(tuple(parts)), checked_on=checked_on, sureness=sureness),
    st.lists(st.one_of(conditions(), groups), min_size=1, max_size=4),
    st.sampled_from([FRESH, date(2024, 1, 1)]),
    st.sampled_from(Sureness),
)
answers = st.fixed_dictionaries({}, optional={fact: answers_of(fact) for fact in FACTS})


@given(rules, answers)
@settings(max_examples=120)
def test_no_outcome_comes_without_a_reason(rule, given_answers):
    result = assess(rule, Household(**given_answers), BOOK)

    assert result.reasons
    assert all(reason.text for reason in result.reasons)


@given(rules, answers, st.data())
@settings(max_examples=120)
def test_answering_more_never_makes_it_unknown_again(rule, given_answers, data):
    later = dict(given_answers)
    known = data.draw(st.sets(st.sampled_from(sorted(later)))) if later else set()
    before = assess(rule, Household(**{fact: later[fact] for fact in known}), BOOK)
    after = assess(rule, Household(**later), BOOK)

    assert after.outcome is not Outcome.UNKNOWN or before.outcome is Outcome.UNKNOWN


@given(rules, answers)
@settings(max_examples=120)
def test_a_missing_answer_sends_nobody_away(rule, given_answers):
    household = Household(**given_answers)
    result = assess(rule, household, BOOK)

    if result.outcome is Outcome.UNLIKELY:
        judge = Judge(household, BOOK)
        surely_missed = [leaf for leaf in leaves(rule.root) if judge.status(leaf) is Status.MISSED]
        assert surely_missed
        assert all(judge.answers.get(leaf.fact) is not None for leaf in surely_missed)


@given(rules, answers, st.data())
@settings(max_examples=120)
def test_who_is_sent_away_would_not_come_back_by_answering_more(rule, given_answers, data):
    later = dict(given_answers)
    known = data.draw(st.sets(st.sampled_from(sorted(later)))) if later else set()
    before = assess(rule, Household(**{fact: later[fact] for fact in known}), BOOK)

    if before.outcome is Outcome.UNLIKELY:
        assert assess(rule, Household(**later), BOOK).outcome is Outcome.UNLIKELY


@given(rules, answers)
@settings(max_examples=100)
def test_an_old_or_unsure_description_is_never_likely(rule, given_answers):
    result = assess(rule, Household(**given_answers), BOOK)

    if rule.checked_on != FRESH:
        assert result.outcome in (Outcome.POSSIBLE, Outcome.UNKNOWN)
    if rule.sureness is Sureness.LOW:
        assert result.outcome is not Outcome.LIKELY


@given(answers, st.sampled_from(RULES))
@settings(max_examples=120)
def test_every_right_of_the_seed_can_be_weighed_with_any_answers(given_answers, rule):
    result = assess(rule, Household(**given_answers), BOOK)

    assert result.reasons
    assert set(result.open_facts).isdisjoint(given_answers)


@given(answers)
@settings(max_examples=20)
def test_asking_on_and_on_ends_and_never_repeats(given_answers):
    sheet, asked = Sheet(Household()), []
    while following := next_question(sheet, RULES, BOOK):
        fact = following.question.fact
        asked.append(fact)
        sheet = sheet.with_answer(fact, given_answers.get(fact))

    assert len(asked) == len(set(asked)) <= len(FACTS)

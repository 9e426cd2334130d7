"""How conditions become an outcome with reasons."""

from datetime import date

import pytest

from rechtenverkenning import seed
from rechtenverkenning.answers import Sheet
from rechtenverkenning.asking import next_question
from rechtenverkenning.conditions import AllOf, BadCondition, from_data
from rechtenverkenning.household import Household
from rechtenverkenning.rules import Outcome, Rule, RuleBook, Status, Sureness, assess

TODAY = date(2026, 11, 28)
BOOK = RuleBook(seed.questions(), seed.thresholds(), TODAY)
ADULT = {"fact": "age", "op": "at_least", "value": 18, "entry": True}
OIL = {"fact": "heating", "op": "one_of", "value": ["oil", "propane"]}
VT = {"fact": "vt", "op": "is", "value": True}
POOR = {"fact": "income", "op": "below", "value": "leefloon"}
MOVING_SOFT = {"fact": "moving", "op": "is", "value": True, "certainty": "soft"}
JUDGED = {"op": "judged", "note": "het OCMW beslist"}


def rule(*conditions, **extra):
    fields = {"checked_on": date(2026, 11, 1), **extra}
    return Rule("T01", AllOf(tuple(from_data(condition) for condition in conditions)), **fields)


def outcome(*conditions, **answers):
    return assess(rule(*conditions), Household(**answers), BOOK).outcome


def test_without_answers_nothing_is_known():
    assert outcome(OIL) is Outcome.UNKNOWN


def test_everything_met_is_likely_and_never_more():
    result = assess(rule(OIL, VT), Household(heating="oil", vt=True), BOOK)

    assert result.outcome is Outcome.LIKELY
    assert [(reason.status, reason.text) for reason in result.reasons] == [
        (Status.MET, "verwarmt met stookolie"),
        (Status.MET, "verhoogde tegemoetkoming"),
    ]


def test_a_hard_condition_that_is_missed_makes_it_unlikely_with_the_reason():
    result = assess(rule(OIL, VT), Household(heating="gas"), BOOK)

    assert result.outcome is Outcome.UNLIKELY
    assert [reason.text for reason in result.reasons if reason.status is Status.MISSED] == ["verwarmt met aardgas"]


def test_a_soft_condition_that_is_missed_leaves_it_possible():
    assert outcome(OIL, MOVING_SOFT, heating="oil", moving=False) is Outcome.POSSIBLE


def test_what_the_body_judges_leaves_it_possible_at_most():
    assert outcome(OIL, JUDGED, heating="oil") is Outcome.POSSIBLE
    assert outcome(JUDGED) is Outcome.UNKNOWN


def test_one_open_question_with_a_sign_is_possible_and_names_the_question():
    result = assess(rule(OIL, VT), Household(vt=True), BOOK)

    assert (result.outcome, result.deciding) == (Outcome.POSSIBLE, "heating")


def test_what_nearly_everyone_meets_is_no_sign():
    assert outcome(ADULT, OIL, age=34) is Outcome.UNKNOWN


def test_a_question_that_nearly_everyone_answers_with_no_keeps_it_unknown():
    assert outcome(VT, {"fact": "student", "op": "is", "value": True}, vt=True) is Outcome.UNKNOWN


def test_one_alternative_is_enough():
    either = {"any": [VT, OIL]}

    assert outcome(either, vt=True) is Outcome.LIKELY
    assert outcome(either, vt=False) is Outcome.UNKNOWN
    assert outcome(either, vt=False, heating="gas") is Outcome.UNLIKELY


def test_alternatives_that_all_fail_say_so_in_one_reason():
    either = {"any": [VT, OIL], "missed": "geen laag inkomen"}

    result = assess(rule(either), Household(vt=False, heating="gas"), BOOK)

    assert [reason.text for reason in result.reasons] == ["geen laag inkomen"]


def test_parts_that_belong_together_inside_an_alternative():
    together = {"any": [VT, {"all": [OIL, MOVING_SOFT]}]}

    assert outcome(together, vt=False, heating="oil", moving=True) is Outcome.LIKELY
    assert outcome(together, vt=False, heating="oil", moving=False) is Outcome.POSSIBLE
    assert outcome(together, vt=False, heating="gas", moving=True) is Outcome.UNLIKELY


def test_an_income_near_the_ceiling_is_possible_without_a_question():
    result = assess(rule(POOR), Household(income=1340, household="alone", children=0), BOOK)

    assert (result.outcome, result.open_facts) == (Outcome.POSSIBLE, frozenset())
    assert result.reasons[0].text == "inkomen dicht bij de grens: laat het uitrekenen"


def test_an_income_asks_for_the_household_only_when_that_matters():
    assert assess(rule(POOR), Household(income=500), BOOK).outcome is Outcome.LIKELY
    assert assess(rule(POOR), Household(income=4000), BOOK).outcome is Outcome.UNLIKELY
    assert assess(rule(POOR), Household(income=1400), BOOK).open_facts == {"household", "children"}


def test_a_ceiling_says_its_year_and_an_old_amount_is_not_said():
    fresh = assess(rule(POOR), Household(income=4000, household="alone", children=0), BOOK)
    old = assess(rule({**POOR, "value": "vt"}), Household(income=9000, household="alone", children=0), BOOK)

    assert fresh.reasons[0].text == "inkomen boven de grens van ongeveer 1.340 euro per maand"
    assert old.reasons[0].text == "inkomen ver boven de grens van 2022"


def test_a_ceiling_that_nobody_knows_sends_nobody_away():
    result = assess(rule({**POOR, "value": "nergens"}), Household(income=9000), BOOK)

    assert result.outcome is Outcome.POSSIBLE


@pytest.mark.parametrize("answers", [{"heating": "oil"}, {"heating": "gas"}])
def test_a_description_that_nobody_checked_for_a_year_says_maybe_at_most(answers):
    stale = rule(OIL, checked_on=date(2025, 11, 1))

    result = assess(stale, Household(**answers), BOOK)

    assert (result.outcome, result.stale) == (Outcome.POSSIBLE, True)
    assert assess(stale, Household(), BOOK).outcome is Outcome.UNKNOWN


def test_a_description_that_we_are_not_sure_of_is_never_likely():
    assert assess(rule(OIL, sureness=Sureness.LOW), Household(heating="oil"), BOOK).outcome is Outcome.POSSIBLE


def test_a_right_that_stopped_or_has_not_started_says_so():
    stopped = assess(rule(OIL, valid_to=date(2026, 6, 30)), Household(heating="oil"), BOOK)
    future = assess(rule(OIL, valid_from=date(2027, 1, 1)), Household(heating="oil"), BOOK)

    assert (stopped.outcome, stopped.ended) == (Outcome.UNLIKELY, True)
    assert future.ended


def test_who_has_it_already_is_told():
    held = rule(OIL, already=(from_data(VT),))

    result = assess(held, Household(vt=True, heating="gas"), BOOK)

    assert (result.outcome, result.held) == (Outcome.LIKELY, True)


def test_a_cross_rule_hints_to_look_at_it():
    hinted = rule(OIL, hint_when=(from_data(VT),))

    assert assess(hinted, Household(vt=True), BOOK).hinted
    assert not assess(hinted, Household(vt=False), BOOK).hinted


def test_the_smallest_change_is_one_step_or_nothing():
    income = assess(rule(POOR), Household(income=4000, household="alone", children=0), BOOK)
    age = assess(rule({"fact": "age", "op": "at_least", "value": 66}), Household(age=34), BOOK)
    two = assess(rule(POOR, VT), Household(income=4000, household="alone", children=0, vt=False), BOOK)
    stay = assess(rule({"fact": "stay", "op": "one_of", "value": ["none"]}), Household(stay="belgian"), BOOK)

    assert income.change == "met een lager inkomen"
    assert age.change == "vanaf 66 jaar"
    assert two.change == ""
    assert stay.change == ""


def test_reasons_about_someone_use_the_name_and_never_guess_a_gender():
    about = RuleBook(BOOK.questions, BOOK.thresholds, TODAY, "Amina")

    result = assess(rule(OIL, VT), Household(vt=True), about)

    assert [reason.text for reason in result.reasons] == ["verhoogde tegemoetkoming", "waarmee verwarmt Amina?"]


@pytest.mark.parametrize(
    "data",
    [
        {"fact": "shoe_size", "op": "is", "value": True},
        {"fact": "age", "op": "is", "value": True},
        {"fact": "age", "op": "at_least", "value": "18"},
        {"fact": "tenure", "op": "one_of", "value": ["castle"]},
        {"fact": "tenure", "op": "one_of", "value": []},
        {"fact": "child_ages", "op": "any_between", "value": [9, 3]},
        {"fact": "age", "op": "below", "value": "leefloon"},
        {"fact": "vt", "op": "greater", "value": 1},
        {"op": "judged", "note": ""},
        {},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(data):
    with pytest.raises(BadCondition):
        from_data(data)


def test_the_next_question_is_the_one_that_settles_most():
    sheet = Sheet(Household(age=40, household="alone", children=0))
    rules = [Rule("A", rule(VT).root), Rule("B", rule(VT).root), Rule("C", rule(OIL).root)]

    following = next_question(sheet, rules, BOOK)

    assert (following.question.fact, following.settles) == ("vt", 2)


def test_the_next_question_is_never_one_that_was_passed_over():
    sheet = Sheet(Household(), frozenset({"vt"}))

    assert next_question(sheet, [Rule("A", rule(VT).root)], BOOK) is None


def test_a_following_question_waits_for_the_one_before():
    rules = [Rule("A", rule({"fact": "child_ages", "op": "any_between", "value": [0, 5]}).root)]

    assert next_question(Sheet(Household()), rules, BOOK) is None
    assert next_question(Sheet(Household(children=1)), rules, BOOK).question.fact == "child_ages"
    assert next_question(Sheet(Household(children=0)), rules, BOOK) is None

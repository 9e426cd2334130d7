"""The checklist over real rows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rechtenverkenning.answers import Sheet
from rechtenverkenning.checklist import check, load_book
from rechtenverkenning.forms import AnswersForm
from rechtenverkenning.household import Household
from rechtenverkenning.models import Right
from rechtenverkenning.rules import Outcome
from sociale_kaart.models import LifeDomain
from tests.factories.rechtenverkenning import ADULT, RightFactory, ThresholdFactory, make_questions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
VT = {"fact": "vt", "op": "is", "value": True}
ALIMONY = {"fact": "alimony", "op": "is", "value": True}


@pytest.fixture(autouse=True)
def questions():
    make_questions()


@pytest.mark.parametrize("number", [1, 30])
def test_weighing_takes_three_queries_however_many_rights_there_are(number, django_assert_num_queries):
    RightFactory.create_batch(number)
    ThresholdFactory()

    with django_assert_num_queries(3):
        checklist = check(Household(heating="oil"), TODAY)

    assert checklist.total == number


def test_what_lost_its_sense_is_not_said_to_be_known_but_comes_back_with_the_first_answer():
    answers = Household(children=0, child_ages=(4, 9), heating="oil")
    assert check(answers, TODAY).known == ["geen kinderen", "verwarmt met stookolie"]

    corrected = Sheet(answers).with_answer("children", 2)
    assert check(corrected, TODAY).known == ["kinderen van 4 en 9 jaar", "verwarmt met stookolie"]


def test_groups_come_in_order_and_hold_every_right():
    RightFactory(code="T1")
    RightFactory(code="T2", rules=[VT])
    RightFactory(code="T3", rules=[VT, ADULT])

    checklist = check(Household(heating="oil", age=12), TODAY)

    assert [(group.outcome, [row.right.code for row in group.rows]) for group in checklist.groups] == [
        (Outcome.LIKELY, ["T1"]),
        (Outcome.POSSIBLE, []),
        (Outcome.UNKNOWN, ["T2"]),
        (Outcome.UNLIKELY, ["T3"]),
    ]
    assert checklist.to_keep() == {"T1": "likely", "T2": "unknown", "T3": "unlikely"}


def test_of_one_subject_the_right_that_others_lead_to_comes_first():
    debt, other = (LifeDomain.objects.create(code=code, name=code, position=9) for code in ("debt", "mind"))
    first, hub, popular = (RightFactory(code=code) for code in ("T1", "T2", "T3"))
    elsewhere = [RightFactory(code=f"T{number}") for number in (4, 5)]
    for right, domain, related in (
        (first, debt, [hub]), (hub, debt, []), (popular, debt, []),
        *((right, other, [popular]) for right in elsewhere),
    ):  # fmt: skip
        right.life_domains, right.related = [domain], related
        right.save()

    with CaptureQueriesContext(connection) as asked:
        assert [right.code for right in Right.objects.about("debt")] == ["T2", "T1", "T3"]
    assert len(asked) == 1


def test_what_must_be_asked_comes_before_what_comes_by_itself():
    RightFactory(code="T1", automatic="yes")
    RightFactory(code="T2")
    RightFactory(code="T3", already=[{"type": "benefit_status", "value": {"fact": "vt", "answer": "yes"}}])

    likely = check(Household(heating="oil", vt=True), TODAY).groups[0]

    assert [row.right.code for row in likely.rows] == ["T2", "T1", "T3"]


def test_what_we_know_is_said_in_a_few_words():
    sheet = Sheet(Household(age=34, household="alone", children=1, child_ages=(9,), income=1450))

    checklist = check(sheet, TODAY)

    assert checklist.known == ["34 jaar", "woont alleen", "kind van 9 jaar", "ongeveer 1.450 euro per maand"]
    assert checklist.answered == 5


def test_the_question_about_someone_names_them():
    RightFactory(rules=[ALIMONY])

    checklist = check(Household(age=34, household="alone", children=1, child_ages=(9,)), TODAY, name="Amina")

    assert checklist.next.question.text(checklist.name) == "Krijgt Amina het onderhoudsgeld niet of te laat?"


def test_an_ended_right_stays_in_the_list_but_asks_nothing():
    RightFactory(valid_to=date(2026, 6, 30))

    checklist = check(Household(), TODAY)

    assert checklist.next is None
    assert checklist.groups[-1].rows[0].result.ended


def test_the_sheet_about_someone_names_them():
    questions = load_book(TODAY).questions.values()

    form = AnswersForm(questions, Sheet(Household()), name="Amina")

    assert form.sections()[0].title == "Over Amina"
    assert form["age"].label == "Hoe oud is Amina?"
    assert "Belg" in str(form["stay"])
    assert "Ik ben Belg" not in str(form["stay"])

"""The rights of one person: nothing is stored until there is a yes, and a right becomes a step."""

import pytest

from core.models import AuditEvent
from tests.factories.rechtenverkenning import RightFactory, make_questions
from tests.factories.vraagverheldering import ClarifiedQuestionFactory
from vraagverheldering.models import NextStep, RightsResult

pytestmark = pytest.mark.django_db
OIL = {"age": "34", "household": "alone", "children": "0", "tenure": "owner", "heating": "oil"}


@pytest.fixture(autouse=True)
def questions(db):
    make_questions()


@pytest.fixture
def oil():
    return RightFactory(name="Oliepremie")


def url(talk, *parts):
    return "/".join(["/gesprekken", str(talk.pk), "rechten", *parts, ""])


def text(answer):
    return " ".join(answer.text.split())


def test_the_first_page_asks_about_the_person_by_name(page, talk):
    RightFactory(rules=[{"fact": "age", "op": "at_least", "value": 65}])

    words = text(page.get(url(talk)))

    assert "Rechten van Amina" in words
    assert "Alleen de bevoegde dienst beslist." in words
    assert "Hoe oud is Amina?" in words


def test_an_answer_travels_in_the_page_and_is_stored_nowhere(page, talk, oil):
    words = text(page.post(url(talk), {**OIL, "heating": "", "fact": "heating", "answer": "oil"}))

    assert "Oliepremie" in words
    assert '<input type="hidden" name="heating" value="oil">' in words
    assert not RightsResult.objects.exists()
    assert page.session.get("heating") is None


def test_a_wrong_answer_is_said_and_nothing_is_lost(page, talk, oil):
    RightFactory(rules=[{"fact": "age", "op": "at_least", "value": 65}])

    answer = page.post(url(talk), {**OIL, "age": "", "fact": "age", "answer": "oud"})

    assert answer.context["asked"].error
    assert 'value="oud"' in answer.text
    assert '<input type="hidden" name="heating" value="oil">' in answer.text


def test_a_right_becomes_a_step_once(page, talk, oil):
    for _time in range(2):
        answer = page.post(url(talk), {**OIL, "go": f"tackle:{oil.code}"})

    step = NextStep.objects.get()
    assert (step.kind, step.right_code, step.what) == ("right", oil.code, "Aanvragen: Oliepremie")
    assert "bij de stappen" in answer.text
    assert '<input type="hidden" name="heating" value="oil">' in answer.text


def test_a_right_that_is_not_published_becomes_no_step(page, talk):
    assert page.post(url(talk), {**OIL, "go": "tackle:R999"}).status_code == 404


def test_without_the_tick_nothing_is_kept_and_the_answers_stay_on_the_page(page, talk, oil):
    answer = page.post(url(talk), {**OIL, "go": "keep"})

    assert "Vraag het eerst aan Amina." in answer.text
    assert '<input type="hidden" name="heating" value="oil">' in answer.text
    assert not RightsResult.objects.exists()


def test_with_the_tick_it_is_kept_and_comes_back(page, talk, oil):
    page.post(url(talk), {**OIL, "go": "keep", "agreed": "yes"})

    words = text(page.get(url(talk)))
    assert RightsResult.objects.get().conversation == talk
    assert "Oliepremie" in words
    assert "34 jaar" in words
    assert "Amina vond dat goed." in words
    assert "34" not in str(AuditEvent.objects.order_by("sequence").last().details)


def test_a_kept_outcome_stands_beside_its_domain(page, talk, oil, vocabulary):
    oil.life_domains = ["housing"]
    oil.save()
    page.post(url(talk), {**OIL, "go": "keep", "agreed": "yes"})

    fits = page.get(f"/gesprekken/{talk.pk}/onderwerp/housing/").context["fits"]

    assert [(row.right.name, row.outcome) for row in fits.rights] == [("Oliepremie", "likely")]


def test_going_on_notes_that_the_rights_were_looked_at(page, talk):
    question = ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    answer = page.post(url(talk), {"go": "on"})

    question.refresh_from_db()
    assert answer.url == f"/vragen/{question.pk}/zoeken/"
    assert question.rights == "checked"
    assert not RightsResult.objects.exists()


def test_with_more_questions_one_chooses_first(page, talk):
    for _number in range(2):
        ClarifiedQuestionFactory(conversation=talk, client=talk.client)

    assert page.post(url(talk), {"go": "on"}).url == f"/gesprekken/{talk.pk}/vraag/"


def test_all_questions_can_be_answered_on_one_sheet(page, talk, oil):
    asked = page.post(url(talk, "antwoorden"), OIL)
    shown = page.post(url(talk, "antwoorden"), {**OIL, "step": "save"})

    assert asked.context["form"]["heating"].value() == "oil"
    assert "Oliepremie" in shown.text


def test_a_finished_talk_still_shows_rights_but_keeps_nothing_new(page, talk, oil):
    talk.finished_at = talk.saved_at
    talk.save()

    answer = page.post(url(talk), {**OIL, "go": "keep", "agreed": "yes"})

    assert "afgerond" in answer.text
    assert not RightsResult.objects.exists()

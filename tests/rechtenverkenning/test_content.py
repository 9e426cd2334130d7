"""Rights, questions and ceilings as rows, and the command that brings them."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from organisaties.groups import COORDINATORS
from rechtenverkenning import seed
from rechtenverkenning.models import Question, Right, ThresholdValue
from sociale_kaart import vocabulary
from tests.factories.rechtenverkenning import HEATS_WITH_OIL, RightFactory, ThresholdFactory, make_questions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


@pytest.fixture
def words():
    vocabulary.load()


@pytest.fixture
def few(words, monkeypatch):
    """Seven rights are enough to see what loading does with one."""
    codes = {"R21", "R44", "R46", "R47", "R56", "R57", "R58"}
    rows = [right for right in seed.right_rows() if right["code"] in codes]
    monkeypatch.setattr(seed, "right_rows", lambda: rows)
    return rows


def load(*arguments):
    out = StringIO()
    call_command("rights_load", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_draft_is_not_published():
    RightFactory(code="T100")
    RightFactory(code="T200", draft=True)

    assert [right.code for right in Right.objects.published()] == ["T100"]


def test_the_checklist_reads_its_rights_in_one_query(django_assert_num_queries):
    RightFactory.create_batch(30)

    with django_assert_num_queries(1):
        rules = [right.rule() for right in Right.objects.for_check()]

    assert len(rules) == 30


def test_an_amount_without_its_date_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="an_amount_carries_its_date"), transaction.atomic():
        RightFactory(amount_note="ongeveer 35 euro")


def test_a_right_cannot_stop_before_it_starts():
    with pytest.raises(IntegrityError, match="a_right_does_not_stop"), transaction.atomic():
        RightFactory(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))


def test_an_amount_older_than_a_year_is_not_current():
    right = RightFactory.build(amount_note="ongeveer 140 euro", amount_on=date(2025, 1, 1))

    assert not right.amount_is_current(TODAY)
    assert right.amount_is_current(date(2025, 6, 1))


def test_one_ceiling_has_one_amount_a_day_for_one_household():
    ThresholdFactory()

    with pytest.raises(IntegrityError, match=r"one_amount|UNIQUE"), transaction.atomic():
        ThresholdFactory(amount=1600)


def test_a_question_keeps_the_answers_that_the_rules_know():
    make_questions()
    question = Question.objects.get(fact="heating")
    question.options = [block for block in question.options.raw_data if block["value"]["code"] != "oil"]

    with pytest.raises(ValidationError) as refused:
        question.full_clean()

    assert "options" in refused.value.message_dict


def test_a_question_of_more_than_fourteen_words_is_refused():
    make_questions()
    question = Question.objects.get(fact="age")
    question.client = "Hoe oud ben je " + "echt " * 12 + "nu?"

    with pytest.raises(ValidationError) as refused:
        question.full_clean()

    assert "client" in refused.value.message_dict


def test_loading_without_the_needs_says_what_to_do():
    with pytest.raises(CommandError, match="vocabulary_load"):
        load()


def test_loading_brings_every_right_published_with_its_ties(words):
    out = load()

    assert f"rechten die nieuw zijn: {len(seed.right_rows())}" in out
    right = Right.objects.published().get(code="R44")
    assert set(right.life_domains.values_list("code", flat=True)) == {"housing"}
    assert "R47" in right.related.values_list("code", flat=True)
    assert right.latest_revision.as_object().related.count() == right.related.count()
    assert right.rule() == next(rule for rule in seed.rules() if rule.code == "R44")


def test_loading_twice_changes_nothing(few):
    load()

    out = load()

    assert f"rechten die bleven zoals ze waren: {len(few)}" in out
    assert Question.objects.count() == len(seed.question_rows())
    assert ThresholdValue.objects.count() == len(seed.threshold_rows())


def test_loading_leaves_what_an_editor_changed(few):
    load()
    right = Right.objects.get(code="R58")
    right.summary = "Voor stookolie, in onze streek."
    right.save_revision().publish()
    draft = Right.objects.get(code="R57")
    draft.tip = "Nog niet klaar."
    draft.save_revision()

    out = load()

    assert "rechten die een redacteur wijzigde: 2" in out
    assert "R57, R58" in out
    right.refresh_from_db()
    assert right.summary == "Voor stookolie, in onze streek."


def test_loading_by_force_overwrites_it(few):
    load()
    Right.objects.filter(code="R58").update(summary="Anders.")

    load("--force")

    assert Right.objects.get(code="R58").summary == "Voor stookolie. Niet voor aardgas."


def test_an_older_text_of_ours_is_renewed(few, monkeypatch):
    load()
    rows = [{**row, "summary": "Nieuw."} if row["code"] == "R58" else row for row in few]
    monkeypatch.setattr(seed, "right_rows", lambda: rows)

    out = load()

    assert "rechten die veranderden: 1" in out
    assert Right.objects.get(code="R58").summary == "Nieuw."


def test_network_coordinators_may_edit_and_publish(few):
    load()

    codenames = set(Group.objects.get(name=COORDINATORS).permissions.values_list("codename", flat=True))

    assert {"change_right", "publish_right", "change_thresholdvalue", "change_question", "access_admin"} <= codenames


def test_a_right_shows_a_preview_of_its_page():
    make_questions()
    right = RightFactory(rules=[HEATS_WITH_OIL])

    response = right.make_preview_request()

    assert response.status_code == 200
    assert "Verwarmt met stookolie" in response.content.decode()

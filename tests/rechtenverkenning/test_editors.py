"""Editors publish a right in the CMS, and it appears in the checklist."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models import User
from core.privacy import NATIONAL_NUMBER_MESSAGE
from rechtenverkenning.models import Right
from sociale_kaart import vocabulary
from tests.factories.rechtenverkenning import RightFactory, ThresholdFactory, make_questions

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_rechtenverkenning_right:add"


@pytest.fixture
def editor(client):
    vocabulary.load()
    make_questions()
    ThresholdFactory()
    client.force_login(User.objects.create_superuser("editor@dorpel.example", "een-lang-wachtwoord"))
    return client


def comparison(**own):
    return {**own, "note": "", "change": ""}


def right_form(**changed):
    data = {
        "code": "T900", "name": "Oliepremie", "summary": "Voor stookolie.", "client_text": "Verwarm je met stookolie?",
        "worker_text": "Binnen 60 dagen.", "tip": "", "authority": "OCMW", "level": "local",
        "executing_body": "OCMW", "municipality": "", "apply_channels": "Bel het OCMW.", "documents": "",
        "automatic": "no", "deadline": "", "amount_note": "", "amount_on": "", "sureness": "high",
        "valid_from": "", "valid_to": "", "source_url": "https://www.rechtenverkenner.be", "legal_basis": "Proefwet",
        "checked_on": "2026-11-01", "checked_by": "", "themes": (), "life_domains": (), "related": (),
        "conditions": streamfield(
            [
                ("energy_type", comparison(op="one_of", options=("oil",))),
                ("income", comparison(threshold="leefloon")),
            ]
        ),
        "already": streamfield([]),
        "hint_when": streamfield([]),
    }  # fmt: skip
    return nested_form_data({**data, **changed})


def test_a_published_right_appears_in_the_checklist(editor):
    response = editor.post(reverse(ADD), {**right_form(), "action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    page = editor.post("/rechten/", {"heating": "oil", "income": "900"}).content.decode()
    assert "Oliepremie" in page
    assert "verwarmt met stookolie" in page


def test_a_draft_does_not(editor):
    editor.post(reverse(ADD), right_form())

    assert Right.objects.get(code="T900").live is False
    assert editor.post("/rechten/", {"heating": "oil", "income": "900"}).context["checklist"].total == 0


def test_a_change_waits_as_a_draft_until_it_is_published(editor):
    editor.post(reverse(ADD), {**right_form(), "action-publish": "1"})
    right = Right.objects.get(code="T900")

    editor.post(
        reverse("wagtailsnippets_rechtenverkenning_right:edit", args=[right.pk]), right_form(name="Nieuwe naam")
    )

    right.refresh_from_db()
    assert (right.name, right.has_unpublished_changes) == ("Oliepremie", True)


def test_a_condition_that_makes_no_sense_is_refused_in_words(editor):
    wrong = streamfield([("child_ages", comparison(low="18", high="3"))])

    response = editor.post(reverse(ADD), {**right_form(conditions=wrong), "action-publish": "1"})

    assert response.status_code == 200
    assert not Right.objects.exists()
    assert "Deze voorwaarde klopt niet." in response.content.decode()


def test_a_right_that_lacks_only_its_conditions_says_what_to_do(editor):
    response = editor.post(reverse(ADD), {**right_form(conditions=streamfield([])), "action-publish": "1"})

    assert list(response.context["form"].errors) == ["conditions"]
    assert "Voeg er minstens 1 toe." in response.content.decode()
    assert not Right.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"amount_note": "ongeveer 35 euro"}, "amount_on", "Van welke dag is dit bedrag?"),
        ({"valid_from": "2026-03-01", "valid_to": "2026-02-01"}, "valid_to", "De laatste dag komt voor de eerste."),
    ],
)
def test_what_cannot_be_together_is_told_at_the_field_and_not_by_the_name_of_a_constraint(
    editor, wrong, field, sentence
):
    response = editor.post(reverse(ADD), {**right_form(**wrong), "action-publish": "1"})

    assert list(response.context["form"].errors) == [field]
    assert sentence in response.content.decode()


def test_a_ceiling_below_zero_is_told_at_the_field(editor):
    ceiling = {"key": "leefloon", "name": "Leefloon", "household": "single", "amount": "-5", "unit": "month_net"}
    address = reverse("wagtailsnippets_rechtenverkenning_thresholdvalue:add")

    response = editor.post(address, {**ceiling, "valid_from": "2027-01-01", "source": "mi-is.be"})

    assert response.context["form"].errors == {"amount": ["Een bedrag is niet lager dan nul."]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("worker_text", "Zie rr 85.07.30-033.28."),
        ("already", streamfield([("judged", {"note": "wie 85.07.30-033.28 is"})])),
    ],
)
def test_a_national_number_in_a_right_is_refused_and_stays_on_the_screen(editor, field, value):
    response = editor.post(reverse(ADD), {**right_form(**{field: value}), "action-publish": "1"})

    assert response.context["form"].errors == {field: [NATIONAL_NUMBER_MESSAGE]}
    assert not Right.objects.exists()
    page = response.content.decode()
    assert "85.07.30-033.28" in page and "Dit lijkt een rijksregisternummer." in page


def test_a_source_an_amount_and_a_phone_in_a_right_are_no_national_number(editor):
    words = {
        "worker_text": "Bel 050 00 00 14 of +32 470 00 00 62. BE 0123.456.789, BE68 5390 0754 7034.",
        "source_url": "https://www.ejustice.just.fgov.be/eli/wet/2002/05/26/2002022559/justel",
    }

    response = editor.post(reverse(ADD), {**right_form(**words), "action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors


def test_alternatives_can_be_made_in_the_form(editor):
    either = streamfield(
        [
            (
                "any_of",
                {
                    "missed": "geen laag inkomen",
                    "parts": streamfield(
                        [
                            ("benefit_status", comparison(fact="vt", answer="yes")),
                            ("all_of", {"parts": streamfield([("age", comparison(op="at_least", number="66"))])}),
                            ("judged", {"note": "het OCMW beslist"}),
                        ]
                    ),
                },
            )
        ]
    )

    editor.post(reverse(ADD), {**right_form(conditions=either), "action-publish": "1"})

    (group,) = Right.objects.get(code="T900").rule().root.parts
    assert [type(part).__name__ for part in group.parts] == ["Condition", "AllOf", "Condition"]


@pytest.mark.parametrize("model", ["right", "question", "thresholdvalue"])
def test_the_lists_of_the_editors_open(editor, model):
    RightFactory()

    assert editor.get(reverse(f"wagtailsnippets_rechtenverkenning_{model}:list")).status_code == 200


def test_the_form_of_a_right_opens_with_its_conditions(editor):
    right = RightFactory()

    page = editor.get(reverse("wagtailsnippets_rechtenverkenning_right:edit", args=[right.pk])).content.decode()

    assert "Verwarming" in page

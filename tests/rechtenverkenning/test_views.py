"""The checklist as a visitor meets it: no login, no script, no trace."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisaties import UserFactory
from tests.factories.rechtenverkenning import HEATS_WITH_OIL, RightFactory, make_questions

pytestmark = pytest.mark.django_db
URL = "/rechten/"
VT = {"fact": "vt", "op": "is", "value": True}
OPENING = {"age": "34", "household": "alone", "children": "0"}
LAYOUT_QUERIES = 0


@pytest.fixture(autouse=True)
def questions():
    make_questions()


def text(response):
    return " ".join(response.content.decode().split())


def test_the_first_page_asks_one_question_and_says_how_long_it_takes(client):
    RightFactory.create_batch(3)

    page = text(client.get(URL))

    assert "Hoe oud ben je?" not in page  # no right asks for it
    assert "Waarmee verwarm je je huis?" not in page  # waits for how someone lives
    assert "ongeveer 5 minuten" in page
    assert "Waarschijnlijk wel" not in page


def test_an_answer_travels_in_the_page_and_shows_what_it_means(client):
    RightFactory(name="Oliepremie")

    page = text(client.post(URL, {**OPENING, "tenure": "owner", "fact": "heating", "answer": "oil"}))

    assert "Waarschijnlijk wel" in page
    assert "Oliepremie" in page
    assert '<input type="hidden" name="heating" value="oil">' in page
    assert "34 jaar, woont alleen" in page
    assert "Alleen de bevoegde dienst beslist." in page


def test_reasons_carry_words_for_who_does_not_see_the_icon(client):
    RightFactory(rules=[HEATS_WITH_OIL, {"fact": "moving", "op": "is", "value": True, "certainty": "soft"}])

    page = text(client.post(URL, {"heating": "oil", "moving": "no"}))

    assert '<span class="visually-hidden">klopt: </span>verwarmt met stookolie' in page
    assert '<span class="visually-hidden">klopt niet: </span>verhuist niet' in page
    assert "Wordt waarschijnlijk <strong>bij een verhuis" in page


def test_the_one_question_that_decides_is_said(client):
    RightFactory(rules=[HEATS_WITH_OIL, VT])

    page = text(client.post(URL, {"vt": "yes"}))

    assert "Eén vraag beslist: <strong>waarmee verwarm je?</strong>" in page


@pytest.mark.parametrize("posted", [{"answer": "unknown"}, {"step": "skip"}, {"step": "skip", "answer": "oil"}])
def test_not_knowing_and_skipping_pass_the_question_over(client, posted):
    RightFactory()

    page = text(client.post(URL, {"tenure": "owner", "fact": "heating", **posted}))

    assert '<input type="hidden" name="skipped" value="heating">' in page
    assert "Waarmee verwarm je je huis?" not in page
    assert "We vroegen alles." in page


def test_a_wrong_answer_keeps_what_was_typed_and_says_what_to_do(client):
    RightFactory(rules=[{"fact": "age", "op": "at_least", "value": 66}])

    response = client.post(URL, {"children": "2", "fact": "age", "answer": "<b>oud</b>"})

    assert response.status_code == 422
    page = text(response)
    assert "Typ een getal. Bijvoorbeeld 34." in page
    assert 'value="&lt;b&gt;oud&lt;/b&gt;"' in page
    assert '<input type="hidden" name="children" value="2">' in page


def test_an_empty_answer_asks_to_choose_or_skip(client):
    RightFactory()

    response = client.post(URL, {"tenure": "owner", "fact": "heating"})

    assert response.status_code == 422
    assert "Kies een antwoord, of sla deze vraag over." in text(response)


def test_a_question_that_does_not_exist_changes_nothing(client):
    RightFactory()

    assert client.post(URL, {"fact": "shoe_size", "answer": "44"}).status_code == 200


@pytest.mark.parametrize("path", [URL, f"{URL}antwoorden/", f"{URL}afdrukken/", f"{URL}T900/"])
def test_nothing_stays_behind(client, path):
    RightFactory(code="T900")

    with CaptureQueriesContext(connection) as asked:
        response = client.post(path, {**OPENING, "heating": "oil"})

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert not client.session.keys()
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}


def test_the_answers_are_never_in_an_address(client):
    RightFactory()

    page = client.post(URL, {**OPENING, "heating": "oil"}).content.decode()

    assert 'method="get"' not in page.split("<main")[1].split("</main")[0]
    assert "?heating" not in page
    assert client.get(URL, {"heating": "oil"}).context["checklist"].answered == 0


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_queries_however_many_rights_there_are(client, number, django_assert_num_queries):
    RightFactory.create_batch(number)

    with django_assert_num_queries(3 + LAYOUT_QUERIES):
        client.post(URL, {**OPENING, "heating": "oil"})


def test_all_questions_stand_on_one_sheet_with_what_was_answered(client):
    page = client.post(f"{URL}antwoorden/", {"age": "34", "debts": ["rent", "energy"]}).content.decode()

    assert page.count("<legend") + page.count("<label for") > 35
    assert 'value="34"' in page
    assert page.count("checked") == 2


def test_the_sheet_shows_its_errors_on_top_and_at_the_field_and_loses_nothing(client):
    response = client.post(f"{URL}antwoorden/", {"age": "oud", "income": "1.450", "vt": "yes", "step": "save"})

    assert response.status_code == 422
    page = text(response)
    assert page.count("Typ een getal. Bijvoorbeeld 34.") == 2
    assert 'value="oud"' in page
    assert 'value="1.450"' in page


def test_the_sheet_leads_to_the_outcome(client):
    RightFactory(name="Oliepremie")

    page = text(client.post(f"{URL}antwoorden/", {"heating": "oil", "income": "1.450", "step": "save"}))

    assert "ongeveer 1.450 euro per maand" in page
    assert "Oliepremie" in page


def test_a_right_has_its_own_page(client):
    other = RightFactory(name="Ander recht")
    right = RightFactory(
        name="Oliepremie", code="T900", deadline="Binnen 60 dagen.", amount_note="Ongeveer 35 euro.",
        amount_on=date(2020, 1, 1),
        rules=[HEATS_WITH_OIL, {"any": [VT, {"fact": "income", "op": "below", "value": "leefloon"}]}],
    )  # fmt: skip
    right.related = [other]
    right.save()

    page = text(client.get("/rechten/T900/"))

    for words in (
        "Verwarmt met stookolie", "Eén hiervan is genoeg", "een laag inkomen", "Binnen 60 dagen.", "Ander recht",
        "Dat was het bedrag van 2020.", "1 november 2026", "rechtenverkenner.be", "/zoeken/?q=Oliepremie",
    ):  # fmt: skip
        assert words in page
    assert "Binnen 60 dagen." in page
    assert "Voor collega" not in page


def test_a_colleague_reads_the_text_for_workers_too(client):
    RightFactory(code="T900", worker_text="Let op de categorie.")
    client.force_login(UserFactory())

    assert "Let op de categorie." in text(client.get("/rechten/T900/"))


@pytest.mark.parametrize("code", ["T900", "t900"])
def test_a_draft_or_an_unknown_right_is_not_found(client, code):
    RightFactory(code="T900", draft=True)

    assert client.get(f"/rechten/{code}/").status_code == 404


def test_a_code_in_small_letters_leads_to_the_right(client):
    RightFactory(code="T900")

    assert client.get("/rechten/t900/").status_code == 200


def test_the_way_back_from_a_right_carries_the_answers(client):
    RightFactory(code="T900")

    page = text(client.post("/rechten/T900/", {"age": "34"}))

    assert '<input type="hidden" name="age" value="34">' in page
    assert "Terug naar je lijst" in page


def test_a_right_that_stopped_says_so(client):
    RightFactory(code="T900", valid_to=date(2026, 6, 30))

    assert "Dit recht is gestopt op 30 juni 2026." in text(client.get("/rechten/T900/"))
    assert "Dit recht is gestopt op 30 juni 2026." in text(client.post(URL, {"age": "34"}))


def test_a_stale_right_says_when_it_was_checked(client):
    RightFactory(stale=True)

    page = text(client.post(URL, {"heating": "oil"}))

    assert "Laatst nagekeken op 1 januari 2020." in page
    assert "Misschien" in page


def test_the_sheet_on_paper_says_how_to_ask(client):
    RightFactory(name="Oliepremie", apply_channels="Bel het OCMW.")

    page = text(client.post(f"{URL}afdrukken/", {"heating": "oil"}))

    assert "Bel het OCMW." in page
    assert "factuur en identiteitskaart" in page


@pytest.mark.parametrize("number", [1, 30])
def test_all_rights_stand_in_a_row_in_one_query(client, number, django_assert_num_queries):
    RightFactory.create_batch(number)

    with django_assert_num_queries(1 + LAYOUT_QUERIES):
        page = text(client.get(reverse("rechten:overview")))

    assert page.count("Proefrecht") == number


def test_the_list_without_rights_says_what_will_come(client):
    assert "Nog geen rechten." in text(client.get(reverse("rechten:overview")))


def test_html_in_a_right_is_shown_as_text(client):
    RightFactory(code="T900", name="<script>alert(1)</script>", client_text="<img src=x>")

    page = client.get("/rechten/T900/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page

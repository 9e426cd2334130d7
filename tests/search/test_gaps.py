"""What does not exist is reported in one press, once, with nobody in it."""

from itertools import pairwise

import pytest

from search.listening.gaps import likely_need
from search.models import GapWords
from sociale_kaart.models import Gap, TaxonomyTerm
from tests.factories.search import listing

pytestmark = pytest.mark.django_db
URL = "/zoeken/tekort/"
HOUSING = {"thema": "housing", "waar": "8210 Zedelgem"}


@pytest.fixture(autouse=True)
def _needs(vocabulary, places):
    """Have the sixteen needs and all places."""


def text_of(response):
    """Give the page as text with single spaces."""
    return " ".join(response.content.decode().split())


def test_a_gap_is_a_need_a_place_and_a_day(visitor):
    response = visitor.post(URL, HOUSING)
    gap = Gap.objects.get()

    assert response.headers["Location"] == "/zoeken/tekort/bedankt/"
    assert (gap.need.code, gap.municipality.name, gap.origin) == ("housing", "Zedelgem", "search")
    assert not GapWords.objects.exists()


def test_a_few_words_stand_apart_from_place_and_day(visitor):
    visitor.post(URL, {**HOUSING, "woorden": "  een kamer voor   wie alleen is "})
    said = GapWords.objects.get()

    assert (said.words, said.need.code, said.month.day) == ("een kamer voor wie alleen is", "housing", 1)
    assert {field.name for field in GapWords._meta.get_fields()} == {"id", "need", "month", "words"}
    assert {field.name for field in Gap._meta.get_fields()} == {"id", "day", "origin", "need", "municipality"}


def test_the_number_of_words_does_not_tell_with_which_report_they_came(visitor):
    for words in ("een kamer", "een huis", "een tuin"):
        visitor.post(URL, {**HOUSING, "woorden": words})
    numbers = sorted(GapWords.objects.values_list("pk", flat=True))

    assert min(after - before for before, after in pairwise(numbers)) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bel 0470 00 00 62", "Dit lijkt een nummer van iemand."),
        ("85.07.30-033.28", "Dit lijkt een rijksregisternummer."),
        ("mail naar jan@voorbeeld.example", "Dit lijkt een mailadres."),
        ("geboren op 12 mei 1987", "Dit lijkt een geboortedatum."),
        ("in de Kerkstraat 12", "Dit lijkt het adres van iemand."),
        ("BE68 5390 0754 7034", "Dit lijkt een rekeningnummer."),
        ("Lotte Peeters zoekt een huis", "Dit lijkt een naam."),
    ],
)
def test_words_about_someone_are_refused_kindly_and_nothing_is_lost(visitor, words, said):
    response = visitor.post(URL, {**HOUSING, "woorden": words})
    page = text_of(response)

    assert response.status_code == 200
    assert said in page
    assert f'value="{words}"' in page
    assert 'value="8210 Zedelgem"' in page
    assert page.count("checked") == 1
    assert not Gap.objects.exists()


def test_the_same_form_sent_twice_counts_once(visitor):
    once = visitor.get(URL).context["form"]["eens"].value()
    answers = [visitor.post(URL, {**HOUSING, "eens": once}).headers["Location"] for _press in range(3)]

    assert answers == ["/zoeken/tekort/bedankt/"] * 3
    assert Gap.objects.count() == 1


def test_two_forms_count_twice(visitor):
    for _person in range(2):
        visitor.post(URL, {**HOUSING, "eens": visitor.get(URL).context["form"]["eens"].value()})

    assert Gap.objects.count() == 2


def test_a_form_that_was_wrong_first_counts_once_it_is_right(visitor):
    once = visitor.get(URL).context["form"]["eens"].value()
    wrong = visitor.post(URL, {**HOUSING, "waar": "Nergenshuizen", "eens": once})

    assert wrong.context["form"]["eens"].value() == once
    assert visitor.post(URL, {**HOUSING, "eens": once}).status_code == 302
    assert Gap.objects.count() == 1


def test_when_nothing_is_found_one_press_reports_it(visitor):
    page = text_of(visitor.get("/zoeken/?q=kernfusiereactor+huren&waar=Jabbeke"))

    assert "Meld: Wonen ontbreekt in Jabbeke" in page
    assert 'name="thema" value="housing"' in page
    assert 'name="waar" value="Jabbeke"' in page


def test_without_a_place_the_form_asks_for_it(visitor):
    page = text_of(visitor.get("/zoeken/?q=kernfusiereactor+huren"))

    assert 'href="/zoeken/tekort/?thema=housing"' in page
    assert 'name="thema" value="housing"' not in page


def test_a_page_with_results_keeps_a_link_and_asks_no_more(visitor):
    listing("Oppas", needs=["family"])

    assert 'href="/zoeken/tekort/?thema=family&amp;waar=Zedelgem"' in text_of(
        visitor.get("/zoeken/?q=oppas+Zedelgem&thema=family")
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("slaapplaats", "shelter"), ("tandarts", "health"), ("huurhuis", "housing"),
        ("vervoer naar de dokter", "transport"),
        ("autorijden leren", ""), ("", ""), ("xqzv", ""), ("schuldbemiddeling", "money"),
    ],
)  # fmt: skip
def test_words_point_to_a_need_or_to_none(text, code):
    assert likely_need(text, TaxonomyTerm.objects.needs()) == code

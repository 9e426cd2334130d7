"""The public page: every state is one link, and every dead end has a way on."""

from dataclasses import fields

import pytest
from django.http import QueryDict
from django.urls import reverse

from search.address import Address, read
from search.query import FACETS
from sociale_kaart.models import Gap, Location
from tests.factories.search import listing, need
from tests.factories.sociale_kaart import social_house
from tests.factories.vraagverheldering import ClarifiedQuestionFactory

pytestmark = pytest.mark.django_db
URL = "/zoeken/"


@pytest.fixture
def get(visitor):
    """Ask the page as a visitor."""
    return lambda query="", **headers: visitor.get(f"{URL}{query}", **headers)


@pytest.fixture
def needs(vocabulary):
    """Have the sixteen needs."""


def text_of(response):
    """Give the page as text with single spaces."""
    return " ".join(response.content.decode().split())


def test_the_page_has_the_address_that_other_rooms_know():
    assert reverse("zoeken:search") == URL


def test_before_any_question_there_are_sixteen_needs(get, needs):
    response = get()

    assert response.status_code == 200
    assert len(response.context["needs"]) == 16
    assert "?thema=money" in text_of(response)


def test_a_row_says_what_where_when_and_why(get):
    fields = {"summary": "We maken een plan voor je schulden.", "cost_kind": "free", "walk_in": True}
    listing("Schuldbemiddeling", organization__name="Budgethuis", **fields)
    page = text_of(get("?q=schulden+zedelgem"))

    for part in [
        "1 dienst", "Budgethuis · Zedelgem", "plan voor je <mark>schulden</mark>", "gratis", "zonder afspraak",
        "<strong>schulden</strong>", "050 00 00 99", 'href="tel:050000099"', "Niets gevonden dat past?",
    ]:  # fmt: skip
        assert part in page


def test_a_row_dials_one_number_whatever_stands_beside_it(get):
    tolk = listing("Tolk")
    tolk.phones.update(number="+32 (0)50 00 00 99 (9-12u)")
    tolk.save()
    page = text_of(get("?q=tolk"))

    assert 'href="tel:050000099"' in page
    assert "<span>+32 (0)50 00 00 99 (9-12u)</span>" in page


def test_what_was_understood_can_be_taken_away_one_by_one(get):
    listing("Tolk")
    response = get("?q=tolk+zedelgem+gratis+zaterdag&taal=nl")
    chips = {chip.value: chip.remove_url for chip in response.context["screen"].chips}

    assert chips["tolk"].startswith("?q=zedelgem+gratis+zaterdag")
    assert chips["Zedelgem"].startswith("?q=tolk+gratis+zaterdag")
    assert chips["gratis"].startswith("?q=tolk+zedelgem+zaterdag")
    assert chips["zaterdag"].startswith("?q=tolk+zedelgem+gratis&")
    assert chips["Nederlands"] == "?q=tolk+zedelgem+gratis+zaterdag"


@pytest.mark.parametrize(
    ("question", "whom", "rest"),
    [
        ("tolk voor ouderen", "ouderen", "?q=tolk+voor"), ("tolk voor mijn moeder", "moeder", "?q=tolk+voor+mijn"),
        ("ouderen", None, None), ("tolk misschien", None, None),
    ],
)  # fmt: skip
def test_for_whom_it_is_shows_as_a_chip_though_nothing_has_to_have_it(get, question, whom, rest):
    listing("Tolk")
    chips = {chip.kind: (chip.value, chip.remove_url) for chip in get(f"?q={question}").context["screen"].chips}

    assert chips.get("Voor wie") == ((whom, rest) if whom else None)


def test_every_state_of_the_page_survives_its_own_link():
    state = Address(
        text="oppas & “tolk”", where="Sint-Andries", filters=dict.fromkeys(FACETS, ("a", "b c")),
        day="2026-11-28", hour="14:30", within=10, sort="verified", page=3, as_typed=True, on_map=True, chosen="41",
        whole=("category", "language"), talk="0b6c",
    )  # fmt: skip
    untouched = [one.name for one in fields(state) if getattr(state, one.name) == getattr(Address(), one.name)]

    assert untouched == []
    assert read(QueryDict(state.link(page=state.page, chosen=state.chosen)[1:])) == state


def test_filters_show_counts_and_keep_an_empty_town_in_sight(get):
    listing("Oppas", home_visits=True)
    listing("Oppas", walk_in=True)
    response = get("?q=oppas&hoe=walk_in")
    options = {option.label: option for group in response.context["screen"].first_groups for option in group.options}

    assert (options["Zonder afspraak"].checked, options["Zonder afspraak"].count) == (True, 1)
    assert "Komt aan huis" not in options
    assert options["Jabbeke"].count == 0
    assert "filter-none" in text_of(response)
    assert response.context["screen"].total == 1
    assert not response.cookies


def test_less_precise_results_stand_below_a_line_that_says_what_is_missing(get):
    listing("Oppas")
    listing("Oppas en tuinhulp")
    page = text_of(get("?q=oppas+tuinhulp"))

    assert "Minder precies" in page
    assert "<strong>tuinhulp</strong> ontbreekt" in page
    assert page.index("Oppas</mark> en") < page.index("Minder precies")


@pytest.mark.parametrize(
    ("view", "told"),
    [("", "en 1 minder precies, best passende eerst"), ("&beeld=kaart", "en 1 minder precies: 2 op de kaart")],
)
def test_what_is_less_precise_is_counted_where_it_is_shown(get, view, told):
    listing("Oppas", town="Zedelgem")
    listing("Oppas en tuinhulp", town="Zedelgem")

    assert told in text_of(get(f"?q=oppas+tuinhulp{view}"))


def test_more_than_one_missing_part_is_said_as_more(get):
    listing("Oppas")
    listing("Oppas, tuinhulp en klusdienst")

    assert "<strong>klusdienst en tuinhulp</strong> ontbreken" in text_of(get("?q=oppas+tuinhulp+klusdienst"))


@pytest.mark.parametrize("view", ["", "&beeld=kaart", "&sorteer=naam"])
def test_when_nothing_fits_entirely_what_comes_close_is_not_counted_as_found(get, view):
    for number in range(3):
        listing(f"Oppas {number}", town="Zedelgem")
    response = get(f"?q=oppas+tuinhulp{view}")
    page = text_of(response)

    assert response.context["page"].total == 3
    assert '<h2><span>Niets past helemaal.</span> <span class="hint">Dit komt in de buurt.</span>' in page
    assert 'role="status">Niets past helemaal. Dit komt in de buurt.</p>' in page
    assert "3 diensten" not in page
    assert "?n=3" not in page


def test_when_nothing_fits_entirely_what_is_missing_is_said(get):
    listing("Oppas")

    assert "Vooral <strong>tuinhulp</strong> ontbreekt." in text_of(get("?q=oppas+tuinhulp"))


def test_when_nothing_is_found_there_are_three_ways_on(get, settings):
    social_house("Sociaal Huis", settings.HOME_MUNICIPALITY, "050 00 00 99")
    page = text_of(get("?q=kernfusiereactor&waar=Zedelgem&hoe=online"))

    assert "We vinden niets dat past." in page
    assert '?q=kernfusiereactor"' in page
    assert "Bel Sociaal Huis:" in page
    assert ">050 00 00 99<" in page
    assert "/zoeken/tekort/?waar=Zedelgem" in page
    assert {number for number in ("112", "106", "1813", "1712") if f'href="tel:{number}"' in page} == {
        "112", "106", "1813", "1712",
    }  # fmt: skip


def test_when_nothing_is_found_the_house_to_call_is_that_of_the_place_that_was_asked(get, settings):
    social_house("Sociaal Huis van hier", settings.HOME_MUNICIPALITY, "050 00 00 99")
    social_house("Sociaal Huis Jabbeke", "Jabbeke", "050 00 00 91")
    social_house("Sociaal Huis Gent", "Gent", "")

    assert "Bel Sociaal Huis Jabbeke:" in text_of(get("?q=kernfusiereactor&waar=Jabbeke&hoe=online"))
    assert "Bel Sociaal Huis Jabbeke:" in text_of(get("?q=kernfusiereactor&waar=8490&hoe=online"))
    assert "Bel Sociaal Huis van hier:" in text_of(get("?q=kernfusiereactor&hoe=online"))
    assert "Bel Sociaal Huis van hier:" in text_of(get("?q=kernfusiereactor&waar=Gent&hoe=online"))


def test_a_correction_is_shown_with_a_way_back(get):
    listing("Psycholoog")
    page = text_of(get("?q=psygoloog"))

    assert "We zochten ook naar ‘psycholoog’." in page
    assert "getypt=1" in page
    assert "We zochten ook" not in text_of(get("?q=psygoloog&getypt=1"))


def test_an_unknown_place_is_named_with_the_one_that_was_meant(get):
    page = text_of(get("?q=oppas&waar=Herstberge"))

    assert "We kennen ‘Herstberge’ niet. Bedoel je Hertsberge?" in page
    assert "We kennen ‘Qqqqzz’ niet. Schrijf een postcode of een gemeente." in text_of(get("?q=oppas&waar=Qqqqzz"))


def test_the_map_shows_the_same_numbers_as_the_list(get):
    listing("Oppas", town="Zedelgem")
    listing("Oppas", town="Oostkamp")
    response = get("?q=oppas+zedelgem&beeld=kaart&nr=2")

    assert response.context["picked"].number == 2
    assert sum(1 + pin.more for pin in response.context["map"].pins) == 2
    assert response.context["map"].pins[-1].spot.number == 2
    assert response.context["ring_km"] == 10
    assert "beeld=kaart" in text_of(response)


def test_pages_lead_on(get):
    for _number in range(25):
        listing("Oppas")
    first, second = get("?q=oppas"), get("?q=oppas&page=2")
    keys = [{row.hit.key for row in response.context["screen"].rows} for response in (first, second)]

    assert [len(found) for found in keys] == [20, 5]
    assert keys[0].isdisjoint(keys[1])
    assert "page=2" in text_of(first)


@pytest.mark.parametrize(
    ("sort", "order"), [("", ""), ("afstand", "BCA"), ("naam", "ABC"), ("nagekeken", "CAB"), ("onzin", "")]
)
def test_every_order_gives_the_same_services(get, sort, order):
    for letter, north, day in (("A", 51.3, "2026-11-01"), ("B", 51.14, None), ("C", 51.2, "2026-11-20")):
        service = listing(f"Oppas {letter}", assured_date=day)
        Location.objects.filter(service_at_locations__service=service).update(latitude=north)
    shown = get(f"?q=oppas&waar=Zedelgem&sorteer={sort}").context["screen"]
    found = "".join(row.hit.card["name"][-1] for row in shown.rows)

    assert shown.total == 3
    assert "".join(sorted(found)) == "ABC"
    assert order in {"", found}


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00%01", "?q=%22%27%3B--", f"?q={'a' * 3000}", "?q=oppas&page=1000000", "?q=oppas&page=-1",
        "?q=oppas&page=x", "?thema=bestaatniet", "?q=%E2%80%AE%D9%85", "?q=oppas&nr=zz&beeld=x",
        "?gesprek=../../x&q=oppas", "?taal=%3Cscript%3E",
    ],
)  # fmt: skip
def test_odd_addresses_get_a_good_page(get, needs, query):
    response = get(query)

    assert response.status_code == 200
    assert "<script>" not in text_of(response).replace("<script src", "").replace("<script type", "")


def test_markup_in_a_listing_is_text(get):
    listing("<b>Oppas</b>", summary="<img src=x> voor <i>iedereen</i>")
    page = text_of(get("?q=oppas"))

    assert "<b>" not in page
    assert "&lt;img src=x&gt;" in page


def test_one_number_of_queries_for_one_and_for_thirty_rows(get, django_assert_num_queries):
    listing("Oppas")
    get("?q=oppas")
    with django_assert_num_queries(3):
        get("?q=oppas")

    for _number in range(29):
        listing("Oppas")
    get("?q=oppas")
    with django_assert_num_queries(3):
        get("?q=oppas")


def test_a_partial_request_gets_its_address(get):
    listing("Oppas")

    assert get("?q=oppas&waar=&sorteer=", headers={"HX-Request": "true"})["HX-Push-Url"] == "/zoeken/?q=oppas"


@pytest.mark.parametrize(
    ("here", "header"), [("?q=oppas", "HX-Replace-Url"), ("?q=oppas&page=2", "HX-Push-Url"), ("", "HX-Push-Url")]
)
def test_the_same_question_again_is_no_step_of_the_way_back(get, here, header):
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/zoeken/{here}"}

    assert get("?q=oppas&waar=", headers=asked)[header] == "/zoeken/?q=oppas"


def test_a_worker_keeps_the_rail_and_sees_the_own_organization(log_in, worker, organization):
    listing("Oppas", organization=organization)
    response = log_in(worker).get(f"{URL}?q=oppas")

    assert "Eigen organisatie" in text_of(response)
    assert 'class="worker"' in text_of(response)


@pytest.mark.parametrize("takes", [True, False])
def test_who_chooses_for_someone_reads_why_a_service_cannot_be_chosen(log_in, takes):
    listing("Oppas", accepts_referrals=takes)
    question = ClarifiedQuestionFactory(wish="een oppas")

    page = text_of(log_in(question.conversation.worker).get(f"/vragen/{question.pk}/zoeken/?q=oppas"))

    assert ("Kies voor" in page, "Neemt langs hier geen vragen aan: bel hen." in page) == (takes, not takes)


def test_the_id_of_a_conversation_is_passed_on_and_nothing_else(get):
    listing("Oppas")
    response = get("?q=oppas&gesprek=0b6c")

    assert 'name="gesprek" value="0b6c"' in text_of(response)
    assert "gesprek=0b6c" in response.context["screen"].links.on_map


def test_a_gap_is_two_choices_and_no_words(visitor, needs):
    response = visitor.post("/zoeken/tekort/", {"thema": "housing", "waar": "8210 Zedelgem"})
    gap = Gap.objects.get()

    assert response.headers["Location"] == "/zoeken/tekort/bedankt/"
    assert (gap.need.code, gap.municipality.name, gap.origin) == ("housing", "Zedelgem", "search")
    assert visitor.get("/zoeken/tekort/bedankt/").status_code == 200


def test_a_gap_is_filled_in_from_where_one_comes(visitor, needs):
    page = text_of(visitor.get("/zoeken/tekort/?thema=housing&waar=Zedelgem"))

    assert 'value="Zedelgem"' in page
    assert page.count("checked") == 1


@pytest.mark.parametrize(
    "sent", [{}, {"thema": "housing", "waar": "Nergenshuizen"}, {"thema": "x", "waar": "Zedelgem"}]
)
def test_a_gap_without_need_or_place_says_what_to_do(visitor, needs, sent):
    response = visitor.post("/zoeken/tekort/", sent)

    assert response.status_code == 200
    assert not Gap.objects.exists()
    assert "error" in text_of(response)


def test_a_gap_is_not_reported_a_hundred_times(visitor, needs):
    answers = [visitor.post("/zoeken/tekort/", {"thema": "housing", "waar": "Zedelgem"}) for _time in range(12)]

    assert answers[-1].status_code == 200
    assert "Probeer het over een uur opnieuw" in text_of(answers[-1])
    assert Gap.objects.count() == 10


def test_needs_are_made_once():
    assert need("money") == need("money")

"""Ways to find without a question: by need, from A to Z, and a few services side by side."""

import pytest

from search.engines import index
from search.engines.base import EngineDownError
from sociale_kaart.models import Attribute, TaxonomyTerm
from tests.factories.search import listing, need

pytestmark = pytest.mark.django_db


def text_of(response):
    """Give the page as text with single spaces."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def away(monkeypatch):
    """Let the index be away."""

    def gone():
        raise EngineDownError("no index yet")

    monkeypatch.setattr(index, "engine", gone)


def part_of(code, parent):
    """Give a part of a need."""
    above = need(parent)
    return TaxonomyTerm.objects.create(taxonomy=above.taxonomy, code=code, name=code.capitalize(), parent=above)


def test_all_needs_stand_with_their_parts_and_counts(visitor, vocabulary):
    Attribute.objects.create(service=listing("Oppas"), taxonomy_term=part_of("borg", "money"))
    listing("Oppas", needs=["money"])
    page = text_of(visitor.get("/zoeken/thema/"))

    assert page.count("/zoeken/thema/") >= 16
    assert "2 diensten" in page
    assert 'href="/zoeken/thema/borg/">Borg <span class="count-plain">1</span>' in page


def test_a_need_shows_its_parts_its_services_and_the_others(visitor, vocabulary):
    Attribute.objects.create(service=listing("Schuldhulp"), taxonomy_term=part_of("borg", "money"))
    listing("Leefloon", needs=["money"])
    listing("Bed", needs=["shelter"])
    response = visitor.get("/zoeken/thema/money/")
    page = text_of(response)

    assert response.context["screen"].total == 2
    assert "Leefloon" in page and "Schuldhulp" in page and "Bed</a>" not in page
    assert 'href="/zoeken/thema/borg/"' in page
    assert 'href="/zoeken/thema/housing/"' in page
    assert 'href="/zoeken/?thema=money"' in page


def test_a_part_leads_back_to_its_need(visitor):
    Attribute.objects.create(service=listing("Schuldhulp"), taxonomy_term=part_of("debts", "money"))
    response = visitor.get("/zoeken/thema/debts/")

    assert response.context["screen"].total == 1
    assert 'href="/zoeken/thema/money/"' in text_of(response)


def test_a_need_puts_what_is_near_first(visitor):
    listing("Aardig", area=("Mol",), town="Mol", needs=["money"])
    listing("Zeker", needs=["money"])
    response = visitor.get("/zoeken/thema/money/?waar=Zedelgem")

    assert [row.hit.card["name"] for row in response.context["screen"].rows] == ["Zeker", "Aardig"]
    assert "die voor Zedelgem eerst" in text_of(response)


def test_a_need_that_nobody_answers_leads_on(visitor):
    need("money")
    listing("Bed")

    assert "Niemand biedt dit nu aan." in text_of(visitor.get("/zoeken/thema/money/"))


@pytest.mark.parametrize("code", ["bestaatniet", "%00", "../../x", "x" * 3000, "older"])
def test_a_need_that_is_none_is_not_found(visitor, vocabulary, code):
    assert visitor.get(f"/zoeken/thema/{code}/").status_code == 404


def test_while_search_is_away_a_need_shows_the_catalogue(visitor, away):
    listing("Leefloon", needs=["money"])
    response = visitor.get("/zoeken/thema/money/")

    assert response.status_code == 503
    assert "Leefloon" in text_of(response)


def test_services_stand_from_a_to_z_by_letter(visitor):
    for name in ["Oppas", "école", "Eten", "112 bellen", "’t Huisje"]:
        listing(name)
    response = visitor.get("/zoeken/a-z/?letter=e")

    assert response.context["letters"] == ["E", "O", "T", "#"]
    assert [row["name"] for row in response.context["rows"]] == ["école", "Eten"]


@pytest.mark.parametrize("hidden", [{"live": False}, {"status": "defunct"}])
def test_what_may_not_be_seen_stands_under_no_letter_and_under_no_need(visitor, hidden):
    listing("Oppas", needs=["money"])
    listing("Onzichtbaar", needs=["money"], **hidden)

    for path in ("/zoeken/a-z/?letter=o", "/zoeken/thema/", "/zoeken/thema/money/"):
        page = text_of(visitor.get(path))
        assert "Onzichtbaar" not in page
        assert "2 diensten" not in page


@pytest.mark.parametrize(
    "query", ["", "?letter=%00", "?letter=ZZZ", "?page=1000000", "?page=x", "?letter=%F0%9F%99%82"]
)
def test_odd_letters_and_pages_get_a_good_list(visitor, query):
    listing("Oppas")

    assert "Oppas" in text_of(visitor.get(f"/zoeken/a-z/{query}"))


def test_an_empty_catalogue_has_no_letters(visitor):
    assert visitor.get("/zoeken/a-z/").status_code == 200


def test_the_list_says_when_search_is_away(visitor, away):
    assert visitor.get("/zoeken/a-z/").status_code == 503


def test_what_differs_stands_before_what_is_the_same(visitor):
    one = listing("Oppas thuis", cost_kind="free", home_visits=True, summary="Wij passen op.")
    other = listing("Oppas hier", cost_kind="paid", summary="Wij passen op.")
    response = visitor.get(f"/zoeken/vergelijken/?dienst={other.pk}&dienst={one.pk}")

    assert [column.service.name for column in response.context["columns"]] == ["Oppas hier", "Oppas thuis"]
    different = {line.label: line.cells for line in response.context["different"]}
    assert different["Prijs"] == [["Betalend"], ["Gratis"]] or different["Prijs"][1] == ["Gratis"]
    assert "Wat ze doen" in {line.label for line in response.context["same"]}


def test_a_service_can_be_taken_out_of_the_comparison(visitor):
    services = [listing(f"Oppas {number}") for number in range(3)]
    query = "&".join(f"dienst={one.pk}" for one in services)
    response = visitor.get(f"/zoeken/vergelijken/?{query}")
    first = response.context["columns"][0]

    assert first.remove_url == f"/zoeken/vergelijken/?dienst={services[1].pk}&dienst={services[2].pk}"


@pytest.mark.parametrize(
    ("ids", "shown"),
    [
        ([], 0), (["a"], 1), (["a", "a", "a"], 1), (["a", "b"], 2), (["a", "b", "c", "d"], 3), (["x", "a", "b"], 2),
        (["\x00", "'; --", "x" * 5000], 0), (["hidden", "a"], 1),
    ],
)  # fmt: skip
def test_any_choice_gives_a_good_page(visitor, ids, shown):
    known = {letter: str(listing(f"Oppas {letter}").pk) for letter in "abcd"}
    known["hidden"] = str(listing("Geheim", live=False).pk)
    response = visitor.get("/zoeken/vergelijken/", {"dienst": [known.get(one, one) for one in ids]})

    assert response.status_code == 200
    assert len(response.context["columns"]) == shown
    assert "Geheim" not in text_of(response)


def test_a_protected_address_is_not_compared(visitor):
    services = [listing("Vluchthuis"), listing("Opvang", town="Oostkamp")]
    location = services[0].service_at_locations.get().location
    location.protected = True
    location.save()
    location.addresses.update(address_1="Geheimstraat 1")

    page = text_of(visitor.get("/zoeken/vergelijken/", {"dienst": [str(one.pk) for one in services]}))

    assert "Geheimstraat" not in page


def test_the_way_back_leads_to_the_list_one_came_from(visitor):
    def back(referer):
        return visitor.get("/zoeken/vergelijken/", headers={"Referer": referer}).context["back_url"]

    assert back("http://testserver/zoeken/?q=oppas") == "/zoeken/?q=oppas"
    assert back("http://testserver/vragen/x/zoeken/?q=oppas") == "/vragen/x/zoeken/?q=oppas"
    assert back("https://elders.example/zoeken/?q=oppas") == "/zoeken/"
    assert back("") == "/zoeken/"


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/zoeken/?q=oppas&thema=money", 3), ("/zoeken/thema/", 4), ("/zoeken/thema/money/", 5), ("/zoeken/a-z/", 0)],
)
def test_one_number_of_queries_for_one_and_for_thirty_rows(visitor, django_assert_num_queries, path, queries):
    listing("Oppas", needs=["money"])
    visitor.get(path)
    with django_assert_num_queries(queries):
        visitor.get(path)

    for _number in range(29):
        listing("Oppas", needs=["money"])
    visitor.get("/zoeken/?q=oppas")
    visitor.get(path)
    with django_assert_num_queries(queries):
        visitor.get(path)


def test_comparing_three_asks_no_more_than_comparing_two(visitor, django_assert_num_queries):
    services = [str(listing("Oppas", needs=["money"]).pk) for _number in range(3)]
    visitor.get("/zoeken/vergelijken/", {"dienst": services})

    for chosen in (services[:2], services):
        with django_assert_num_queries(13):
            visitor.get("/zoeken/vergelijken/", {"dienst": chosen})


@pytest.mark.parametrize(
    ("latitude", "longitude", "answer"),
    [
        ("51.1573", "3.1967", "Loppem"), ("51.1", "200", ""), ("nan", "nan", ""), ("inf", "3", ""), ("", "", ""),
        ("x" * 5000, "3", ""), ("48.85", "2.35", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_by_its_village_and_by_nothing_finer(visitor, places, caplog, latitude, longitude, answer):
    with caplog.at_level("DEBUG"):
        response = visitor.post("/zoeken/hier/", {"breedte": latitude, "lengte": longitude})

    assert response.content.decode() == answer
    assert response.status_code == (200 if answer else 404)
    assert latitude[:7] not in caplog.text or not latitude
    assert not response.cookies

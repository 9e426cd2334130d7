"""What visitors and workers see: the library with its filters, a guide, its card, and their opinion."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from demo.guides_loader import load_guides
from leernetwerk.models import GuideUse, MethodGuidePage
from sociale_kaart.models import LifeDomain, TaxonomyTerm
from tests.factories.leernetwerk import MethodGuideFactory, library
from tests.factories.organisaties import UserFactory
from tests.factories.rechtenverkenning import RightFactory

pytestmark = pytest.mark.django_db
LIBRARY_QUERIES = 11


@pytest.fixture
def shelf(client):
    """Give a visit to the library page."""
    address = library().get_url()

    def visit(**query):
        return client.get(address, query)

    return visit


@pytest.fixture
def domains():
    made = [("housing", "Wonen"), ("debt", "Schulden en betalingen"), ("mobility", "Je verplaatsen")]
    for position, (code, name) in enumerate(made):
        LifeDomain.objects.get_or_create(code=code, defaults={"name": name, "position": position})
    return {domain.code: domain for domain in LifeDomain.objects.all()}


@pytest.fixture
def money():
    found = TaxonomyTerm.objects.needs().filter(code="money").first()
    return found or TaxonomyTerm.objects.create(vocabulary="needs", code="money", name="Geld en schulden")


def titles(answer):
    return [guide.title for guide in answer.context["guides"]]


def counts(answer, name):
    group = next(group for group in answer.context["groups"] if group.name == name)
    return {option.value: option.count for option in group.options}


def test_everyone_reads_the_library_and_only_what_is_published(shelf):
    MethodGuideFactory(title="Samen bellen")
    MethodGuideFactory(title="Een kladje", draft=True)

    answer = shelf()

    assert answer.status_code == 200
    assert titles(answer) == ["Samen bellen"]
    assert "1 werkwijze" in answer.text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_library_costs_the_same_for_one_and_thirty_guides(rows, shelf, domains, money, django_assert_num_queries):
    shelf()
    for _number in range(rows):
        MethodGuideFactory(domains=[domains["housing"]], themes=[money], opened=3)

    with django_assert_num_queries(LIBRARY_QUERIES):
        answer = shelf(toon="30")

    assert len(titles(answer)) == rows


def test_most_used_comes_first_and_newest_on_request(shelf):
    MethodGuideFactory(title="Oud en veel", opened=9, last_published_at="2026-01-01T10:00Z")
    MethodGuideFactory(title="Nieuw en weinig", opened=1, last_published_at="2026-11-01T10:00Z")

    assert titles(shelf()) == ["Oud en veel", "Nieuw en weinig"]
    assert titles(shelf(volgorde="nieuw")) == ["Nieuw en weinig", "Oud en veel"]


def test_filters_of_one_group_widen_and_of_two_groups_narrow(shelf, domains, money):
    MethodGuideFactory(title="Wonen zeker", domains=[domains["housing"]], strength="sure")
    MethodGuideFactory(title="Schuld zeker", domains=[domains["debt"]], strength="sure", themes=[money])
    MethodGuideFactory(title="Wonen praktijk", domains=[domains["housing"]], strength="practice")

    both = shelf(domein=["housing", "debt"], zekerheid="sure")
    money_only = shelf(thema="money")

    assert set(titles(both)) == {"Wonen zeker", "Schuld zeker"}
    assert titles(money_only) == ["Schuld zeker"]


def test_a_count_says_what_a_choice_would_leave(shelf, domains):
    MethodGuideFactory(domains=[domains["housing"]], strength="sure")
    MethodGuideFactory(domains=[domains["housing"]], strength="practice")
    MethodGuideFactory(domains=[domains["debt"]], strength="practice")

    answer = shelf(domein="housing")

    assert counts(answer, "zekerheid") == {"sure": 1, "fairly_sure": 0, "practice": 1}
    assert counts(answer, "domein") | {"housing": 2, "debt": 1, "mobility": 0} == counts(answer, "domein")
    assert answer.context["total"] == 2


def test_what_must_be_read_again_can_be_found_and_says_so(shelf):
    MethodGuideFactory(title="Op tijd")
    MethodGuideFactory(title="Te oud", overdue=True)
    MethodGuideFactory(title="Nieuw", trial=True)

    answer = shelf(stand="reread")

    assert titles(answer) == ["Te oud"]
    assert "herlezen nodig" in answer.text
    assert counts(answer, "stand") == {"read": 1, "reread": 1, "trial": 1}


@pytest.mark.parametrize("query", ["schulden", "SCHULD", "iemand met schulden", "Schúlden", '"schulden"'])
def test_a_search_finds_by_stem_and_says_what_it_found(query, shelf):
    MethodGuideFactory(title="De post openen", words=["schuld"])
    MethodGuideFactory(title="De weg oefenen")

    assert titles(shelf(q=query)) == ["De post openen"]


def test_nothing_found_shows_the_way_on(shelf):
    MethodGuideFactory()

    answer = shelf(q="zeppelin")

    assert "Nog geen werkwijze." in answer.text
    assert "Toon alles" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        {"toon": "veel"},
        {"toon": "-1"},
        {"toon": "99999999999999999999"},
        {"domein": "bestaat niet"},
        {"q": "<script>alert(1)</script>"},
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"volgorde": "achterstevoren"},
    ],
)
def test_a_strange_address_is_no_error(query, shelf):
    MethodGuideFactory()

    answer = shelf(**query)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_more_rows_are_one_click_away(shelf):
    for _number in range(12):
        MethodGuideFactory()

    first = shelf()
    all_of_them = shelf(toon="20")

    assert len(titles(first)) == 10
    assert "Toon 2 meer" in first.text
    assert "?toon=20" in first.text
    assert len(titles(all_of_them)) == 12


def test_a_guide_shows_its_card_its_steps_and_how_sure_we_are(client):
    RightFactory(code="R44")
    guide = MethodGuideFactory(rights=[("right", {"code": "R44", "name": "Sociale huurwoning"})])

    answer = client.get(guide.get_url())

    assert answer.status_code == 200
    written = [guide.goal, guide.for_whom, guide.when_not, guide.card_first, guide.card_leave, guide.author]
    for text in [*written, "Kies één deur.", "praktijk, niet gemeten"]:
        assert text in answer.text, text
    assert '<a href="/rechten/R44/">Sociale huurwoning</a>' in answer.text
    assert "1 april 2026" in answer.text
    assert "herlezen nodig" not in answer.text


def test_a_right_without_a_page_is_named_but_leads_nowhere(client):
    RightFactory(code="R44", live=False)
    named = [("right", {"code": code, "name": name}) for code, name in (("R44", "Huren"), ("R69", "Slachtofferhulp"))]

    page = client.get(MethodGuideFactory(rights=named).get_url()).text

    assert "<li>Huren</li><li>Slachtofferhulp</li>" in page


def test_a_guide_is_tied_to_a_right_of_a_town_as_well(client):
    RightFactory(code="LOK-JABBEKE")
    guide = MethodGuideFactory(rights=[("right", {"code": "LOK-JABBEKE", "name": "Premie van Jabbeke"})])

    guide.full_clean()

    assert '<a href="/rechten/LOK-JABBEKE/">Premie van Jabbeke</a>' in client.get(guide.get_url()).text


def test_a_guide_past_its_date_says_so_and_keeps_its_text(client):
    guide = MethodGuideFactory(overdue=True)

    answer = client.get(guide.get_url())

    assert "herlezen nodig" in answer.text
    assert "Kies één deur." in answer.text


def test_a_draft_is_not_found(client):
    guide = MethodGuideFactory(draft=True)

    assert client.get(f"{library().get_url()}{guide.slug}/").status_code == 404


def test_the_card_has_a_sheet_of_its_own(client):
    guide = MethodGuideFactory()

    answer = client.get(guide.get_url(), {"kaart": ""})

    assert answer.status_code == 200
    assert guide.card_ask in answer.text
    assert "Kies één deur." not in answer.text


def test_opening_counts_once_per_session_and_only_for_colleagues(client):
    guide = MethodGuideFactory()
    client.get(guide.get_url())
    assert not GuideUse.objects.exists()

    client.force_login(UserFactory())
    client.get(guide.get_url())
    client.get(guide.get_url())

    assert GuideUse.objects.get(guide=guide).opened == 1


@pytest.mark.parametrize(("answer", "useful", "not_useful"), [("ja", 1, 0), ("nee", 0, 1)])
def test_an_opinion_counts_once_without_a_name(answer, useful, not_useful, client):
    guide = MethodGuideFactory()
    client.force_login(UserFactory())
    address = reverse("leernetwerk:judge", args=[guide.pk])

    first = client.post(address, {"nuttig": answer})
    client.post(address, {"nuttig": "ja"})

    assert first.status_code == 302
    use = GuideUse.objects.get(guide=guide)
    assert (use.useful, use.not_useful) == (useful, not_useful)
    assert "Dank je." in client.get(guide.get_url()).text


def test_an_opinion_on_a_draft_or_without_login_is_not_taken(client):
    guide, draft = MethodGuideFactory(), MethodGuideFactory(draft=True)
    assert client.post(reverse("leernetwerk:judge", args=[guide.pk])).status_code == 302
    client.force_login(UserFactory())

    assert client.post(reverse("leernetwerk:judge", args=[draft.pk])).status_code == 404
    assert client.get(reverse("leernetwerk:judge", args=[guide.pk])).status_code == 405
    assert not GuideUse.objects.exists()


def test_the_guides_of_the_demo_load_twice_with_one_result(domains, shelf):
    folder = settings.BASE_DIR / "demo" / "guides"
    parent = library()

    loaded = load_guides(folder, parent)
    before = list(MethodGuidePage.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    load_guides(folder, parent)

    assert loaded >= 14
    assert MethodGuidePage.objects.published().count() == loaded
    assert list(MethodGuidePage.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before
    assert titles(shelf(q="iemand die niet opendoet"))[0] == "Iemand doet niet open"


def test_every_guide_of_the_demo_is_complete():
    load_guides(settings.BASE_DIR / "demo" / "guides", library())

    for guide in MethodGuidePage.objects.all():
        guide.full_clean()
        assert len(guide.evidence) >= 2, guide.slug
        assert guide.review_due > date(2026, 1, 1), guide.slug

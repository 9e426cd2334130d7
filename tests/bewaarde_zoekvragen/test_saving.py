"""A worker saves a search for herself: what is kept of it, what is refused, and who sees it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from bewaarde_zoekvragen import actions
from bewaarde_zoekvragen.models import NewsWish, SavedSearch
from core.errors import NotAllowed
from organisaties import absence
from organisaties import actions as organizations
from organisaties.roles import Role
from search.engines import index
from search.engines.base import EngineDownError
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.search import listing

pytestmark = pytest.mark.django_db
SAVE = "/bewaarde-zoekvragen/bewaren/"


@pytest.fixture
def lotte(places):
    """Give someone who works for a partner."""
    return MembershipFactory(role=Role.FRONTLINE_WORKER).user


@pytest.fixture
def browser(log_in, lotte):
    """Give the browser of Lotte."""
    return log_in(lotte)


def kept():
    """Give what the one saved search holds in its address."""
    return parse_qs(SavedSearch.objects.get().address)


def save(browser, query):
    """Press the button under a question, and give the page that comes."""
    return browser.post(SAVE + query, follow=True).text


def test_one_press_saves_the_question_and_comes_back_to_its_results(browser, lotte):
    listing("Schuldbemiddeling", cost_kind="free")
    query = "?q=schulden&waar=Zedelgem&binnen=10&sorteer=afstand&prijs=free"
    page = browser.get(f"/zoeken/{query}").text
    assert f'action="{SAVE}?q=schulden' in page

    answer = browser.post(SAVE + query)

    assert answer["Location"].startswith("/zoeken/?q=schulden")
    assert "Je vindt de zoekvraag in je account." in browser.get(answer["Location"]).text
    expected = {"q": ["schulden"], "waar": ["Zedelgem"], "binnen": ["10"], "sorteer": ["afstand"], "prijs": ["free"]}
    assert kept() == expected
    saved = SavedSearch.objects.get()
    assert (saved.person, saved.title) == (lotte, "schulden · Zedelgem · 10 km · Gratis")


def test_a_saved_search_keeps_no_conversation_no_hour_no_page_and_no_filter_of_ones_own(browser):
    listing("Schuldbemiddeling")
    talk = "0f0f0f0f-1234-4abc-8def-c0ffee0ca3a4"

    save(browser, f"?q=schulden&gesprek={talk}&op=2026-12-01&om=10.00&open=1&page=2&nr=3&beeld=kaart&taal=Peeters")

    assert kept() == {"q": ["schulden"]}


@pytest.mark.parametrize(
    "words",
    [
        "schulden 85.07.30-033.28", "schulden 0470 12 34 56", "jan.peeters@post.example", "geboren 30 juli 1985",
        "schulden Fatima Benali", "mevrouw Peeters", "Kerkstraat 12", "Xylofanius", "schulden " * 12,
    ],
)  # fmt: skip
def test_what_may_point_to_someone_is_not_saved_and_says_so(browser, words):
    listing("Schuldbemiddeling")

    page = save(browser, f"?q={words}")

    assert "kan iets van een persoon staan" in page
    assert not SavedSearch.objects.exists()


def test_a_place_that_is_none_is_not_saved(browser):
    assert "Deze plaats kennen we niet" in save(browser, "?q=schulden&waar=Fatima+Benali")
    assert not SavedSearch.objects.exists()


def test_of_danger_nothing_is_written_down(browser):
    query = "?q=ik+wil+dood"
    assert SAVE not in browser.get(f"/zoeken/{query}").text

    assert "schrijven we niets op" in save(browser, query)
    assert not SavedSearch.objects.exists()


def test_nothing_asked_is_nothing_saved_and_twice_is_once(browser):
    listing("Schuldbemiddeling")
    assert "Zoek eerst iets" in save(browser, "?waar=Zedelgem")

    save(browser, "?q=schulden&prijs=free&prijs=low")
    save(browser, "?prijs=low&prijs=free&q=schulden&page=1")

    assert SavedSearch.objects.count() == 1


def test_twenty_are_enough(browser, lotte):
    for number in range(actions.MOST):
        SavedSearch.objects.create(person=lotte, title="x", address=f"q={number}")

    assert "Haal er eerst een weg" in save(browser, "?q=schulden")
    assert SavedSearch.objects.count() == actions.MOST


def test_search_that_is_away_says_so_and_loses_nothing(browser, monkeypatch):
    def away():
        raise EngineDownError("away")

    monkeypatch.setattr(index, "engine", away)

    answer = browser.post(SAVE + "?q=schulden")

    assert answer["Location"] == "/zoeken/?q=schulden"
    assert not SavedSearch.objects.exists()


def test_the_button_is_for_who_works_here_and_not_for_one_persons_question(browser, visitor, log_in):
    listing("Schuldbemiddeling")
    assert SAVE in browser.get("/zoeken/?q=schulden").text
    assert SAVE not in browser.get("/zoeken/?q=schulden&gesprek=0f0f0f0f-1234-4abc-8def-c0ffee0ca3a4").text
    assert SAVE not in visitor.get("/zoeken/?q=schulden").text

    assert SAVE not in log_in(UserFactory()).get("/zoeken/?q=schulden").text

    assert visitor.post(SAVE + "?q=schulden")["Location"].startswith("/account/login/")
    assert log_in(UserFactory()).post(SAVE + "?q=schulden").status_code == 403
    assert browser.get(SAVE).status_code == 405


def test_the_account_shows_ones_own_and_leads_back_to_the_results(browser, lotte, log_in):
    listing("Schuldbemiddeling")
    save(browser, "?q=schulden&waar=Zedelgem")
    saved = SavedSearch.objects.get()
    other = log_in(MembershipFactory().user)

    page = browser.get("/weergave/").text

    assert "schulden · Zedelgem" in page
    again = browser.get(saved.get_absolute_url())["Location"]
    assert (urlsplit(again).path, parse_qs(urlsplit(again).query)) == ("/zoeken/", kept())
    assert "schulden · Zedelgem" not in other.get("/weergave/").text
    assert other.get(saved.get_absolute_url()).status_code == 404
    assert other.post(reverse("bewaard:remove", args=[saved.pk])).status_code == 404
    answer = browser.post(reverse("bewaard:remove", args=[saved.pk]))
    assert answer["Location"] == "/weergave/#bewaard"
    assert not SavedSearch.objects.exists()


def test_a_list_of_thirty_costs_as_much_as_one(browser, lotte, django_assert_max_num_queries):
    counts = []
    for more in (1, 29):
        for _number in range(more):
            place = SavedSearch.objects.count()
            SavedSearch.objects.create(person=lotte, title=f"zoek {place}", address=f"q={place}")
        browser.get("/weergave/")
        with django_assert_max_num_queries(60) as asked:
            page = browser.get("/weergave/").text
        assert page.count('class="button button-stop button-small"') == SavedSearch.objects.count()
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_all_of_it_goes_when_someone_works_nowhere_any_more_and_stays_while_away(lotte):
    first = lotte.memberships.get().organization
    second = OrganizationFactory(worker=lotte)
    SavedSearch.objects.create(person=lotte, title="x", address="q=x")
    actions.want_news(lotte, wanted=True)
    today = absence.timezone.localdate()
    absence.go_away(lotte, first, starts_on=today, ends_on=None, stand_in=None, by=lotte)
    organizations.leave(lotte, first, by=lotte)
    assert SavedSearch.objects.count() == NewsWish.objects.count() == 1

    organizations.leave(lotte, second, by=lotte)

    assert SavedSearch.objects.count() == NewsWish.objects.count() == 0
    with pytest.raises(NotAllowed):
        actions.save(SavedSearch(address="q=schulden").asked, by=lotte)

"""What people look for is counted, and nobody is in the counts."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search.listening import heard as listening
from search.listening import tally
from search.models import Asked, Opened
from tests.factories.search import listing
from tests.factories.vraagverheldering import ClarifiedQuestionFactory

pytestmark = pytest.mark.django_db
URL = "/zoeken/"
HERE = "http://testserver/zoeken/"
TYPED = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _quiet():
    """Forget what other tests asked."""
    tally.forget_waiting()
    yield
    tally.forget_waiting()


@pytest.fixture
def ask(visitor, places):
    """Ask the page, and write down what was counted."""

    def asked(query, browser=None, **headers):
        response = (browser or visitor).get(f"{URL}{query}", headers=headers)
        tally.write_down()
        return response

    return asked


def pings(response):
    """Give the addresses that the links of the results tell when they are opened."""
    page = response.content.decode()
    return [part.partition('"')[0].replace("&amp;", "&") for part in page.split('ping="')[1:]]


def test_a_question_is_counted_by_day_and_zone_with_nothing_finer(ask):
    listing("Schulden", cost_kind="free", walk_in=True)
    ask("?q=Schulden!&waar=Loppem&hoe=walk_in&prijs=free")
    asked = Asked.objects.get()

    assert (asked.text, asked.day, asked.filters) == ("schulden", timezone.localdate(), "cost,how")
    assert asked.zone == "WE40"
    assert (asked.times, asked.level, asked.correction) == (1, 0, "")


def test_the_table_has_no_column_for_a_person_a_session_or_a_moment():
    assert {field.name for field in Asked._meta.get_fields()} == {
        "id", "day", "text", "zone", "filters", "level", "found", "correction", "meant",
        "times", "narrowed", "total", "milliseconds", "opened", "low", "rank_sum",
    }  # fmt: skip
    assert {field.name for field in Opened._meta.get_fields()} == {"id", "day", "service_id", "times"}


def test_the_same_question_of_many_people_is_one_row(ask, visitor):
    listing("Oppas")
    for _person in range(3):
        visitor.get("/zoeken/?q=oppas")
    ask("?q=OPPAS")

    assert [(row.text, row.times, row.total) for row in Asked.objects.all()] == [("oppas", 4, 1)]


def test_a_row_is_named_after_what_it_counts_and_tells_no_order(ask):
    ask("?q=oppas")
    ask("?q=schulden")
    first, second = Asked.objects.get(text="oppas").pk, Asked.objects.get(text="schulden").pk
    Asked.objects.all().delete()
    ask("?q=schulden")
    ask("?q=oppas")

    assert (Asked.objects.get(text="oppas").pk, Asked.objects.get(text="schulden").pk) == (first, second)


def test_a_place_in_the_question_becomes_a_zone(ask):
    ask("?q=oppas+8210+Loppem")
    asked = Asked.objects.get()

    assert (asked.text, asked.zone) == ("oppas", "WE40")


@pytest.mark.parametrize(
    "text",
    [
        "bel 0470 00 00 62", "85.07.30-033.28", "85073003399 oppas", "jan@voorbeeld.example", "geboren 12/05/1987",
        "BE68 5390 0754 7034", "Kerkstraat 12 oppas", "Lotte Peeters", "mevrouw Vandoorne", "050 8210 11 oppas",
        "een heel lang verhaal over " + "wonen " * 12,
    ],
)  # fmt: skip
def test_a_text_in_which_someone_may_be_is_not_counted(ask, text, caplog):
    response = ask(f"?q={text}", **TYPED)
    ask(f"?q={text}")

    assert response.status_code == 200
    assert response.context["heard"] is None
    assert not Asked.objects.exists()
    assert text not in caplog.text


@pytest.mark.parametrize("text", ["mijn man slaat mij", "ik wil dood", "ik weet niet waar slapen vannacht"])
def test_words_of_danger_are_never_counted(ask, text):
    listing("Oppas")
    response = ask(f"?q={text}")

    assert response.context["page"].understood.danger
    assert response.context["heard"] is None
    assert not Asked.objects.exists()
    assert pings(response) == []


def test_a_worker_is_counted_like_anyone(ask, log_in, worker):
    listing("Oppas")
    ask("?q=oppas&gesprek=0b6c", browser=log_in(worker))
    ask("?q=oppas")

    assert [row.times for row in Asked.objects.all()] == [2]


@pytest.mark.parametrize("query", ["", "?q=rouw"])
def test_the_words_of_a_client_are_not_counted_at_all(log_in, query, visitor):
    listing("Rouwgroep")
    question = ClarifiedQuestionFactory(wish="hulp bij rouw")
    browser = log_in(question.conversation.worker)
    response = browser.get(reverse("doorverwijzing:search", args=[question.pk]) + query)
    typed = browser.get(reverse("doorverwijzing:search", args=[question.pk]) + query, headers=TYPED)
    tally.write_down()

    assert "rouw" in response.context["address"].text
    assert "geopend" not in response.content.decode() + typed.content.decode()
    assert not Asked.objects.exists()


def test_the_same_question_with_other_filters_is_no_new_question(ask):
    listing("Oppas")
    ask("?q=oppas")
    ask("?q=oppas&prijs=free", Referer=f"{HERE}?q=oppas")
    ask("?q=oppas", Referer=f"{HERE}?q=oppas&prijs=free")
    rows = {row.filters: (row.times, row.narrowed) for row in Asked.objects.all()}

    assert rows == {"": (1, 1), "cost": (0, 1)}


@pytest.mark.parametrize("more", ["&page=2", "&beeld=kaart", "&nr=1", "&sorteer=naam"])
def test_other_pages_of_the_same_results_are_not_counted(ask, more):
    for _number in range(25):
        listing("Oppas")
    ask(f"?q=oppas{more}")

    assert not Asked.objects.exists()


def test_words_that_are_still_typed_are_counted_only_when_they_stay(ask, visitor):
    listing("Oppas")
    for text in ("op", "opp", "oppa"):
        ask(f"?q={text}", **TYPED)
    response = ask("?q=oppas", **TYPED)
    token = response.context["heard"].token

    assert not Asked.objects.exists()
    assert token in response.content.decode()

    assert visitor.post("/zoeken/gelezen/", {"wat": token}).status_code == 200
    tally.write_down()
    assert [(row.text, row.times) for row in Asked.objects.all()] == [("oppas", 1)]


def test_a_plain_page_asks_for_no_second_message(ask):
    assert b"gelezen" not in ask("?q=oppas").content


def test_an_opened_result_tells_its_place_and_its_service(ask, visitor):
    for number in range(7):
        listing(f"Oppas {number}")
    response = ask("?q=oppas")
    addresses = pings(response)

    for address in (addresses[0], addresses[6]):
        assert visitor.post(address, content_type="text/ping", data="PING").status_code == 204
    tally.write_down()
    asked = Asked.objects.get()

    assert (asked.times, asked.opened, asked.low, asked.rank_sum) == (1, 2, 1, 8)
    assert {row.service_id: row.times for row in Opened.objects.all()} == {
        parse_qs(urlsplit(address).query)["dienst"][0]: 1 for address in (addresses[0], addresses[6])
    }


def test_the_link_of_a_result_stays_clean(ask):
    service = listing("Oppas")

    assert f'href="{service.get_absolute_url()}?n=1"' in ask("?q=oppas").content.decode()


@pytest.mark.parametrize(
    "query",
    ["", "?wat=x&nr=1&dienst=a", "?wat={token}&nr=0&dienst=a", "?wat={token}&nr=x&dienst=a", "?wat={token}&nr=1"],
)
def test_what_our_page_did_not_make_is_not_counted(ask, visitor, query):
    listing("Oppas")
    token = ask("?q=oppas", **TYPED).context["heard"].token

    assert visitor.post(f"/zoeken/geopend/{query.format(token=token)}").status_code == 204
    assert visitor.post("/zoeken/gelezen/", {"wat": f"{token}x"}).status_code == 200
    tally.write_down()
    assert not Asked.objects.exists()
    assert not Opened.objects.exists()


def test_one_address_does_not_make_a_question_popular(ask, visitor, monkeypatch):
    monkeypatch.setattr("search.listening.views.MOST_MESSAGES", 3)
    listing("Oppas")
    token = ask("?q=oppas", **TYPED).context["heard"].token
    for _time in range(10):
        visitor.post("/zoeken/gelezen/", {"wat": token})
    tally.write_down()

    assert Asked.objects.get().times == 3


def test_a_correction_is_counted_as_shown_and_as_rejected(ask):
    listing("Psycholoog")
    ask("?q=psygoloog+Zedelgem")
    ask("?q=psygoloog+Zedelgem&getypt=1", Referer=f"{HERE}?q=psygoloog+Zedelgem")
    rows = {row.correction: (row.text, row.meant, row.times) for row in Asked.objects.all()}

    assert rows == {
        "shown": ("psygoloog", "psycholoog", 1),
        "rejected": ("psygoloog", "", 1),
    }


def test_nothing_found_and_only_weak_results_are_told_apart(ask):
    listing("Oppas")
    ask("?q=kernfusiereactor")
    ask("?q=oppas+tuinhulp")
    rows = {row.text: (row.found, row.level > 0) for row in Asked.objects.all()}

    assert rows == {"kernfusiereactor": (False, True), "oppas tuinhulp": (True, True)}


def test_an_installation_may_count_nothing(ask, settings):
    settings.SEARCH_LOG = "off"
    response = ask("?q=oppas", **TYPED)

    assert response.context["heard"] is None
    assert not Asked.objects.exists()


@pytest.mark.parametrize("text", ["oppas", "xqzvw"])
def test_counting_asks_the_database_nothing_while_someone_waits(visitor, places, settings, text):
    listing("Oppas")
    visitor.get(f"/zoeken/?q={text}")
    counts = []
    for log in ("wait", "off"):
        settings.SEARCH_LOG = log
        with CaptureQueriesContext(connection) as queries:
            visitor.get(f"/zoeken/?q={text}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_flood_fills_no_memory_and_a_page_still_comes(visitor, places, monkeypatch, caplog):
    monkeypatch.setattr(tally._Writer, "waiting", tally.Queue(1))
    listing("Oppas")

    assert [visitor.get("/zoeken/?q=oppas").status_code for _time in range(3)] == [200, 200, 200]
    assert "search.not_counted" in caplog.text


def test_when_counts_cannot_be_written_they_are_forgotten_and_search_goes_on(visitor, places, monkeypatch, caplog):
    listing("Oppas")
    visitor.get("/zoeken/?q=oppas")
    with monkeypatch.context() as broken:
        broken.setattr(Asked._meta, "db_table", "nowhere")
        assert tally.write_down() == 0

    assert "search.not_counted 1: OperationalError" in caplog.text or "ProgrammingError" in caplog.text
    assert visitor.get("/zoeken/?q=oppas").status_code == 200
    assert tally.write_down() == 1


def test_two_processes_add_to_the_same_row(places):
    question = tally.Question(timezone.localdate(), "oppas")
    for _process in range(2):
        tally.write([tally.asked(question, again=False, total=3, milliseconds=4), *tally.opened(question, 7, "x")] * 2)
    row = Asked.objects.get()

    assert (row.times, row.milliseconds, row.opened, row.low, row.rank_sum, row.total) == (4, 16, 4, 4, 28, 3)


def test_a_page_that_the_browser_fetches_ahead_is_not_counted(ask):
    ask("?q=oppas", **{"Sec-Purpose": "prefetch"})

    assert not Asked.objects.exists()


def test_a_token_of_yesterday_counts_for_nothing(ask, monkeypatch):
    token = ask("?q=oppas", **TYPED).context["heard"].token
    monkeypatch.setattr(listening, "LONGEST_OPEN", timedelta(seconds=-1))

    assert listening.read(token) is None

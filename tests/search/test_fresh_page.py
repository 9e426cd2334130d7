"""The page of who runs the installation: how each index is, and what it can have done."""

from datetime import timedelta

import pytest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from search.changes import outbox
from search.engines import index
from search.find import search
from search.models import Change, Check
from search.operating import chores
from search.query import SearchQuery
from tests.factories.search import listing

pytestmark = pytest.mark.django_db
PAGE = "/zoekmotor/"
WORK = "/zoekmotor/werk/"


@pytest.fixture
def browser(operator, log_in):
    """Give the browser of who runs the installation."""
    return log_in(operator)


@pytest.fixture
def oppas():
    """Give a listing that the index holds."""
    service = listing("Oppas")
    search(SearchQuery())
    return service


def text(response):
    """Give the words of a page."""
    return response.content.decode()


def test_only_who_runs_the_installation_sees_it(visitor, log_in, coordinator, worker):
    assert visitor.get(PAGE).status_code == 302
    for person in (coordinator, worker):
        assert log_in(person).get(PAGE).status_code == 403
        assert log_in(person).post(WORK, {"doe": "check"}).status_code == 403
    assert not Check.objects.exists()


def test_without_an_index_the_page_says_so(browser):
    shown = text(browser.get(PAGE))

    assert "Er is nog geen index." in shown
    assert "niet te lezen" in shown
    assert "Deze index is nog niet gecontroleerd." in shown


def test_the_page_tells_how_the_index_is(browser, oppas):
    outbox.write([oppas.pk])
    shown = text(browser.get(PAGE))

    assert index.current().name in shown
    assert index.generation() in shown
    assert "loopt gelijk" in shown
    assert filesizeformat(index.size_on_disk()) in shown
    assert "<dt>Wachten nog</dt><dd>1 " in shown


def test_a_change_that_waits_too_long_is_told(browser, oppas):
    outbox.write([oppas.pk])
    Change.objects.update(at=timezone.now() - timedelta(minutes=5))

    assert "loopt achter" in text(browser.get(PAGE))


def test_checking_from_the_page_finds_and_repairs(browser, oppas):
    index.engine().write([], [oppas.pk])
    shown = text(browser.post(WORK, {"doe": "check"}, follow=True))

    assert "Gecontroleerd." in shown
    assert "Laatste controle: " in shown
    assert "<dt>Ontbreken</dt><dd>1</dd>" in shown
    assert "Alles is hersteld." in shown
    assert search(SearchQuery("oppas")).total == 1


def test_building_anew_from_the_page_makes_another_index(browser, oppas):
    before = index.current()
    shown = text(browser.post(WORK, {"doe": "rebuild"}, follow=True))

    assert "De index is opnieuw gebouwd." in shown
    assert index.current() != before


@pytest.mark.parametrize(("what", "lock"), [("check", "checking"), ("rebuild", "building")])
def test_asked_twice_it_is_done_once(browser, oppas, what, lock):
    before = index.current()
    with index.alone(lock):
        shown = text(browser.post(WORK, {"doe": what}, follow=True))

    assert "Dit loopt al." in shown
    assert index.current() == before
    assert not Check.objects.exists()


def test_long_work_starts_apart_and_the_page_answers(browser, oppas, monkeypatch):
    started = []

    def start(thread):
        started.append(thread)

    monkeypatch.setattr(chores, "AT_ONCE", 0)
    monkeypatch.setattr(chores.Thread, "start", start)
    shown = text(browser.post(WORK, {"doe": "check"}, follow=True))

    assert "Het is begonnen." in shown
    assert [thread.name for thread in started] == ["search-checking"]
    assert not Check.objects.exists()


def test_something_else_cannot_be_asked(browser):
    assert browser.post(WORK, {"doe": "wissen"}).status_code == 400
    assert browser.get(WORK).status_code == 405


def test_the_way_there_is_shown_to_who_runs_the_installation(browser, coordinator, log_in):
    way = reverse("zoekmotor:engine")

    assert way in text(browser.get("/meer/"))
    assert way in text(browser.get("/beheer/"))
    assert way not in text(log_in(coordinator).get("/meer/"))


def test_the_number_of_queries_does_not_grow(browser, oppas, django_assert_num_queries):
    browser.get(PAGE)
    with django_assert_num_queries(5):
        browser.get(PAGE)
    for _number in range(20):
        listing("Oppas")
        Check.objects.create(index="embedded", records=1, missing=0, stale=0, orphaned=0)
    with django_assert_num_queries(5):
        browser.get(PAGE)

"""Home by need."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import RequestFactory
from wagtail.models import Page, Site

from core.views import server_error
from gebied.models import Municipality
from organisaties.actions import sync_groups
from sociale_kaart.models import Attribute
from sociale_kaart.vocabulary import term_id
from tests.factories.organisaties import OrganizationFactory
from tests.factories.sociale_kaart import (
    LocationFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceAreaFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)
from website.content import PAGES, ensure_pages
from website.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def home(vocabulary):
    ensure_pages()
    return HomePage.objects.get()


def service_for(need, area="Zedelgem", **parts):
    service = ServiceFactory(**parts)
    Attribute.objects.create(service=service, taxonomy_term_id=term_id("needs", need))
    ServiceAreaFactory(service=service, name=area)
    return service


def social_house(municipality, **parts):
    service = ServiceFactory(
        organization=OrganizationFactory(name=f"Sociaal Huis {municipality.name}", kind="ocmw"), walk_in=True, **parts
    )
    ServiceAtLocationFactory(service=service, location=LocationFactory(municipality=municipality))
    PhoneFactory(service=None, organization=service.organization, number="050 00 00 14")
    return service


def counts(answer):
    return {need.term.code: need.count for need in answer.context["needs"] if need.count}


@pytest.mark.parametrize("who", ["visitor", "worker"])
def test_an_installation_has_its_own_name_and_mark(who, client, settings, worker, vocabulary):
    settings.SITE_NAME, settings.SITE_TAGLINE, settings.SITE_MARK = "Kompas", "wijst de weg", "/static/img/kompas.svg"
    ensure_pages()
    paths = [
        "/",
        "/over/",
        "/privacy/",
        "/toegankelijkheid/",
        "/rechten/",
        "/account/login/",
        "/volg/",
        "/bestaat-niet/",
    ]
    if who == "worker":
        client.force_login(worker)
        paths = ["/vandaag/", "/gesprekken/", "/zoeken/", "/bestaat-niet/"]

    pages = {path: client.get(path).content.decode() for path in paths}
    pages["fault"] = server_error(RequestFactory().get("/")).content.decode()

    assert [path for path, page in pages.items() if "Dorpel" in page] == []
    assert [path for path, page in pages.items() if "Kompas" not in page] == []
    assert [path for path, page in pages.items() if 'src="/static/img/kompas.svg"' not in page] == []


def test_the_page_holds_the_question_the_needs_and_the_help_lines(client, home):
    page = client.get("/").content.decode()

    for words in (
        "Waarmee kunnen we je helpen?", "We weten niet wie je bent en bewaren niets over jou.", 'action="/zoeken/"',
        'name="q"', 'name="waar"', "Geld en schulden", "Rekeningen die blijven liggen, geen inkomen", "tel:112",
        "tel:1813", "tel:1712", "tel:106", "Geen slaapplaats vannacht", "Krijg je alles waar je recht op hebt?",
        "Bekijk je rechten", "Ongeveer 5 minuten",
    ):  # fmt: skip
        assert words in page, words
    assert page.count('class="need') >= 16


def test_a_need_counts_the_services_of_the_place_of_the_visitor(client, home):
    service_for("money")
    service_for("money", area="WE40")
    service_for("work", area="Vlaanderen")
    service_for("money", area="Brugge")
    service_for("money", status="defunct")
    service_for("money", live=False)

    here, bruges = client.get("/"), client.get("/", {"waar": "8000 Brugge"})

    assert (here.context["total"], counts(here)) == (3, {"money": 2, "work": 1})
    assert (bruges.context["total"], counts(bruges)) == (2, {"money": 1, "work": 1})
    assert "/zoeken/?thema=money&amp;waar=Zedelgem" in here.content.decode()


def test_a_need_without_services_stays_and_leads_to_search(client, home):
    page = client.get("/").content.decode()

    assert 'class="need need-none" href="/zoeken/?thema=money&amp;waar=Zedelgem"' in page


def test_an_unknown_place_is_told_with_the_one_that_was_meant(client, home):
    page = client.get("/", {"waar": "Herstberge"}).content.decode()

    assert "We kennen ‘Herstberge’ niet. Bedoel je Hertsberge?" in page
    assert 'value="Herstberge"' in page


@time_machine.travel(MONDAY, tick=False)
def test_the_social_houses_of_the_zone_say_until_when_they_are_open(client, home, places):
    zedelgem, beernem, bruges = (Municipality.objects.get(name=name) for name in ("Zedelgem", "Beernem", "Brugge"))
    ScheduleFactory(service=social_house(zedelgem))
    ScheduleFactory(service=social_house(beernem), opens_at="14:00", closes_at="17:00")
    social_house(bruges)

    answer = client.get("/")

    assert [(house.municipality, house.hours.short, house.yours) for house in answer.context["houses"]] == [
        ("Beernem", "open om 14 u.", False),
        ("Zedelgem", "open tot 12 u.", True),
    ]
    assert "050 00 00 14" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_1_and_30_services(client, home, django_assert_num_queries, rows, places):
    zedelgem = Municipality.objects.get(name="Zedelgem")
    for _number in range(rows):
        service_for("money")
        ScheduleFactory(service=social_house(zedelgem))
    client.get("/")

    with django_assert_num_queries(19):
        client.get("/")


def test_the_pages_about_the_site_are_made_once_and_left_to_editors(client, home):
    about = ContentPage.objects.get(slug="over")
    about.title = "Wie zijn wij?"
    about.save_revision().publish()

    made = ensure_pages()

    assert made == 0
    assert HomePage.objects.count() == 1
    assert "Wie zijn wij?" in client.get("/over/").content.decode()


@pytest.mark.parametrize("slug", [slug for slug, _title, _write in PAGES])
def test_a_page_about_the_site_can_be_read_by_everyone(client, home, slug):
    page = client.get(f"/{slug}/")

    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


def test_every_link_in_the_foot_leads_somewhere(client, home):
    answer = client.get("/")

    for column in answer.context["footer_links"]:
        for link in column:
            assert client.get(link.url).status_code == 200, link.url


def test_the_welcome_page_of_a_fresh_wagtail_is_gone(home):
    assert not Page.objects.filter(slug="home", depth=2).exists()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk


def test_a_coordinator_may_change_the_pages_of_the_site(client, home, coordinator, log_in):
    sync_groups(coordinator)
    browser = log_in(coordinator)

    assert browser.get(f"/beheer/pages/{home.pk}/edit/").status_code == 200
    assert browser.get(f"/beheer/pages/{ContentPage.objects.get(slug='privacy').pk}/edit/").status_code == 200

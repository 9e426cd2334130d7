"""The list of who keeps listings: whose rows, what waits for a look, and where it leads."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from organisaties.actions import sync_groups
from organisaties.roles import Role
from sociale_kaart.models.service import Status
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db

URL = "/fiches/"
# The session, its person, whether it coordinates and keeps, whose listings, the counts, how many, the rows, the roles,
# what waits, the corrections and how many.
QUERIES = 12


def editor_of(organization, role=Role.LISTING_EDITOR):
    user = MembershipFactory(organization=organization, role=role).user
    sync_groups(user)
    return type(user).objects.get(pk=user.pk)


def checked(days, **more):
    return ServiceFactory(assured_date=timezone.localdate() - timedelta(days=days) if days else None, **more)


def names(page):
    return [row.name for row in page.context["page"]]


@pytest.fixture
def mine(vocabulary):
    return OrganizationFactory(name="De Blauwe Deur")


@pytest.fixture
def listings(mine):
    other = OrganizationFactory(name="Windvang")
    checked(20, name="Blijven wonen", organization=mine)
    checked(400, name="Samen zoeken", organization=mine)
    checked(0, name="Spreekuur", organization=mine, live=False)
    checked(500, name="Oud aanbod", organization=mine, status=Status.DEFUNCT)
    checked(900, name="Energieschulden", organization=other)


def test_a_listing_editor_sees_the_own_listings_and_what_waits_longest_first(log_in, mine, listings):
    page = log_in(editor_of(mine)).get(URL)

    assert names(page) == ["Spreekuur", "Oud aanbod", "Samen zoeken", "Blijven wonen"]
    assert page.context["kept"].late == 1
    assert 'Onze fiches. <span class="now">Kijk er 1 na.' in page.content.decode()
    assert "Energieschulden" not in page.content.decode()
    assert [(one.label, one.count) for one in page.context["choices"]] == [
        ("Alle", 4), ("Over tijd", 1), ("Niet te zien", 1),
    ]  # fmt: skip


def test_a_name_leads_to_the_editor_and_the_page_of_what_is_public_can_be_looked_at(log_in, mine, listings):
    page = log_in(editor_of(mine)).get(URL).content.decode()

    for one in mine.services.all():
        assert f"/beheer/snippets/sociale_kaart/service/edit/{one.pk}/" in page
        assert (f'href="/dienst/{one.pk}/"' in page) == one.live


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"toon": "over-tijd"}, ["Energieschulden", "Samen zoeken"]),
        ({"toon": "zonder-beheerder"}, ["Energieschulden"]),
        ({"naam": "windvang"}, ["Energieschulden"]),
        ({"toon": "nooit", "naam": "huur\0"}, []),
        ({"toon": "verzonnen", "page": "x"}, None),
    ],
)
def test_a_coordinator_chooses_a_part_and_words(log_in, coordinator, mine, listings, asked, found):
    editor_of(mine)
    sync_groups(coordinator)

    page = log_in(coordinator).get(f"{URL}?{urlencode(asked)}")

    assert "Fiches van de streek" in page.content.decode()
    if found is None:
        assert len(names(page)) == 5
    else:
        assert names(page) == found
    assert ("Geen fiche past." in page.content.decode()) == (found == [])


def test_a_day_shows_what_waits_longest_to_who_handles_no_questions(log_in, mine, listings):
    alone, cares = editor_of(mine), editor_of(mine)
    MembershipFactory(user=cares, organization=mine, role=Role.FRONTLINE_WORKER)

    day, full = (log_in(user).get("/vandaag/") for user in (alone, cares))

    assert [row.name for row in day.context["listings"].late] == ["Samen zoeken"]
    assert "Samen zoeken" in day.content.decode()
    assert full.context["listings"] is None


def test_who_keeps_no_listings_is_told_so(log_in, worker):
    page = log_in(worker).get(URL)

    assert page.status_code == 403
    assert "Alleen wie fiches bijhoudt, kan dit." in page.content.decode()


def test_a_new_listing_begins_with_the_only_organization_that_one_keeps(log_in, mine):
    editor, add = editor_of(mine), reverse("wagtailsnippets_sociale_kaart_service:add")
    chosen = f'<option value="{mine.pk}" selected>'

    assert chosen in log_in(editor).get(add).content.decode()
    MembershipFactory(user=editor, role=Role.LISTING_EDITOR)
    assert chosen not in log_in(editor).get(add).content.decode()


def test_an_editor_without_listings_is_shown_the_first_step(log_in, mine):
    page = log_in(editor_of(mine)).get(URL).content.decode()

    assert "Er is nog geen fiche." in page
    assert reverse("wagtailsnippets_sociale_kaart_service:add") in page


@pytest.mark.parametrize("rows", [1, 30])
def test_many_listings_cost_as_much_as_one(log_in, mine, rows, django_assert_num_queries):
    for number in range(rows):
        checked(number + 1, organization=mine)
    browser = log_in(editor_of(mine))

    with django_assert_num_queries(QUERIES):
        assert browser.get(URL).status_code == 200


def test_the_editors_menu_leads_back_to_the_list_and_to_the_day(log_in, mine, listings):
    screen = log_in(editor_of(mine)).get(reverse("wagtailsnippets_sociale_kaart_service:list")).content.decode()

    assert '"/fiches/"' in screen
    assert '"/vandaag/"' in screen
    assert "whats-new" not in screen


def test_who_keeps_listings_and_no_pages_begins_with_the_list(log_in, coordinator, mine):
    sync_groups(coordinator)

    assert log_in(editor_of(mine)).get("/beheer/").url == URL
    assert "Wat wil je aanpassen?" in log_in(coordinator).get("/beheer/").content.decode()

"""Where a person can go."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from organisaties.roles import Role
from tests.factories.organisaties import MembershipFactory, UserFactory
from website.context_processors import navigation
from website.navigation import workplace

pytestmark = pytest.mark.django_db


def labels(links):
    return [link.label for link in links]


def test_a_visitor_costs_no_query(rf, django_assert_num_queries):
    request = rf.get("/")

    with django_assert_num_queries(0):
        context = navigation(request)
        drawn = [labels(context["public_nav"]), [labels(column) for column in context["footer_links"]]]

    assert drawn[0] == ["Zoek hulp", "Je rechten", "Alle organisaties", "Voor hulpverleners"]
    assert [len(column) for column in drawn[1]] == [3, 3]
    assert context["base_layout"] == "layouts/public.html"
    assert not context["rail"]


def test_a_colleague_costs_a_query_only_when_the_rail_is_drawn(rf, worker, django_assert_num_queries):
    request = rf.get("/")
    request.user = worker

    with django_assert_num_queries(0):
        context = navigation(request)
    with django_assert_num_queries(2):
        assert labels(context["rail"])[0] == "Vandaag"
        assert context["person"]["organization"] == "Sociaal Huis Pannenhoek"


PLACES = [
    (
        {Role.FRONTLINE_WORKER},
        ["Vandaag", "Zoeken", "Gesprekken", "Naar ons", "Door ons", "Rechten"],
        ["Leernetwerk", "Noodtoegang", "Mensen"],
    ),
    (
        {Role.FRONTLINE_WORKER, Role.LISTING_EDITOR},
        ["Vandaag", "Zoeken", "Gesprekken", "Naar ons", "Door ons", "Rechten"],
        ["Leernetwerk", "Onze fiches", "Noodtoegang", "Mensen"],
    ),
    (
        {Role.TEAM_LEAD, Role.LEARNING_EDITOR},
        ["Vandaag", "Zoeken", "Gesprekken", "Naar ons", "Door ons", "Rechten"],
        [
            "Leernetwerk",
            "Zoekvragen",
            "Zoekwoorden",
            "Gegevens en nood",
            "Mensen",
            "Beheer",
        ],
    ),
    ({Role.LISTING_EDITOR}, ["Vandaag", "Fiches", "Zoeken", "Rechten"], ["Leernetwerk", "Mensen"]),
    (
        {Role.NETWORK_COORDINATOR},
        ["Vandaag", "Fiches", "Tekorten", "Zoeken", "Rechten"],
        [
            "Leernetwerk",
            "Zoekvragen",
            "Zoekwoorden",
            "Netwerk",
            "Mensen",
            "Beheer",
        ],
    ),
    (
        {Role.DATA_PROTECTION_CONTACT},
        ["Vandaag", "Zoeken", "Rechten"],
        ["Leernetwerk", "Gegevens en nood", "Mensen"],
    ),
]


@pytest.mark.parametrize(("roles", "rail", "more"), PLACES)
def test_the_rail_follows_from_the_roles(roles, rail, more, organization):
    user = UserFactory()
    for role in roles:
        MembershipFactory(user=user, organization=organization, role=role)

    place = workplace(user, "/")

    assert (labels(place.rail), labels(place.more)) == (rail, more)


def test_the_place_where_someone_is_lights_up(worker):
    place = workplace(worker, "/naar-ons/")

    assert [link.label for link in (*place.rail, *place.more) if link.current] == ["Naar ons"]


@pytest.mark.parametrize(("path", "above"), [("/clienten/1/", "Gesprekken"), ("/vragen/1/zoeken/", "Zoeken")])
def test_a_page_below_a_place_lights_up_that_place(worker, path, above):
    place = workplace(worker, path)

    lit = [link for link in place.rail if link.current]
    assert labels(lit) == [above]
    assert [link.url for link in place.bar if link.current] == [lit[0].url]


@pytest.mark.parametrize(
    ("role", "above"), [(Role.DATA_PROTECTION_CONTACT, ["Gegevens en nood"]), (Role.FRONTLINE_WORKER, ["Gesprekken"])]
)
def test_the_file_of_a_person_stands_under_the_personal_data_for_who_looks_after_it(organization, role, above):
    user = MembershipFactory(organization=organization, role=role).user

    place = workplace(user, "/clienten/1/gegevens/wissen/")

    assert [link.label for link in (*place.rail, *place.more) if link.current] == above


def test_more_is_not_lit_on_a_page_that_is_nowhere(worker):
    assert [link.label for link in workplace(worker, "/componenten/").bar if link.current] == []


def test_the_bar_of_a_phone_has_four_places_and_more(worker):
    here, elsewhere = workplace(worker, "/vandaag/"), workplace(worker, "/leernetwerk/")

    assert labels(here.bar) == ["Vandaag", "Zoeken", "Gesprek", "Naar ons", "Meer"]
    assert [link.label for link in here.bar if link.current] == ["Vandaag"]
    assert [link.label for link in elsewhere.bar if link.current] == ["Meer"]


def test_more_lists_every_place(worker, log_in):
    page = log_in(worker).get(reverse("website:more")).content.decode()

    for words in ("Door ons", "Rechten", "Leernetwerk", "Weergave", "Afmelden"):
        assert words in page, words


def test_more_is_for_colleagues_only(client):
    assert client.get(reverse("website:more")).status_code == 302


def test_the_choices_of_a_visitor_come_from_cookies():
    request = RequestFactory().get("/")
    request.COOKIES |= {"theme": "dark", "size": "118"}

    context = navigation(request)

    assert (context["theme"], context["text_size"]) == ("dark", "118")

"""The public pages of the catalogue."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from gebied.models import Municipality
from sociale_kaart import vocabulary
from sociale_kaart.models import Address, Attribute, Language, RequiredDocument
from tests.codes import code_of, drawn_code
from tests.factories.organisaties import OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import (
    LocationFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceAreaFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db

MORNING = "9 – 12 u.".replace(" ", "\N{NO-BREAK SPACE}")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def blue_door(places):
    """Make a listing with everything that a visitor may read."""
    oostkamp = Municipality.objects.get(name="Oostkamp")
    service = ServiceFactory(
        organization=OrganizationFactory(name="Huurhulp De Blauwe Deur", how_we_work="Bel eerst."),
        name="Blijven wonen",
        client_text="Wij praten met je huisbaas.",
        alert="Kreeg je een brief? Bel ons.",
        eligibility_description="Je huurt een huis.\nJe woont in Oostkamp.",
        application_process="Bel ons. Dat mag ook je hulpverlener zijn.\nWij bellen terug.",
        interpretation_services="Een tolk kost niets.",
        cost_kind="free",
        home_visits=True,
        undocumented_ok=True,
        worker_text="Niet voor eigenaars.",
        response_days=2,
        email="onthaal@blauwedeur.example",
        assured_date=MONDAY.date(),
    )
    place = LocationFactory(latitude=51.15, longitude=3.24, municipality=oostkamp, transportation="Bus 74.")
    Address.objects.create(location=place, address_1="Blauwedeurstraat 7", postal_code="8020", city="Oostkamp")
    ServiceAtLocationFactory(service=service, location=place)
    PhoneFactory(service=service, number="050 00 00 33")
    ScheduleFactory(service=service, byday="MO,TU")
    for number, code in enumerate(["nl", "fr", "ti"]):
        Language.objects.create(service=service, code=code, sort_order=number)
    RequiredDocument.objects.create(service=service, document="je huurcontract")
    return service


@time_machine.travel(MONDAY, tick=False)
def test_a_visitor_reads_for_whom_how_to_begin_and_whom_to_call(client, blue_door):
    page = client.get(blue_door.get_absolute_url()).content.decode()

    for words in (
        "<h1", "Blijven wonen", "Huurhulp De Blauwe Deur", "nu open, tot 12 uur", "neemt mensen aan", "gratis",
        "komt aan huis",
        "Wij praten met je huisbaas.", "<strong>Kreeg je een brief?</strong> Bel ons.", "Je huurt een huis.",
        "Je hebt geen verblijfspapieren nodig.", "<strong>Bel ons.</strong> Dat mag ook je hulpverlener zijn.",
        "<li>Wij bellen terug.</li>", "je huurcontract", "Heb je niets? Kom dan toch.",
        "Nederlands, Frans, Tigrinya. Een tolk kost niets.", 'href="tel:050000033"', "Bel 050 00 00 33",
        "mailto:onthaal@blauwedeur.example", "Blauwedeurstraat 7, 8020 Oostkamp", "Bus 74.", MORNING,
        "Nagekeken op 23 november 2026 door Huurhulp De Blauwe Deur.", "Klopt er iets niet?", "Voor hulpverleners",
        "binnen 2 werkdagen", "Niet voor eigenaars.",
    ):  # fmt: skip
        assert words in page, words


def test_the_distance_counts_from_the_place_in_the_address_and_is_not_kept(client, blue_door):
    near = client.get(blue_door.get_absolute_url(), {"van": "8210 Loppem"})
    unknown = client.get(blue_door.get_absolute_url(), {"van": "Nergenshuizen"})

    assert "3,2 km van Loppem" in near.content.decode()
    assert " km van " not in unknown.content.decode()
    assert not near.cookies


def test_the_map_is_part_of_the_page_and_asks_nothing_of_another_host(client, blue_door):
    page = client.get(blue_door.get_absolute_url()).content.decode()

    assert 'aria-label="Kaart: Blijven wonen ligt in Oostkamp."' in page
    assert "https://www.openstreetmap.org/directions?to=51.15%2C3.24" in page
    assert "<img" not in page


@pytest.mark.parametrize("name", ["service", "card"])
def test_a_secret_address_is_shown_nowhere(client, blue_door, name):
    place = blue_door.places()[0]
    place.protected = True
    place.save()

    page = client.get(reverse(f"sociale_kaart:{name}", args=[blue_door.pk]), {"van": "Oostkamp"}).content.decode()

    assert "Het adres is geheim." in page
    for secret in ("Blauwedeurstraat", "8020", "Bus 74", "51.15", " km van ", "openstreetmap", "map-pin"):
        assert secret not in page


def test_a_secret_address_is_not_on_the_page_of_its_organization_either(client):
    place = LocationFactory(organization=OrganizationFactory(), protected=True, transportation="Bus 9.")
    Address.objects.create(location=place, address_1="Schuilstraat 1", postal_code="8000", city="Brugge")

    page = client.get(place.organization.get_absolute_url()).content.decode()

    assert "Het adres is geheim." in page
    assert "Schuilstraat" not in page and "Bus 9" not in page


def test_a_stopped_service_says_so_and_shows_two_others(client):
    vocabulary.load()
    stopped = ServiceFactory(status="defunct")
    PhoneFactory(service=stopped, number="050 00 00 98")
    others = [ServiceFactory(name=f"Ander {number}") for number in range(3)]
    unlike = ServiceFactory(name="Heel iets anders")
    for service in (stopped, *others):
        Attribute.objects.create(service=service, taxonomy_term_id=vocabulary.term_id("needs", "housing"))
    Attribute.objects.create(service=unlike, taxonomy_term_id=vocabulary.term_id("needs", "work"))
    ServiceAreaFactory(service=stopped)
    ServiceAreaFactory(service=others[2])

    page = client.get(stopped.get_absolute_url()).content.decode()

    assert "Deze dienst is gestopt." in page
    assert "Ander 2" in page and "Ander 0" in page
    assert "Ander 1" not in page and "Heel iets anders" not in page
    assert "050 00 00 98" not in page


def test_a_service_that_is_closed_for_a_while_says_so_and_can_still_be_called(client, blue_door):
    blue_door.status = "temporarily closed"
    blue_door.save()

    page = client.get(blue_door.get_absolute_url()).content.decode()

    assert "Een tijdje gesloten." in page
    assert "Bel 050 00 00 33" in page


def test_a_full_service_says_so_with_its_waiting_time(client, blue_door):
    blue_door.takes_new_people = False
    blue_door.waiting_weeks, blue_door.wait_time = 6, "ongeveer 6 weken"
    blue_door.save()

    page = client.get(blue_door.get_absolute_url()).content.decode()

    assert "neemt nu niemand aan" in page
    assert "wachttijd ongeveer 6 weken" in page


def test_missing_hours_are_said_in_words(client):
    assert "Uren niet gekend. Bel eerst." in client.get(ServiceFactory().get_absolute_url()).content.decode()


@pytest.mark.parametrize("parts", [{"live": False}, {"organization__live": False}])
def test_what_is_not_published_does_not_exist_for_a_visitor(client, parts):
    service = ServiceFactory(**parts)

    for name in ("service", "card"):
        assert client.get(reverse(f"sociale_kaart:{name}", args=[service.pk])).status_code == 404


def test_the_way_back_leads_to_the_list_that_one_came_from(client, blue_door):
    url = blue_door.get_absolute_url()

    back = client.get(f"{url}?n=9", headers={"referer": "http://testserver/zoeken/?q=huur"}).context["back"]
    elsewhere = client.get(url, headers={"referer": "https://elders.example/zoeken/"}).context["back"]

    assert back == {"url": "/zoeken/?q=huur", "label": "Terug naar 9 diensten"}
    assert elsewhere is None


@time_machine.travel(MONDAY, tick=False)
def test_the_card_holds_the_number_the_code_and_what_to_bring(client, blue_door, settings):
    page = client.get(reverse("sociale_kaart:card", args=[blue_door.pk])).content.decode()

    for words in (
        "Blijven wonen",
        "050 00 00 33",
        "Blauwedeurstraat 7",
        "je huurcontract",
        MORNING,
        "noindex",
    ):
        assert words in page, words
    assert drawn_code(page) == code_of("http://testserver" + blue_door.get_absolute_url())


def test_an_organization_has_its_distance_its_way_and_a_card_too(client, blue_door):
    organization = blue_door.organization
    organization.locations.add(*blue_door.places())
    PhoneFactory(service=None, organization=organization, number="050 00 00 77")
    refuge = LocationFactory(organization=organization, protected=True, transportation="Bus 9.")
    Address.objects.create(location=refuge, address_1="Schuilstraat 1", postal_code="8000", city="Brugge")
    ServiceFactory(organization=organization, name="Nog een concept", live=False)

    service = client.get(blue_door.get_absolute_url(), {"van": "8210 Loppem"}).content.decode()
    page = client.get(organization.get_absolute_url(), {"van": "8210 Loppem"}).content.decode()
    address = reverse("sociale_kaart:organization_card", args=[organization.pk])
    card = client.get(address).content.decode()

    assert f"{organization.get_absolute_url()}?van=Loppem" in service
    assert "3,2 km van Loppem" in page
    assert "https://www.openstreetmap.org/directions?to=51.15%2C3.24" in page
    assert f'href="{address}"' in page
    for words in ("Huurhulp De Blauwe Deur", "050 00 00 77", "Blauwedeurstraat 7", "Blijven wonen", "noindex"):
        assert words in card, words
    assert drawn_code(card) == code_of("http://testserver" + organization.get_absolute_url())
    assert "Het adres is geheim." in card
    for words in ("Schuilstraat", "Bus 9", "Nog een concept"):
        assert words not in card, words


def test_an_organization_says_what_is_open_now_and_where_it_is(client, blue_door, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    blue_door.organization.locations.add(*blue_door.places())

    page = client.get(blue_door.organization.get_absolute_url()).content.decode()

    assert "open tot 12 u." in page.replace("\N{NO-BREAK SPACE}", " ")
    assert '<svg class="map' in page


def test_a_colleague_reads_the_same_page_with_the_workers_part_open(client, blue_door):
    client.force_login(UserFactory())

    page = client.get(blue_door.get_absolute_url()).content.decode()

    assert '<details class="fold service-workers" open>' in page
    assert 'class="rail' in page


def test_text_of_a_listing_is_never_markup(client):
    service = ServiceFactory(name="<b>x</b>", application_process="<script>a</script>. b", alert="<i>y</i>. z")

    page = client.get(service.get_absolute_url()).content.decode()

    assert "<script>a" not in page and "<b>x" not in page and "<i>y" not in page


def test_an_organization_shows_its_published_services_only(client):
    organization = OrganizationFactory(description="Wie we zijn.", email="wij@partner.example")
    PhoneFactory(service=None, organization=organization, number="050 00 00 77")
    ServiceFactory(organization=organization, name="Te zien")
    ServiceFactory(organization=organization, name="Nog een concept", live=False)

    page = client.get(organization.get_absolute_url()).content.decode()

    assert "Te zien" in page and "Wie we zijn." in page and "050 00 00 77" in page
    assert "Nog een concept" not in page


def test_the_list_runs_from_a_to_z_with_accents_and_signs_in_their_place(client):
    for name in ("Éénzaam", "aardbei", "1712", "Zon", "Bij ons"):
        OrganizationFactory(name=name)
    OrganizationFactory(name="Concept", live=False)

    answer = client.get(reverse("sociale_kaart:organizations"))

    assert [(first, [row.name for row in rows]) for first, rows in answer.context["groups"]] == [
        ("A", ["aardbei"]), ("B", ["Bij ons"]), ("E", ["Éénzaam"]), ("Z", ["Zon"]), ("#", ["1712"]),
    ]  # fmt: skip
    assert answer.context["letters"] == ["A", "B", "E", "Z", "#"]


def test_the_list_can_be_narrowed_by_letter_or_by_a_part_of_the_name(client):
    for name in ("Aap", "Beer", "Brug"):
        OrganizationFactory(name=name)
    url = reverse("sociale_kaart:organizations")

    by_letter = client.get(url, {"letter": "b"}).content.decode()
    by_name = client.get(url, {"naam": "rug"}).content.decode()
    nothing = client.get(url, {"naam": "xyz"}).content.decode()

    assert "Beer" in by_letter and "Brug" in by_letter and "Aap" not in by_letter
    assert "Brug" in by_name and "Beer" not in by_name
    assert "Geen organisatie heeft dat in haar naam." in nothing


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_1_and_30_organizations(client, django_assert_num_queries, rows):
    zedelgem = Municipality.objects.get(name="Zedelgem")
    for _number in range(rows):
        ServiceAtLocationFactory(location__organization=OrganizationFactory(), location__municipality=zedelgem)

    with django_assert_num_queries(4):
        client.get(reverse("sociale_kaart:organizations"))


@pytest.mark.parametrize("rows", [1, 30])
def test_an_organization_costs_the_same_for_1_and_30_services(client, django_assert_num_queries, rows):
    organization = OrganizationFactory()
    for _number in range(rows):
        offer = ServiceAtLocationFactory(service__organization=organization, location__organization=organization)
        ScheduleFactory(service=offer.service)
        PhoneFactory(service=offer.service)

    with django_assert_num_queries(24):
        client.get(organization.get_absolute_url())


def test_a_service_is_shown_in_a_fixed_number_of_queries(client, blue_door, django_assert_num_queries):
    with django_assert_num_queries(20):
        client.get(blue_door.get_absolute_url())

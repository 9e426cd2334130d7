"""What people mean by a place, and how far it is."""

import pytest

from gebied.distance import km_between
from gebied.models import Municipality, Place

pytestmark = pytest.mark.django_db
BRUGGE, ZEDELGEM, BRUSSEL = (51.2093, 3.2247), (51.1424, 3.1368), (50.8504, 4.3488)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("8210", {"Loppem", "Veldegem", "Zedelgem"}),
        ("Loppem", {"Loppem"}),
        ("loppem", {"Loppem"}),
        ("8210 Loppem", {"Loppem"}),
        ("Loppem 8210", {"Loppem"}),
        ("8210, Loppem", {"Loppem"}),
        ("  8210   Loppem ", {"Loppem"}),
        ("8210 Zedelgem", {"Loppem", "Veldegem", "Zedelgem"}),
        ("Zedelgem", {"Aartrijke", "Loppem", "Veldegem", "Zedelgem"}),
        ("Sint-Andries", {"Sint-Andries"}),
    ],
)
def test_a_place_is_found_by_what_people_type(places, typed, found):
    assert set(Place.objects.matching(typed).values_list("name", flat=True)) == found


@pytest.mark.parametrize(
    "typed", ["", "   ", ",", "Nergenshuizen", "0000", "99999", "8000 Loppem", "%", "' OR 1=1", "Zedel", "8210 8211"]
)
def test_what_is_no_place_finds_nothing(places, typed):
    found = Place.objects.matching(typed)

    assert set(found.values_list("postcode", flat=True)) <= ({"8210", "8211"} if typed == "8210 8211" else set())


def test_a_place_of_before_the_mergers_is_still_a_place(places):
    assert Place.objects.matching("Galmaarden").first().municipality.name == "Pajottegem"


def test_a_place_says_its_postcode_first(places):
    assert str(Place.objects.matching("Loppem").get()) == "8210 Loppem"


def test_finding_a_place_with_its_municipality_is_one_query(places, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [place.municipality.name for place in Place.objects.matching("8210").select_related("municipality")] == [
            "Zedelgem", "Zedelgem", "Zedelgem",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "look", [lambda: Municipality.objects.coded("23023"), lambda: Municipality.objects.named("Gooik")]
)
def test_finding_a_municipality_is_one_query(places, django_assert_num_queries, look):
    with django_assert_num_queries(1):
        assert look().get().name == "Pajottegem"


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        (BRUGGE, BRUGGE, 0),
        (BRUGGE, ZEDELGEM, 9.7),
        (BRUGGE, BRUSSEL, 88.3),
        ((0, 0), (0, 1), 111.2),
        ((0, 179.5), (0, -179.5), 111.2),
        ((90, 0), (90, 120), 0),
        ((0, 0), (0, 180), 20015.1),
    ],
)
def test_a_distance_is_as_the_crow_flies(here, there, km):
    assert km_between(here, there) == pytest.approx(km, abs=0.15)


def test_a_distance_is_the_same_both_ways():
    assert km_between(BRUGGE, BRUSSEL) == pytest.approx(km_between(BRUSSEL, BRUGGE))

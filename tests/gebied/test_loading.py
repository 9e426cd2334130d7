"""The loader: everything once, with the codes of before and after the mergers of 2025."""

from io import StringIO

import pytest
from django.core.management import call_command

from gebied.loading import load
from gebied.models import FormerMunicipality, Municipality, Place, PrimaryCareZone, ReferenceRegion

pytestmark = pytest.mark.django_db
COUNTS = {"Municipality": 565, "FormerMunicipality": 581, "Place": 2781, "PrimaryCareZone": 56, "ReferenceRegion": 15}


def everything():
    """Write all rows down, with their keys."""
    models = (Municipality, FormerMunicipality, Place, PrimaryCareZone, ReferenceRegion)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    links = [Municipality.zones.through, Municipality.reference_regions.through]
    return rows, [sorted(link.objects.values_list("municipality_id", "pk")) for link in links]


def test_the_whole_country_comes_in(places):
    assert load() == COUNTS


def test_loading_twice_changes_nothing(places):
    before = everything()

    load()

    assert everything() == before


def test_loading_mends_what_was_changed_by_hand(places):
    Municipality.objects.filter(nis="31040").update(name="Zedelghem", boundary=None)
    Place.objects.filter(postcode="8210", name="Loppem").delete()

    load()

    assert Municipality.objects.get(nis="31040").name == "Zedelgem"
    assert Municipality.objects.get(nis="31040").boundary["type"] in {"Polygon", "MultiPolygon"}
    assert Place.objects.filter(postcode="8210", name="Loppem").exists()


def test_the_command_says_how_much_there_is(places):
    out = StringIO()

    call_command("gebied_load", stdout=out)

    names = ["gemeenten", "vroegere gemeenten", "plaatsen", "eerstelijnszones", "referentieregio's"]
    told = [f"{name}: {count}" for name, count in zip(names, COUNTS.values(), strict=True)]
    assert out.getvalue().splitlines() == told


def test_every_municipality_of_flanders_and_brussels_has_a_boundary(places):
    here = Municipality.objects.filter(region__in=["Vlaams Gewest", "Brussels Hoofdstedelijk Gewest"])

    assert here.count() == 285 + 19
    assert here.filter(boundary=None).count() == 0


def test_every_place_lies_in_belgium(places):
    assert not Place.objects.exclude(latitude__range=(49.4, 51.6), longitude__range=(2.5, 6.5)).exists()
    assert not Place.objects.exclude(postcode__regex=r"^[1-9][0-9]{3}$").exists()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("31040", "Zedelgem"),
        ("23106", "Pajottegem"),
        ("23023", "Pajottegem"),  # Galmaarden until 2024
        ("23024", "Pajottegem"),  # Gooik
        ("23032", "Pajottegem"),  # Herne
        ("46030", "Beveren-Kruibeke-Zwijndrecht"),
        ("46003", "Beveren-Kruibeke-Zwijndrecht"),
        ("11056", "Beveren-Kruibeke-Zwijndrecht"),  # came from another province
        ("11007", "Antwerpen"),  # Borsbeek
        ("37018", "Wingene"),  # same name, another code
        ("44043", "Merelbeke-Melle"),
    ],
)
def test_a_code_of_before_or_after_2025_finds_the_municipality(places, code, name):
    assert Municipality.objects.coded(code).get().name == name


@pytest.mark.parametrize("code", ["", "99999", "Zedelgem"])
def test_a_code_that_is_none_finds_nothing(places, code):
    assert not Municipality.objects.coded(code).exists()


@pytest.mark.parametrize(
    ("name", "nis"),
    [
        ("Zedelgem", "31040"),
        ("zedelgem", "31040"),
        ("Galmaarden", "23106"),
        ("Kruibeke", "46030"),
        ("WINGENE", "37021"),
    ],
)
def test_a_name_of_before_or_after_2025_finds_the_municipality_once(places, name, nis):
    assert [found.nis for found in Municipality.objects.named(name)] == [nis]


@pytest.mark.parametrize("name", ["Zedelgem", "Jabbeke", "Oostkamp", "Beernem"])
def test_the_region_of_the_demo_is_one_zone(places, name):
    municipality = Municipality.objects.named(name).get()

    assert [zone.name for zone in municipality.zones.all()] == ["WE40"]
    assert [region.name for region in municipality.reference_regions.all()] == ["Regio Brugge"]


def test_a_merged_municipality_may_lie_in_two_regions(places):
    merged = Municipality.objects.coded("46030").get()

    assert {region.name for region in merged.reference_regions.all()} == {"Regio Antwerpen", "Waasland"}
    assert {zone.name for zone in merged.zones.all()} == {"N-O-Waasland"}


@pytest.mark.parametrize("name", ["Aalter", "Deinze"])
def test_a_municipality_without_a_code_in_the_source_is_not_lost(places, name):
    assert Municipality.objects.named(name).get().reference_regions.get().name == "Regio Gent"


def test_every_flemish_municipality_lies_in_a_region(places):
    alone = Municipality.objects.filter(region="Vlaams Gewest", reference_regions=None)

    assert list(alone.values_list("name", flat=True)) == []


def test_a_zone_knows_its_municipalities(places):
    zone = PrimaryCareZone.objects.get(name="WE40")

    assert "Zedelgem" in {municipality.name for municipality in zone.municipalities.all()}
    assert str(zone) == "WE40"

"""Single values: what stays, what is mended and how, what is refused."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from organisaties.models import Organization
from sociale_kaart.hsds.cleaning import readable
from sociale_kaart.hsds.outcomes import Mended, Refused
from sociale_kaart.hsds.places import mended_position
from sociale_kaart.hsds.rows import clean_id, plain
from sociale_kaart.hsds.tables import tables
from sociale_kaart.models import Location

LONG = "woord " * 100

# Table.column, what the source says, what the field gets, whether it was mended.
VALUES = [
    ("service.name", "  Hulp  aan\nhuis ", "Hulp aan huis", False),
    ("service.name", "<b>Hulp</b> &amp; zorg", "Hulp & zorg", True),
    ("service.name", LONG, None, True),
    ("service.name", 12, "12", False),
    ("service.name", {"nl": "Hulp"}, "", True),
    ("service.description", LONG, LONG.strip(), False),
    ("service.description", "<p>Eén</p><p>Twee<br>Drie</p><script>alert(1)</script>", "Eén\nTwee\nDrie", True),
    ("service.description", "&lt;script&gt;alert(1)&lt;/script&gt;Hulp", "Hulp", True),
    ("service.description", "kind < 3 jaar & ouder", "kind < 3 jaar & ouder", False),
    ("service.description", "mail <info@ocmw.example>", "mail <info@ocmw.example>", False),
    ("service.description", "caf\u00c3\u00a9 voor iedereen", "café voor iedereen", True),
    ("service.description", "een\x00twee\x07", "eentwee", True),
    ("service.description", "half \ud83d", "half", True),
    ("service.description", ["rolstoel", "lift"], "rolstoel, lift", False),
    ("service.email", "info@ocmw.example", "info@ocmw.example", False),
    ("service.email", "e-mailinfo@ocmw.example", "", True),
    ("service.email", "email@ocmw.example", "email@ocmw.example", False),
    ("service.email", "mailto:info@ocmw.example", "info@ocmw.example", True),
    ("service.email", "info@ocmw.example; b@ocmw.example", "info@ocmw.example", True),
    ("service.email", "info at ocmw.example", "", True),
    ("service.email", False, "", True),
    ("service.url", "https://ocmw.example/hulp?x=1", "https://ocmw.example/hulp?x=1", False),
    ("service.url", "www.ocmw.example/hulp", "https://www.ocmw.example/hulp", True),
    ("service.url", "https://ocmw.example/een map", "https://ocmw.example/een%20map", True),
    ("service.url", "javascript:alert(1)", "", True),
    ("service.url", "example/counselling", "", True),
    ("organization.uri", "urn:oid:1.2.3", "urn:oid:1.2.3", False),
    ("service.url", "urn:oid:1.2.3", "", True),
    ("service.status", "active", "active", False),
    ("service.status", "Actief", "active", True),
    ("service.status", "Temporarily_Closed", "temporarily closed", True),
    ("service.status", "stopgezet", "defunct", True),
    ("service.status", "misschien", Refused, False),
    ("location.location_type", "Online", "virtual", True),
    ("address.country", "België", "BE", True),
    ("address.country", "Atlantis", "", True),
    ("cost_option.currency", "€", "EUR", True),
    ("cost_option.amount", "12,50", Decimal("12.50"), True),
    ("cost_option.amount", "€ 1.250,00", Decimal("1250.00"), True),
    ("cost_option.amount", 35, Decimal("35.00"), False),
    ("cost_option.amount", "gratis", None, True),
    ("cost_option.amount", "1e30", None, True),
    ("service.minimum_age", "12", 12.0, False),
    ("service.minimum_age", "0,5", 0.5, True),
    ("service.minimum_age", "NaN", None, True),
    ("service.minimum_age", True, None, True),
    ("organization.year_incorporated", "2011", 2011, False),
    ("organization.year_incorporated", "-5", None, True),
    ("organization.year_incorporated", "9999999999", None, True),
    ("service.assured_date", "2026-02-28", date(2026, 2, 28), False),
    ("service.assured_date", "2026-02-31", None, True),
    ("service.assured_date", "31/02/2026", None, True),
    ("service.assured_date", "5/3/2026", date(2026, 3, 5), True),
    ("service.assured_date", "12/24/2015", date(2015, 12, 24), True),
    ("service.assured_date", "2026-03-05T10:00:00Z", date(2026, 3, 5), True),
    ("service.assured_date", "5 maart 2026", date(2026, 3, 5), True),
    ("service.assured_date", "binnenkort", None, True),
    ("schedule.opens_at", "09:00", time(9), False),
    ("schedule.opens_at", "09:00:30", time(9, 0, 30), False),
    ("schedule.closes_at", "24:00", time(23, 59), True),
    ("schedule.closes_at", "25:00", None, True),
    ("schedule.opens_at", "9u30", time(9, 30), True),
    ("schedule.opens_at", "4:00 PM", time(16), True),
    ("schedule.opens_at", "9am", time(9), True),
    ("schedule.opens_at", "10:00:00+01:00", time(10), True),
    ("schedule.opens_at", "10:00:00-05:00", time(10), True),
    ("schedule.opens_at", "09:00-12:00", None, True),
    ("schedule.byday", "MO,TU,1WE,-1FR", "MO,TU,1WE,-1FR", False),
    ("schedule.byday", "maandag en vrijdag", "MO,FR", True),
    ("schedule.byday", "mo, tu", "MO,TU", True),
    ("schedule.byday", "ma-vr", "MO,TU,WE,TH,FR", True),
    ("schedule.byday", "ma t/m do, za", "MO,TU,WE,TH,SA", True),
    ("schedule.byday", "Maandag tot en met woensdag en vrijdag", "MO,TU,WE,FR", True),
    ("schedule.byday", "Mon - Wed", "MO,TU,WE", True),
    ("schedule.byday", "vr. tot ma.", "MO,FR,SA,SU", True),
    ("schedule.byday", "weekdagen", "MO,TU,WE,TH,FR", True),
    ("schedule.byday", "soms", "", True),
    ("schedule.byday", "ma-soms", "", True),
    ("schedule.byday", "ma-wo-vr", "", True),
    ("schedule.wkst", "maandag", "MO", True),
    ("service_capacity.updated", "2024-09-25T14:23:06Z", datetime(2024, 9, 25, 14, 23, 6, tzinfo=UTC), False),
    ("phone.number", '"+32 50 00 00 01"', "+32 50 00 00 01", True),
    ("phone.number", "1712 (gratis)", "1712 (gratis)", False),
    ("phone.number", "n.v.t.", Refused, False),
    ("phone.extension", 100, "100", False),
]


@pytest.mark.parametrize(
    ("place", "given", "expected", "is_mended"), VALUES, ids=[f"{v[0]}-{i}" for i, v in enumerate(VALUES)]
)
def test_a_value_is_kept_mended_or_refused(place, given, expected, is_mended):
    table, column = place.split(".")

    outcome = tables()[table].cleaners[column](given)

    if expected is Refused:
        assert isinstance(outcome, Refused)
        return
    assert isinstance(outcome, Mended) is is_mended
    value = outcome.value if is_mended else outcome
    assert value == expected if given is not LONG or expected else len(value) <= 255


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((51.14, 3.13), (51.14, 3.13)),
        ((3.13, 51.14), (51.14, 3.13)),
        ((-122.3, 37.5), (37.5, -122.3)),
        ((100, 101), (None, None)),
        ((0, 0), (None, None)),
        ((51.14, 190), (None, None)),
        ((None, 3.13), (None, 3.13)),
    ],
)
def test_a_position_lies_on_the_globe(given, expected):
    assert mended_position(*given)[0] == expected


def test_an_id_is_kept_or_made_from_itself():
    assert clean_id("ABC-1_2.3~4:5", "service") == "ABC-1_2.3~4:5"
    assert clean_id(12, "service") == "12"
    assert clean_id("a/b", "service") == clean_id(" a/b ", "service") != clean_id("a/b", "organization")
    assert len(clean_id("x" * 300, "service")) == 36
    assert clean_id(None, "service") == clean_id({}, "service") == clean_id(True, "service") == ""
    assert clean_id("..", "service") != ".."


def test_what_is_kept_aside_fits_in_every_database():
    assert plain({"a\0": ["\ud800", float("nan"), 1e300, 0.5, 1]}) == {"a": ["?", "nan", "1e+300", 0.5, 1]}


def test_plain_text_is_left_alone():
    assert readable("Zorg & welzijn: €5, 3 < 4") == ("Zorg & welzijn: €5, 3 < 4", "")


def test_originals_are_kept_until_the_source_is_right(run_import, tables):
    run_import(tables(organizations="id,name,description,email\no-1,OCMW,Hulp,info at ocmw\n"))
    assert Organization.objects.get().extra == {"as_given": {"email": "info at ocmw"}}

    report = run_import(tables(organizations="id,name,description,email\no-1,OCMW,Hulp,info@ocmw.example\n"))

    assert Organization.objects.get().extra == {}
    assert (report["changed"], report["mended"]) == (1, 0)


def test_a_turned_position_is_mended_and_told(run_import, tables):
    report = run_import(tables(locations='id,location_type,latitude,longitude\nl-1,physical,"3,13","51,14"\n'))

    location = Location.objects.get()
    assert (location.latitude, location.longitude) == (51.14, 3.13)
    assert location.extra["as_given"] == {"latitude": "3,13", "longitude": "51,14"}
    assert report["mended"] == 1

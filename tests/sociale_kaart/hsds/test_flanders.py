"""The real Flemish organizations that travel along."""

from pathlib import Path

import pytest

import sociale_kaart
from gebied.loading import load
from organisaties.models import Organization, OrganizationIdentifier
from sociale_kaart.models import Address, Location, Phone
from tests.sociale_kaart.hsds.conftest import counts

FLANDERS = Path(sociale_kaart.__file__).parent / "data" / "flanders"


@pytest.fixture
def places(db):
    load()


def test_all_381_come_in_without_a_reject(run_import, places):
    report = run_import(FLANDERS, source="Vlaamse Overheid", strict=True)

    assert counts(report) == {"read": 1944, "created": 1944, "mended": 1, "records": 1944}
    assert Organization.objects.filter(source="Vlaamse Overheid", live=True).count() == 381
    assert OrganizationIdentifier.objects.count() == 732
    assert (Location.objects.count(), Address.objects.count(), Phone.objects.count()) == (381, 381, 69)
    assert counts(run_import(FLANDERS))["unchanged"] == 1944


def test_a_mail_address_with_a_typing_error_is_kept_aside(run_import):
    run_import(FLANDERS)

    organization = Organization.objects.get(name="ZorgGroep Lommel")
    assert organization.email == ""
    assert organization.extra == {"as_given": {"email": "e-mailinfo@zorggroeplommel.be"}}


def test_every_place_lies_in_a_municipality_of_today(run_import, places):
    run_import(FLANDERS)

    assert not Location.objects.filter(municipality=None).exists()
    assert Location.objects.get(name="OCMW Zedelgem").municipality.name == "Zedelgem"
    assert Location.objects.get(name="OCMW Galmaarden").municipality.name == "Pajottegem"

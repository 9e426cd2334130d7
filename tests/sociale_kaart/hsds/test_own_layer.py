"""What an import leaves alone: the network's own fields, what editors hid or drafted; and whom it tells."""

import pytest

from gebied.loading import load as load_places
from gebied.models import Municipality
from organisaties.models import Organization
from sociale_kaart.changes import services_changed
from sociale_kaart.models import Location, Service, ServiceArea, TaxonomyTerm
from sociale_kaart.vocabulary import NEEDS, term_id
from sociale_kaart.vocabulary import load as load_words
from tests.sociale_kaart.hsds.test_json import service


@pytest.fixture
def told():
    """Gather the ids that were told."""
    ids: list[str] = []

    def listen(ids_of_batch=ids, **kwargs):
        ids.extend(kwargs["ids"])

    services_changed.connect(listen)
    yield ids
    services_changed.disconnect(listen)


def test_a_new_listing_is_published_with_careful_values(run_import, as_json):
    run_import(as_json(service()), source="Proef")

    listed = Service.objects.public().get()
    assert (listed.source, listed.organization.source) == ("Proef", "Proef")
    assert (listed.accepts_referrals, listed.takes_new_people) == (False, True)
    assert (listed.summary, listed.client_text) == ("", "")
    assert listed.first_published_at is not None


def test_the_own_layer_survives_an_import(run_import, as_json):
    run_import(as_json(service()))
    own = {
        "summary": "In één zin", "client_text": "Voor jou", "accepts_referrals": True, "takes_new_people": False,
        "partner_tip": "Bel eerst", "referral_way": "phone_first", "source": "Hand",
    }  # fmt: skip
    Service.objects.update(**own)
    Organization.objects.update(inbox="onthaal@ocmw.example", kind="ocmw", how_we_work="Samen")

    report = run_import(as_json(service(name="Nieuwe naam", alert="Let op")), source="Proef")

    assert report["changed"] == 1
    assert Service.objects.values(*own).get() == own
    assert Service.objects.get().name == "Nieuwe naam"
    assert Organization.objects.values_list("inbox", "kind", "how_we_work").get() == (
        "onthaal@ocmw.example", "ocmw", "Samen",
    )  # fmt: skip


def test_what_an_editor_hid_stays_hidden(run_import, as_json):
    run_import(as_json(service()))
    Service.objects.update(live=False)
    Organization.objects.update(live=False)

    run_import(as_json(service(name="Nieuwe naam")))

    assert not Service.objects.filter(live=True).exists()
    assert not Organization.objects.filter(live=True).exists()


def test_a_secret_place_stays_secret(run_import, as_json):
    place = {"id": "l-1", "name": "Huis", "location_type": "physical", "latitude": 51.1, "longitude": 3.1}
    path = as_json(service(service_at_locations=[{"id": "sl-1", "location": place}]))
    run_import(path)
    Location.objects.update(protected=True, name="Vluchthuis")

    run_import(path)

    assert Location.objects.values_list("protected", "name").get() == (True, "Huis")


def test_an_editor_sees_what_came_in(run_import, as_json):
    run_import(as_json(service()))
    listed = Service.objects.get()
    listed.summary = "In één zin"
    listed.save_revision().publish()

    run_import(as_json(service(alert="Verhuisd", phones=[{"id": "p-1", "number": "050 00 00 01"}])))

    seen = Service.objects.get().get_latest_revision_as_object()
    assert (seen.alert, seen.summary) == ("Verhuisd", "In één zin")
    assert [phone.number for phone in seen.phones.all()] == ["050 00 00 01"]
    assert run_import(as_json(service(alert="Verhuisd")))["changed"] == 0


def test_an_open_draft_stays_a_draft(run_import, as_json):
    run_import(as_json(service()))
    draft = Service.objects.get()
    draft.name = "Naam in ontwerp"
    draft.save_revision()

    run_import(as_json(service(alert="Verhuisd")))

    listed = Service.objects.get()
    assert (listed.name, listed.alert, listed.has_unpublished_changes) == ("Dienst 1", "Verhuisd", True)
    assert listed.get_latest_revision_as_object().name == "Naam in ontwerp"


def test_our_own_words_are_not_renamed_by_a_source(run_import, as_json):
    load_words()
    pk = term_id(NEEDS, "housing")
    tag = {"id": "a-1", "taxonomy_term": {"id": pk, "name": "Housing", "description": "x"}}

    report = run_import(as_json(service(attributes=[tag])))

    assert TaxonomyTerm.objects.get(pk=pk).name == "Wonen"
    assert (Service.objects.get().needs(), report["rejected"]) == (["housing"], 0)


def test_each_service_that_changed_is_told_once(run_import, as_json, told):
    run_import(as_json([service(1, phones=[{"number": "050 00 00 01"}]), service(2)]))

    assert sorted(told) == ["s-1", "s-2"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ([service(1), service(2)], []),
        ([service(1, alert="Let op"), service(2)], ["s-1"]),
        ([service(1), service(2, schedules=[{"id": "h-1", "byday": "MO", "freq": "WEEKLY"}])], ["s-2"]),
        ([service(1, organization={"id": "o-1", "name": "Welzijnshuis"})], ["s-1", "s-2"]),
    ],
    ids=["nothing", "service", "part", "organization"],
)
def test_what_looks_different_is_told(run_import, as_json, told, change, expected):
    run_import(as_json([service(1), service(2)]))
    told.clear()
    run_import(as_json(change))

    assert sorted(told) == expected


def test_areas_and_places_find_their_municipality(run_import, as_json):
    load_places()
    address = {
        "id": "a-1", "address_1": "Dorpsstraat 1", "city": "Veldegem", "state_province": "West-Vlaanderen",
        "postal_code": "8210", "country": "BE", "address_type": "physical",
    }  # fmt: skip
    there = {"id": "l-2", "name": "Zaal", "location_type": "physical", "latitude": 51.2093, "longitude": 3.2247}
    doors = [
        {"id": "sl-1", "location": {"id": "l-1", "name": "Huis", "location_type": "physical", "addresses": [address]}},
        {"id": "sl-2", "location": there},
        {"id": "sl-3", "location": {"id": "l-3", "name": "Online", "location_type": "virtual"}},
    ]
    areas = [{"id": f"g-{number}", "name": name} for number, name in enumerate(["Zedelgem", "Vlaanderen", "Overal"])]

    report = run_import(as_json(service(service_at_locations=doors, service_areas=areas)))

    zedelgem = Municipality.objects.get(name="Zedelgem")
    found = dict(Location.objects.values_list("pk", "municipality__name"))
    assert found == {"l-1": "Zedelgem", "l-2": "Brugge", "l-3": None}
    assert dict(ServiceArea.objects.values_list("name", "node")) == {
        "Zedelgem": f"municipality:{zedelgem.pk}", "Vlaanderen": "region:Vlaams Gewest", "Overal": "",
    }  # fmt: skip
    assert [problem["reason"] for problem in report["problems"]] == [
        "Geen gemeente, zone, provincie of gewest heet “Overal”."
    ]


def test_a_municipality_that_an_editor_chose_stays(run_import, as_json):
    load_places()
    place = {"id": "l-1", "name": "Zaal", "location_type": "physical", "latitude": 51.2093, "longitude": 3.2247}
    path = as_json(service(service_at_locations=[{"id": "sl-1", "location": place}]))
    run_import(path)
    Location.objects.update(municipality=Municipality.objects.get(name="Damme"))

    run_import(path)

    assert Location.objects.get().municipality.name == "Damme"

"""Records with much that hangs on them: all or nothing, parts that are mended or left out, shared ids."""

import pytest

from organisaties.models import Organization
from sociale_kaart.models import Address, Attribute, Contact, Language, Location, Metadata, Phone, Schedule, Service
from tests.sociale_kaart.hsds.conftest import counts, reasons
from tests.sociale_kaart.hsds.test_json import service


def test_a_bad_part_is_left_out_and_the_rest_stays(run_import, as_json):
    parts = {
        "phones": [{"id": "p-1", "number": "050 00 00 01"}, {"id": "p-2"}, "050 00 00 03"],
        "schedules": [{"id": "h-1", "freq": "SOMS", "byday": "MO"}],
        "service_at_locations": [{"id": "sl-1", "location": {"id": "l-1", "location_type": "kasteel"}}],
    }

    report = run_import(as_json(service(**parts)))

    assert counts(report) == {"read": 8, "created": 3, "rejected": 5, "records": 1}
    assert sum(problem["rejected"] for problem in report["problems"]) == 5
    assert Phone.objects.get().pk == "p-1"
    assert not Location.objects.exists()
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("fault", [{"name": ""}, {"name": None}, {"id": ""}, {"id": None}, {"status": "misschien"}])
def test_of_an_invalid_record_nothing_is_written(run_import, as_json, fault):
    good = service(2, organization={"id": "o-2", "name": "CAW", "description": "Hulp"})
    bad = service(1, phones=[{"id": "p-1", "number": "050 00 00 01"}]) | fault

    report = run_import(as_json([bad, good]))

    assert (report["created"], report["rejected"], report["records"]) == (2, 1, 2)
    assert list(Organization.objects.values_list("pk", flat=True)) == ["o-2"]
    assert not Phone.objects.exists()


def test_parts_without_an_id_get_one_that_stays_the_same(run_import, as_json):
    path = as_json(service(phones=[{"number": "050 00 00 01"}, {"number": "050 00 00 02"}], languages=[{"code": "nl"}]))

    first, second = run_import(path), run_import(path)

    assert counts(first) == {"read": 5, "created": 5, "mended": 3, "records": 1}
    assert second["unchanged"] == 5
    assert list(Phone.objects.values_list("number", flat=True)) == ["050 00 00 01", "050 00 00 02"]


def test_parts_keep_the_order_of_the_source(run_import, as_json):
    phones = [{"id": name, "number": f"050 00 00 0{number}"} for number, name in enumerate("zab")]

    run_import(as_json(service(phones=phones)))

    assert [phone.pk for phone in Service.objects.get().phones.all()] == ["z", "a", "b"]


def test_an_id_that_hangs_on_two_services_is_lost_to_neither(run_import, as_json):
    shared = [{"id": "c-1", "title": "Onthaal", "phones": [{"id": "p-1", "number": "050 00 00 01"}]}]
    path = as_json([service(1, contacts=shared), service(2, contacts=shared)])

    first, second = run_import(path), run_import(path)

    for pk in ("s-1", "s-2"):
        contact = Contact.objects.get(service=pk)
        assert (contact.title, contact.phones.get().number) == ("Onthaal", "050 00 00 01")
    assert Contact.objects.get(service="s-1").pk == "c-1"
    assert Contact.objects.get(service="s-2").extra == {"as_given": {"id": "c-1"}}
    assert (second["changed"], second["created"], second["rejected"]) == (0, 0, 0)
    assert any("hangt aan twee verschillende dingen" in reason for reason in reasons(first))


def test_an_id_that_hangs_on_two_services_of_one_organization_is_lost_to_neither(run_import, as_json):
    services = [service(number, languages=[{"id": "t-1", "code": "ar"}]) for number in (1, 2)]
    path = as_json({"id": "o-1", "name": "OCMW", "description": "Hulp", "services": services})

    run_import(path)
    second = run_import(path)

    assert sorted(Language.objects.values_list("service_id", "code")) == [("s-1", "ar"), ("s-2", "ar")]
    assert (second["changed"], second["created"], second["rejected"]) == (0, 0, 0)


def test_a_phone_that_moved_to_another_service_moves(run_import, as_json):
    phone = [{"id": "p-1", "number": "050 00 00 01"}]
    run_import(as_json([service(1, phones=phone), service(2)]))

    report = run_import(as_json([service(1), service(2, phones=phone)]))

    assert Phone.objects.get().service_id == "s-2"
    assert report["changed"] == 1


def test_a_mere_reference_needs_a_known_object(run_import, as_json):
    run_import(as_json(service(1)))

    report = run_import(as_json([service(2, organization={"id": "o-1"}), service(3, organization={"id": "o-9"})]))

    assert (report["created"], report["rejected"]) == (1, 1)
    assert Organization.objects.get().name == "OCMW"


def test_what_hangs_on_a_row_is_told_by_its_place(run_import, as_json):
    term = {"id": "t-1", "name": "Voedsel", "description": "x"}
    tagged = {"attributes": [{"id": "a-1", "link_entity": "organization", "taxonomy_term": term}]}
    change = {
        "id": "m-1", "last_action_date": "2026-01-01", "last_action_type": "update", "field_name": "name",
        "previous_value": "", "replacement_value": "x", "updated_by": "Dienst",
    }  # fmt: skip

    run_import(as_json(service(metadata=[change], **tagged)))

    attribute = Attribute.objects.get()
    assert (attribute.service_id, attribute.link_id, attribute.link_entity) == ("s-1", "s-1", "service")
    assert (Metadata.objects.get().resource_id, Metadata.objects.get().resource_type) == ("s-1", "service")


def test_a_program_belongs_to_the_organization_of_its_service(run_import, as_json):
    run_import(as_json(service(program={"id": "g-1", "name": "Warm onthaal", "description": "x"})))

    assert Service.objects.get().program.organization_id == "o-1"


def test_a_place_that_the_source_hides_comes_in_secret(run_import, as_json):
    hidden = {
        "id": "l-1", "name": "Vluchthuis", "location_type": "redacted", "latitude": 51.1, "longitude": 3.1,
        "addresses": [{"id": "a-1", "address_type": "redacted", "address_1": "Geheim 1", "city": "Brugge"}],
    }  # fmt: skip

    run_import(as_json(service(service_at_locations=[{"id": "sl-1", "location": hidden}])))

    location = Location.objects.get()
    assert (location.protected, location.position) == (True, None)
    assert not Address.objects.exists()


def test_endless_nesting_is_cut(run_import, as_json):
    inner: dict[str, object] = service(0)
    for number in range(1, 40):
        inner = service(
            number, service_at_locations=[{"id": f"sl-{number}", "location": {"id": "l"}, "service": inner}]
        )

    report = run_import(as_json(inner))

    assert report["read"] == report["created"] + report["rejected"]
    assert Service.objects.filter(pk="s-39").exists()

"""The official examples of every version, the UK profile and its mock: expected counts, twice."""

import pytest
from django.core.management import CommandError

from organisaties.models import Organization
from sociale_kaart.models import Metadata, Phone, Schedule, Service, ServiceCapacity
from tests.sociale_kaart.hsds.conftest import EXAMPLES, counts, reasons

# The UK folder holds three tables under two names.
GIVEN_TWICE = {"uk-profile-3.0/csv": 3}
# Path, objects read, records, mended, rejected. In 3.1 the example capacity names a service that does not exist.
SETS = [
    ("3.0/csv", 20, 20, 2, 0),
    ("3.1/csv", 23, 23, 2, 1),
    ("3.2.3/csv", 23, 23, 2, 0),
    ("uk-profile-3.0/csv", 22, 22, 2, 0),
    ("3.0/service_full.json", 20, 1, 2, 0),
    ("3.0/organization_full.json", 20, 1, 2, 0),
    ("3.0/tabular.json", 20, 20, 2, 0),
    ("3.1/service_full.json", 23, 1, 2, 0),
    ("3.1/organization_full.json", 23, 1, 2, 0),
    ("3.1/service_at_location_full.json", 23, 1, 2, 0),
    ("3.1/service_list.json", 3, 1, 0, 0),
    ("3.1/service_at_location_list.json", 5, 1, 1, 0),
    ("3.1/organization_list.json", 1, 1, 0, 0),
    ("3.1/location.json", 7, 1, 2, 0),
    ("3.1/tabular.json", 20, 20, 2, 0),
    ("3.1/taxonomy.json", 1, 1, 0, 0),
    ("3.1/taxonomy_list.json", 1, 1, 0, 0),
    ("3.1/taxonomy_term.json", 2, 1, 0, 0),
    ("3.1/taxonomy_term_list.json", 2, 1, 0, 0),
    ("uk-profile-3.0/service_full.json", 15, 1, 1, 0),
    ("uk-profile-3.0/organization_full.json", 15, 1, 1, 0),
    ("uk-profile-3.0/service_at_location_full.json", 15, 1, 1, 0),
    ("uk-profile-3.0/taxonomy_term_list.json", 1, 1, 0, 0),
    ("oruk-mock/service_full.json", 15, 1, 1, 0),
    ("oruk-mock/warn_service_full.json", 15, 1, 1, 0),
    ("oruk-mock/warn_service_list.json", 2, 1, 0, 0),
    ("oruk-mock/fail_service_full.json", 15, 1, 2, 0),
    ("oruk-mock/fail_service_list.json", 4, 4, 0, 4),
]
# Profiles may name fields of their own; the standard's official names are all known.
PROFILES, UNKNOWN = ("uk-profile", "oruk-mock"), "HSDS kent dit veld niet; het is apart bewaard."


@pytest.mark.parametrize(("path", "read", "records", "mended", "rejected"), SETS, ids=[row[0] for row in SETS])
def test_an_official_example_comes_in_once(run_import, path, read, records, mended, rejected):
    first = run_import(EXAMPLES / path)
    second = run_import(EXAMPLES / path)

    assert first["created"] == read - rejected - GIVEN_TWICE.get(path, 0)
    assert second["unchanged"] == read - rejected
    for report in (first, second):
        assert (report["read"], report["records"], report["mended"]) == (read, records, mended)
        assert report["rejected"] == rejected == sum(problem["rejected"] for problem in report["problems"])
        assert path.startswith(PROFILES) or UNKNOWN not in reasons(report)


def test_a_whole_folder_of_json_is_one_source(run_import):
    report = run_import(EXAMPLES / "3.1")

    assert report["rejected"] == 0
    assert report["created"] == 23
    assert Service.objects.count() == Organization.objects.count() == 1


def test_every_form_of_the_example_gives_the_same_service(run_import):
    run_import(EXAMPLES / "3.2.3" / "csv")
    columns = [field.name for field in Service._meta.concrete_fields if field.name not in {"extra", "last_modified"}]
    from_tables = Service.objects.values(*columns).get()

    report = run_import(EXAMPLES / "3.1" / "service_full.json")

    assert Service.objects.values(*columns).get() == from_tables
    assert report["created"] == 0


def test_the_repeating_list_of_the_mock_is_one_service(run_import):
    report = run_import(EXAMPLES / "oruk-mock" / "service_list.json")

    assert counts(report) == {"read": 213, "created": 2, "unchanged": 211, "records": 128}
    assert run_import(EXAMPLES / "oruk-mock" / "service_list.json")["unchanged"] == 213


def test_a_nested_service_brings_all_that_hangs_on_it(run_import):
    run_import(EXAMPLES / "3.1" / "service_full.json")

    service = Service.objects.get()
    phone = Phone.objects.get()
    assert service.organization.name == "Example Organization Inc."
    assert service.program.organization == service.organization
    assert phone.service == service
    assert (phone.organization, phone.location.name) == (service.organization, "MyCity Civic Center")
    assert (phone.number, phone.extra["as_given"]) == ("+44 1234 234567", {"number": '"+44 1234 234567"'})
    assert service.attributes.get().taxonomy_term.taxonomy.name == "name"
    assert ServiceCapacity.objects.get().unit.name == "Kilogram"
    assert Metadata.objects.get().resource_id == service.pk


def test_a_schedule_keeps_its_rule_as_it_is(run_import):
    run_import(EXAMPLES / "3.0" / "csv")

    schedule = Schedule.objects.get()
    assert (schedule.freq, schedule.byday, schedule.bymonthday) == ("WEEKLY", "TH,FR", "2,3,4")
    assert (schedule.wkst, schedule.interval, schedule.count) == ("TU", 1, 3)


def test_the_moment_of_the_source_is_kept_beside_our_own(run_import):
    run_import(EXAMPLES / "3.0" / "csv")

    assert Service.objects.get().extra["last_modified"] == "2023-03-15T10:30:45.123Z"


def test_the_description_of_an_api_is_no_source(run_import):
    with pytest.raises(CommandError, match="HSDS") as caught:
        run_import(EXAMPLES / "3.1" / "base.json")

    assert caught.value.returncode == 2

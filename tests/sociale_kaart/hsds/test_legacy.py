"""Older forms: the Ohana sample, and files of HSDS 1.x."""

from organisaties.models import Organization
from sociale_kaart.models import Accessibility, Address, Attribute, Location, Phone, Schedule, Service, TaxonomyTerm
from tests.sociale_kaart.hsds.conftest import EXAMPLES, counts

OHANA = EXAMPLES / "ohana"


def test_the_whole_sample_comes_in_and_stays(run_import):
    first, second = run_import(OHANA), run_import(OHANA)

    assert counts(first) == {"read": 650, "created": 650, "mended": 4, "records": 455}
    assert counts(second) == {"read": 650, "unchanged": 650, "mended": 4, "records": 455}
    assert (Organization.objects.count(), Location.objects.count(), Service.objects.count()) == (8, 22, 23)
    assert (Phone.objects.count(), Address.objects.count(), TaxonomyTerm.objects.count()) == (54, 42, 290)


def test_what_has_a_place_today_finds_it(run_import):
    run_import(OHANA)

    service = Service.objects.get(pk="22")
    assert service.organization.name == "Example Agency"
    assert service.fees_description
    assert service.url == "http://www.example.com"
    assert service.service_at_locations.get().location_id == "22"
    assert {term.taxonomy_term.code for term in Attribute.objects.filter(service="22")} >= {"105", "108-05-01"}
    assert TaxonomyTerm.objects.get(code="101-01").parent.name == "Emergency"
    assert Organization.objects.get(pk="8").year_incorporated == 1970
    assert set(Address.objects.values_list("address_type", flat=True)) == {"physical", "postal"}
    assert Accessibility.objects.filter(location="1", description="ramp").exists()
    assert Phone.objects.get(pk="1").type == "voice"


def test_weekdays_and_holidays_become_schedules(run_import):
    run_import(OHANA)

    assert Schedule.objects.get(pk="1").byday == "MO"
    assert str(Schedule.objects.get(pk="9").closes_at) == "16:00:00"
    christmas = Schedule.objects.get(valid_from="2015-12-24")
    assert (str(christmas.opens_at), christmas.notes) == ("10:00:00", "")
    assert Schedule.objects.filter(notes="Gesloten, elk jaar: June 01 – September 01", valid_from=None).exists()


def test_files_of_the_first_version_are_known(run_import, tables):
    report = run_import(
        tables(
            organizations="id,name,description,url\no-1,OCMW,Hulp,https://ocmw.example\n",
            services="id,organization_id,name,status\ns-1,o-1,Hulp,active\n",
            taxonomy="id,name,parent_id,parent_name,vocabulary\nt-1,Voedsel,,,eigen\n",
            service_taxonomy="id,service_id,taxonomy_id,taxonomy_detail\na-1,s-1,t-1,pakket\n",
            locations="id,organization_id,name,latitude,longitude\nl-1,o-1,Huis,51.1,3.1\n",
            physical_addresses="id,location_id,address_1,city,postal_code,country\n1,l-1,Straat 1,Zedelgem,8210,BE\n",
            postal_addresses="id,location_id,address_1,city,postal_code,country\n1,l-1,Postbus 1,Zedelgem,8210,BE\n",
            accessibility_for_disabilities="id,location_id,accessibility\nx-1,l-1,Lift\n",
            payments_accepted="id,service_id,payment\n1,s-1,contant\n",
        )
    )

    assert (report["created"], report["rejected"]) == (8, 0)
    assert Organization.objects.get().website == "https://ocmw.example"
    assert Service.objects.get().attributes.get().value == "pakket"
    assert sorted(Address.objects.values_list("address_type", flat=True)) == ["physical", "postal"]
    assert [problem["object"] for problem in report["problems"] if problem["row"] is None] == ["payments_accepted"]

"""Sources that somebody else made: what cannot be right is told, and what can be read is read."""

import json
import os
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError

from organisaties.models import Organization
from sociale_kaart.models import Attribute, Schedule, Service, ServiceAtLocation
from sociale_kaart.opening import hours_of, opening_of, remarks
from tests.sociale_kaart.hsds.conftest import reasons

ORGANIZATION = "id,name,description\no-1,OCMW,Hulp\n"
NUMBER = "85.07.30-033.28"


def service(**parts: object) -> dict[str, object]:
    owner = {"id": "o-1", "name": "OCMW", "description": "Hulp"}
    return {"id": "s-1", "name": "Dienst", "status": "active", "organization": owner, **parts}


@pytest.mark.parametrize(
    "raw",
    [b"\xef\xbb\xbf" + b'[{"id":"o-1","name":"Caf\xe9","legal_status":"vzw"}]', b'[{"id":"o-1","name":"Caf\xe9"}]'],
    ids=["marked", "bare"],
)
def test_a_letter_that_is_not_utf_8_is_never_lost_in_json(run_import, tmp_path, raw):
    (tmp_path / "organizations.json").write_bytes(raw)

    report = run_import(tmp_path / "organizations.json")

    assert Organization.objects.get(pk="o-1").name == "Café"
    assert report["mended"] == 1


def test_a_letter_that_is_not_utf_8_is_never_lost_in_a_marked_table(run_import, tables):
    raw = b"\xef\xbb\xbfid,name,description\no-1,Caf\xe9,x\no-2,Caf\xc3\xa9,x\n"

    report = run_import(tables(organizations=raw))

    assert set(Organization.objects.values_list("name", flat=True)) == {"Café"}
    assert report["mended"] == 1


def test_lines_of_a_table_may_end_in_more_than_one_way(run_import, tables):
    raw = b'id,name,description\ro-1,OCMW,"een\rtwee"\ro-2,CAW,x\no-3,CGG,x\r\n'

    report = run_import(tables(organizations=raw))

    assert (report["records"], report["created"], report["rejected"]) == (3, 3, 0)


def test_a_header_without_end_is_no_header(run_import, tables):
    report = run_import(tables(organizations=ORGANIZATION, services="id,name," + "x" * 5_000_000 + "\n1,2,3\n"))

    assert report["created"] == 1


def test_pages_may_stand_on_lines_and_in_a_list(run_import, as_json):
    pages = [{"total_items": 2, "contents": [service()]}, {"total_items": 2, "contents": [service(id="s-2")]}]

    lines = run_import(as_json("\n".join(map(json.dumps, pages)), "export.ndjson"))
    listed = run_import(as_json(pages))

    assert (lines["records"], lines["created"], lines["rejected"], lines["problems"]) == (2, 3, 0, [])
    assert (listed["records"], listed["unchanged"]) == (2, 4)


def test_what_hangs_on_a_record_may_lean_on_one_that_comes_later(run_import, as_json):
    records = [
        service(
            attributes=[{"id": "a-1", "taxonomy_term": {"id": "t-1"}}, {"id": "a-2", "taxonomy_term_id": "t-1"}],
            service_at_locations=[{"id": "x-1", "location_id": "l-1"}],
        ),
        {"id": "l-1", "location_type": "physical", "name": "Plek", "latitude": 51.1, "longitude": 3.1},
        {"id": "t-1", "name": "Wonen", "description": "x", "taxonomy_id": None, "term_uri": ""},
    ]
    path = as_json("\n".join(map(json.dumps, records)), "export.ndjson")

    first, second = run_import(path), run_import(path)

    assert (first["rejected"], second["created"], second["changed"]) == (0, 0, 0)
    assert ServiceAtLocation.objects.get(pk="x-1").location_id == "l-1"
    assert Attribute.objects.filter(taxonomy_term_id="t-1").count() == 2


def test_two_records_may_lean_on_each_other(run_import, as_json):
    term = {"id": "t-1", "name": "Wonen", "description": "x"}
    first = {"id": "s-1", "name": "A", "status": "active", "organization_id": "o-1"}
    records = [
        {**first, "attributes": [{"id": "a-1", "taxonomy_term": term}]},
        service(id="s-2", attributes=[{"id": "a-2", "taxonomy_term_id": "t-1"}]),
    ]
    path = as_json(records)

    report, second = run_import(path), run_import(path)

    assert (report["rejected"], second["created"], second["changed"]) == (0, 0, 0)
    assert Attribute.objects.filter(taxonomy_term_id="t-1").count() == 2


def test_a_repair_that_one_of_two_records_needs_does_not_flip(run_import, as_json):
    here, nowhere = {"id": "l-1", "name": "Plek", "latitude": 51.1}, {"id": "l-1", "name": "Plek", "latitude": "NaN"}
    records = [
        service(service_at_locations=[{"id": "x-1", "location": here}, {"id": "x-2", "location": nowhere}]),
        service(id="s-2", service_at_locations=[{"id": "x-3", "location": here}]),
    ]
    path = as_json(records)
    run_import(path)

    second = run_import(path)

    assert (second["created"], second["changed"]) == (0, 0)


def test_a_link_that_a_record_of_its_own_decides_does_not_flip(run_import, as_json):
    detail = {"id": "x-1", "name": "Woorden", "description": "x"}
    told = {"id": "t-1", "name": "Wonen", "description": "x", "taxonomy_detail": detail}
    own = {"id": "t-1", "name": "Wonen", "description": "x", "term_uri": "", "taxonomy_id": "x-2"}
    path = as_json([own, service(attributes=[{"id": "a-1", "taxonomy_term": told}])])
    run_import(path)

    second = run_import(path)

    assert (second["created"], second["changed"]) == (0, 0)


def test_each_of_two_rows_with_one_id_is_counted_when_they_are_refused(run_import, tables):
    rows = "id,name,status,organization_id\ns-1,A,active,weg\ns-1,B,active,weg\n"

    report = run_import(tables(services=rows))

    assert (report["records"], report["read"], report["rejected"]) == (2, 2, 2)
    assert [problem["row"] for problem in report["problems"] if problem["rejected"]] == [2, 3]


def test_parents_in_a_circle_are_told_and_hang_in_a_chain(run_import, tables):
    rows = "id,name,description,parent_organization_id\no-1,A,x,o-2\no-2,B,x,o-3\no-3,C,x,o-1\n"
    folder = tables(organizations=rows)

    first, second = run_import(folder), run_import(folder)

    parents = list(Organization.objects.order_by("pk").values_list("parent_organization_id", flat=True))
    assert parents == ["o-2", None, "o-1"]
    assert reasons(first) == reasons(second) == ["“o-3” ligt al onder dit object; de koppeling blijft leeg."]
    assert Organization.objects.get(pk="o-2").extra == {"as_given": {"parent_organization_id": "o-3"}}
    assert second["unchanged"] == 3


def test_a_parent_and_a_child_may_change_places(run_import, tables):
    head = "id,name,description,parent_organization_id\n"
    run_import(tables(organizations=head + "o-1,A,x,o-2\no-2,B,x,\n"))

    report = run_import(tables(organizations=head + "o-2,B,x,o-1\no-1,A,x,\n"))

    parents = list(Organization.objects.order_by("pk").values_list("parent_organization_id", flat=True))
    assert (parents, report["problems"]) == ([None, "o-1"], [])


def test_an_id_of_half_a_letter_breaks_nothing(run_import, as_json):
    report = run_import(as_json('[{"id": "\\ud800x", "name": "A", "description": "x"}, {"id": "\\ud800"}]', "o.json"))

    assert (report["read"], report["rejected"]) == (2, 1)


def test_a_file_with_a_name_that_cannot_be_read_is_told(run_import, tables):
    folder = tables(organizations=ORGANIZATION)
    (folder / os.fsdecode(b"dienst\xe9n.csv")).write_text("id,name\n")

    report = run_import(folder)

    assert (report["created"], len(report["problems"])) == (1, 1)


def test_the_one_file_that_cannot_be_read_is_named(run_import, as_json, tmp_path):
    as_json([service()], "services.json")
    as_json('[{"id": "o-1", "na', "organizations.json")

    with pytest.raises(CommandError, match=r"^organizations\.json: Dit is geen geldige JSON\.$"):
        run_import(tmp_path)


def test_a_report_beside_the_source_is_no_source(run_import, as_json, tmp_path):
    as_json([service()], "services.json")
    run_import(tmp_path)
    assert (tmp_path / "report.json").exists()

    second = run_import(tmp_path)

    assert (second["unchanged"], second["rejected"], second["records"]) == (2, 0, 1)


def test_files_of_another_kind_are_told(run_import, tables):
    folder = tables(organizations=ORGANIZATION)
    for name in ("services.xlsx", "services.csv.gz", "README.md", "LICENSE"):
        (folder / name).write_bytes(b"PK")

    report = run_import(folder)

    told = {problem["object"]: problem["reason"] for problem in report["problems"]}
    assert set(told) == {"services.xlsx", "services.csv.gz"}
    assert set(told.values()) == {"Dit is geen CSV-, JSON- of NDJSON-bestand; het is niet gelezen."}


@pytest.mark.parametrize("cut", [47, 60, 100], ids=str)
def test_a_zip_with_a_broken_stream_is_unreadable(run_import, tmp_path, cut):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = "".join(f"o-{number},Huis {number * number},x\n" for number in range(400))
        archive.writestr("organizations.csv", "id,name,description\n" + rows)
    raw = bytearray(path.read_bytes())
    raw[cut] ^= 0xFF
    path.write_bytes(raw)

    with pytest.raises(CommandError, match="beschadigd"):
        run_import(path)


def test_a_zip_that_was_cut_off_is_called_damaged(run_import, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)

    with pytest.raises(CommandError, match="beschadigd"):
        run_import(tmp_path / "a.zip")


def test_what_is_no_file_is_not_waited_for(run_import, tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(CommandError, match="geen bestand en geen map"):
        run_import(tmp_path / "pipe")


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_no_clock_knows_costs_one_row(run_import, tables, moment):
    report = run_import(
        tables(
            organizations=ORGANIZATION,
            services=f"id,name,status,organization_id,assured_date\ns-1,A,active,o-1,{moment[:10]}\n",
            units="id,name\nu-1,bed\n",
            service_capacity=f"id,service_id,unit_id,available,updated\nc-1,s-1,u-1,3,{moment}\n",
        )
    )

    assert (report["created"], report["rejected"]) == (3, 1)


def test_a_national_number_comes_in_nowhere(run_import, as_json):
    text = f"Vraag naar Jan ({NUMBER}), bel 050 12 34 56."
    phone = [{"id": "p-1", "number": "00 32 475 12 34 56"}]

    report = run_import(as_json([service(description=text, email=NUMBER, foo={"a": [NUMBER]}, phones=phone)], "s.json"))

    made = Service.objects.get(pk="s-1")
    assert made.description == "Vraag naar Jan ((…)), bel 050 12 34 56."
    assert "033" not in json.dumps([made.extra, report])
    assert "Wat op een rijksregisternummer lijkt, is weggelaten." in reasons(report, "description")
    assert made.phones.get().number == "00 32 475 12 34 56"


def test_what_can_never_come_true_is_told_and_kept(run_import, tables):
    report = run_import(
        tables(
            organizations=ORGANIZATION,
            services="id,name,status,organization_id,minimum_age,maximum_age\ns-1,A,active,o-1,65,18\n"
            "s-2,B,active,o-1,-1,999\n",
            schedules="id,service_id,freq,valid_from,valid_to,opens_at,closes_at,bymonthday\n"
            "q-1,s-1,WEEKLY,2026-12-31,2026-01-01,09:00,,40\n",
        )
    )

    assert (report["created"], report["rejected"], report["mended"]) == (4, 0, 1)
    assert {problem["field"] for problem in report["problems"]} == {
        "minimum_age", "maximum_age", "valid_to", "closes_at", "bymonthday",
    }  # fmt: skip
    assert Service.objects.get(pk="s-2").maximum_age is None
    assert Schedule.objects.get(pk="q-1").bymonthday == "40"


def test_a_whole_number_without_end_costs_its_own_field(run_import, as_json):
    report = run_import(as_json(f'[{{"id": "o-1", "name": "A", "year_incorporated": {"1" * 6000}}}]', "o.json"))

    assert (report["created"], report["mended"]) == (1, 1)


@pytest.mark.parametrize(
    "when",
    [
        "soms,09:00,17:00,,",  # would be open every day
        "MO,op afspraak,op afspraak,2026-01-01,",  # would be closed from that day on
        "MO,op afspraak,op afspraak,2026-01-01,2026-12-31",
        ",,,2026-07-01,2026-06-31",  # would be closed for good
    ],
)
def test_hours_that_are_read_by_half_say_neither_open_nor_closed(run_import, tables, when):
    report = run_import(
        tables(
            organizations=ORGANIZATION,
            services="id,name,status,organization_id\ns-1,A,active,o-1\n",
            schedules=f"id,service_id,freq,byday,opens_at,closes_at,valid_from,valid_to\nq-1,s-1,WEEKLY,{when}\n",
        )
    )

    made = Service.objects.get(pk="s-1")
    summer = datetime(2026, 7, 6, 10, tzinfo=UTC)
    assert opening_of(made, summer).words == "Uren niet gekend. Bel eerst."
    assert remarks(hours_of(made), summer.date()) == []
    assert "Wanneer dit is, is niet te lezen; deze uren worden niet getoond." in reasons(report)
    kept = made.schedules.get().extra["as_given"]
    assert set(kept.values()) <= {*when.split(",")} and kept


def test_hours_that_were_read_by_half_are_there_once_the_source_is_right(run_import, tables):
    def told(days):
        return tables(
            organizations=ORGANIZATION,
            services="id,name,status,organization_id\ns-1,A,active,o-1\n",
            schedules=f"id,service_id,freq,byday,opens_at,closes_at\nq-1,s-1,WEEKLY,{days},09:00,17:00\n",
        )

    run_import(told("soms"))
    run_import(told("ma-vr"))

    row = Schedule.objects.get()
    assert (row.byday, row.opens_at.hour, row.closes_at.hour) == ("MO,TU,WE,TH,FR", 9, 17)
    assert row.extra["as_given"] == {"byday": "ma-vr"}


def test_what_lies_in_a_box_of_tables_is_read_or_told(run_import, as_json):
    one = {"id": "o-1", "name": "A", "description": "x"}
    lists = {
        "services": [service()],
        "programs": [],
        "wachtlijsten": [{"id": "w"}],
        "meta": {"by": "x"},
        "version": "3.1",
    }

    report = run_import(as_json({"organization": one, **lists}, "alles.json"))

    assert Organization.objects.get(pk="o-1").name == "A"
    told = {problem["object"] for problem in report["problems"] if "kent deze lijst niet" in problem["reason"]}
    assert told == {"wachtlijsten", "meta"}


def test_a_list_beside_the_list_of_a_page_is_told(run_import, as_json):
    report = run_import(as_json({"contents": [service()], "ingetrokken": [{"id": "s-9"}]}, "services.json"))

    assert [problem["object"] for problem in report["problems"] if "kent deze lijst" in problem["reason"]] == [
        "ingetrokken"
    ]


def test_a_number_that_cannot_be_called_is_refused_in_one_sentence(run_import, tables):
    report = run_import(tables(organizations=ORGANIZATION, phones="id,organization_id,number\np-1,o-1,n.v.t.\n"))

    assert report["rejected"] == 1
    assert reasons(report, "number") == ["Dit is geen nummer om te bellen. Schrijf het zo: 050 00 00 00."]

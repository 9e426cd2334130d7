"""JSON in its forms: pages, lists, lines, boxes of tables, and what is wrong with it."""

import json
import tracemalloc

import pytest
from django.core.management import CommandError

from organisaties.models import Organization
from sociale_kaart.hsds.jsonitems import items
from sociale_kaart.hsds.sources import Part, UnreadableError, _file
from sociale_kaart.models import Location, Service, ServiceAtLocation
from tests.sociale_kaart.hsds.conftest import counts, reasons


def service(number: int = 1, **parts: object) -> dict[str, object]:
    return {
        "id": f"s-{number}", "name": f"Dienst {number}", "status": "active",
        "organization": {"id": "o-1", "name": "OCMW", "description": "Hulp"}, **parts,
    }  # fmt: skip


def part_of(path) -> Part:
    return _file(path, path.name)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"total_items": 2, "contents": [service(1), service(2)], "last_page": True}),
        json.dumps([service(1), service(2)], indent=2),
        json.dumps(service(1)) + "\n" + json.dumps(service(2)) + "\n",
        json.dumps(service(1), indent=1) + json.dumps(service(2), indent=1),
        "\ufeff" + json.dumps([service(1), service(2)]),
        json.dumps({"services": [service(1), service(2)]}),
        json.dumps({"id": "o-1", "name": "OCMW", "description": "Hulp", "services": [service(1), service(2)]}),
    ],
    ids=["page", "list", "lines", "one-after-another", "bom", "box", "organization"],
)
def test_every_form_gives_the_same_services(run_import, as_json, text):
    report = run_import(as_json(text))

    assert report["rejected"] == 0
    assert list(Service.objects.order_by("pk").values_list("pk", "organization_id")) == [("s-1", "o-1"), ("s-2", "o-1")]


def test_a_line_that_is_no_json_costs_one_record(run_import, as_json):
    lines = [json.dumps(service(1)), "{niet", "", '"tekst"', json.dumps(service(2))]

    report = run_import(as_json("\n".join(lines), "services.ndjson"))

    rejected = [(problem["row"], problem["reason"]) for problem in report["problems"] if problem["rejected"]]
    assert rejected == [(2, "Deze regel is geen geldige JSON."), (4, "Dit is geen object.")]
    assert (report["records"], report["created"]) == (4, 3)


def test_a_page_says_that_there_is_more(run_import, as_json):
    page = {"total_items": 30, "last_page": False, "contents": [service(1)]}

    report = run_import(as_json(page))

    assert reasons(report) == ["Dit is één bladzijde van 30 objecten: 1 staan in dit bestand, de andere niet."]


def test_an_empty_page_is_a_source_without_records(run_import, as_json):
    assert counts(run_import(as_json({"total_items": 0, "contents": []}))) == {}
    assert counts(run_import(as_json("[]"))) == {}


def test_json_of_windows_is_read_and_mended(run_import, tmp_path):
    path = tmp_path / "services.json"
    path.write_bytes(json.dumps(service(name="Café Zoë"), ensure_ascii=False).encode("cp1252"))

    report = run_import(path)

    assert Service.objects.get().name == "Café Zoë"
    assert report["mended"] == 1


def test_json_without_a_kind_of_its_own_is_rejected(run_import, as_json):
    report = run_import(as_json([service(1), {"id": "x", "kleur": "groen"}]))

    assert (report["created"], report["rejected"]) == (2, 1)
    assert "Aan de velden is niet te zien wat voor object dit is." in reasons(report)


def test_a_service_may_come_before_its_organization(run_import, as_json):
    lines = [
        {"id": "sl-1", "service_id": "s-1", "location_id": "l-1"},
        {"id": "s-1", "name": "Hulp", "status": "active", "organization_id": "o-1"},
        {"id": "l-1", "name": "Huis", "location_type": "physical", "organization_id": "o-1"},
        {"id": "o-1", "name": "OCMW", "description": "Hulp", "website": "https://ocmw.example"},
    ]
    path = as_json("\n".join(map(json.dumps, lines)), "alles.ndjson")

    first, second = run_import(path), run_import(path)

    assert counts(first) == {"read": 4, "created": 4, "records": 4}
    assert counts(second) == {"read": 4, "unchanged": 4, "records": 4}
    assert ServiceAtLocation.objects.get().service.organization.name == "OCMW"
    assert Location.objects.get().extra == {}


def test_files_of_a_folder_may_lean_on_each_other(run_import, tmp_path):
    folder = tmp_path / "json"
    folder.mkdir()
    flat = {"id": "s-1", "name": "Hulp", "status": "active", "organization_id": "o-1"}
    (folder / "a_services.json").write_text(json.dumps([flat]))
    (folder / "b_organizations.json").write_text(json.dumps([{"id": "o-1", "name": "OCMW", "description": "Hulp"}]))

    assert run_import(folder)["created"] == 2


def test_a_service_without_an_organization_is_rejected(run_import, as_json):
    report = run_import(as_json([{"id": "s-1", "name": "Hulp", "status": "active"}, service(2)]))

    assert (report["created"], report["rejected"]) == (2, 1)
    assert list(Service.objects.values_list("pk", flat=True)) == ["s-2"]


def test_the_last_of_two_records_counts_and_a_second_run_changes_nothing(run_import, as_json):
    path = as_json([service(1, name="Oud"), service(2), service(1, name="Nieuw", alert="Let op")])

    first, second = run_import(path), run_import(path)

    assert Service.objects.get(pk="s-1").name == "Nieuw"
    assert (first["created"], first["unchanged"], first["records"]) == (3, 3, 3)
    assert (second["changed"], second["unchanged"]) == (0, 6)
    assert len([reason for reason in reasons(first) if "de laatste telt" in reason]) == 1


def test_what_records_say_of_a_shared_organization_does_not_flip(run_import, as_json):
    other = {"id": "o-1", "name": "OCMW Brugge", "description": "", "website": "https://ocmw.example"}
    path = as_json([service(1), service(2, organization=other)])

    first, second = run_import(path), run_import(path)

    organization = Organization.objects.get()
    assert (organization.name, organization.description) == ("OCMW", "Hulp")
    assert organization.website == "https://ocmw.example"
    assert (second["changed"], second["rejected"]) == (0, 0)
    assert "Hetzelfde object staat er twee keer, met andere inhoud; de eerste telt." in reasons(first, "name")


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000, "[1,]", '[{"id": 1}', "[1 2]", '{"a" 1}', "nul"])
def test_what_is_no_json_is_unreadable(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text)

    with pytest.raises(UnreadableError):
        list(items(part_of(path)))


def test_a_broken_document_is_refused_whole(run_import, as_json):
    with pytest.raises(CommandError, match="Dit is geen geldige JSON"):
        run_import(as_json(json.dumps([service(1), service(2)])[:-2] + ",}"))

    assert not Service.objects.exists()


def test_a_long_list_is_read_item_by_item(tmp_path):
    path = tmp_path / "services.json"
    with path.open("w") as out:
        out.write('{"contents": [')
        out.write(",".join(json.dumps(service(number, description="x" * 2000)) for number in range(10_000)))
        out.write("]}")
    tracemalloc.start()

    read = sum(1 for _item in items(part_of(path)))

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 10_001
    assert peak < path.stat().st_size / 2

"""Files of FHIR that are broken, too large or no FHIR at all: said with file and line, and nothing is kept of them."""

import json
import os
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from doorverwijzing.clock import ticking
from doorverwijzing.fhir import reading
from doorverwijzing.fhir.importing import import_fhir
from doorverwijzing.models import KeptAside, Referral
from tests.doorverwijzing.fhir_letters import from_elsewhere
from tests.factories.doorverwijzing import Cast, key_store_takes_no_more

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(tmp_path):
    """Read one document, written to a file."""

    def reading_one(document):
        file = tmp_path / f"{uuid.uuid4()}.json"
        file.write_text(json.dumps(document))
        return import_fhir(file)

    return reading_one


def test_a_resource_named_by_a_number_is_refused_whole(read):
    report = read({"resourceType": "Patient", "id": "85073003328", "name": [{"given": ["Amina"]}]})

    assert [problem["why"] for problem in report.problems] == ["named_by_number"]
    assert report.counts["rejected"] == 1
    assert not KeptAside.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"resourceType": "Task",\n "id": }', "regel 2"), ("", "regel 1"), ('{"a": NaN}', "JSON"),
        ("[" * 90_000, "te diep"),
        ('{"resourceType": "Task", "x": ' + "9" * 5000 + "}", "JSON"),
    ],
)  # fmt: skip
def test_wrong_json_is_refused_with_its_line(tmp_path, text, said):
    file, report = tmp_path / "x.json", tmp_path / "report"
    file.write_text(text)

    with pytest.raises(CommandError) as caught:
        call_command("fhir_import", file, report=report)

    assert caught.value.returncode == 2
    assert said in str(caught.value)
    assert json.loads(report.read_text())["problems"][0]["why"] == "unreadable"


def test_one_broken_file_does_not_stop_a_folder(tmp_path):
    (tmp_path / "a.json").write_text('{\n"resourceType"')
    (tmp_path / "b.json").write_text('{"resourceType": "Location"}')
    (tmp_path / "c.ndjson").write_text('{"resourceType": "Device"}\n\n{"resourceType": "Group"}\n')

    report = import_fhir(tmp_path)

    assert (report.read, report.counts["kept_aside"], report.counts["rejected"]) == (4, 3, 1)
    assert [(one["file"], one["line"]) for one in report.problems if one.get("line")] == [("a.json", 2)]


@pytest.mark.parametrize(
    "document",
    [
        [3], {"a": 1}, {"resourceType": 3}, {"resourceType": "<b>"}, {"resourceType": "Bundle", "type": "history"},
        {"resourceType": "Bundle", "type": "collection", "entry": 3},
        {"resourceType": "Bundle", "type": "collection", "entry": [3]},
        {"resourceType": "Basic", "x": "a" * 20_001}, {"resourceType": "Basic", "x": "\ud800"},
        {"resourceType": "Basic", "x": "\x00"}, {"resourceType": "Basic", "\ud800": 1},
        {"resourceType": "Bundle", "type": "collection", "entry": [
            {"fullUrl": "https://x.example/\x00", "resource": {"resourceType": "Basic"}}
        ]},
    ],
)  # fmt: skip
def test_what_is_no_fhir_is_rejected_with_a_reason(read, document):
    report = read(document)

    assert (report.read, report.counts["rejected"]) == (1, 1)
    assert report.problems[0]["reason"]
    assert not KeptAside.objects.exists()


def test_a_number_in_the_address_or_as_the_name_of_a_field_is_not_kept(read):
    number = "85.07.30-033.28"
    report = read({
        "resourceType": "Bundle", "type": "collection",
        "entry": [
            {"fullUrl": f"https://x.example/Basic/{number}", "resource": {"resourceType": "Basic"}},
            {"resource": {"resourceType": "Device", "extension": [{number: "x", "url": "urn:y"}]}},
        ],
    })  # fmt: skip

    assert [problem["why"] for problem in report.problems[:2]] == ["named_by_number", "number"]
    assert (report.counts["rejected"], report.counts["kept_aside"]) == (1, 1)
    assert number not in KeptAside.objects.get().raw + json.dumps(report.as_json())


def test_a_broken_line_costs_that_line_only(tmp_path):
    file, report = tmp_path / "x.ndjson", tmp_path / "report"
    file.write_text('{"resourceType": "Device"}\n{"resourceType": \n\n{"resourceType": "Group"}\n')

    call_command("fhir_import", file, report=report)

    told = json.loads(report.read_text())
    assert (told["read"], told["kept_aside"], told["rejected"]) == (3, 2, 1)
    assert [one["line"] for one in told["problems"] if one["why"] == "unreadable"] == [2]


def test_a_file_with_a_name_of_another_encoding_is_read_and_told(tmp_path):
    report = tmp_path / "report"
    (tmp_path / os.fsdecode(b"caf\xe9.json")).write_text('{"resourceType": "Device"}')

    call_command("fhir_import", tmp_path, report=report)

    assert json.loads(report.read_text())["problems"][0]["file"] == "caf?.json"


def test_a_path_that_is_not_there_ends_with_two(tmp_path):
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(CommandError) as caught:
            call_command("fhir_import", path)

        assert caught.value.returncode == 2


def test_what_was_kept_aside_is_forgotten_after_thirty_days(read):
    read([{"resourceType": "Location"}, {"resourceType": "Device"}])
    last = KeptAside.objects.get(kind="Location")
    last.keep_until = timezone.localdate() - timedelta(days=1)
    last.save()

    ticking.run()

    kept = KeptAside.objects.get()
    assert (kept.kind, kept.keep_until) == ("Device", timezone.localdate() + timedelta(days=30))


def test_what_is_kept_aside_is_sealed(read):
    read({"resourceType": "Location", "name": "KANARIE"})

    raw = KeptAside.objects.values_list("raw", flat=True).get()
    assert "KANARIE" not in str.__str__(raw)
    assert "KANARIE" in KeptAside.objects.get().raw


@pytest.mark.parametrize(("limit", "most"), [("MOST_BYTES", 20), ("MOST_FILES", 1), ("MOST_RESOURCES", 1)])
def test_too_much_at_once_is_refused_before_anything_is_read(tmp_path, monkeypatch, limit, most):
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text('{"resourceType": "Location"}')
    monkeypatch.setattr(reading, limit, most)

    with pytest.raises(reading.UnreadableError):
        import_fhir(tmp_path)

    assert not KeptAside.objects.exists()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    outside, inside = tmp_path / "outside.json", tmp_path / "inside"
    outside.write_text('{"resourceType": "Location"}')
    inside.mkdir()
    (inside / "one.json").write_text('{"resourceType": "Device"}')
    (inside / "link.json").symlink_to(outside)

    assert import_fhir(inside).read == 1


def test_text_in_another_encoding_is_said(tmp_path):
    (tmp_path / "x.json").write_bytes('{"resourceType": "Caf\xe9"}'.encode("latin-1"))

    with pytest.raises(reading.UnreadableError, match="UTF-8"):
        import_fhir(tmp_path)


def test_a_report_that_cannot_be_written_is_said_before_anything_is_taken(tmp_path):
    (tmp_path / "x.json").write_text('{"resourceType": "Location"}')

    for report in (tmp_path / "none" / "report.json", tmp_path):
        with pytest.raises(CommandError) as caught:
            call_command("fhir_import", tmp_path / "x.json", report=report)

        assert caught.value.returncode == 2
    assert not KeptAside.objects.exists()


def test_a_file_from_elsewhere_that_meets_a_full_key_store_takes_nothing(tmp_path, monkeypatch):
    file = tmp_path / "letter.json"
    file.write_text(json.dumps(from_elsewhere(Cast().sent())))
    key_store_takes_no_more(monkeypatch)

    with pytest.raises(CommandError, match="er is niets verstuurd"):
        call_command("fhir_import", file)

    assert Referral.objects.count() == 1

"""The contract of `manage.py hsds_import`: exit codes, report, dry run, sizes."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from organisaties.models import Organization
from sociale_kaart.models import Service
from tests.doorverwijzing.own_installation import installation, run
from tests.sociale_kaart.hsds.conftest import EXAMPLES, counts, reasons

ORGANIZATIONS = "id,name,description\no-1,OCMW,Hulp\no-2,,Zonder naam\n"


def outcome(*arguments: object) -> int:
    """Give the exit code that the shell would see."""
    try:
        call_command("hsds_import", *map(str, arguments))
    except CommandError as error:
        return error.returncode
    return 0


def test_a_source_with_rejects_ends_well(db, tables):
    assert outcome(tables(organizations=ORGANIZATIONS)) == 0


def test_strict_ends_with_1_and_writes_what_is_right(db, tables, tmp_path):
    report = tmp_path / "report.json"

    assert outcome(tables(organizations=ORGANIZATIONS), "--strict", "--report", report) == 1

    assert json.loads(report.read_text())["rejected"] == 1
    assert Organization.objects.get().name == "OCMW"


@pytest.mark.parametrize("content", ["", "   \n", "{", "[1, 2", '{"contents": [', "<html></html>", '{"foo": 1}', "1"])
def test_what_is_no_hsds_ends_with_2(db, as_json, content):
    assert outcome(as_json(content)) == 2


def test_a_cut_off_list_is_refused_before_anything_is_written(db, as_json):
    whole = json.dumps([{"id": f"o-{number}", "name": f"Organisatie {number}"} for number in range(50)])

    assert outcome(as_json(whole[:-40], "organizations.json")) == 2

    assert not Organization.objects.exists()


def test_what_is_not_there_ends_with_2_and_says_so_in_the_report(db, tmp_path):
    report = tmp_path / "report.json"

    assert outcome(tmp_path / "nergens", "--report", report) == 2

    told = json.loads(report.read_text())
    assert (told["read"], told["records"]) == (0, 0)
    assert [problem["reason"] for problem in told["problems"]] == [f"“{tmp_path / 'nergens'}” bestaat niet."]


@pytest.mark.parametrize("name", ["leeg", "foto.png"])
def test_a_folder_without_tables_ends_with_2(db, tmp_path, name):
    (tmp_path / "map").mkdir()
    if name.endswith("png"):
        (tmp_path / "map" / name).write_bytes(b"\x89PNG")

    assert outcome(tmp_path / "map") == 2


def test_a_report_that_cannot_be_written_ends_with_2(db, tables, tmp_path):
    assert outcome(tables(organizations=ORGANIZATIONS), "--report", tmp_path / "nergens" / "r.json") == 2


def test_a_place_where_no_report_can_stand_is_told_before_anything_is_written(db, tables, tmp_path):
    with pytest.raises(CommandError, match="kan niet geschreven worden"):
        call_command("hsds_import", tables(organizations=ORGANIZATIONS), report=tmp_path / "nergens" / "r.json")

    assert not Organization.objects.exists()


def test_too_large_a_source_is_refused_with_a_sentence(db, tables, settings, tmp_path):
    settings.IMPORT_MAX_BYTES = 20

    with pytest.raises(CommandError, match="De bron is te groot: 0,0 MB") as caught:
        call_command("hsds_import", tables(organizations=ORGANIZATIONS))

    assert caught.value.returncode == 2


def test_a_folder_in_the_place_of_the_report_is_told_before_anything_is_written(db, tables, tmp_path):
    with pytest.raises(CommandError, match="map"):
        call_command("hsds_import", tables(organizations=ORGANIZATIONS), report=tmp_path)

    assert not Organization.objects.exists()


def test_the_report_has_exactly_the_agreed_form(run_import, tables):
    report = run_import(tables(organizations=ORGANIZATIONS))

    assert list(report) == ["read", "created", "changed", "unchanged", "mended", "rejected", "records", "problems"]
    assert report["problems"] == [
        {
            "object": "organization", "id": "o-2", "row": 3, "field": "name",
            "reason": "Het veld “name” ontbreekt.", "rejected": True,
        }
    ]  # fmt: skip


def test_a_dry_run_counts_and_writes_nothing(run_import):
    report = run_import(EXAMPLES / "3.2.3" / "csv", dry_run=True)

    assert report["created"] == 23
    assert not Organization.objects.exists()


def test_a_zip_reads_as_the_folder_does(run_import, tmp_path):
    path = tmp_path / "hsds.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (EXAMPLES / "3.2.3" / "csv").iterdir():
            archive.write(file, f"uitvoer/{file.name}")

    assert run_import(path)["created"] == 23
    assert run_import(EXAMPLES / "3.2.3" / "csv")["unchanged"] == 23


def test_the_screen_shows_counts_and_the_first_problems(db, tables, capsys):
    call_command("hsds_import", tables(organizations=ORGANIZATIONS))

    shown = capsys.readouterr()
    assert "organization · o-2 · rij 3 · name: Het veld “name” ontbreekt." in shown.out
    assert "2 gelezen: 1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 geweigerd; 0 hersteld." in shown.out
    assert "organization: 2 van 2" in shown.err


def test_a_long_list_of_problems_is_cut_on_screen_only(run_import, tables, capsys):
    rows = "".join(f"o-{number},\n" for number in range(30))

    report = run_import(tables(organizations="id,name\n" + rows))

    assert len(report["problems"]) == 31
    assert "en nog 11" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_shell_sees_the_exit_codes(tmp_path):
    source = tmp_path / "organizations.csv"
    source.write_text(ORGANIZATIONS)
    with installation(tmp_path, connection) as here:

        def shell(*arguments: object) -> int:
            done = run(here, "manage", *map(str, arguments))
            assert "Traceback" not in done.stderr, done.stderr
            return done.returncode

        assert shell("hsds_import", source) == 0
        assert shell("hsds_import", source, "--strict") == 1
        assert shell("hsds_import", tmp_path / "nergens") == 2


def test_one_table_by_itself_can_be_read(run_import):
    report = run_import(EXAMPLES / "3.0" / "csv" / "organizations.csv")

    assert counts(report) == {"read": 1, "created": 1, "records": 1}
    assert not Service.objects.exists()
    assert reasons(report, "parent_organization_id") == [
        "Het object organization met id “cd09a387-91f4-4555-94ec-e799c35344cd” bestaat niet; de koppeling blijft leeg."
    ]

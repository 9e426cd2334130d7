"""Sources that mean harm, or are simply broken."""

import io
import zipfile

import pytest
from django.core.management import CommandError

from organisaties.models import Organization
from sociale_kaart.hsds.decoding import chunks, json_encoding
from tests.sociale_kaart.hsds.conftest import reasons

ORGANIZATION = "id,name,description\no-1,OCMW,Hulp\n"


def zipped(path, **members: str):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_names_that_lead_out_of_the_zip_are_not_read(run_import, tmp_path):
    names = {"../organizations.csv": ORGANIZATION, "/etc/services.csv": "id\n", "C:\\phones.csv": "id\n"}

    report = run_import(zipped(tmp_path / "a.zip", **{"organizations.csv": ORGANIZATION}, **names))

    assert report["created"] == 1
    told = [problem["object"] for problem in report["problems"]]
    assert sorted(told) == ["../organizations.csv", "/etc/services.csv", "C:/phones.csv"]
    assert set(reasons(report)) == {"De naam van dit bestand is niet veilig; het is niet gelezen."}
    assert not (tmp_path.parent / "organizations.csv").exists()


def test_a_zip_that_swells_is_refused(run_import, tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 1024 * 1024
    bomb = zipped(tmp_path / "bom.zip", **{"organizations.csv": ORGANIZATION + "x" * 5_000_000})
    assert bomb.stat().st_size < 50_000

    with pytest.raises(CommandError, match=r"te groot: 4,8 MB\. Er wordt hoogstens 1,0 MB"):
        run_import(bomb)


def test_a_zip_that_lies_about_its_size_is_refused(run_import, tmp_path):
    path = zipped(tmp_path / "a.zip", **{"organizations.csv": ORGANIZATION + "o-2,CAW,Hulp\n" * 500})
    raw = path.read_bytes()
    true_size = len(ORGANIZATION + "o-2,CAW,Hulp\n" * 500).to_bytes(4, "little")
    path.write_bytes(raw.replace(true_size, (40).to_bytes(4, "little")))

    with pytest.raises(CommandError, match="beschadigd"):
        run_import(path)

    assert not Organization.objects.exists()


def test_a_damaged_zip_is_refused(run_import, tmp_path):
    path = zipped(tmp_path / "a.zip", **{"organizations.csv": ORGANIZATION * 50})
    raw = bytearray(path.read_bytes())
    raw[60] ^= 0xFF
    path.write_bytes(bytes(raw))

    with pytest.raises(CommandError) as caught:
        run_import(path)

    assert caught.value.returncode == 2


def test_a_locked_zip_is_refused(run_import, tmp_path):
    path = zipped(tmp_path / "a.zip", **{"organizations.csv": ORGANIZATION})
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    path.write_bytes(bytes(raw))

    with pytest.raises(CommandError, match="wachtwoord"):
        run_import(path)


def test_a_link_out_of_the_folder_is_not_followed(run_import, tables, tmp_path):
    outside = tmp_path / "elders.csv"
    outside.write_text("id,number\np-1,050 00 00 01\n")
    folder = tables(organizations=ORGANIZATION)
    (folder / "phones.csv").symlink_to(outside)

    report = run_import(folder)

    assert report["created"] == 1
    assert [problem["object"] for problem in report["problems"]] == ["phones.csv"]


def test_too_many_files_are_refused(run_import, tmp_path):
    members = {f"map{number}/organizations.csv": "id\n" for number in range(2001)}

    with pytest.raises(CommandError, match="meer dan 2000 bestanden"):
        run_import(zipped(tmp_path / "a.zip", **members))


def test_hidden_files_are_passed_over(run_import, tmp_path):
    members = {"organizations.csv": ORGANIZATION, "__MACOSX/._organizations.csv": "\0\0", ".git/services.csv": "id\n"}

    assert run_import(zipped(tmp_path / "a.zip", **members))["problems"] == []


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff" * 300, b"", b"<html>\n<body>\n", b"\n\n\n"])
def test_a_table_that_is_no_table_is_told(run_import, tables, content):
    report = run_import(tables(organizations=ORGANIZATION, services=content))

    assert report["created"] == 1
    assert len(report["problems"]) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_json_is_decoded_whatever_it_is_written_in(encoding):
    raw = '{"name": "Café Zoë"}'.encode(encoding)

    found, foreign = json_encoding(io.BytesIO(raw))

    assert "".join(chunks(io.BytesIO(raw), found)).lstrip("\ufeff") == '{"name": "Café Zoë"}'
    assert foreign is (encoding == "cp1252")

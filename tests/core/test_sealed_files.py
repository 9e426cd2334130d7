"""Files about people: what may come in, how they lie on the disk, and how they end."""

import io
import re
import socket
import struct
import threading
import tracemalloc
import zipfile
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import destroyed_keys, file_kinds, keystore, sealed_files, virus_scan
from core.errors import Refusal, Unreadable

PDF = b"%PDF-1.7\nHuurcontract van Amina\n%%EOF"
VIRUS = b"%PDF-1.7 EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def zipped(**files):
    """Make a zip; the first part stands first."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return box.getvalue()


def upload(content, name="brief.pdf"):
    return SimpleUploadedFile(name, content)


@contextmanager
def clamd(speak):
    """Serve on a real socket; `speak` answers one line."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def serve():
            line, _where = server.accept()
            with line:
                speak(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def scanner(line):
    """Speak clamd's protocol: a command up to NUL, pieces behind their length, and an answer."""
    file = line.makefile("rwb")
    command = b""
    while not command.endswith(b"\0"):
        command += file.read(1)
    content = b""
    while command == b"zINSTREAM\0" and (size := struct.unpack("!I", file.read(4))[0]):
        content += file.read(size)
    found = b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"
    file.write(b"PONG\0" if command == b"zPING\0" else found)
    file.flush()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, file_kinds.PDF),
        (b"\xff\xd8\xff\xe0 foto", file_kinds.JPEG),
        (b"\x89PNG\r\n\x1a\n beeld", file_kinds.PNG),
        (b"\0\0\0\x18ftypheic foto", file_kinds.HEIC),
        ("Dag Noor, \u20ac 300".encode(), file_kinds.TEXT),
        (zipped(mimetype=file_kinds.ODT.content_type, content_xml="<x/>"), file_kinds.ODT),
        (zipped(**{"[Content_Types]_xml": "<x/>", "word__document_xml": "<x/>"}), file_kinds.DOCX),
        (zipped(**{"[Content_Types]_xml": "<x/>", "word__document_xml": "<x/>", "word__vbaProject.bin": "x"}), None),
        (zipped(mimetype=file_kinds.ODT.content_type, Basic__Module_xml="<x/>"), None),
        (zipped(iets="anders"), None),
        (b"PK\x03\x04 kapot", None),
        (b"<html><script>alert(1)</script>", None),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", None),
        (b"MZ\x90\0 programma", None),
        (b"", None),
    ],
)
def test_a_file_is_what_is_inside_it(content, kind):
    assert file_kinds.kind_of(content) == kind


def test_a_small_file_that_unpacks_to_all_the_memory_there_is_does_not_come_in(monkeypatch):
    monkeypatch.setattr(file_kinds, "_UNPACKED_MOST", 1024 * 1024)
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", b"\0" * 16 * 1024 * 1024)
    tracemalloc.start()

    kind = file_kinds.kind_of(box.getvalue())

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kind is None
    assert most < 4 * 1024 * 1024


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("brief huisbaas.pdf", "brief huisbaas.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Lotte\\brief.exe", "brief.pdf"),
        ("\u202egnp.exe\n", "gnp.pdf"),
        ("...", "bestand.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_the_content_does(given, kept):
    assert sealed_files.clean_name(given, file_kinds.PDF) == kept


def test_a_file_lies_sealed_and_opens_with_its_own_key_only(settings):
    first, second = sealed_files.keep(PDF), sealed_files.keep(PDF)

    assert sealed_files.take(first) == PDF
    lying = sealed_files.path_of(first).read_bytes()
    assert b"Amina" not in lying
    assert lying != sealed_files.path_of(second).read_bytes()
    sealed_files.path_of(second).write_bytes(lying)
    with pytest.raises(Unreadable):
        sealed_files.take(second)


def test_a_file_whose_key_is_destroyed_is_gone_for_good(db, settings):
    kept, gone = sealed_files.keep(PDF), sealed_files.keep(PDF)
    older_backup = sealed_files.path_of(gone).read_bytes()
    keystore.destroy(gone)

    assert sealed_files.sweep() == 1
    sealed_files.path_of(gone).write_bytes(older_backup)
    with pytest.raises(Unreadable):
        sealed_files.take(gone)
    assert sealed_files.take(kept) == PDF


def test_a_key_store_that_is_away_costs_no_file(settings, tmp_path):
    key_id = sealed_files.keep(PDF)
    here, settings.KEY_STORE = settings.KEY_STORE, tmp_path / "away"

    assert sealed_files.sweep() == 0
    settings.KEY_STORE = here
    assert sealed_files.take(key_id) == PDF
    assert not destroyed_keys.holds(key_id)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "leeg"), (b"MZ\x90\0", "soort bestand"), (PDF + bytes(2048), "te groot")]
)
def test_a_file_that_may_not_come_in_is_told_why(settings, content, said):
    settings.UPLOAD_MAX_BYTES = 1024

    with pytest.raises(Refusal, match=said):
        sealed_files.check(upload(content))


def test_a_download_is_never_shown_by_a_browser():
    answer = sealed_files.as_download(PDF, name='brief "huis".pdf', content_type="application/pdf")

    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert re.search(r"\bsandbox\b", answer["Content-Security-Policy"])
    assert "no-store" in answer["Cache-Control"]


def test_a_clean_file_comes_in_whole(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    large = PDF + bytes(3 * virus_scan.CHUNK + 7)

    with clamd(scanner) as settings.CLAMD_ADDRESS:
        assert sealed_files.check(upload(large)).content == large
    with clamd(scanner) as settings.CLAMD_ADDRESS:
        assert virus_scan.answers()


def test_a_virus_does_not_come_in(settings):
    with clamd(scanner) as settings.CLAMD_ADDRESS, pytest.raises(Refusal, match="niet veilig"):
        sealed_files.check(upload(VIRUS))


@pytest.mark.parametrize(
    "speak",
    [
        lambda line: line.sendall(b"INSTREAM size limit exceeded. ERROR\0"),
        lambda line: line.sendall(b"stream: OK maar anders\0"),
        lambda line: None,
        lambda line: line.recv(10) and line.sendall(b"x" * 9000),
    ],
)
def test_an_answer_that_we_do_not_know_keeps_the_file_out(settings, speak):
    with clamd(speak) as settings.CLAMD_ADDRESS, pytest.raises(virus_scan.NotScanned):
        sealed_files.check(upload(PDF))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense"])
def test_a_scanner_that_is_away_keeps_the_file_out(settings, address):
    settings.CLAMD_ADDRESS = address

    with pytest.raises(virus_scan.NotScanned):
        sealed_files.check(upload(PDF))
    assert not virus_scan.answers()


def test_a_file_that_the_disk_does_not_take_is_refused_in_a_sentence(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "no folder"
    settings.FILES_DIR.write_text("in the way")

    with pytest.raises(Refusal, match="We kunnen bestanden nu niet bewaren"):
        sealed_files.keep(PDF)

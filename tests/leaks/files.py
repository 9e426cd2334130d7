"""Every file that a command writes or a page gives, made from the story: what stands in it, as text."""

import io
import json
import pickle
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from pypdf import PdfReader

from core import backup, sealed_files
from core.models import OutgoingMail
from tests.leaks.canaries import PRIVATE_ROOMS
from tests.leaks.world import ONE_ID, World, browser
from tests.proof import proven

# What a file may say of the person that it is about: everything, what the receiver may read, what cannot be sealed
# because rows are found by it, or nothing at all.
ALL, AGREED, INDEXED, NOTHING = "everything", "what was agreed", "what a table finds rows by", "nothing"
CLIENT, REFERRAL, SUBJECT = f"clienten/{ONE_ID}", f"doorverwijzing/{ONE_ID}", f"/clienten/{ONE_ID}/gegevens/bestand"
COORDINATOR = "network_coordinator of both sides"
# The addresses that give a file and are looked at here.
ADDRESSES = {f"/{REFERRAL}/samen/agenda/"}


class Place(NamedTuple):
    """Where a file is made: the story, and an empty folder."""

    world: World
    folder: Path


class Kind(NamedTuple):
    """One kind of file: how it is made, and what it may say."""

    make: Callable[[Place], str]
    says: str = NOTHING


def text_of(content: bytes) -> str:
    """Give what is in a file, with what a PDF says of itself; a word that breaks at the end of a line is one word."""
    if not content.startswith(b"%PDF"):
        return content.decode()
    reader = PdfReader(io.BytesIO(content))
    pages = "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace("\xad", "")
    return f"{reader.metadata} {reader.xmp_metadata and reader.xmp_metadata.stream.get_data()!r} {pages}"


def printed(*words: str) -> Callable[[Place], str]:
    """Give what a command prints, and every file that it leaves in the folder, with its name."""

    def make(place: Place) -> str:
        out, told = io.StringIO(), ""
        try:
            call_command(*[word.format(folder=place.folder) for word in words], stdout=out, stderr=out)
        except CommandError as error:
            told = str(error)
        left = [f"{path.name}\n{text_of(path.read_bytes())}" for path in place.folder.rglob("*") if path.is_file()]
        return "\n".join([out.getvalue(), told, *left])

    return make


def given(who: str, path: str, *, post: bool = False, fields: dict[str, int] | None = None) -> Callable[[Place], str]:
    """Give the file behind an address, with its headers."""
    ADDRESSES.add(path)

    def make(place: Place) -> str:
        world = place.world
        someone = proven({**world.outsiders, **world.insiders}[who])
        response = someone.post(path, fields) if post else someone.get(path)
        assert response.status_code == 200, (path, response.status_code)
        assert "attachment" in response["Content-Disposition"]
        return f"{response.headers}\n{text_of(response.content)}"

    return make


def read_again(place: Place) -> str:
    """Give the report of reading a bundle of our own, one piece of which is not taken."""
    bundle = place.folder / "bundle.json"
    call_command("fhir_export", str(ONE_ID), out=bundle)
    made = json.loads(bundle.read_text())
    made["entry"] += [
        {"resource": {"resourceType": "Flag", "code": {"text": text}}} for text in place.world.aviary.homes
    ]
    bundle.write_text(json.dumps(made))
    report, out = place.folder / "report.json", io.StringIO()
    call_command("fhir_import", bundle, report=report, stdout=out)
    assert "kept aside" in out.getvalue() or "opzij" in out.getvalue()
    return out.getvalue() + report.read_text()


def rows_of(chosen: Callable[[str], bool]) -> str:
    """Give the tables of some rooms as a dump of the database has them."""
    tables = [model._meta.db_table for model in apps.get_models() if chosen(model._meta.app_label)]
    with connection.cursor() as cursor:
        return "\n".join(_rows(cursor, table) for table in tables)


def _rows(cursor, table: str) -> str:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return str(cursor.fetchall())


def packed(place: Place) -> str:
    """Give a backup: the names of its parts and all that is in them, the tables of the private rooms among it."""
    base = place.folder / "database"
    base.write_text(rows_of(PRIVATE_ROOMS.__contains__))
    sealed_files.keep("\n".join(place.world.aviary.homes).encode())
    folders = {"media": settings.MEDIA_ROOT, "files": settings.FILES_DIR}
    with (place.folder / "backup.tar").open("w+b") as file, override_settings(BACKUP_FOLDERS=folders):
        backup._fill(file, base, lambda name, size: lambda count: None)
    with tarfile.open(place.folder / "backup.tar") as tar:
        parts = [f"{entry.name} {tar.extractfile(entry).read().decode('latin-1')}" for entry in tar]
    assert len(parts) > 3
    return "\n".join(parts)


def outbox(place: Place) -> str:
    """Give the mails that wait, as they lie in the table and as they are read."""
    mails = OutgoingMail.objects.all()
    assert mails
    return rows_of("core".__eq__) + "\n".join(f"{mail.subject}\n{mail.body}\n{mail.attachments}" for mail in mails)


def refused(place: Place) -> str:
    """Give the pages that say no: not found, not yours, not from here, not this way. None repeats what was sent."""
    world, typed = place.world, "\n".join(place.world.aviary.homes)
    foreign = Client(enforce_csrf_checks=True, raise_request_exception=False)
    foreign.force_login(world.receiver)
    answers = [
        world.outsiders["who left"].get(f"/{REFERRAL}/"),
        world.insiders["receiver"].post(f"/{REFERRAL}/intrekken/", {"reason": typed}),
        world.insiders["receiver"].get(f"/{CLIENT}/"),
        foreign.post(f"/{REFERRAL}/bericht/", {"form_key": "x"}),
        world.insiders["sender"].put(f"/{REFERRAL}/", typed, content_type="text/plain"),
        browser().get(f"/gast/{ONE_ID}/"),
    ]
    assert {answer.status_code for answer in answers} <= {400, 403, 404, 405, 410}
    return "\n".join(f"{answer.headers}\n{answer.content.decode()}" for answer in answers)


def kept_for_speed(place: Place) -> str:
    """Give the shared cache after both sides and the client looked."""
    for who in ("sender", "receiver", "client"):
        for path in (f"/{REFERRAL}/", f"/{CLIENT}/", "/vandaag/", "/volg/vraag/"):
            place.world.insiders[who].get(path)
    return pickle.dumps(dict(cache._cache)).decode("latin-1")


def invitation(place: Place) -> str:
    """Give the agreed moment of a live handover for a calendar, when the story has one that was agreed."""
    response = place.world.insiders["sender"].get(f"/{REFERRAL}/samen/agenda/")
    return f"{response.headers}\n{response.content.decode()}"


KINDS = {
    "person_file": Kind(printed("person_file", str(ONE_ID), "{folder}"), ALL),
    "gegevens.json": Kind(given("privacy", f"{SUBJECT}/json/", post=True), ALL),
    "gegevens.pdf": Kind(given("privacy", f"{SUBJECT}/pdf/", post=True), ALL),
    "fhir_export": Kind(printed("fhir_export", str(ONE_ID)), AGREED),
    "fhir_export for the sender": Kind(printed("fhir_export", str(ONE_ID), "--for", "sender"), AGREED),
    "fhir_export into a file": Kind(printed("fhir_export", str(ONE_ID), "--out", "{folder}/x.json"), AGREED),
    "pakket.pdf": Kind(given("receiver", f"/{REFERRAL}/pakket-pdf/"), AGREED),
    "pakket.pdf of the sender": Kind(given("sender", f"/{REFERRAL}/pakket-pdf/"), AGREED),
    "blad.pdf": Kind(given("sender", f"/{REFERRAL}/bewijs-pdf/"), AGREED),
    "formulieren.pdf": Kind(given("sender", "/op-papier/", post=True, fields={"count": 1})),
    "toestemming.pdf": Kind(given("sender", f"/{REFERRAL}/toestemming-pdf/"), AGREED),
    "fhir_import --report": Kind(read_again),
    "read_log": Kind(printed("read_log", str(ONE_ID))),
    "read_log --out": Kind(printed("read_log", str(ONE_ID), "--format", "csv", "--out", "{folder}/leeslog.csv")),
    "leeslog.csv": Kind(given("privacy", f"/gegevens/leeslog/{ONE_ID}/bestand/csv/")),
    "leeslog.json": Kind(given("privacy", f"/gegevens/leeslog/{ONE_ID}/bestand/json/")),
    "tekorten.csv": Kind(given(COORDINATOR, "/tekorten/tabel.csv")),
    "zoekwoorden.txt": Kind(given(COORDINATOR, "/zoekwoorden/bestand/")),
    "overdracht.ics": Kind(invitation),
    "retention --preview": Kind(printed("retention", "--preview")),
    "person_erase without --yes": Kind(printed("person_erase", str(ONE_ID))),
    "audit_verify": Kind(printed("audit_verify")),
    "referral_clock": Kind(printed("referral_clock")),
    "keystore": Kind(printed("keystore", "status")),
    "reencrypt": Kind(printed("reencrypt")),
    "a backup": Kind(packed, INDEXED),
    "the outbox": Kind(outbox),
    "error pages": Kind(refused),
    "the cache": Kind(kept_for_speed),
}

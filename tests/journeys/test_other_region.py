"""A question goes as FHIR into another installation; its answer comes home, and it is taken back at home."""

import json
from contextlib import closing
from types import SimpleNamespace

import pytest

from tests.journeys import roads
from tests.journeys.installation import Site
from tests.journeys.looking import look_at
from tests.journeys.person import Person
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

MILA = Client("Mila", phone="0470 00 00 97", said="Ik verhuis naar mijn zus, aan de andere kant van de streek.")
INBOX = "/naar-ons/"


@pytest.fixture
def elsewhere(browser, tmp_path_factory):
    """Start an installation of another region, and give it with a colleague who works there."""
    site = Site.fresh(tmp_path_factory.mktemp("elsewhere"))
    colleague = Person(browser, site)
    colleague.go("/account/login/?next=/vandaag/")
    colleague.log_in(roads.NOOR)
    yield SimpleNamespace(site=site, colleague=colleague)
    with closing(colleague.context):
        site.stop()
    assert not colleague.problems, "\n".join(colleague.problems)


def carry(path, home, there, folder):
    """Give a question out of one installation, read it in the other, and give what its operator reads."""
    letter, report = folder / "letter.json", folder / "report.json"
    home.manage("fhir_export", path.strip("/").rpartition("/")[2], "--out", str(letter))
    there.manage("fhir_import", str(letter), "--source", "Streek van thuis", "--report", str(report))
    return json.loads(report.read_text())


def brought_home(there_path, there, home, folder):
    """Carry the answer back, and tell what it did at home."""
    return [one["outcome"] for one in carry(there_path, there, home, folder)["referrals"]]


def confirm_contact(colleague):
    """Say that the person was spoken with."""
    colleague.follow("Bevestig contact")
    colleague.choose("Ja, gesproken")
    colleague.choose("Telefoon", group="Hoe?")
    colleague.choose("Wij", group="Wie nam het initiatief?")
    colleague.press("Bevestig contact")
    colleague.sees("Contact bevestigd.")


def test_a_question_crosses_to_another_region_and_is_taken_back_there_too(site, person, elsewhere, tmp_path):
    worker, colleague = person(roads.LOTTE), elsewhere.colleague
    path = roads.refer(worker, MILA)
    colleague.go(INBOX)
    colleague.sees_not(MILA.name)

    told = carry(path, site, elsewhere.site, tmp_path)

    assert (told["taken"], told["kept_aside"], told["rejected"]) == (told["read"], 0, 0)
    colleague.go(INBOX)
    colleague.follow(MILA.name)
    there = colleague.path
    colleague.sees(MILA.said)
    colleague.sees(MILA.phone)
    colleague.sees(roads.PANNENHOEK)
    look_at(colleague.page)
    roads.accept(colleague, there)
    assert brought_home(there, elsewhere.site, site, tmp_path) == ["answered"]
    worker.go(path)
    worker.sees(f"Aangenomen door {roads.BLAUWE_DEUR}")
    confirm_contact(colleague)
    assert brought_home(there, elsewhere.site, site, tmp_path) == ["answered"]
    assert brought_home(there, elsewhere.site, site, tmp_path) == ["unchanged"]
    worker.go(path)
    worker.sees(f"{roads.BLAUWE_DEUR} sprak met {MILA.name}")
    look_at(worker.page)

    worker.go(f"{path}intrekken/")
    worker.press("Neem de ja terug")
    worker.sees("Teruggenomen.")
    carry(path, site, elsewhere.site, tmp_path)

    colleague.go(there)
    colleague.sees("De toestemming is teruggenomen op")
    for word in (MILA.name, MILA.phone, MILA.said, MILA.wish):
        colleague.sees_not(word)
    look_at(colleague.page)

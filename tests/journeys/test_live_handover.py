"""Journey: a live handover, from the moments that suit both sides to the contact that came of it."""

import sqlite3
from uuid import UUID

import pytest

from tests.journeys import roads
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

NADIA = Client(
    "Nadia", phone="0470 00 00 84", said="Ik durf daar niet alleen naar bellen.", wish="in haar huis blijven wonen"
)
SEVERAL = 2


def propose_two_moments(worker):
    """Choose the warm way, and tick two moments at which both sides work."""
    worker.unfold("Hoe draag je het over?")
    worker.choose("Samen gebeld of afspraak gemaakt", exact=False)
    roads.share_all(worker, NADIA)
    assert worker.title == f"Wanneer kun je samen spreken met {roads.BLAUWE_DEUR}?"
    look_at(worker.page)
    worker.choose("Een gesprek met drie aan de telefoon")
    for box in worker.page.locator("input[name=moments]").all()[:SEVERAL]:
        box.check(force=True)
    worker.press("Bewaar deze momenten")
    worker.sees("De momenten gaan mee als je verstuurt.")
    look_at(worker.page)


def choose_the_first(receiver, path):
    """Take a moment; the question is accepted with it."""
    receiver.go(path)
    receiver.sees("stelt deze momenten voor")
    look_at(receiver.page)
    slots = receiver.page.locator(".slots")
    assert slots.get_by_role("button").count() == SEVERAL
    receiver.press("Kies", within=slots)
    receiver.sees("Afgesproken. Jullie krijgen allebei een uitnodiging per mail.")
    look_at(receiver.page)


def both_are_invited(site):
    """Read the two invitations: when, and nothing of the person."""
    uids = set()
    for address in (roads.LOTTE, roads.NOOR):
        mail = [one for one in site.mails(address) if str(one["Subject"]).startswith("Warme overdracht op")][-1]
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        text = part.get_content()
        assert part.get_param("method") == "REQUEST" and "TZID=Europe/Brussels" in text
        assert not [
            word for word in (NADIA.name, NADIA.phone, NADIA.said, NADIA.wish) if word in mail.as_string() + text
        ]
        uids.add(next(line for line in text.splitlines() if line.startswith("UID:")))
    assert len(uids) == 1


def let_the_moment_come(site, path):
    """Let the agreed moment be a minute ago."""
    key = UUID(path.strip("/").split("/")[-1]).hex
    with sqlite3.connect(site.data_dir / "dorpel.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE doorverwijzing_handover SET starts_at = datetime('now', '-1 minute') WHERE referral_id = ?", (key,)
        )


def tell_how_it_went(receiver, path):
    """Say that the three spoke; what was agreed is filled in already. Then tick what was of use."""
    receiver.go(path)
    receiver.follow("Vertel hoe het ging")
    look_at(receiver.page)
    receiver.choose("We spraken samen")
    receiver.press("Bewaar hoe het ging")
    receiver.sees(f"Contact bevestigd. {roads.PANNENHOEK} ziet het.")
    receiver.choose("Eigen woorden", exact=False)
    receiver.press("Bewaar wat ik gebruikte")
    receiver.sees("ziet hoeveel stukken van pas kwamen")
    look_at(receiver.page)


def test_a_live_handover_runs_from_moments_to_contact(site, person):
    worker, receiver, client = person(roads.LOTTE), person(roads.NOOR), person(width=390)
    worker.go("/vandaag/")
    roads.begin(worker, NADIA)
    worker.sees("Antwoordtijd nog niet gemeten.")
    roads.choose_service(worker, NADIA)
    propose_two_moments(worker)
    roads.share_all(worker, NADIA)
    roads.sign_and_send(worker, NADIA)
    path = worker.path

    choose_the_first(receiver, path)
    both_are_invited(site)
    with receiver.page.expect_download() as download:
        receiver.page.get_by_role("link", name="Zet het in mijn agenda").click()
    assert download.value.suggested_filename == "overdracht.ics"
    worker.go(path)
    worker.sees("spreken jullie samen")
    look_at(worker.page)

    let_the_moment_come(site, path)
    tell_how_it_went(receiver, path)

    worker.go(path)
    worker.sees("Meegegaan, met drie gesproken")
    worker.sees("stukken: die moesten niet opnieuw verteld worden")
    look_at(worker.page)
    roads.follow_with_code(client, roads.code_of(worker, path))
    client.sees("houdt je vraag in het oog")

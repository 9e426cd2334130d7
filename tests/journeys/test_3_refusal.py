"""Journey 3: a receiver says no with an alternative, and the sender goes on there with a new yes."""

import re

import pytest

from tests.journeys import roads
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

SIEN = Client("Sien", phone="0470 00 00 83", said="Het vocht loopt van de muren.")
NOTE = "Wij doen geen onderzoek van woningen. Zij wel."


def refuse(receiver, path) -> str:
    """Say no, choose the first alternative, and give the name of that service."""
    receiver.go(path)
    asked = receiver.page.get_by_role("heading", name="Wat antwoord je?")
    receiver.page.emulate_media(media="print")
    assert asked.is_hidden(), "on paper nobody presses an answer"
    receiver.page.emulate_media(media="screen")
    assert asked.is_visible()
    receiver.unfold("Wij kunnen dit niet opnemen")
    receiver.choose("Wij doen dit soort vraag niet")
    ways = receiver.page.get_by_role("radiogroup", name="Wie kan wel helpen?").get_by_role("radio")
    alternative = ways.first.evaluate("one => one.labels[0].innerText").splitlines()[0].strip()
    ways.first.check(force=True)
    receiver.type("Voor je collega die het stuurde", NOTE)
    look_at(receiver.page)
    receiver.press("Stuur terug met dit voorstel")
    receiver.sees("Teruggestuurd met je voorstel.")
    return alternative


def test_a_refused_question_goes_on_to_the_alternative_with_a_new_yes(site, person):
    worker, receiver = person(roads.LOTTE), person(roads.NOOR)
    path = roads.refer(worker, SIEN)
    alternative = refuse(receiver, path)

    receiver.go(path)
    receiver.sees("Je gaf deze vraag terug.")
    for word in (SIEN.name, SIEN.phone, SIEN.said, SIEN.wish):
        receiver.sees_not(word)
    look_at(receiver.page)

    assert site.mails(roads.LOTTE)[-1]["Subject"] == "Je vraag kwam terug"
    worker.go("/vandaag/")
    worker.unfold("Toon alle")
    worker.follow(f"Kies verder voor {SIEN.name}")
    assert worker.path == path
    worker.sees(NOTE)
    look_at(worker.page)
    proposal = worker.page.get_by_text("Ze stellen voor:").inner_text()
    house = re.fullmatch(r"Ze stellen voor: (.+) van (.+)\.", proposal)
    assert house[1] == alternative

    worker.press(f"Kies deze dienst met {SIEN.name}")
    assert worker.title == f"Wat mag {house[2]} weten?"
    assert not worker.page.get_by_role("radio", checked=True).count(), "a new yes begins with nothing chosen"
    roads.share_all(worker, SIEN)
    roads.sign_and_send(worker, SIEN, house[2])
    again = worker.path

    assert again != path
    worker.go(path)
    worker.sees("niet aangenomen")
    assert not worker.page.get_by_role("heading", name="Hoe ga je verder?").count()
    with receiver.expecting(404):
        assert receiver.go(again) == 404
    assert receiver.title == "Deze pagina vinden we niet"


def test_a_refusal_without_a_way_on_is_not_taken_and_loses_no_word(person):
    worker, receiver = person(roads.LOTTE), person(roads.NOOR)
    path = roads.refer(worker, Client("Mo"))

    receiver.go(path)
    receiver.unfold("Wij kunnen dit niet opnemen")
    receiver.choose("Geen plaats nu")
    receiver.type("Voor je collega die het stuurde", "Bel ons over een maand.")
    receiver.press("Stuur terug met dit voorstel")

    receiver.sees("Kies wie kan helpen, of meld dat er niets is.")
    assert receiver.page.get_by_label("Voor je collega die het stuurde").input_value() == "Bel ons over een maand."
    assert receiver.page.get_by_label("Geen plaats nu").is_checked()
    look_at(receiver.page)

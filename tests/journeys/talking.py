"""A broad conversation from the first words to the end, and the addresses that it leaves behind."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from playwright.sync_api import Page

from tests.journeys import roads
from tests.journeys.person import Person
from tests.journeys.roads import Client

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
Look = Callable[[Page], None]


class Traces(NamedTuple):
    """The ids of what a conversation made."""

    talk: str
    card: str
    step: str
    question: str
    referral: str


def unseen(page: Page) -> None:
    """Look at nothing."""


def id_in(address: str | None, before: str) -> str:
    """Take the id that follows a word out of an address."""
    found = re.search(f"/{before}/({UUID})/", address or "")
    assert found, f"no /{before}/<id>/ in {address}"
    return found[1]


def open_broadly(worker: Person, client: Client, look: Look = unseen) -> None:
    """Begin a broad conversation and write down what a good end would be."""
    worker.go("/vandaag/")
    roads.begin(worker, client, road="Breed gesprek")
    look(worker.page)
    worker.type("Stel dat het over drie maanden beter gaat", "Dan slaap ik weer.")
    worker.press("Wonen")
    assert worker.title == "1. Wonen"
    look(worker.page)


def talk_about_living(worker: Person, client: Client, look: Look = unseen) -> None:
    """Strengths first, both wordings, the own scale, and a step with a name and a day."""
    worker.type("Wat gaat goed?", "Betaalde altijd op tijd.")
    worker.type("Jouw verwoording", "Opzeg gekregen, zoekt bemiddeling.")
    worker.choose("klopt")
    worker.choose("4")
    worker.choose("We doen iets")
    worker.type("Wat doen we?", "De opzegbrief samen lezen")
    worker.type("Wie doet het?", client.name)
    worker.type("Tegen wanneer?", (date.today() + timedelta(days=6)).isoformat())
    worker.press("Voeg toe", within=worker.page.locator("#vervolg"))
    worker.sees("De opzegbrief samen lezen")
    look(worker.page)


def look_along(worker: Person, client: Client, look: Look = unseen) -> None:
    """Turn the screen: the person sees the own words, and nothing that is not for the person."""
    worker.press(f"{client.name} kijkt mee")
    worker.sees("Opzeg gekregen, zoekt bemiddeling.")
    worker.sees_not("Past hierbij")
    look(worker.page)
    worker.choose("6")
    worker.press("Klaar")


def walk(worker: Person, client: Client, look: Look = unseen) -> Traces:
    """Walk a whole broad conversation and hand its question over."""
    open_broadly(worker, client, look)
    talk = id_in(worker.page.url, "gesprekken")
    talk_about_living(worker, client, look)
    step = id_in(worker.page.locator("#stappen a.tap").last.get_attribute("href"), "stap")
    look_along(worker, client, look)
    worker.press("Naar de vraag zelf")
    look(worker.page)
    worker.follow("Naar het overzicht")
    look(worker.page)
    worker.follow("Verwijs warm door")
    question = id_in(worker.page.url, "vragen")
    roads.choose_service(worker, client)
    roads.share_all(worker, client)
    roads.sign_and_send(worker, client)
    referral = id_in(worker.page.url, "doorverwijzing")
    worker.go(f"/gesprekken/{talk}/")
    card = id_in(worker.page.locator("a[href^='/clienten/']").first.get_attribute("href"), "clienten")
    return Traces(talk, card, step, question, referral)

"""Journey: volunteers without an account answer by a link and a code, walk to contact made, and ask an account."""

import re

import pytest

from tests.journeys import roads
from tests.journeys.looking import cramped, look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

BUDDIES, MAILBOX = "Buddywerk Twee Stoelen", "koppel@tweestoelen.example"
BUDDY = "Een buddy als het moeilijk is"
ROZA = Client(
    "Roza", wish="een buddy om af en toe iets mee te doen", phone="0470 00 00 91",
    said="Ik zit altijd alleen, sinds mijn man weg is.", place="Oostkamp",
)  # fmt: skip
THANKS = "Kan het ook op dinsdag?"


def body_of_newest(site) -> str:
    return site.mails(MAILBOX)[-1].get_content()


def refer_to_volunteers(worker) -> str:
    """Send the least to the buddies, and give the address."""
    worker.go("/vandaag/")
    roads.begin(worker, ROZA)
    roads.choose_service(worker, ROZA, BUDDY)
    worker.sees("werkt met vrijwilligers")
    assert worker.page.locator(".share-list").get_by_text("eigen woorden").count() == 0
    roads.share_all(worker, ROZA)
    roads.sign_and_send(worker, ROZA, BUDDIES)
    return worker.path


def come_in(guest, site) -> None:
    """Walk from the mail to the question; nothing shows before the code."""
    letter = body_of_newest(site)
    assert ROZA.name not in letter
    guest.go(re.search(r"/gast/\S+", letter)[0])
    for word in (ROZA.name, ROZA.phone, ROZA.said, roads.PANNENHOEK):
        guest.sees_not(word)
    look_at(guest.page)
    assert not cramped(guest.page)
    guest.press("Mail me de code")
    look_at(guest.page)
    assert not cramped(guest.page)
    guest.type("Code", "000000")
    guest.press("Toon me de vraag")
    guest.sees("Deze code klopt niet.")
    guest.type("Code", re.search(r"\d{6}", body_of_newest(site))[0])
    guest.press("Toon me de vraag")


def prints_no_question_of_buttons(guest) -> None:
    """On paper stands who asks what, not a heading above a button that is not there."""
    guest.page.emulate_media(media="print")
    for title in ("gesproken?", "Samen spreken", "Wat heb je gebruikt?", "Wil je een account?"):
        assert guest.page.get_by_role("heading", name=title, include_hidden=True).first.is_hidden(), title
    guest.page.emulate_media(media="screen")


def test_a_receiver_without_an_account_answers_in_the_same_machine(site, person):
    worker, guest = person(roads.LOTTE), person()
    path = refer_to_volunteers(worker)
    come_in(guest, site)

    guest.sees(ROZA.phone)
    guest.sees_not(ROZA.said)
    look_at(guest.page)
    guest.unfold("Schrijf een bericht")
    guest.type("Je bericht", THANKS)
    guest.press("Verstuur het bericht")
    guest.press("Neem aan")
    guest.sees("Aangenomen. Leg nu contact.")
    assert not cramped(guest.page)
    prints_no_question_of_buttons(guest)
    guest.choose("Ja, gesproken")
    guest.choose("Telefoon")
    guest.choose("Wij")
    guest.press("Bevestig contact")
    guest.sees("Contact bevestigd.")
    look_at(guest.page)

    worker.go(path)
    worker.sees("contact gelegd")
    worker.sees(THANKS)
    guest.type("Je e-mailadres op het werk", "an@tweestoelen.example")
    guest.press("Mail me een uitnodiging")
    guest.sees("De uitnodiging is op weg naar an@tweestoelen.example.")
    assert "/leden/uitnodiging/" in site.mails("an@tweestoelen.example")[-1].get_content()

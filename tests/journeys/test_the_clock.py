"""Nobody moves: two reminders, the team, the network, and then the question is back with who sent it: call now."""

from datetime import date, timedelta

import pytest

from demo.accounts import OPERATOR
from tests.journeys import roads
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

DIRK = Client("Dirk", phone="0470 00 00 85", said="De deurwaarder komt volgende week.")
HEARD = [
    "Een vraag wacht nog op je antwoord", "Tweede herinnering: een vraag wacht op je antwoord",
    "Een vraag van je team is te laat",
]  # fmt: skip


def test_a_question_that_nobody_answers_climbs_the_chain_and_comes_back(site, person):
    worker, receiver, network = person(roads.LOTTE), person(roads.NOOR), person(roads.BERT)
    path = roads.refer(worker, DIRK)
    weeks = [f"{date.today() + timedelta(weeks=week)}T10:00" for week in range(1, 6)]

    site.manage("referral_clock", "--only", path.split("/")[2], "--now", *weeks)

    about = [mail["Subject"] for mail in site.mails("blauwedeur.example") if path in mail.get_body().get_content()]
    assert about[-3:] == HEARD
    told = site.mails(roads.BERT)[-1]
    assert told["Subject"] == "Een vraag blijft liggen tussen twee partners"
    assert DIRK.name not in told.get_content()
    back = site.mails(roads.LOTTE)[-1]
    assert back["Subject"] == "Geen antwoord, bel nu"
    assert path in back.get_content()
    worker.go("/vandaag/")
    # The clock of this walk went five weeks ahead, so it stands below what is due today.
    worker.page.get_by_text("Toon alle").click()
    worker.sees(f"Bel {roads.BLAUWE_DEUR}")
    worker.go(path)
    worker.sees("Hoe ga je verder?")
    look_at(worker.page)
    receiver.go(path)
    receiver.sees_not(DIRK.said)
    network.go("/netwerk/blijft-liggen/")
    network.sees_not(DIRK.name)
    look_at(network.page)


def test_the_deadlines_are_the_networks_own(person):
    network = person(roads.BERT)
    network.go("/netwerk/termijnen/")
    look_at(network.page)
    network.page.get_by_label("Stil tussen twee herinneringen, dringend: hoeveel").fill("3")
    network.press("Bewaar")
    network.sees("1 termijn gewijzigd.")
    network.page.get_by_label("Stil tussen twee herinneringen, dringend: hoeveel").fill("2")
    network.press("Bewaar")


def test_the_operator_sees_that_everything_runs(site, person):
    site.wait_for_mails()
    operator = person(OPERATOR)
    operator.go("/gezondheid/")
    operator.sees("Alles draait")
    operator.sees("Mails versturen")
    look_at(operator.page)


def test_who_is_away_names_a_colleague(person):
    worker = person(roads.LOTTE)
    worker.go("/leden/")
    worker.follow("Afwezig Lotte")
    worker.sees("Wanneer ben je weg?")
    look_at(worker.page)

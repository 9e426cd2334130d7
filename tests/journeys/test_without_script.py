"""A browser without scripts: refusal and a new yes, withdrawal, and a broad talk up to the sheet that goes home."""

import re

import pytest

from tests.journeys import roads, talking
from tests.journeys.roads import Client
from tests.journeys.test_4_withdrawal import sees_nothing_of

pytestmark = pytest.mark.journey


def test_without_a_script_a_refused_question_goes_on_with_a_new_yes_that_is_taken_back(person):
    worker, receiver = person(roads.LOTTE, javascript=False), person(roads.NOOR, javascript=False)
    client = Client("Sofie", said="Het vocht loopt van de muren.")
    path = roads.refer(worker, client)

    receiver.go(path)
    receiver.unfold("Wij kunnen dit niet opnemen")
    receiver.choose("Wij doen dit soort vraag niet")
    receiver.page.get_by_role("radiogroup", name="Wie kan wel helpen?").get_by_role("radio").first.check(force=True)
    receiver.press("Stuur terug met dit voorstel")
    receiver.sees("Teruggestuurd met je voorstel.")

    worker.go(path)
    house = re.fullmatch(
        r"Ze stellen voor: .+ van (.+)\.", worker.page.get_by_text("Ze stellen voor:").first.inner_text()
    )[1]
    worker.press(f"Kies deze dienst met {client.name}")
    roads.share_all(worker, client)
    roads.sign_and_send(worker, client, house)

    worker.follow(f"{client.name} neemt de ja terug")
    worker.press("Neem de ja terug")
    worker.sees("Teruggenomen. De ontvanger ziet het niet meer.")
    receiver.go(path)
    sees_nothing_of(receiver, client)


def test_without_a_script_a_broad_talk_ends_in_a_sheet_that_the_browser_prints(person):
    worker, client = person(roads.LOTTE, javascript=False), Client("Rania", said="Ik lig er wakker van.")

    traces = talking.walk(worker, client)
    worker.go(f"/gesprekken/{traces.talk}/overzicht/")
    worker.follow("Schrijf op wat er anders is als het lukt.")
    worker.press("Bewaar, naar het overzicht")
    worker.press("Rond het gesprek af")

    worker.sees("Afgerond. Wat afgesproken is, staat hieronder.")
    assert "Druk deze pagina af met het menu van je browser." in worker.page.locator("noscript").all_inner_texts()
    worker.go(f"/doorverwijzing/{traces.referral}/bewijs/")
    assert not worker.page.get_by_role("button", name="Druk af").count(), "a button that does nothing"
    assert worker.page.get_by_role("link", name="Als PDF").is_visible()

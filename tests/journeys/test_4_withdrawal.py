"""Journey 4: the yes is taken back, and the receiver loses the content at once."""

import pytest

from tests.journeys import roads
from tests.journeys.looking import cramped, look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

DINA = Client("Dounia", phone="0470 00 00 84", said="Mijn broer mag niet weten waar ik ben.")


def sees_nothing_of(receiver, client):
    """Fail when a page still holds something of the client."""
    for word in (client.name, client.phone, client.said, client.wish):
        receiver.sees_not(word)


def withdraw(worker, client, path):
    """Take everything back at the client's wish."""
    worker.go(path)
    worker.follow(f"{client.name} neemt de ja terug")
    look_at(worker.page)
    worker.press("Neem de ja terug")
    worker.sees("Teruggenomen. De ontvanger ziet het niet meer.")


def typing(receiver, path):
    """Open one more tab, in which a message is being written."""
    tab = receiver.open_tab()
    tab.goto(path)
    tab.locator("summary").filter(has_text="Schrijf een bericht").click()
    tab.get_by_label("Je bericht").fill("Past dinsdag om 14 uur?")
    return tab


def gives_back(tab):
    """Come back to that tab: it leaves by itself, and only what was typed in it comes along."""
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    tab.get_by_role("heading", name="Deze pagina ging dicht").wait_for()
    assert tab.get_by_label("Tekst 1").input_value() == "Past dinsdag om 14 uur?"
    assert not [word for word in DINA[:4] if word in tab.content()]
    look_at(tab)


def test_open_tabs_and_stale_forms_of_the_receiver_show_nothing_any_more(site, person):
    worker, receiver = person(roads.LOTTE), person(roads.NOOR)
    path = roads.refer(worker, DINA)
    receiver.go(path)
    receiver.sees(DINA.phone)
    second = receiver.open_tab()
    second.goto(path)
    second.locator("summary").filter(has_text="Wij kunnen dit niet opnemen").click()
    second.get_by_label("Geen plaats nu").check(force=True)
    second.get_by_label("Er bestaat niets.").check(force=True)
    second.get_by_label("Voor je collega die het stuurde").fill("Wij zitten vol.")
    third = receiver.open_tab()
    third.goto(path)
    fourth = typing(receiver, path)

    withdraw(worker, DINA, path)

    receiver.page.reload()
    receiver.sees("De toestemming is teruggenomen op")
    receiver.sees("Was er een afspraak? Spreek met Lotte af wie ze afzegt.")
    sees_nothing_of(receiver, DINA)
    look_at(receiver.page)

    third.get_by_role("button", name="Neem aan").click()
    third.get_by_text("Dat kan niet meer: deze vraag is ingetrokken.").wait_for()
    assert not [word for word in DINA[:4] if word in third.content()]

    second.get_by_role("button", name="Stuur terug met dit voorstel").click()
    second.get_by_text("Dat kan niet meer: deze vraag is ingetrokken.").first.wait_for()
    assert not [word for word in DINA[:4] if word in second.content()]
    assert second.get_by_label("Voor je collega die het stuurde").input_value() == "Wij zitten vol."

    gives_back(fourth)

    receiver.go("/naar-ons/")
    row = receiver.page.get_by_role("row").filter(has=receiver.page.locator(f"a[href='{path}']")).inner_text()
    assert "ingetrokken" in row and not [word for word in DINA[:4] if word in row]
    receiver.page.go_back()
    receiver.sees("De toestemming is teruggenomen op")
    sees_nothing_of(receiver, DINA)
    receiver.go(f"{path}contact/")
    sees_nothing_of(receiver, DINA)
    mail = site.mails(roads.INBOX_OF_BLAUWE_DEUR)[-1]
    assert mail["Subject"] == "Een vraag is teruggenomen"
    assert not [word for word in DINA[:4] if word in mail.as_string()]


def test_one_piece_can_be_taken_back_and_the_rest_stays(person):
    worker, receiver = person(roads.LOTTE), person(roads.NOOR)
    client = Client("Hugo", said="Ik schaam me voor mijn huis.")
    path = roads.refer(worker, client)
    receiver.go(path)
    receiver.sees(client.said)

    worker.go(f"{path}intrekken/")
    worker.choose("eigen woorden", exact=False)
    worker.press("Neem de ja terug")

    receiver.page.reload()
    receiver.sees(client.phone)
    receiver.sees_not(client.said)
    worker.go(path)
    assert "eigen woorden" not in worker.page.locator("dl.facts").inner_text()


def test_the_client_takes_the_yes_back_on_the_own_page(person):
    worker, receiver, client = person(roads.LOTTE), person(roads.NOOR), person(width=390)
    asker = Client("Wies")
    path = roads.refer(worker, asker)
    roads.accept(receiver, path)

    roads.follow_with_code(client, roads.code_of(worker, path))
    client.follow("Neem mijn ja terug")
    look_at(client.page)
    assert not cramped(client.page)
    client.press("Neem mijn ja terug")
    client.sees("Je nam je ja terug. Ze zien je gegevens niet meer.")
    look_at(client.page)
    assert not cramped(client.page)

    receiver.page.reload()
    receiver.sees("De toestemming is teruggenomen op")
    sees_nothing_of(receiver, asker)
    worker.go(path)
    worker.sees("ingetrokken")

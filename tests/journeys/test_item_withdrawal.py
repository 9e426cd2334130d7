"""Item by item: signed on the screen, chosen on the own phone, a piece taken back by phone, the rest at once."""

import pytest

from tests.journeys import roads
from tests.journeys.looking import cramped, look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

NADIA = Client("Nadia", phone="0470 00 00 87", said="De eigenaar zegt dat ik snel weg moet.")


def begin(worker, client):
    """Come to the page on which the client says yes, with every piece shared."""
    worker.go("/vandaag/")
    roads.begin(worker, client)
    roads.choose_service(worker, client)
    roads.share_all(worker, client)


def draw(worker):
    """Sign in the frame with a pen."""
    canvas = worker.page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    frame = canvas.bounding_box()
    left, top = frame["x"] + 20, frame["y"] + 20
    worker.page.mouse.move(left, top)
    worker.page.mouse.down()
    for step in range(1, 7):
        worker.page.mouse.move(left + 25 * step, top + (30 if step % 2 else 5))
    worker.page.mouse.up()


def test_a_drawn_signature_is_kept_and_one_piece_is_taken_back_by_phone(person):
    worker, receiver = person(roads.LOTTE), person(roads.NOOR)
    begin(worker, NADIA)
    worker.choose("Tekent op dit scherm")
    draw(worker)
    look_at(worker.page)
    worker.type("Voornaam van wie tekent", NADIA.name)
    worker.press(f"Verstuur naar {roads.BLAUWE_DEUR}")
    path = worker.path
    worker.follow(f"Hoe {NADIA.name} ja zei")
    assert worker.page.locator("svg.signed path").get_attribute("d").count("L") >= 5
    look_at(worker.page)
    receiver.go(path)
    receiver.sees(NADIA.said)

    worker.go(f"{path}intrekken/")
    worker.choose("eigen woorden", exact=False)
    worker.choose("Aan de telefoon")
    look_at(worker.page)
    worker.press("Neem de ja terug")

    worker.sees("Nadia nam dit terug")
    worker.sees("Ze openden het 1 keer")
    look_at(worker.page)
    receiver.page.reload()
    receiver.sees("Intussen teruggenomen: eigen woorden")
    receiver.sees(NADIA.phone)
    receiver.sees_not(NADIA.said)
    look_at(receiver.page)
    worker.follow("Naar de kaart")
    worker.follow(f"Bekijk alles waar {NADIA.name} ja op zei")
    look_at(worker.page)
    worker.press("Neem alles terug")
    receiver.page.reload()
    receiver.sees("De toestemming is teruggenomen op")
    receiver.sees_not(NADIA.phone)


def test_the_client_chooses_on_the_own_phone_and_the_screen_of_the_worker_notices(person):
    worker, receiver, phone = person(roads.LOTTE), person(roads.NOOR), person(width=390)
    asker = Client("Samira", phone="0470 00 00 88", said="Ik durf de post niet open te doen.")
    begin(worker, asker)
    worker.choose("Met een code op de eigen telefoon")
    worker.press("Toon de code")
    look_at(worker.page)

    phone.go("/ja/")
    look_at(phone.page)
    assert not cramped(phone.page)
    phone.type("Typ de code die je kreeg", worker.page.locator(".code-big").inner_text())
    phone.press("Toon de tekst")
    phone.unfold("Taal")
    phone.press("العربية")
    assert phone.page.locator("[lang=ar][dir=rtl]").count() > 5
    look_at(phone.page)
    assert not cramped(phone.page)
    for piece in phone.page.locator("fieldset").all():
        said = "no" if "eigen woorden" in piece.inner_text() else "yes"
        piece.locator(f"input[value={said}]").check(force=True)
    phone.type("Typ je voornaam", asker.name)
    phone.press("Stuur mijn keuze")
    phone.sees("Dank je. Je keuze is bewaard.")
    look_at(phone.page)
    assert not cramped(phone.page)

    worker.sees(f"{asker.name} koos:")
    look_at(worker.page)
    worker.press(f"Verstuur naar {roads.BLAUWE_DEUR}")
    worker.sees(f"Verstuurd. {roads.BLAUWE_DEUR} antwoordt voor")
    receiver.go(worker.path)
    receiver.sees(asker.phone)
    receiver.sees_not(asker.said)


def test_without_javascript_a_typed_name_is_enough(person):
    worker = person(roads.LOTTE)
    plain = person(roads.LOTTE, javascript=False)
    asker = Client("Marc", phone="0470 00 00 89", said="Ik betaal te veel huur.")
    begin(worker, asker)
    plain.go(worker.path)

    assert not plain.page.locator("[data-signature]").is_visible()
    roads.sign_and_send(plain, asker)

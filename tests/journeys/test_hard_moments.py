"""Hard moments in the browser: a session that ended, markup as text, a number to refuse, a day that does not exist."""

import pytest

from tests.journeys import roads
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

MARKUP = '<img src=x onerror=alert(1)> & <b>vet</b> "aanhaling"'


def test_who_was_logged_out_in_the_middle_of_a_press_comes_back_to_the_question(person):
    worker, receiver = person(roads.LOTTE), person()
    path = roads.refer(worker, Client("Nele"))
    receiver.go(f"/account/login/?next={path}")
    receiver.log_in(roads.NOOR)
    assert receiver.path == path

    receiver.context.clear_cookies(name="sessionid")
    receiver.press("Neem aan")
    assert receiver.path == "/account/login/"
    receiver.log_in(roads.NOOR)

    assert receiver.path == path
    receiver.press("Neem aan")
    receiver.sees("Aangenomen. Leg nu contact.")


def test_markup_in_the_words_of_a_client_stays_text_on_every_page(person):
    worker, receiver, client = person(roads.LOTTE), person(roads.NOOR), person(width=390)
    asker = Client("Anna", wish=f"huis {MARKUP}", said=MARKUP)

    worker.go("/vandaag/")
    roads.begin(worker, asker)
    worker.type("Je vraag", "blijven wonen")
    worker.page.keyboard.press("Enter")
    worker.page.wait_for_url("**q=blijven+wonen**")
    roads.choose_service(worker, asker)
    worker.sees(MARKUP)
    roads.share_all(worker, asker)
    roads.sign_and_send(worker, asker)
    path = worker.path
    receiver.go(path)
    receiver.sees(MARKUP)
    roads.follow_with_code(client, roads.code_of(worker, path))
    client.sees(MARKUP)

    for someone in (worker, receiver, client):
        assert not someone.page.locator("img[src=x]").count()


def test_a_national_number_is_refused_where_it_was_typed_and_nothing_else_is_lost(person):
    worker = person(roads.LOTTE)
    worker.go("/gesprekken/nieuw/")
    worker.type("Voornaam", "Marta")
    worker.type("Wat brengt je hier vandaag?", "Mijn nummer is 85.07.30-033.99, zei ze.")
    worker.type("Wat wil deze persoon?", "een afspraak")
    worker.press("Zoek hulp, rechten later")

    worker.sees("Dit lijkt een rijksregisternummer. Dat bewaren we niet. Haal het weg.")
    assert worker.page.get_by_label("Voornaam").input_value() == "Marta"
    assert worker.page.get_by_label("Wat wil deze persoon?").input_value() == "een afspraak"
    look_at(worker.page)


def test_a_day_that_does_not_exist_is_named_and_the_rest_stays(person):
    worker, receiver = person(roads.LOTTE), person(roads.NOOR, javascript=False)
    path = roads.refer(worker, Client("Gust"))
    roads.accept(receiver, path)
    receiver.follow("Bevestig contact")
    receiver.choose("Ja, gesproken")
    receiver.choose("Telefoon", group="Hoe?")
    receiver.type("Volgende afspraak", "bij hem thuis")
    receiver.page.get_by_label("Wanneer?").evaluate("one => { one.type = 'text'; one.value = '31 november' }")
    receiver.press("Bevestig contact")

    receiver.sees("31 november bestaat niet. Kies een andere dag.")
    assert receiver.page.get_by_label("Volgende afspraak").input_value() == "bij hem thuis"
    assert receiver.page.get_by_label("Ja, gesproken").is_checked()


def test_who_sits_still_is_asked_before_the_session_ends(person):
    worker = person(roads.LOTTE)
    worker.page.clock.install()
    worker.go("/gesprekken/nieuw/")
    worker.type("Voornaam", "Wies")
    dialog = worker.page.get_by_role("dialog", name="Ben je er nog?")
    minutes = int(worker.page.locator("dialog[data-session]").get_attribute("data-session"))

    worker.page.clock.fast_forward((minutes - 3) * 60_000)
    assert not dialog.is_visible()
    worker.page.clock.fast_forward(60_000)
    dialog.wait_for()
    look_at(worker.page)
    with worker.page.expect_response("**/meer/"):
        dialog.get_by_role("button", name="Blijf verder werken").click()

    assert not dialog.is_visible()
    assert worker.page.get_by_label("Voornaam").input_value() == "Wies"
    worker.page.clock.fast_forward(minutes * 60_000)
    dialog.wait_for()

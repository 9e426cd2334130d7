"""Journey: the client says "not yet" and the sender is warned, calls and writes back; and who leaves, leaves fast."""

from urllib.parse import urlsplit

import pytest

from tests.journeys import roads
from tests.journeys.looking import cramped, look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

SAMIRA = Client("Samira", phone="0470 00 00 92", said="De eigenaar belt elke dag.")


def test_a_client_says_not_yet_and_the_sender_is_warned(site, person):
    worker, receiver, client = person(roads.LOTTE), person(roads.NOOR), person(width=390)
    path = roads.refer(worker, SAMIRA)
    roads.accept(receiver, path)
    code = roads.code_of(worker, path)

    roads.follow_with_code(client, code)
    client.type("Je bericht", "Bel mij na 16 uur, aub.")
    client.page.locator("details.languages summary").click()
    client.press("العربية")
    client.sees("هل تحدث معك أحد؟")
    assert client.page.get_by_label("Je bericht").input_value() == "Bel mij na 16 uur, aub."
    look_at(client.page)
    assert not cramped(client.page)
    client.choose("Nog niet", exact=False)
    client.press("Stuur mijn antwoord")
    client.sees("We zeiden het meteen aan Lotte.")
    assert client.page.get_by_label("Je bericht").input_value() == "Bel mij na 16 uur, aub."
    client.press("Stuur mijn bericht")
    client.sees("Het antwoord komt op deze pagina.")
    look_at(client.page)
    assert not cramped(client.page)

    mail = next(one for one in reversed(site.mails(roads.LOTTE)) if one["Subject"] == "Nog niet gesproken: bel nu")
    assert not [word for word in SAMIRA[:4] if word in mail.as_string()]
    worker.go("/vandaag/")
    worker.unfold("Toon alle")
    worker.sees("Samira zegt: nog niet gesproken. Bel.")
    worker.go(path)
    worker.sees("Bel mij na 16 uur, aub.")
    look_at(worker.page)
    worker.press("Ik belde hen allebei")
    worker.sees("Genoteerd dat je dit opvolgde.")
    worker.page.locator("#client_text").fill("Noor belt je morgen om 16.30 uur.")
    worker.press("Zet het op de pagina")

    client.go("/volg/vraag/")
    client.sees("Noor belt je morgen om 16.30 uur.")
    receiver.go(path)
    receiver.sees_not("Bel mij na 16 uur")


@pytest.mark.parametrize("how", ["a press", "three times Escape"])
def test_who_leaves_fast_finds_no_way_back_to_the_page(person, how):
    client = person(width=390)
    client.go("/")
    client.go("/volg/")
    # Where it leads is told in other tests; no journey leaves this machine.
    client.page.route("**/volg/weg/", lambda route: route.fulfill(body="Het weer", content_type="text/html"))

    with client.page.expect_event("load"):
        if how == "a press":
            client.page.get_by_role("link", name="Snel weg").click()
        else:
            for _time in range(3):
                client.page.keyboard.press("Escape")

    client.sees("Het weer")
    client.page.go_back()
    assert urlsplit(client.page.url).path == "/"

"""Journey 2: find, clarify, rights, consent, refer warmly, confirm contact; both sides and the client."""

import pytest

from tests.journeys import roads
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

OMAR = Client("Omar", phone="0470 00 00 82", said="Ik kan nergens anders heen met mijn hond.")


def clarify(worker, client, look):
    """From the day to the help: the conversation and the rights, kept with a yes."""
    look(worker.page)
    roads.begin(worker, client, road="Kijk eerst de rechten na")
    look(worker.page)
    roads.answer_about_rights(worker)
    worker.choose(f"{client.name} vindt het goed dat we dit bewaren", exact=False)
    worker.press("Bewaar", exact=True)
    worker.sees(f"Bewaard. {client.name} vindt dat goed.")
    look(worker.page)
    worker.press("Verder naar de hulp")
    look(worker.page)


def share_two_pieces(worker, client, look):
    """Choose what goes along: the phone and not the words; the preview shows exactly that."""
    roads.choose_service(worker, client)
    assert worker.title == f"Wat mag {roads.BLAUWE_DEUR} weten?"
    look(worker.page)
    worker.choose("Deel", group="Voornaam en telefoon")
    worker.choose("Niet", group="Eigen woorden")
    worker.press("Vernieuw het voorbeeld")
    preview = worker.page.locator("#preview")
    assert client.phone in preview.inner_text() and client.said not in preview.inner_text()
    worker.press(f"Laat {client.name} beslissen")
    look(worker.page)
    roads.sign_and_send(worker, client)
    look(worker.page)


def open_from_the_mail(site, receiver, client):
    """Follow the link of the newest mail; it holds nothing about the client."""
    mail = site.mails(roads.INBOX_OF_BLAUWE_DEUR)[-1]
    text = mail.get_content()
    assert mail["Subject"] == "Een nieuwe vraag wacht op jou"
    assert not [word for word in (client.name, client.phone, client.said, client.wish) if word in mail.as_string()]
    link = next(line for line in text.splitlines() if line.startswith(site.url))
    receiver.go(link)
    assert receiver.path == "/account/login/"
    receiver.log_in(roads.NOOR)
    assert receiver.page.url == link


def read_accept_and_call(receiver, client, look):
    """Read what was shared, say yes, and confirm that there was contact."""
    assert receiver.title == f"{client.name} wil {client.wish}"
    receiver.sees(client.phone)
    receiver.sees_not(client.said)
    look(receiver.page)
    receiver.press("Neem aan")
    receiver.sees("Aangenomen. Leg nu contact.")
    look(receiver.page)
    receiver.follow("Bevestig contact")
    look(receiver.page)
    receiver.choose("Ja, gesproken")
    receiver.choose("Telefoon", group="Hoe?")
    receiver.choose("Wij", group="Wie nam het initiatief?")
    receiver.type("Volgende afspraak", "dinsdag om 10 uur, bij Omar thuis")
    receiver.press("Bevestig contact")
    receiver.sees(f"Contact bevestigd. {roads.PANNENHOEK} ziet het.")
    look(receiver.page)


def answer_on_the_own_page(client, code, look):
    """Open the page with the code of the sheet and say whether it is right."""
    client.go("/volg/")
    look(client.page)
    client.type("Typ de code van je blad", code)
    client.press("Toon mijn vraag")
    assert client.path == "/volg/vraag/"
    client.sees(f"{roads.BLAUWE_DEUR} helpt je.")
    client.sees("Klopt dat? Heeft iemand je gesproken?")
    look(client.page)
    client.choose("Ja")
    client.press("Stuur mijn antwoord")
    client.sees("Dank je. We noteerden je antwoord.")
    look(client.page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_the_main_job_runs_from_a_conversation_to_the_clients_own_answer(site, person, javascript):
    look = look_at if javascript else lambda page: None
    worker = person(roads.LOTTE, javascript=javascript)
    receiver, client = person(javascript=javascript), person(width=390, javascript=javascript)
    name = OMAR._replace(name="Omar" if javascript else "Ousmane")
    worker.go("/vandaag/")

    clarify(worker, name, look)
    share_two_pieces(worker, name, look)
    path = worker.path
    open_from_the_mail(site, receiver, name)
    assert receiver.path == path
    read_accept_and_call(receiver, name, look)

    worker.go(path)
    worker.sees("contact gelegd")
    # Written in free words, and the client did not let them write about it.
    worker.sees_not("dinsdag om 10 uur")
    worker.sees("nog geen antwoord")
    assert [mail["Subject"] for mail in site.mails(roads.LOTTE)][-2:] == ["Je vraag is aangenomen", "Contact gelegd"]
    look(worker.page)
    code = roads.code_of(worker, path)
    assert worker.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, "the sheet is one page of A5"
    look(worker.page)

    answer_on_the_own_page(client, code, look)

    worker.go(path)
    answer = worker.page.locator("dl.facts div").filter(has_text=f"{name.name} zegt")
    assert answer.get_by_role("definition").inner_text().startswith("ja")
    look(worker.page)

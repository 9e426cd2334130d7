"""Stretches of road that several journeys walk: from a first name to sent, and what the receiver does."""

from typing import NamedTuple

from tests.journeys.person import Person

LOTTE, ELS, NOOR = "lotte@pannenhoek.example", "els@pannenhoek.example", "noor@blauwedeur.example"
KARIM, BERT, INE = "karim@zevenknopen.example", "bert@we40.example", "ine@windvang.example"
CONTACT, OPERATOR = "dpo@pannenhoek.example", "beheer@dorpel.example"
PANNENHOEK, BLAUWE_DEUR = "Sociaal Huis Pannenhoek", "Huurhulp De Blauwe Deur"
INBOX_OF_BLAUWE_DEUR = "onthaal@blauwedeur.example"
STAY = "Blijven wonen"


class Client(NamedTuple):
    """Someone who asks for help, invented for one journey."""

    name: str
    wish: str = "in zijn huis blijven wonen"
    phone: str = "0470 00 00 81"
    said: str = "De huisbaas zegt dat ik voor Kerstmis weg moet."
    place: str = "Oostkamp"


def begin(worker: Person, client: Client, *, road: str = "Zoek hulp, rechten later") -> None:
    """Open a conversation and go on along one of the three roads."""
    worker.follow("Nieuw gesprek")
    worker.type("Voornaam", client.name)
    worker.type("Telefoonnummer", client.phone)
    worker.type("gemeente", client.place)
    worker.type("Wat brengt je hier vandaag?", client.said)
    worker.type("Wat wil deze persoon?", client.wish)
    worker.press(road)


def choose_service(worker: Person, client: Client, service: str = STAY) -> None:
    """Choose one of the services that were found."""
    row = worker.page.get_by_role("listitem").filter(has=worker.page.get_by_role("heading", name=service, exact=True))
    worker.press(f"Kies voor {client.name}", within=row)


def share_all(worker: Person, client: Client) -> None:
    """Share every piece with one press."""
    worker.press(f"{client.name} zegt ja op alles, ga verder")


def sign_and_send(worker: Person, client: Client, receiver: str = BLAUWE_DEUR) -> None:
    """Let the client sign on the screen, and send."""
    worker.choose("Tekent op dit scherm")
    worker.type("Voornaam van wie tekent", client.name)
    worker.press(f"Verstuur naar {receiver}")
    worker.sees(f"Verstuurd. {receiver} antwoordt voor")


def refer(worker: Person, client: Client, *, service: str = STAY, receiver: str = BLAUWE_DEUR) -> str:
    """Walk the quick road as a whole and give the address of what was sent."""
    worker.go("/vandaag/")
    begin(worker, client)
    choose_service(worker, client, service)
    share_all(worker, client)
    sign_and_send(worker, client, receiver)
    return worker.path


def accept(receiver: Person, path: str) -> None:
    """Open a question that came in and say yes."""
    receiver.go(path)
    receiver.press("Neem aan")
    receiver.sees("Aangenomen. Leg nu contact.")


def code_of(worker: Person, path: str) -> str:
    """Read the code on the printed sheet."""
    worker.go(f"{path}bewijs/")
    return worker.page.locator(".receipt-code").first.inner_text()


def follow_with_code(client: Person, code: str) -> None:
    """Open the client's own page with the code of the sheet."""
    client.go("/volg/")
    client.type("Typ de code van je blad", code)
    client.press("Toon mijn vraag")


# What the client of a journey says when the checklist asks; everything else is passed over.
KNOWN_ANSWERS = {"Hoe oud is": "41", "Hoeveel kinderen": "0", "Met wie woont": "Met niemand anders"}


def answer_about_rights(worker: Person, questions: int = 4) -> None:
    """Answer the questions that come; the site decides in which order."""
    for _number in range(questions):
        form = worker.page.locator("#vraag")
        asked = form.get_by_role("heading").inner_text()
        answer = next((known for start, known in KNOWN_ANSWERS.items() if asked.startswith(start)), "")
        if answer.isdigit():
            worker.interactions += 1
            form.get_by_role("textbox").fill(answer)
            worker.press("Ga verder", within=form)
        else:
            worker.press(answer or "Weet niet" if form.get_by_role("textbox").count() == 0 else "Sla over", within=form)

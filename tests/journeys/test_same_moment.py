"""Two presses, two colleagues and twenty writers at the same moment: one thing happens, and the chain holds."""

from functools import partial
from uuid import uuid4

import pytest

from tests.journeys import roads
from tests.journeys.parallel import Sender, at_once
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

ADDRESS_CLIENT = Client(
    "Fatiha", wish="een referentieadres krijgen", place="Zedelgem", said="Ik slaap nu bij een vriendin."
)
ADDRESS_SERVICE = "Een adres voor je post"
WRITERS = 20
# Who comes a moment later hears how it stands; who loses in the database itself hears that it changed.
TOLD = ("Dat kan niet meer: deze vraag is", "Deze vraag is intussen veranderd.")


def ready_to_send(worker, client) -> str:
    """Come to the page on which the client says yes."""
    worker.go("/vandaag/")
    roads.begin(worker, client)
    roads.choose_service(worker, client)
    roads.share_all(worker, client)
    return worker.path


def sent_to(worker, client) -> int:
    """Count what went out for a client."""
    worker.go("/door-ons/")
    return worker.page.get_by_role("row").filter(has_text=client.name).count()


def test_two_presses_on_send_make_one_referral_and_one_mail(site, person):
    worker, client = person(roads.LOTTE), Client("Bogdan")
    sent = sent_to(worker, client)
    path = ready_to_send(worker, client)
    before = len(site.mails(roads.INBOX_OF_BLAUWE_DEUR))
    fields = {"mode": "screen", "signature": client.name}

    answers = at_once([partial(Sender(worker).post, path, **fields) for _press in range(2)])

    assert [(answer.status, answer.url.removeprefix(site.url)) for answer in answers] in (
        [(200, path.removesuffix("ja/"))] * 2,
        [(200, path.removesuffix("ja/")), (200, path)],
        [(200, path), (200, path.removesuffix("ja/"))],
    )
    assert len(site.mails(roads.INBOX_OF_BLAUWE_DEUR)) == before + 1
    assert sent_to(worker, client) == sent + 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_double_click_on_send_sends_once(site, person, javascript):
    worker, client = person(roads.LOTTE, javascript=javascript), Client("Petra" if javascript else "Petru")
    sent = sent_to(worker, client)
    ready_to_send(worker, client)
    before = len(site.mails(roads.INBOX_OF_BLAUWE_DEUR))
    worker.choose("Tekent op dit scherm")
    worker.type("Voornaam van wie tekent", client.name)

    worker.page.get_by_role("button", name=f"Verstuur naar {roads.BLAUWE_DEUR}").dblclick()
    worker.page.get_by_role("link", name="Druk het blad af").wait_for()

    assert len(site.mails(roads.INBOX_OF_BLAUWE_DEUR)) == before + 1
    assert sent_to(worker, client) == sent + 1


def test_of_two_colleagues_who_accept_at_the_same_moment_one_wins_and_the_other_is_told(site, person):
    sender, lotte, els = person(roads.NOOR), person(roads.LOTTE), person(roads.ELS)
    path = roads.refer(sender, ADDRESS_CLIENT, service=ADDRESS_SERVICE, receiver=roads.PANNENHOEK)
    for colleague in (lotte, els):
        colleague.go(path)
    before = len(site.mails(roads.NOOR))

    answers = at_once([partial(Sender(one).post, f"{path}aannemen/") for one in (lotte, els)])

    assert {answer.url for answer in answers} == {site.url + path}
    won = [answer for answer in answers if "Leg nu contact." in answer.text]
    told = [answer for answer in answers if any(words in answer.text for words in TOLD)]
    assert len(won) == len(told) == 1
    assert won[0] is not told[0]
    who = "Lotte" if answers.index(won[0]) == 0 else "Els"
    for colleague in (lotte, els):
        colleague.go(path)
        accepted = colleague.page.get_by_role("listitem").filter(has_text="Aangenomen")
        assert accepted.count() == 1
        assert f"door {who}" in accepted.inner_text()
    assert [mail["Subject"] for mail in site.mails(roads.NOOR)[before:]] == ["Je vraag is aangenomen"]


def test_twenty_writers_at_the_same_moment_keep_the_chain_whole(site, person):
    worker, receiver, client = person(roads.LOTTE), person(roads.NOOR), Client("Twan")
    path = roads.refer(worker, client)
    receiver.go(path)
    writers = [worker, receiver] * (WRITERS // 2)

    answers = at_once(
        [
            partial(Sender(one).post, f"{path}bericht/", text=f"Bericht nummer {number}.", form_key=str(uuid4()))
            for number, one in enumerate(writers)
        ]
    )

    assert [answer.status for answer in answers] == [200] * WRITERS
    worker.go(path)
    page = worker.page.content()
    assert all(f"Bericht nummer {number}." in page for number in range(WRITERS))
    assert "alles in orde" in site.manage("audit_verify")

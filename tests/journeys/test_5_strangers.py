"""Journey 5: to who has nothing to do with a question, no address of it exists, with GET and with POST."""

from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver, reverse

from demo.accounts import ACCOUNTS, OPERATOR
from tests.journeys import roads, talking
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

PRIVATE = ("gesprekken", "clienten", "doorverwijzing")
# Where these begin, somebody's question or card is meant.
ROOMS = ("/gesprekken/", "/clienten/", "/doorverwijzing/", "/vragen/")
OWN, RECEIVING = {roads.LOTTE, roads.ELS}, {roads.NOOR}
STRANGERS = [*(account.email for account in ACCOUNTS if account.email not in OWN | RECEIVING), OPERATOR]
ZIAD = Client("Ziad", phone="0470 00 00 86", said="Niemand mag dit weten.")


def addresses(traces: talking.Traces, service: str) -> dict[str, str]:
    """Give the addresses of one conversation and what came of it. Every other address is tried in tests/leaks."""
    ids = {"gesprekken": traces.talk, "clienten": traces.card, "doorverwijzing": traces.referral}
    known = {"code": "housing", "step": traces.step, "question": traces.question, "service": service}
    found = {}
    for resolver in get_resolver().url_patterns:
        namespace = getattr(resolver, "namespace", None)
        for pattern in resolver.url_patterns if namespace in PRIVATE else ():
            name = f"{namespace}:{getattr(pattern, 'name', '')}"
            wanted = set(pattern.pattern.converters)
            if isinstance(pattern, URLPattern) and wanted and wanted <= {"pk", *known}:
                parts = {part: ids[namespace] if part == "pk" else known[part] for part in wanted}
                found[name] = reverse(name, kwargs=parts)
    return {name: path for name, path in found.items() if path.startswith(ROOMS)}


@pytest.fixture(scope="module")
def traces():
    """Keep what the first test of this journey leaves behind."""
    return {}


@pytest.fixture
def private(person, traces):
    """Give the addresses of one whole conversation, walked once."""
    if not traces:
        worker = person(roads.LOTTE)
        walked = talking.walk(worker, ZIAD)
        worker.go(f"/doorverwijzing/{walked.referral}/")
        service = worker.page.locator("dl.facts a[href^='/dienst/']").first.get_attribute("href")
        traces.update(addresses(walked, talking.id_in(service, "dienst")))
    return traces


def ask(someone, method: str, path: str):
    """Send a request as someone, with the token that the site gives to its own forms."""
    token = next(one["value"] for one in someone.context.cookies() if one["name"] == "csrftoken")
    return someone.context.request.fetch(
        path, method=method, headers={"X-CSRFToken": token}, form={"go": "save"} if method == "POST" else None,
        max_redirects=0,
    )  # fmt: skip


def answers(someone, private: dict[str, str]) -> list[str]:
    """Name every address that shows that something is there."""
    wrong = []
    for name, path in private.items():
        for method in ("GET", "POST"):
            answer = ask(someone, method, path)
            text = answer.text()
            # 405: this address never answers this method, whoever asks and whatever it names.
            if answer.status not in {404, 405} or any(word in text for word in ZIAD[:4]):
                wrong.append(f"{method} {name} {path}: {answer.status}")
    return wrong


@pytest.mark.parametrize("address", STRANGERS)
def test_every_address_is_404_for_who_has_nothing_to_do_with_it(person, private, address):
    # The contact for data answers for the files of the own organization: its cards only.
    theirs = "clienten:" if address == roads.CONTACT else "-"

    assert not answers(person(address), {name: path for name, path in private.items() if not name.startswith(theirs)})


def test_the_receiver_knows_the_referral_and_nothing_behind_it(person, private):
    receiver = person(roads.NOOR)
    behind = {name: path for name, path in private.items() if not name.startswith("doorverwijzing")}
    sending = {
        name: path for name, path in private.items()
        if name.rpartition(":")[2] in {"search", "choose_service", "share", "say_yes", "receipt", "withdraw", "answer"}
    }  # fmt: skip

    assert ask(receiver, "GET", private["doorverwijzing:referral"]).status == 200
    assert not answers(receiver, behind | sending)


def test_who_is_not_logged_in_is_asked_who_one_is_and_learns_nothing(person, private):
    visitor = person()
    visitor.go("/account/login/")

    for path in private.values():
        for method in ("GET", "POST"):
            real = ask(visitor, method, path)
            invented = ask(visitor, method, path.replace(talking.id_in(path, path.split("/")[1]), str(uuid4())))
            assert (real.status, invented.status) == (302, 302)
            assert real.headers["location"].startswith("/account/login/?next=")


def test_a_stranger_sees_the_same_page_for_what_is_hidden_and_what_never_was(person, private):
    stranger = person(roads.KARIM)
    path = private["doorverwijzing:referral"]

    with stranger.expecting(404):
        stranger.go(path)
        hidden = stranger.page.locator("main").inner_text()
        stranger.go(f"/doorverwijzing/{uuid4()}/")
        never = stranger.page.locator("main").inner_text()

    assert hidden == never

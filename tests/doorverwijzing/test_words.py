"""The words of every state for each side, as the design has them (section 7.4): a changed word is seen here."""

import pytest
from django.utils import translation

from doorverwijzing import actions
from doorverwijzing.words import CLIENT_SENTENCES, SETTLED_WORDS, badge, badge_for_sender
from doorverwijzing.workflow import AT_HOME, BACK_AT_SENDER, Side, Status
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory

# What waits for a side is yellow there (`turn`, or `late`). A badge has three words at most: a day, and the way on,
# stand beside it. Passing on goes through the sender (ADR 7), so there it waits.
WORDS = {
    Status.DRAFT: ("concept quiet pencil", None, None),
    Status.PRESENTED: ("bij de persoon quiet talk", None, None),
    Status.SENT: ("verstuurd moving send", "nieuw, open dit turn turn", "We stuurden je vraag naar {service}."),
    Status.RECEIVED: ("geopend moving eye", "beantwoord turn turn", "{service} las je vraag."),
    Status.ACCEPTED: (
        "aangenomen moving check", "leg contact turn turn", "{service} zei ja. Ze nemen contact met je op.",
    ),
    Status.CONTACT_MADE: (
        "contact gelegd reached reached", "contact gelegd reached reached", "{service} helpt je.",
    ),
    Status.RUNNING: ("loopt bij hen moving talk", "loopt moving talk", "{service} helpt je."),
    Status.CLOSED: ("afgerond reached reached", "afgerond reached reached", "Dit is klaar."),
    Status.REFUSED: (
        "kies verder turn turn", "niet aangenomen stuck stop", "Dit lukt daar niet. {worker} zoekt iets anders.",
    ),
    Status.PASSED_ON: (
        "andere dienst turn pass", "doorgegeven moving pass",
        "{service} stelt een andere dienst voor. {worker} belt je daarover.",
    ),
    Status.WITHDRAWN: (
        "ingetrokken dashed back", "ingetrokken dashed back", "Je nam je ja terug. Niemand ziet het nog.",
    ),
    Status.EXPIRED: ("terug bij jou late back", "ging terug quiet back", "Ze antwoordden niet. {worker} belt je."),
    Status.UNREACHED: (
        "niet bereikt turn phone", "niet bereikt stuck phone",
        "Ze konden je niet bereiken. Bel {worker}, of wacht: je wordt gebeld.",
    ),
    Status.CONSENT_LAPSED: (
        "vraag opnieuw turn lock", "toestemming voorbij dashed lock",
        "Je ja is voorbij. Wil je verder? Bel {worker}.",
    ),
}  # fmt: skip
# Once the sender went on another way, nothing waits any more.
SETTLED = {
    Status.REFUSED: "niet aangenomen stuck stop",
    Status.PASSED_ON: "doorgegeven moving pass",
    Status.EXPIRED: "niet beantwoord quiet back",
    Status.UNREACHED: "niet bereikt stuck phone",
    Status.CONSENT_LAPSED: "toestemming voorbij dashed lock",
}


def shown(word):
    return " ".join(map(str, word))


@pytest.fixture(autouse=True)
def _in_dutch():
    with translation.override("nl"):
        yield


@pytest.mark.parametrize("status", Status)
def test_each_side_reads_the_words_of_the_design(status):
    sender, receiver, client = WORDS[status]

    assert shown(badge(status, Side.SENDER)) == sender
    if status in AT_HOME:
        assert (receiver, client) == (None, None)
        return
    assert shown(badge(status, Side.RECEIVER)) == receiver
    assert str(CLIENT_SENTENCES[status]) % {"service": "{service}", "worker": "{worker}"} == client


def test_what_was_settled_waits_for_nobody():
    assert {status: shown(word) for status, word in SETTLED_WORDS.items()} == SETTLED
    assert set(SETTLED) == BACK_AT_SENDER


@pytest.mark.django_db
def test_a_question_that_is_shown_to_someone_says_to_whom():
    referral = Cast().presented()

    assert str(badge_for_sender(referral, told=False).word) == f"bij {referral.client.first_name}"


@pytest.mark.parametrize(
    ("how", "words", "french"),
    [
        ("own_step", "Sociaal Huis Pannenhoek helpt je.", "Sociaal Huis Pannenhoek vous aide."),
        ("client_stops", "Dit is klaar.", "C’est terminé."),
        ("sent_on", "We stuurden je vraag naar Andere hulp.", "Nous avons envoyé votre demande à "),
    ],
)
@pytest.mark.django_db
def test_what_came_back_and_went_on_another_way_is_not_promised_any_more(client, how, words, french):
    cast = Cast()
    referral = cast.refused()
    if how == "sent_on":
        other = ServiceFactory(organization=OrganizationFactory(name="Andere hulp", worker=cast.noor))
        again = actions.prepare(cast.question, other, by=cast.lotte, previous=referral)
        actions.choose(again, shared={}, colleague="", warmth=3, by=cast.lotte)
        actions.present(again, by=cast.lotte)
        actions.send(again, mode="screen", signature="Amina", by=cast.lotte)
    else:
        actions.settle(referral, how=how, by=cast.lotte)

    client.post("/volg/", {"code": referral.receipt.code})
    page = client.get("/volg/vraag/?taal=fr").content.decode()

    state = page.split('<section class="state')[1].split("</section>")[0]
    assert words in state and french in state
    assert not [promise for promise in ("zoekt iets anders", "cherche") if promise in page]

"""The client's own page: a code from the sheet, quiet words, and two things that the client can do."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core import audit, short_codes
from core.moments import spoken_date
from doorverwijzing import actions, packet, receiving
from doorverwijzing.client.languages import helper_of
from doorverwijzing.client.receipts import find, grouped, prolong
from doorverwijzing.models import Channel, ClientAnswer, ClientMessage, Initiative, Reached, ReceiptCode, Referral
from doorverwijzing.moving import make
from doorverwijzing.workflow import AT_HOME, MOVES, Side, Status
from tests.codes import code_of, drawn_code
from tests.doorverwijzing.test_client_talk import second_question
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def open_page(client, referral):
    return client.post("/volg/", {"code": referral.receipt.code}, follow=True)


def test_the_code_opens_the_page_without_an_account(cast, client):
    response = open_page(client, cast.contact_made())

    page = response.content.decode()
    assert response.status_code == 200
    assert "Huurhulp De Blauwe Deur helpt je." in page
    assert "Heeft iemand je gesproken?" in page
    assert "no-store" in response.headers["Cache-Control"]


def test_the_qr_code_opens_it_leaves_no_code_in_the_address_and_says_until_when(cast, client):
    referral = cast.sent()

    response = client.get(f"/volg/{referral.receipt.code}/", follow=True)

    assert response.redirect_chain[-1][0] == "/volg/vraag/"
    assert f"Je hoort iets, ten laatste op {spoken_date(referral.due_at)}." in response.content.decode()


def test_a_day_that_has_gone_by_is_no_promise_any_more(cast, client):
    referral = cast.accepted()
    Referral.objects.filter(pk=referral.pk).update(due_at=timezone.now() - timedelta(days=1))

    client.post("/volg/", {"code": referral.receipt.code})
    page = client.get("/volg/vraag/?taal=fr").content.decode()

    day = spoken_date(timezone.now() - timedelta(days=1))
    assert "ten laatste" not in page
    assert f"Op {day} had je iets moeten horen. We vragen het hen opnieuw. Je mag ook Lotte bellen." in page
    assert f"moest er al zijn op {day}" in page


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}"])
def test_a_code_may_be_typed_in_groups_and_in_small_letters(cast, client, typed):
    referral = cast.sent()
    code = referral.receipt.code
    text = typed.format(code, grouped(code), code.lower())

    assert client.post("/volg/", {"code": text}).status_code == 302


def test_the_code_is_not_in_the_database(cast):
    referral = cast.sent()

    row = ReceiptCode.objects.filter(referral=referral).values("code", "digest").get()

    assert referral.receipt.code not in row["code"] + row["digest"]


def test_a_wrong_code_is_told_kindly_and_after_five_there_is_a_pause(cast, client):
    referral = cast.sent()

    answers = [client.post("/volg/", {"code": "K7M4PX93"}) for _time in range(6)]
    right = client.post("/volg/", {"code": referral.receipt.code})

    assert [answer.status_code for answer in answers] == [404] * 5 + [429]
    assert "Die code kennen we niet." in answers[0].content.decode()
    assert "10 minuten" in answers[5].content.decode()
    assert right.status_code == 429


def test_an_expired_code_leads_to_a_neutral_page(cast, client):
    referral = cast.sent()
    ReceiptCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    response = client.post("/volg/", {"code": referral.receipt.code})

    assert response.status_code == 410
    assert "Amina" not in response.content.decode()


@pytest.mark.parametrize(
    ("status", "works"),
    [(Status.RUNNING, True), (Status.CLOSED, True), (Status.EXPIRED, True), (Status.WITHDRAWN, False)],
)
def test_a_code_works_on_while_someone_has_the_question_or_can_read_it(cast, client, status, works):
    referral = cast.at(status)
    ReceiptCode.objects.update(expires_at=timezone.now() - timedelta(days=2))

    first, second = prolong(), prolong()

    assert (first["prolonged"], second["prolonged"]) == (int(works), 0)
    assert open_page(client, referral).status_code == (200 if works else 410)


def test_a_page_that_was_opened_closes_after_half_an_hour(cast, client, time_machine):
    open_page(client, cast.sent())

    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    assert client.get("/volg/vraag/").url == reverse("doorverwijzing:enter")


@pytest.mark.parametrize("answer", Reached)
def test_the_client_answers_and_the_sender_sees_it(cast, client, answer):
    referral = cast.contact_made()
    open_page(client, referral)
    before = client.get("/volg/vraag/").content.decode()

    client.post("/volg/vraag/antwoord/", {"answer": answer})
    after = client.get("/volg/vraag/").content.decode()
    client.force_login(cast.lotte)
    page = client.get(referral.get_absolute_url()).content.decode()

    assert Referral.objects.get().state is Status.CONTACT_MADE
    assert str(Reached(answer).label) in page
    # What was answered asks nothing any more: no yellow, and the question folded away.
    assert [("your-turn" in one, "Wijzig mijn antwoord" in one) for one in (before, after)] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_who_answered_before_the_contact_is_asked_once_more(cast, client):
    referral = cast.accepted()
    open_page(client, referral)
    client.post("/volg/vraag/antwoord/", {"answer": "not_yet"})
    assert "your-turn" not in client.get("/volg/vraag/").content.decode()

    receiving.confirm_contact(
        referral, at=timezone.now(), channel=Channel.PHONE, initiative=Initiative.RECEIVER, appointment="", by=cast.noor
    )

    assert "your-turn" in client.get("/volg/vraag/").content.decode()


def test_the_client_takes_the_yes_back_after_one_question(cast, client):
    referral = cast.received()
    open_page(client, referral)

    asked = client.get("/volg/vraag/terugnemen/").content.decode()
    client.post("/volg/vraag/terugnemen/")

    assert "Wil je jouw ja terugnemen?" in asked
    assert Referral.objects.get().state is Status.WITHDRAWN
    assert receiving.read(Referral.objects.get(), by=cast.noor) is None


def test_the_page_says_who_looked_by_organization(cast, client):
    referral = cast.received()
    receiving.read(referral, by=cast.noor)

    page = open_page(client, referral).content.decode()

    assert "2 keer:" in page
    assert "een medewerker bij Huurhulp De Blauwe Deur" in page
    assert "Noor" not in page


SENTENCES = {
    Status.SENT: "We stuurden je vraag naar Huurhulp De Blauwe Deur.",
    Status.RECEIVED: "Huurhulp De Blauwe Deur las je vraag.",
    Status.ACCEPTED: "Huurhulp De Blauwe Deur zei ja. Ze nemen contact met je op.",
    Status.CONTACT_MADE: "Huurhulp De Blauwe Deur helpt je.",
    Status.RUNNING: "Huurhulp De Blauwe Deur helpt je.",
    Status.CLOSED: "Dit is klaar.",
    Status.REFUSED: "Dit lukt daar niet. Lotte zoekt iets anders.",
    Status.PASSED_ON: "Huurhulp De Blauwe Deur stelt een andere dienst voor. Lotte belt je daarover.",
    Status.WITHDRAWN: "Je nam je ja terug. Niemand ziet het nog.",
    Status.EXPIRED: "Ze antwoordden niet. Lotte belt je.",
    Status.UNREACHED: "Ze konden je niet bereiken. Bel Lotte, of wacht: je wordt gebeld.",
    Status.CONSENT_LAPSED: "Je ja is voorbij. Wil je verder? Bel Lotte.",
}


@pytest.mark.parametrize("status", [status for status in Status if status not in (Status.DRAFT, Status.PRESENTED)])
def test_every_state_has_a_sentence_for_the_client(cast, client, status):
    referral = cast.at(status)

    page = open_page(client, referral).content.decode()

    assert SENTENCES[status] in page
    assert "%(" not in page


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(("pressed", "kept"), [("antwoord", (1, 0)), ("bericht", (0, 1))])
def test_what_was_begun_beside_what_was_sent_is_still_there(cast, client, time_machine, pressed, kept, late):
    referral = cast.contact_made()
    open_page(client, referral)
    if late:
        time_machine.move_to(timezone.now() + timedelta(minutes=31))
    typed = {"answer": "not_yet", "text": "Bel mij na 16 uur, aub.", "form_key": str(uuid4()), "vraag": "1"}

    answer = client.post(f"/volg/vraag/{pressed}/", typed)
    if late:
        assert answer.url == "/volg/"
        open_page(client, referral)

    page = client.get("/volg/vraag/").text
    begun = re.search(r"<textarea[^>]*>\s*Bel mij na 16 uur, aub.</textarea>", page)
    picked = re.search(r'value="not_yet"[^>]*checked', page)
    assert (ClientAnswer.objects.count(), ClientMessage.objects.count()) == ((0, 0) if late else kept)
    assert (bool(begun), bool(picked)) == ((True, True) if late else (kept == (1, 0), kept == (0, 1)))
    assert "Bel mij" not in str(dict(client.session))


def test_a_number_of_a_question_that_cannot_be_is_the_first_one(cast, client):
    referral = cast.contact_made()
    open_page(client, referral)

    assert client.get("/volg/vraag/", {"vraag": "9" * 5000}).status_code == 200


def test_what_was_begun_is_gone_once_it_is_sent_and_for_another_code(cast, client):
    first = cast.contact_made()
    open_page(client, first)
    client.post("/volg/vraag/antwoord/", {"answer": "not_yet", "text": "Bel mij na 16 uur, aub."})
    other = Cast().contact_made()

    open_page(client, other)
    theirs = client.get("/volg/vraag/").text
    open_page(client, first)
    client.post("/volg/vraag/bericht/", {"text": "Bel mij na 16 uur, aub.", "form_key": str(uuid4())})
    sent = client.get("/volg/vraag/").text

    assert "Bel mij na 16 uur" not in theirs
    assert sent.count("Bel mij na 16 uur") == 1


@pytest.mark.parametrize("path", ["/volg/vraag/", "/volg/vraag/terugnemen/"])
def test_without_a_code_there_is_nothing_to_see(client, path):
    assert client.get(path).url == "/volg/"
    assert client.post("/volg/vraag/antwoord/", {"answer": "yes"}).url == "/volg/"


def test_a_code_has_no_signs_that_look_alike():
    assert not set("01258BILOSZ") & set(short_codes.SIGNS)
    assert short_codes.clean(" k7m · 4px · 93 ") == "K7M4PX93"
    assert find("nonsense") is None


def test_the_sheet_tells_who_calls_when_and_what_is_shared(cast, client):
    referral = cast.sent()
    client.force_login(cast.lotte)

    page = client.get(reverse("doorverwijzing:receipt", args=[referral.pk])).content.decode()

    assert grouped(referral.receipt.code) in page
    assert "Wie belt je?" in page
    assert "Dit delen we niet" in page
    assert drawn_code(page) == code_of(f"http://testserver/volg/{referral.receipt.code}/")


def test_the_answer_is_written_in_the_chain_as_the_clients(cast, client):
    referral = cast.contact_made()
    open_page(client, referral)

    client.post("/volg/vraag/antwoord/", {"answer": "yes"})

    assert audit.history(referral).last().actor == audit.CLIENT


def test_the_own_words_come_before_the_words_of_the_worker(cast, client):
    page = open_page(client, cast.sent()).content.decode()

    assert page.index(cast.question.own_words) < page.index(f"Zo schreef Lotte het op: {cast.question.wish}.")
    assert "<h1>Jouw vraag van" in page


def test_without_own_words_the_wish_is_the_title(client):
    cast = Cast(own_words="", wish="blijven wonen")

    page = open_page(client, cast.sent()).content.decode()

    assert "<h1>Blijven wonen</h1>" in page
    assert "Zo schreef" not in page


def test_what_was_taken_back_stands_nowhere_on_the_page(cast, client):
    referral = cast.sent()
    open_page(client, referral)

    page = client.post(reverse("doorverwijzing:take_back"), follow=True).content.decode()

    assert "Je nam je ja terug." in page
    assert cast.question.own_words not in page
    assert cast.question.wish not in page


@pytest.mark.parametrize("status", sorted(set(Status) - AT_HOME))
def test_taking_back_is_offered_only_where_it_can_be_done(cast, client, status):
    referral = cast.at(status)

    page = open_page(client, referral).content.decode()

    # What was closed is read for thirty days more.
    assert (reverse("doorverwijzing:take_back") in page) is (status in MOVES["withdraw"].sources | {Status.CLOSED})


def test_the_page_says_who_sent_the_question_also_when_someone_else_is_the_contact_by_now(cast, client):
    referral = cast.sent()
    els = MembershipFactory(organization=cast.house, user__first_name="Els").user
    Referral.objects.update(sender_worker=els)

    page = open_page(client, referral).text

    assert "Je zei ja. Lotte stuurde je vraag." in page
    assert "Els stuurde" not in page


def take_back_by(cast, referral, how):
    if how == "review":
        packet.destroy(referral)
        make(referral, "withdraw", by=cast.lotte, side=Side.SENDER, reason="not_justified")
    else:
        actions.withdraw(referral, by=cast.lotte if how == "worker" else audit.CLIENT)


@pytest.mark.parametrize(
    ("how", "sentence", "step"),
    [
        ("", "Je nam je ja terug. Niemand ziet het nog.", "Je nam je ja terug"),
        ("worker", "Je ja is teruggenomen. Lotte schreef dat op. Niemand ziet het nog.", "Lotte schreef dat op"),
        (
            "review", "We keken na of dit gedeeld mocht worden. Dat mocht niet. Niemand ziet het nog.",
            "Nagekeken: dit mocht niet gedeeld worden",
        ),
    ],
)  # fmt: skip
def test_the_page_says_who_took_it_back_in_dutch_and_in_the_helper_language(cast, client, how, sentence, step):
    referral, french = cast.received(), helper_of("fr")
    Referral.objects.update(sender_worker=MembershipFactory(organization=cast.house, user__first_name="Els").user)
    take_back_by(cast, Referral.objects.get(), how)

    open_page(client, referral)
    page = client.get("/volg/vraag/?taal=fr").text

    assert sentence in page and step in page
    assert ("Je nam je ja terug" in page) is (how == "")
    ending = f"_{how}" if how else ""
    for key in ("state.withdrawn", "step.withdraw"):
        assert french.say(f"{key}{ending}", worker="Lotte") in page


def test_a_sheet_costs_the_same_with_one_question_that_was_taken_back_and_with_six(
    cast, client, django_assert_num_queries
):
    first = cast.accepted()
    for more in (1, 5):
        for _number in range(more):
            actions.withdraw(second_question(cast), by=cast.lotte)
        open_page(client, first)
        with django_assert_num_queries(31, info=f"{more} more"):
            page = client.get("/volg/vraag/").text

    assert page.count("Lotte schreef dat op.") == 6

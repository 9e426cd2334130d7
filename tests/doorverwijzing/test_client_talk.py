"""The client's side: "not yet" warns the sender, messages go both ways, one sheet for a talk, and two languages."""

import re
from datetime import time
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from clienten.models import Through, Withdrawal
from core.models import AuditEvent
from doorverwijzing import actions, receiving
from doorverwijzing.client import talk
from doorverwijzing.client.languages import helpers
from doorverwijzing.forms import AnswerForm
from doorverwijzing.models import Channel, ClientMessage, CloseResult, Initiative, Reached, Referral
from doorverwijzing.packet import read
from doorverwijzing.today import waiting
from doorverwijzing.waits import counts
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory
from tests.proof import proven

pytestmark = pytest.mark.django_db
PAGE = "/volg/vraag/"


@pytest.fixture
def cast():
    return Cast()


def open_page(client, referral, **query):
    return client.post("/volg/", {"code": referral.receipt.code}, follow=True)


def say(client, answer, **more):
    return client.post("/volg/vraag/antwoord/", {"answer": answer, **more}, follow=True)


def second_question(cast):
    """Send one more question of the same person out of the same talk, to another service."""
    question = ClarifiedQuestionFactory(
        client=cast.question.client, conversation=cast.question.conversation, wish="een fiets vinden"
    )
    cast.question, cast.service = question, ServiceFactory(name="Fietsbank", organization=cast.rent_help)
    return cast.sent()


@pytest.mark.parametrize(("answer", "warned"), [("not_yet", True), ("no", True), ("yes", False), ("rather_not", False)])
def test_not_yet_and_no_warn_the_sender_at_once(
    cast, client, log_in, answer, warned, django_capture_on_commit_callbacks
):
    referral = cast.contact_made()
    open_page(client, referral)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        page = say(client, answer).text

    told = [letter for letter in mail.outbox if letter.to == [cast.lotte.email]]
    assert ["Nog niet gesproken: bel nu"] * warned == [letter.subject for letter in told]
    assert not [word for letter in told for word in ("Amina", "0470 00") if word in letter.body]
    assert ("We zeiden het meteen aan Lotte." in page) is warned
    rows = [wait for wait in waiting(cast.lotte) if wait.title == "Amina zegt: nog niet gesproken. Bel."]
    assert len(rows) == warned and all(row.due > timezone.now() for row in rows)
    sent = log_in(cast.lotte).get(referral.get_absolute_url()).text
    assert ("Ik belde hen allebei" in sent) is warned


def test_a_followed_up_answer_waits_no_longer_until_the_next_one(cast, client, log_in):
    referral = cast.contact_made()
    open_page(client, referral)
    say(client, "no")
    before = counts(cast.lotte, {Role.FRONTLINE_WORKER})["today"]

    log_in(cast.lotte).post(reverse("doorverwijzing:answer_handled", args=[referral.pk]))

    fresh = Referral.objects.for_list().get(pk=referral.pk)
    assert talk.alarm(fresh) is None
    assert counts(cast.lotte, {Role.FRONTLINE_WORKER})["today"] == before - 1
    assert fresh.answers.get().handled_by == cast.lotte
    say(client, "not_yet")
    assert talk.alarm(Referral.objects.for_list().get(pk=referral.pk))


@pytest.mark.parametrize("name", ["answer_handled", "write_to_client"])
def test_only_the_sending_side_follows_up_and_writes_back(cast, log_in, stranger, name):
    referral = cast.accepted()
    address = reverse(f"doorverwijzing:{name}", args=[referral.pk])

    for someone in (cast.noor, stranger):
        assert log_in(someone).post(address, {"text": "x"}).status_code == 404
    assert not ClientMessage.objects.exists()


def test_the_pages_of_a_question_cost_the_same_with_one_row_and_with_thirty(
    cast, client, log_in, django_assert_num_queries
):
    referral = cast.accepted()
    talked = referral.question.conversation
    lotte, noor = log_in(cast.lotte), log_in(cast.noor)
    overview = reverse("gesprekken:result", args=[talked.pk])
    pages = [
        (lotte, referral.get_absolute_url(), 44), (noor, referral.get_absolute_url(), 39), (client, PAGE, 29),
        (lotte, overview, 15),
    ]  # fmt: skip

    for more in (1, 29):
        for _number in range(more):
            actions.write_message(referral, text="Kan het ook dinsdag?", form_key=uuid4(), by=cast.noor)
            talk.answer_client(referral, text="Ja, dat mag.", form_key=uuid4(), by=cast.lotte)
            ClarifiedQuestionFactory(conversation=talked)
        open_page(client, referral)
        for browser, page, queries in pages:
            browser.get(page)
            with django_assert_num_queries(queries, info=f"{page} after {more} more"):
                assert browser.get(page).status_code == 200


def test_a_message_goes_both_ways_and_the_receiver_reads_none(cast, client, log_in):
    referral = cast.accepted()
    form = open_page(client, referral).context["message_form"]
    data = {"text": "Mag mijn zus mee?", "form_key": form["form_key"].value()}

    client.post("/volg/vraag/bericht/", data)
    client.post("/volg/vraag/bericht/", data)

    assert ClientMessage.objects.count() == 1
    assert [wait.title for wait in waiting(cast.lotte)].count("Amina schreef je") == 1
    worker = log_in(cast.lotte)
    page = worker.get(referral.get_absolute_url())
    assert "Mag mijn zus mee?" in page.text
    assert "Amina schreef je" not in [wait.title for wait in waiting(cast.lotte)]
    answer = {"text": "Ja, dat mag.", "form_key": page.context["client_form"]["form_key"].value()}
    worker.post(reverse("doorverwijzing:write_to_client", args=[referral.pk]), answer)
    assert "Ja, dat mag." in client.get(PAGE).text
    assert "Mag mijn zus mee?" not in log_in(cast.noor).get(referral.get_absolute_url()).text

    given = {"at": timezone.now(), "channel": Channel.PHONE, "initiative": Initiative.RECEIVER, "appointment": ""}
    receiving.confirm_contact(referral, **given, by=cast.noor)
    receiving.close(referral, result=CloseResult.SOLVED, by=cast.noor)
    late = client.post("/volg/vraag/bericht/", {**data, "text": "Nog één ding."})
    assert "Deze vraag is afgesloten." in late.text and "Nog één ding." in late.text
    assert ClientMessage.objects.count() == 2


def test_who_writes_too_much_is_asked_to_wait_and_loses_nothing(cast, client):
    referral = cast.accepted()
    page = open_page(client, referral)
    for _number in range(talk.IN_AN_HOUR):
        ClientMessage.objects.create(referral=referral, text="x")

    page = client.post(
        "/volg/vraag/bericht/", {"text": "Nog iets", "form_key": page.context["message_form"]["form_key"].value()}
    )

    assert "Je schreef veel op korte tijd." in page.text
    assert "Nog iets" in page.text
    assert ClientMessage.objects.count() == talk.IN_AN_HOUR


def test_two_questions_of_one_talk_stand_on_one_sheet_and_one_page(cast, client, log_in):
    first = cast.accepted()
    second = second_question(cast)
    assert first.receipt.code == second.receipt.code

    page = open_page(client, first)
    other = client.get(PAGE + "?vraag=2")

    assert page.text.count("Een fiets vinden") == 1
    assert page.context["referral"] == first
    assert other.context["referral"] == second
    client.post("/volg/vraag/terugnemen/", {"vraag": "2"})
    assert Referral.objects.get(pk=second.pk).status == "withdrawn"
    assert Referral.objects.get(pk=first.pk).status == "accepted"
    for nonsense in ("0", "3", "x", "²", "-1"):
        assert client.get(PAGE, {"vraag": nonsense}).context["number"] == 1
    assert "Dezelfde code toont ook:" in log_in(cast.lotte).get(reverse("doorverwijzing:receipt", args=[first.pk])).text


def test_another_talk_has_another_sheet(cast):
    first = cast.sent()
    cast.question = ClarifiedQuestionFactory(client=cast.question.client)
    cast.question.conversation.organization = cast.house

    assert cast.sent().receipt.code != first.receipt.code


def test_one_piece_is_taken_back_with_the_code(cast, client, django_capture_on_commit_callbacks):
    referral = cast.accepted()
    open_page(client, referral)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        told = client.post("/volg/vraag/terugnemen/", {"items": ["own_words"]}).text

    fresh = Referral.objects.get(pk=referral.pk)
    assert fresh.status == "accepted"
    assert "own_words" not in actions.shared_items(fresh)
    assert "contact" in actions.shared_items(fresh)
    (letter,) = [letter for letter in mail.outbox if letter.to == [cast.lotte.email]]
    assert letter.subject == "Iemand nam een ja terug" and "Amina" not in letter.body
    assert "Ze zien het niet meer." in told and "Ze zien je gegevens niet meer" not in told


def test_after_the_yes_is_taken_back_nobody_is_sent_to_those_who_may_know_nothing(cast, client, log_in):
    referral = cast.accepted()
    open_page(client, referral)
    say(client, "not_yet")
    worker = log_in(cast.lotte)

    told = client.post("/volg/vraag/terugnemen/", {}).text

    assert "Ze zien je gegevens niet meer." in told
    assert "Amina zegt: nog niet gesproken. Bel." not in [wait.title for wait in waiting(cast.lotte)]
    sent = worker.get(referral.get_absolute_url()).text
    assert "Ik belde hen allebei" not in sent and "Op de eigen pagina staan geen berichten meer." in sent
    late = worker.post(
        reverse("doorverwijzing:write_to_client", args=[referral.pk]), {"text": "Ik bel je.", "form_key": uuid4()}
    ).text
    assert "op de eigen pagina staan geen berichten meer. Bel liever." in late and "Ik bel je." in late
    assert not ClientMessage.objects.exists()
    assert "Huurhulp De Blauwe Deur" not in client.get(PAGE).text.split("Wie helpt je?")[1].split("Wie keek")[0]


@pytest.mark.parametrize("by_code", [True, False])
@pytest.mark.parametrize(
    ("ticked", "status"), [(["pieces"], "accepted"), (["question"], "withdrawn"), ([], "withdrawn")]
)
def test_all_pieces_can_go_while_the_question_stays(cast, client, log_in, by_code, ticked, status):
    referral = cast.accepted()
    pieces = actions.shared_items(referral)
    items = pieces if ticked == ["pieces"] else ticked
    open_page(client, referral)
    browser, at = (
        (client, "/volg/vraag/terugnemen/")
        if by_code
        else (log_in(cast.lotte), f"/doorverwijzing/{referral.pk}/intrekken/")
    )

    offered = re.findall(r'name="items"[^>]*value="(\w+)"', browser.get(at).text)
    browser.post(at, {"items": items, "through": "counter"})

    assert offered == ["question", *pieces]
    assert Referral.objects.get(pk=referral.pk).status == status
    assert actions.shared_items(referral) == []


def test_everything_of_the_sheet_is_taken_back_at_once_with_the_code(cast, client):
    first = cast.accepted()
    cast.question = ClarifiedQuestionFactory(client=cast.question.client, conversation=cast.question.conversation)
    cast.service = ServiceFactory(organization=OrganizationFactory(name="Fietsbank", worker=cast.noor))
    second = cast.sent()
    open_page(client, first)

    asked = client.get("/volg/vraag/terugnemen/").text
    told = client.post("/volg/vraag/terugnemen/", {"everywhere": "1"}).text

    assert "Neem alles terug, overal" in asked and "Fietsbank" in asked
    assert "Huurhulp De Blauwe Deur" in told and "Fietsbank" in told
    assert {Referral.objects.get(pk=one.pk).status for one in (first, second)} == {"withdrawn"}
    assert Withdrawal.objects.get().through == Through.CODE
    assert "Neem alles terug, overal" not in client.get("/volg/vraag/terugnemen/").text


def test_who_looked_is_told_by_organization_and_role(cast, client, log_in):
    referral = cast.received()
    contact_point = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user
    proven(log_in(contact_point)).post(reverse("clienten:give_file", args=[referral.client_id, "json"]))
    log_in(cast.lotte).get(referral.client.get_absolute_url())

    page = open_page(client, referral).text

    for line in (
        "een medewerker bij Huurhulp De Blauwe Deur", "wie over gegevens waakt bij Sociaal Huis Pannenhoek",
        "een medewerker bij Sociaal Huis Pannenhoek",
    ):  # fmt: skip
        assert line in page
    assert "Noor" not in page


def test_leaving_fast_closes_the_page(cast, client):
    open_page(client, cast.sent())

    away = client.get("/volg/weg/")

    assert away.url.startswith("https://")
    assert away["Clear-Site-Data"] == '"cache"'
    assert client.get(PAGE).url == "/volg/"


@pytest.mark.parametrize("code", sorted(helpers()))
def test_every_helper_language_says_everything_with_the_same_names(code):
    english, here = helpers()["en"].words, helpers()[code].words

    assert set(here) == set(english)
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)}", here[key])) == set(re.findall(r"{(\w+)}", text)), key
    assert {f"answer.{value}" for value in Reached.values} <= set(here)
    assert helpers()[code].direction == ("rtl" if code == "ar" else "ltr")


def test_every_helper_word_stands_somewhere():
    root = settings.BASE_DIR
    texts = [*(root / "templates" / "doorverwijzing").rglob("*.html"), *(root / "doorverwijzing").rglob("*.py")]
    used = "".join(path.read_text(encoding="utf-8") for path in texts)

    # What is put together of a state, a step, an answer or a line of the sheet; and what a version of the text of
    # consent holds, of which no word may go.
    composed = ("state.", "step.", "answer.", "sheet.", "yes.")
    lost = [key for key in helpers()["en"].words if not key.startswith(composed) and f'"{key}"' not in used]
    assert lost == []


def test_leaving_and_taking_back_are_said_in_the_helper_language(cast, client):
    page = open_page(client, cast.sent()) and client.get(PAGE + "?taal=ar").text
    asked = client.get("/volg/vraag/terugnemen/").text
    wrong = client.post("/volg/", {"code": "K7M 4PX 99"}).text

    assert "خروج سريع" in page
    assert "ستسمع خبراً في موعد أقصاه" in page.split("ماذا حدث؟")[1]
    for words in ("هل تسحب موافقتك؟", "سحب موافقتي", "لا، أبقِ كل شيء كما هو", "خروج سريع"):
        assert words in asked
    assert "لا نعرف هذا الرمز." in wrong


def test_the_language_of_the_card_stands_beside_the_dutch_that_counts(cast, client):
    type(cast.question.client).objects.filter(pk=cast.question.client_id).update(language="ar")
    referral = cast.contact_made()

    page = open_page(client, referral).text

    assert "Het Nederlands geldt." in page
    assert 'lang="ar" dir="rtl"' in page
    assert "\u2068Huurhulp De Blauwe Deur\u2069 تساعدك." in page
    assert page.index("Huurhulp De Blauwe Deur helpt je.") < page.index("تساعدك")
    assert 'lang="uk"' in client.get(PAGE + "?taal=uk").text
    assert "Het Nederlands geldt." not in client.get(PAGE + "?taal=nl").text
    assert "Het Nederlands geldt." not in client.get(PAGE + "?taal=xx").text


def test_a_discreet_person_gets_a_sheet_that_names_nobody(cast, client, log_in):
    card = cast.question.client
    card.neutral_sender = True
    card.save(update_fields=["neutral_sender"])
    referral = cast.sent()

    sheet = log_in(cast.lotte).get(reverse("doorverwijzing:receipt", args=[referral.pk])).text
    page = open_page(client, referral).text

    for word in ("Huurhulp", "Sociaal Huis", cast.question.wish, "Dit delen we"):
        assert word not in sheet, word
    assert "Jouw afspraak" in sheet
    assert "<title>Jouw afspraak" in page


def test_the_receiver_reads_how_to_reach_safely_when_that_was_shared(cast, log_in):
    card = cast.question.client
    card.keep_silent, card.call_from, card.call_until = True, time(0, 0), time(0, 1)
    card.save()
    referral = cast.accepted()

    page = log_in(cast.noor).get(referral.get_absolute_url()).text

    assert "Zeg niet wie je bent of waarom je belt." in page
    assert "Niet nu." in page or timezone.localtime().time() < time(0, 1)
    assert 'href="tel:0470000062"' not in page or timezone.localtime().time() < time(0, 1)
    assert "Spreek ik met Amina? Kan je nu vrij praten?" in page
    assert read(referral)["contact"]["keep_silent"] is True


def test_the_page_of_a_client_writes_no_name_in_the_chain(cast, client):
    open_page(client, cast.contact_made())
    say(client, "no")

    assert "Amina" not in str(list(AuditEvent.objects.values_list("details", flat=True)))
    assert AnswerForm({"answer": "no"}).is_valid()

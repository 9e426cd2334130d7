"""The person's page in a helper language: lists, notices, what is not right yet, and what taking back did."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from clienten.consent.texts import page_words
from clienten.models import Item, Mode
from doorverwijzing import actions, overview, receiving
from doorverwijzing.client import talk
from doorverwijzing.client.languages import helpers
from doorverwijzing.models import ClientMessage, ReceiptCode
from tests.factories.doorverwijzing import Cast, key_store_takes_no_more, pieces
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory, social_house
from tests.factories.vraagverheldering import ClarifiedQuestionFactory

pytestmark = pytest.mark.django_db
PAGE, BACK = "/volg/vraag/", "/volg/vraag/terugnemen/"
CODES = sorted(helpers())


@pytest.fixture
def cast():
    return Cast()


def open_in(client, referral, code):
    """Open the page of a referral with this helper language, and give its text."""
    client.post("/volg/", {"code": referral.receipt.code})
    return client.get(f"{PAGE}?taal={code}").text


def plain(text):
    """Take away the marks that keep a Dutch name in its own order."""
    return text.replace("\u2068", "").replace("\u2069", "")


def said(page, code):
    """Give every text that stands in the helper language, each in its own direction."""
    mark = rf'<span class="helper-words" lang="{code}" dir="{helpers()[code].direction}">([^<]*)</span>'
    return [plain(text) for text in re.findall(mark, page)]


def words(code, key, /, **values):
    return plain(helpers()[code].say(key, **values))


@pytest.mark.parametrize("code", CODES)
def test_each_helper_has_a_line_of_its_own(cast, client, code):
    other = MembershipFactory(organization=cast.house, user=UserFactory(first_name="Els")).user
    referral = cast.contact_made()
    overview.hand_over(referral.question, keeper=cast.lotte, fallback=other, by=cast.lotte)

    page = open_in(client, referral, code)

    lines = said(page.split("Wie helpt je?")[1].split("Schrijf naar")[0], code)
    assert lines[1:3] == [words(code, "helps.receiver"), words(code, "helps.worker")]
    assert words(code, "helps.keeps", worker="Lotte", house=cast.house.name) in lines
    assert "Els" in lines[-1]
    assert "Voor deze vraag." in page
    assert "Voor deze vraag." not in open_in(client, referral, "nl")


def test_a_receiver_that_has_the_question_no_longer_is_no_helper_for_it(cast, client):
    page = open_in(client, cast.refused(), "ar")

    assert words("ar", "helps.receiver") not in said(page, "ar")
    assert words("ar", "helps.worker") in said(page, "ar")


@pytest.mark.parametrize("code", CODES)
def test_who_looked_is_said_by_role_and_organization(cast, client, code):
    referral = cast.received()
    receiving.read(referral, by=cast.noor)

    lines = said(open_in(client, referral, code), code)

    who = {"who": words(code, "looked.worker"), "organization": "Huurhulp De Blauwe Deur"}
    assert words(code, "looked.row", times=2, **who) in lines
    (seen,) = [line for line in lines if line.startswith(words(code, "looked.shared", items="|").split("|")[0])]
    for label in labels_of(code, ["question", *actions.shared_items(referral)]):
        assert label in seen


@pytest.mark.parametrize("code", CODES)
def test_what_may_be_told_is_a_sentence_of_its_own(cast, client, code):
    pieces = {Item.CONTACT: True, Item.FEEDBACK_OUTCOME: True}
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(referral, shared=pieces, colleague="", warmth=3, by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    referral = actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)

    page = open_in(client, referral, code)

    contact, outcome = labels_of(code, ["contact", "feedback_outcome"])
    assert f"{contact}. {outcome[:1].upper()}{outcome[1:]}." in " ".join(said(page, code))


def labels_of(code, items):
    labels = page_words(code, receiver="", sender="Sociaal Huis Pannenhoek").labels
    return [labels[item] for item in items]


@pytest.mark.parametrize("code", CODES)
def test_what_can_be_taken_back_is_said_piece_by_piece(cast, client, code):
    first = cast.accepted()
    cast.question = ClarifiedQuestionFactory(client=cast.question.client, conversation=cast.question.conversation)
    cast.service = ServiceFactory(organization=OrganizationFactory(name="Fietsbank", worker=cast.noor))
    cast.sent()
    open_in(client, first, code)

    page = client.get(BACK).text

    lines = said(page, code)
    for label in labels_of(code, actions.shared_items(first)):
        assert label in lines
    names = {"service": "Huurhulp De Blauwe Deur", "worker": "Lotte", "names": "Fietsbank, Huurhulp De Blauwe Deur"}
    for key in (
        "stop.ask",
        "stop.effect",
        "stop.what",
        "stop.some",
        "stop.button",
        "stop.sheet",
        "stop.all",
        "stop.keep",
    ):
        assert words(code, key, **names) in lines, key
    assert "Kies niets om alles terug te nemen." in page


@pytest.mark.parametrize("code", CODES)
def test_what_taking_back_did_is_said(cast, client, code):
    referral = cast.received()
    receiving.read(referral, by=cast.noor)
    open_in(client, referral, code)

    page = client.post(BACK).text

    who = {"service": "Huurhulp De Blauwe Deur"}
    lines = said(page, code)
    for key in ("stop.done", "effect.taken", "effect.who", "effect.nobody", "effect.know", "effect.remember",
                "effect.help", "effect.back"):  # fmt: skip
        assert words(code, key, **who) in lines, key
    start, end = words(code, "effect.opened", times=2, day="|").split("|")
    assert [line for line in lines if line.startswith(start) and line.endswith(end)]
    everything = labels_of(code, Item.in_order(["question", "contact"]))
    assert [line for line in lines if all(label in line for label in everything)]
    assert "De sleutel is vernietigd" in page
    assert page.index("De sleutel is vernietigd") < page.index(plain(words(code, "effect.nobody", **who)).split(".")[1])


def test_who_never_opened_it_knows_nothing_and_a_piece_is_named_alone(cast, client):
    referral = cast.sent()
    open_in(client, referral, "ar")

    lines = said(client.post(BACK, {"items": ["own_words"]}).text, "ar")

    assert words("ar", "effect.nothing") in lines
    assert labels_of("ar", ["own_words"])[0] in lines


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("path", "data", "key", "dutch"),
    [
        ("antwoord/", {}, "error.answer", "Kies één van de vier antwoorden."),
        ("bericht/", {"text": ""}, "error.text", "Schrijf eerst je bericht."),
        ("bericht/", {"text": "x" * 1001}, "error.long", "hoogstens 1000 tekens"),
        ("bericht/", {"text": "Mijn nummer is 85.07.30-033.28"}, "error.number", "rijksregisternummer"),
        ("terugnemen/", {"items": ["nonsense"]}, "error.again", "nonsense"),
    ],
)
def test_what_is_not_right_yet_is_said_at_the_field_and_in_the_summary(cast, client, code, path, data, key, dutch):
    open_in(client, cast.contact_made(), code)

    page = client.post(PAGE + path, data).text

    lines = said(page, code)
    assert lines.count(words(code, key)) == 2
    assert words(code, "errors") in lines
    assert dutch in page
    assert "&lt;span" not in page


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_or_forgotten_code_is_said_in_the_summary_too(cast, client, code):
    client.get(f"/volg/?taal={code}")

    wrong, empty = (said(client.post("/volg/", {"code": typed}).text, code) for typed in ("K7M4PX99", ""))

    assert wrong.count(words(code, "code.unknown")) == 2
    assert empty.count(words(code, "code.label")) == 3
    assert words(code, "code.hint", code="K7M 4PX 93") in empty


@pytest.mark.parametrize("code", CODES)
def test_what_was_done_and_what_may_not_is_said(cast, client, code):
    referral = cast.contact_made()
    open_in(client, referral, code)

    answered = said(client.post(f"{PAGE}antwoord/", {"answer": "no"}, follow=True).text, code)
    form = client.get(PAGE).context["message_form"]
    data = {"text": "Mag mijn zus mee?", "form_key": str(form["form_key"].value())}
    written = said(client.post(f"{PAGE}bericht/", data, follow=True).text, code)
    for _number in range(talk.IN_AN_HOUR):
        ClientMessage.objects.create(referral=referral, text="x")
    many = said(client.post(f"{PAGE}bericht/", {**data, "form_key": str(referral.pk)}).text, code)
    actions.withdraw(referral, by=cast.lotte)
    closed = said(client.post(f"{PAGE}bericht/", data).text, code)

    assert words(code, "ask.kept") in answered and words(code, "ask.change") in answered
    assert answered.count(words(code, "answer.told", worker="Lotte")) == 2
    assert words(code, "write.sent") in written and words(code, "write.label") in written
    assert many.count(words(code, "write.many")) == 2
    assert words(code, "error.closed") in closed


def test_without_a_helper_language_nothing_is_marked(cast, client):
    open_in(client, cast.received(), "nl")

    for page in (client.get(PAGE), client.get(BACK), client.post(f"{PAGE}bericht/", {"text": ""}), client.post(BACK)):
        assert "helper-words" not in page.text


@pytest.mark.parametrize(("path", "queries"), [(PAGE, 29), (BACK, 7)])
def test_a_helper_language_asks_the_database_nothing(cast, client, path, queries, django_assert_num_queries):
    referral = cast.accepted()

    for code in ("nl", "ar"):
        open_in(client, referral, code)
        with django_assert_num_queries(queries, info=code):
            client.get(path)


def test_the_other_ways_of_the_question_are_said_too(cast, client):
    first = cast.accepted()
    cast.service = ServiceFactory(organization=OrganizationFactory(name="Fietsbank", worker=cast.noor))
    cast.sent()

    lines = said(open_in(client, first, "uk"), "uk")

    assert words("uk", "ways.others") in lines
    assert words("uk", "state.sent", service="Fietsbank") in lines


@pytest.mark.parametrize("code", CODES)
def test_who_wrote_the_question_down_and_the_list_of_the_sheet_are_said(cast, client, code):
    first = cast.accepted()
    cast.question = ClarifiedQuestionFactory(client=cast.question.client, conversation=cast.question.conversation)
    cast.sent()

    lines = said(open_in(client, first, code), code)

    assert words(code, "question.wrote", worker="Lotte") in lines
    assert words(code, "questions") in lines


def test_a_wish_without_own_words_says_who_wrote_it_down(client):
    page = open_in(client, Cast(own_words="", wish="blijven wonen").sent(), "fr")

    assert "<h1>Blijven wonen</h1>" in page
    assert words("fr", "question.wrote", worker="Lotte") in said(page, "fr")


@pytest.mark.parametrize("code", CODES)
def test_a_piece_that_cannot_be_taken_back_now_is_told_and_everything_can(cast, client, code, monkeypatch):
    referral = cast.received()
    open_in(client, referral, code)
    key_store_takes_no_more(monkeypatch)

    told = client.post(BACK, {"items": ["own_words"]}, follow=True)
    before = pieces(referral)
    client.post(BACK, {"items": ["question"]})

    assert "Eén stuk terugnemen lukt nu niet." in told.text
    assert words(code, "stop.not_now") in said(told.text, code)
    assert before == ["contact", "own_words", "tried"]
    assert pieces(referral) is None


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("how", [{}, {"everywhere": "1"}])
def test_taking_back_twice_says_that_nobody_can_read_it_any_more(cast, client, code, how):
    open_in(client, cast.received(), code)
    client.post(BACK, how)

    again = client.post(BACK, how, follow=True)

    assert "<strong>Niemand kan dit nog lezen.</strong> Er is niets terug te nemen." in again.text
    assert words(code, "stop.nothing") in said(again.text, code)


@pytest.mark.parametrize("code", CODES)
def test_of_each_message_is_said_who_wrote_it_and_when(cast, client, code):
    referral = cast.accepted()
    ClientMessage.objects.create(referral=referral, text="Mag mijn zus mee?")
    ClientMessage.objects.create(referral=referral, text="Dat mag.", author=cast.lotte)

    lines = said(open_in(client, referral, code).split("Schrijf naar")[1], code)

    today = helpers()[code].day(timezone.now())
    assert words(code, "write.mine", day=today) in lines
    assert words(code, "write.theirs", worker="Lotte", day=today) in lines


@pytest.mark.parametrize("code", CODES)
def test_the_pages_around_the_code_say_all_of_it_and_whom_to_call(cast, client, code, places):
    referral = cast.sent()
    social_house("Sociaal Huis Zedelgem", "Zedelgem", "050 00 00 91")
    ReceiptCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    asked = client.get(f"/volg/?taal={code}")

    ended = client.post("/volg/", {"code": referral.receipt.code})
    wrong = [client.post("/volg/", {"code": "K7M4PX93"}) for _time in range(6)]

    call = words(code, "code.house", house="Sociaal Huis Zedelgem")
    for page, keys in (
        (asked, ()), (ended, ("code.expired_title", "code.expired")), (wrong[0], ("code.unknown",)),
        (wrong[5], ("code.paused_title", "code.paused", "code.where")),
    ):  # fmt: skip
        assert {call, *(words(code, key) for key in keys)} <= set(said(page.text, code))
        assert 'href="tel:050000091"' in page.text


def test_without_a_desk_all_numbers_are_one_press_away(client):
    page = client.get("/volg/?taal=fr").text

    assert words("fr", "code.numbers") in said(page, "fr")
    assert 'href="/organisaties/"' in page


def test_every_language_has_a_word_for_the_same_things():
    assert len({frozenset(one.words) for one in helpers().values()}) == 1


def test_a_day_stands_small_inside_a_ukrainian_sentence_and_names_another_year(time_machine):
    time_machine.move_to(date(2026, 11, 30))

    assert helpers()["fr"].day(date(2027, 3, 31)) == "mercredi 31 mars 2027"
    assert helpers()["uk"].day(date(2027, 3, 31)) == "середа 31 березня 2027"
    assert helpers()["uk"].day(date(2026, 12, 1)) == "вівторок 1 грудня"
    assert helpers()["tr"].day(date(2026, 12, 1)) == "Salı 1 Aralık"


@pytest.mark.parametrize("ended", [False, True])
def test_another_language_keeps_the_message_that_was_typed_and_sends_nothing(cast, client, ended):
    referral = cast.sent()
    page = client.post("/volg/", {"code": referral.receipt.code}, follow=True).text
    if ended:
        actions.withdraw(referral, by="client")
    (form,) = set(re.findall(r'form="(\w+)" name="lees_in" value="tr"', page))
    assert f'id="{form}" method="post" action="/volg/vraag/bericht/"' in page
    key = str(uuid4())

    there = client.post(
        "/volg/vraag/bericht/", {"text": "Bel me niet thuis.", "form_key": key, "vraag": "1", "lees_in": "tr"}
    ).text

    assert "Bel me niet thuis." in there and 'lang="tr"' in there
    assert not ClientMessage.objects.exists()
    assert (key in there and 'name="lees_in" value="uk"' in there) is not ended
    if not ended:
        client.post("/volg/vraag/bericht/", {"text": "Bel me niet thuis.", "form_key": key, "vraag": "1"})
        assert ClientMessage.objects.get().text == "Bel me niet thuis."

"""The yes on the own device, in Dutch and a helper language: code, text, pieces, what is missing, and the proof."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from clienten.consent import asking, giving, texts
from clienten.models import ConsentProof, ConsentRequest, Item
from doorverwijzing import actions
from doorverwijzing.client.languages import helpers
from doorverwijzing.models import Referral
from gebied.models import Municipality
from tests.doorverwijzing.test_helper_language import CODES, labels_of, plain, said, words
from tests.factories.doorverwijzing import Cast
from vraagverheldering.models import ClarifiedQuestion

pytestmark = pytest.mark.django_db
ENTER, CHOOSE = "/ja/", "/ja/keuze/"
PIECES = ["contact", "own_words", "feedback_outcome"]
NAMES = {"receiver": "Huurhulp De Blauwe Deur", "sender": "Sociaal Huis Pannenhoek"}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def phone():
    return Client()


def ask(cast, items=PIECES):
    """Let the worker ask by code, for the referral that is there."""
    referral = Referral.objects.first() or cast.draft()
    return asking.ask(
        cast.question.client, by=cast.lotte, items=items, recipient=cast.rent_help, purpose=cast.question.pk,
        occasion=referral.pk,
    )  # fmt: skip


def read(code, items=PIECES):
    """Give the text as the proof of a yes knows it."""
    return texts.wording(items=items, language=code, **NAMES)


def shown_text(page, code):
    """Give the lines of the text of consent as they stand on the page in one language."""
    block = re.search(rf'<div lang="{code}" dir="\w+">(.*?)</div>', page, re.DOTALL)[1]
    return [plain(line) for line in re.findall(r"<(?:p|li)>(?:<strong>)?([^<]+)", block)]


def called(code, items):
    """Give the names of pieces as headings."""
    return [capfirst(label) for label in labels_of(code, items)]


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_the_code_says_all_of_it_in_both_with_the_dutch_first(phone, code):
    page = phone.get(f"{ENTER}?taal={code}").text

    lines = said(page, code)
    for key in ("own", "own.explain", "own.label", "own.show", "helper", "leave"):
        assert words(code, key) in lines, key
    assert words(code, "code.hint", code="K7M 4PX") in lines
    assert "Het Nederlands geldt." in page
    for dutch, key in (("<h1>Lees en kies</h1>", "own"), ("Toon de tekst", "own.show")):
        assert page.index(dutch) < page.index(words(code, key), page.index("<main"))


def test_each_language_can_be_chosen_before_the_code_is_typed(phone):
    page = phone.get(ENTER).text

    for one in helpers().values():
        assert f'href="/ja/?taal={one.code}' in page
        assert one.name in page
    assert "helper-words" not in page


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_or_forgotten_code_and_the_pause_are_said_in_both(phone, code):
    phone.get(f"{ENTER}?taal={code}")

    nothing = phone.post(ENTER, {"code": ""}).text
    empty = said(nothing, code)
    wrong = [phone.post(ENTER, {"code": "AAA AAA"}).text for _time in range(6)]

    assert empty.count(words(code, "own.label")) == 3
    assert "Typ de code die je kreeg: Typ" not in nothing
    assert said(wrong[0], code).count(words(code, "own.unknown")) == 2
    assert words(code, "errors") in said(wrong[0], code)
    for key in ("code.paused_title", "code.paused", "own.paused"):
        assert words(code, key) in said(wrong[5], code), key
    assert not [line for line in said(wrong[5], code) if line == words(code, "code.where")]


def test_another_language_on_a_page_of_a_wrong_code_does_not_try_that_code_again(phone):
    page = phone.get("/ja/AAAAAA/")

    assert page.status_code == 404
    assert 'href="/ja/?taal=uk' in page.text


@pytest.mark.parametrize("code", CODES)
def test_the_text_and_each_piece_are_said_in_both(cast, phone, code):
    referral = cast.presented()
    asked = ask(cast)
    phone.get(f"/ja/{asked.code}/")

    page = phone.get(f"{CHOOSE}?taal={code}").text

    lines = said(page, code)
    for key in ("title", "asks", "always", "yes", "no", "name", "send"):
        assert words(code, f"yes.{key}", **NAMES) in lines, key
    assert words(code, "own.dutch") in lines
    assert called(code, ["question", *PIECES]) == [line for line in lines if line in called(code, Item.values)]
    assert shown_text(page, "nl") == [line.removeprefix("– ") for line in read("nl").lines]
    assert shown_text(page, code) == [line.removeprefix("– ") for line in read(code).lines]
    assert page.index('<div lang="nl"') < page.index(f'<div lang="{code}"')
    assert "Het Nederlands geldt." in page and words(code, "helper") in lines
    assert referral.question.wish in page


def test_a_dutch_name_keeps_its_own_order_inside_arabic(cast, phone):
    phone.get(f"/ja/{ask(cast).code}/")

    page = phone.get(f"{CHOOSE}?taal=ar").text

    arabic = re.search(r'<div lang="ar" dir="rtl">(.*?)</div>', page, re.DOTALL)[1]
    assert f"\u2068{NAMES['receiver']}\u2069" in arabic
    assert f"\u2068{NAMES['sender']}\u2069" in arabic


@pytest.mark.parametrize("code", CODES)
def test_what_is_missing_is_said_at_each_piece_and_in_the_summary_and_nothing_chosen_is_lost(cast, phone, code):
    phone.get(f"/ja/{ask(cast).code}/")
    chosen = {"taal": code, "question": "yes", "own_words": "no"}

    page = phone.post(CHOOSE, {**chosen, "name": ""}).text
    number = phone.post(CHOOSE, {**chosen, "name": "Amina 85.07.30-033.28"}).text

    lines = said(page, code)
    for label in called(code, ["contact", "feedback_outcome"]):
        assert plain(page).count(f'<span class="helper-name">{label}: </span>{words(code, "yes.missing")}') == 2
    assert lines.count(words(code, "yes.name_missing")) == 2
    assert words(code, "errors") in lines
    assert "4 dingen nog" not in page and "3 dingen nog" in page
    assert re.findall(r'value="(yes|no)"[^>]*checked', page) == ["yes", "no"]
    assert said(number, code).count(words(code, "error.number")) == 2
    assert "Dit lijkt een rijksregisternummer. Dat bewaren we niet." in number and "85.07.30-033.28" in number


@pytest.mark.parametrize("code", ["nl", *CODES])
def test_the_proof_keeps_the_version_and_the_language_in_which_the_text_was_shown(cast, client, phone, code):
    referral = cast.presented()
    asked = ask(cast, sorted(item for item, yes in referral.choices.items() if yes))
    phone.get(f"/ja/{asked.code}/")
    page = phone.get(f"{CHOOSE}?taal={code}").text
    (shown,) = re.findall(r'name="taal" value="(\w+)"', page)

    thanks = phone.post(CHOOSE, {**dict.fromkeys(asked.items, "yes"), "name": "Amina", "taal": shown}, follow=True).text
    client.force_login(cast.lotte)
    client.post(reverse("doorverwijzing:yes_by_code", args=[referral.pk]), {"send": "1"})

    proof = ConsentProof.objects.get()
    assert (proof.text_version, proof.text_language) == (texts.TEXT_VERSION, code)
    assert proof.text_digest == read(code, asked.items).digest
    assert [line.removeprefix("– ") for line in read(code, asked.items).lines] == shown_text(page, code)
    assert "Dank je. Je keuze is bewaard." in thanks
    if code != "nl":
        assert {words(code, "yes.thanks"), words(code, "yes.thanks_more")} <= set(said(thanks, code))
    told = client.get(reverse("doorverwijzing:proof", args=[referral.pk])).text
    assert f"{proof.text_version}, {texts.languages()[code]}" in told


@pytest.mark.parametrize("code", CODES)
def test_a_code_that_ended_while_reading_is_said_in_both(cast, phone, code):
    phone.get(f"/ja/{ask(cast).code}/")
    ConsentRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    page = phone.get(f"{CHOOSE}?taal={code}")

    assert page.status_code == 410
    assert "Deze code werkt niet meer. Vraag een nieuwe." in page.text
    assert words(code, "yes.over") in said(page.text, code)


def ends_after_the_first_look(execute, sql, params, many, context):
    """Let a code be open when the page looks, and over when the answer is written."""
    found = execute(sql, params, many, context)
    if sql.startswith("SELECT") and 'FROM "clienten_consentrequest"' in sql:
        ConsentRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return found


def test_a_code_that_ends_under_the_press_is_said_in_both_and_loses_nothing(cast, phone):
    asked = ask(cast)
    phone.get(f"/ja/{asked.code}/")
    said_yes = {**dict.fromkeys(asked.items, "yes"), "name": "Amina", "taal": "tr"}

    with connection.execute_wrapper(ends_after_the_first_look):
        page = phone.post(CHOOSE, said_yes).text

    assert "Deze code werkt niet meer. Vraag een nieuwe." in page
    assert words("tr", "yes.over") in said(page, "tr")
    assert 'value="Amina"' in page


def test_the_code_opens_in_the_language_of_the_card_or_in_the_one_chosen_on_its_page(cast, phone):
    card = cast.question.client
    card.language = "tr"
    card.save()
    asked = ask(cast)

    phone.get(f"/ja/{asked.code}/")
    by_card = phone.get(CHOOSE).text
    chosen = Client()
    (kept,) = re.findall(r'name="taal" value="(\w+)"', chosen.get(f"{ENTER}?taal=uk").text)
    chosen.post(ENTER, {"code": asked.code, "taal": kept})
    by_choice = chosen.get(CHOOSE).text

    assert words("tr", "yes.send") in said(by_card, "tr")
    assert words("uk", "yes.send") in said(by_choice, "uk")


def test_on_a_shared_device_the_next_person_does_not_read_the_language_of_the_one_before(cast, phone):
    phone.get(f"/ja/{ask(cast).code}/")
    phone.get(f"{CHOOSE}?taal=ar")
    card = cast.question.client
    card.language = "fr"
    card.save()

    phone.post(ENTER, {"code": ask(cast).code})
    page = phone.get(CHOOSE).text

    assert 'lang="ar" dir="rtl">' not in page.split("<main")[1]
    assert words("fr", "yes.send") in said(page, "fr")


def test_in_dutch_alone_nothing_is_marked(cast, phone):
    phone.get(f"/ja/{ask(cast).code}/")

    for page in (phone.get(f"{CHOOSE}?taal=nl"), phone.post(CHOOSE, {"taal": "nl"})):
        assert "helper-words" not in page.text
        assert "Het Nederlands geldt." not in page.text


def test_a_helper_language_asks_the_database_nothing(cast, phone, django_assert_num_queries):
    cast.presented()
    phone.get(f"/ja/{ask(cast).code}/")

    for code in ("nl", "ar"):
        phone.get(f"{CHOOSE}?taal={code}")
        with django_assert_num_queries(5, info=code):
            phone.get(CHOOSE)


def test_every_helper_language_has_the_text_of_consent():
    assert set(helpers()) <= set(texts.languages())


def test_another_language_keeps_what_was_chosen_and_sends_nothing(cast, phone):
    asked = ask(cast)
    phone.get(f"/ja/{asked.code}/")

    page = phone.post(CHOOSE, {"question": "yes", "contact": "no", "name": "Amina", "taal": "nl", "lees_in": "tr"}).text

    assert words("tr", "yes.send") in said(page, "tr")
    assert re.findall(r'name="(\w+)"[^>]*value="(\w+)"[^>]* checked', page) == [("question", "yes"), ("contact", "no")]
    assert 'value="Amina"' in page and "field-wrong" not in page
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_the_client_reads_every_word_that_the_receiver_would_read(phone):
    words_of_mine = " ".join(f"woord{number}" for number in range(90))
    cast = Cast(own_words=words_of_mine, goal="Een BEMIDDELAAR", client__household="Twee kinderen")
    cast.question.client.municipality = Municipality.objects.named("Zedelgem").get()
    cast.question.client.save()
    phone.get(f"/ja/{ask(cast, ['contact', 'own_words', 'household']).code}/")
    cast.presented()

    page = phone.get(CHOOSE).text

    assert words_of_mine in page and "Een BEMIDDELAAR" in page
    assert "Twee kinderen, Zedelgem" in page


def test_what_runs_is_asked_again_with_the_words_that_the_receiver_has(phone):
    cast = Cast(own_words="ZOALS HET GING")
    cast.accepted()
    question = ClarifiedQuestion.objects.get()
    question.wish = question.own_words = "IETS ANDERS"
    question.save()
    phone.get(f"/ja/{ask(cast).code}/")

    page = phone.get(CHOOSE).text

    assert "ZOALS HET GING" in page and "IETS ANDERS" not in page


@pytest.mark.parametrize("changed", [True, False])
def test_a_yes_by_code_holds_for_the_words_that_were_read(cast, client, phone, changed):
    referral = cast.presented()
    asked = ask(cast, sorted(item for item, yes in referral.choices.items() if yes))
    phone.get(f"/ja/{asked.code}/")
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', phone.get(CHOOSE).text)
    phone.post(CHOOSE, {**dict.fromkeys(asked.items, "yes"), "name": "Amina", "taal": "nl", "seen": seen})
    if changed:
        cast.question.own_words = "Iets wat ik nooit zei."
        cast.question.save()

    client.force_login(cast.lotte)
    page = client.post(reverse("doorverwijzing:yes_by_code", args=[referral.pk]), {"send": "1"}, follow=True).text

    assert ConsentProof.objects.exists() is not changed
    assert ("veranderde sinds het gelezen is: eigen woorden" in page) is changed


def test_a_yes_on_our_screen_holds_for_the_words_that_were_read(cast, client):
    referral = cast.presented()
    client.force_login(cast.lotte)
    at = reverse("doorverwijzing:say_yes", args=[referral.pk])
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', client.get(at).text)
    cast.question.own_words = "Iets wat ik nooit zei."
    cast.question.save()

    again = client.post(at, {"mode": "screen", "signature": "Amina", "seen": seen}).text
    (seen_now,) = re.findall(r'name="seen" value="([^"]+)"', again)

    assert "veranderde sinds het gelezen is: eigen woorden" in again and "Iets wat ik nooit zei." in again
    assert not ConsentProof.objects.exists()
    assert client.post(at, {"mode": "screen", "signature": "Amina", "seen": seen_now}).status_code == 302
    assert ConsentProof.objects.exists()


def test_a_yes_by_code_keeps_the_text_with_which_it_was_asked(cast, client, phone, tmp_path, monkeypatch):
    referral = cast.presented()
    asked = ask(cast, ["contact"])
    (tmp_path / f"{texts.TEXT_VERSION}.json").write_text((texts.FOLDER / f"{texts.TEXT_VERSION}.json").read_text())
    newer = (texts.FOLDER / f"{texts.TEXT_VERSION}.json").read_text().replace("receiver}", "receiver}, NIEUWE TEKST")
    (tmp_path / "2027-01.json").write_text(newer)
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    monkeypatch.setattr(giving, "TEXT_VERSION", "2027-01")

    phone.get(f"/ja/{asked.code}/")
    page = phone.get(CHOOSE).text
    phone.post(CHOOSE, {**dict.fromkeys(asked.items, "yes"), "name": "Amina", "taal": "nl"})
    actions.choose(referral, shared={"contact": True}, colleague="", warmth=3, by=cast.lotte)
    client.force_login(cast.lotte)
    client.post(reverse("doorverwijzing:yes_by_code", args=[referral.pk]), {"send": "1"})

    assert "NIEUWE TEKST" not in page
    assert ConsentProof.objects.get().text_version == texts.TEXT_VERSION

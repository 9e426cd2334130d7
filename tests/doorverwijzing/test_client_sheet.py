"""The sheet that the client takes home: Dutch, and beside it a language that our letters can really print."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from clienten.models import FEEDBACK
from core import audit
from core.letters import lacking
from doorverwijzing.client import sheet as client_sheet
from doorverwijzing.client.languages import Helper, helpers
from tests.factories.doorverwijzing import Cast

A5, A4_ON_ITS_SIDE = (420, 595), (842, 595)
DAY = datetime(2026, 11, 23, tzinfo=UTC)


def facts(*, neutral=False):
    """Give all that a sheet can hold."""
    return client_sheet.Facts(
        neutral=neutral, title="Amina wil blijven wonen, of een ander huis vinden", day=DAY, before=DAY,
        receiver="Huurhulp De Blauwe Deur", sender="Sociaal Huis Pannenhoek", worker="Lotte",
        calls_with="050 00 00 33", call_back="050 00 00 14", bring=["je identiteitskaart", "de brief"],
        where=["Blauwedeurstraat 7", "8020 Oostkamp", "Bus 74, halte Kerk"], shared=["contact", "own_words", "tried"],
        kept=["income", "debts", "household"], code="K7M · 4PX · 93", follow_at="dorpel.example/volg",
        qr_url="https://dorpel.example/volg/K7M4PX93/", others=["CAW Noordwest"],
    )  # fmt: skip


def opened(made):
    """Give the document, its size, its words and the fonts inside."""
    document = PdfReader(io.BytesIO(made))
    page = document.pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    size = tuple(round(float(side)) for side in page.mediabox[2:])
    return document, size, " ".join(page.extract_text().split()), fonts


@pytest.mark.parametrize(("code", "neutral"), [(code, False) for code in sorted(helpers())] + [("ar", True)])
def test_the_sheet_in_two_languages_is_one_page_in_letters_of_our_own(code, neutral):
    sheet = client_sheet.sheet_of(facts(neutral=neutral), helpers()[code])

    document, size, words, fonts = opened(client_sheet.as_pdf(sheet))

    assert (len(document.pages), size) == (1, A4_ON_ITS_SIDE)
    assert words.count("K7M · 4PX · 93") == 2
    assert ("Huurhulp De Blauwe Deur" in words, "Jouw afspraak" in words) == (not neutral, neutral)
    assert all("Atkinson" in font or "Helper" in font for font in fonts)
    # What is in another script is drawn, sign by sign: nothing became an empty box.
    shown = "".join(sheet.halves[1].words[key] for key in ("title", "scan", "mind", "mind_text", "valid"))
    assert {sign for sign in shown if sign.isalpha()} - set(words) == set()


@pytest.mark.parametrize("code", [None, *sorted(helpers())])
def test_the_sheet_of_who_shares_nearly_all_is_still_one_page(code):
    bring = ["je huurcontract", "brieven van de huisbaas of de rechter", "bewijs van wat je betaald hebt"]
    shared = ["contact", "own_words", "household", "tried", "feedback_outcome", "feedback_words"]
    full = replace(facts(), bring=bring, shared=shared, kept=["income", "debts"], house="Pannenhoek 1, 8210 Zedelgem")

    document, _size, words, _fonts = opened(
        client_sheet.as_pdf(client_sheet.sheet_of(full, helpers()[code] if code else None))
    )

    assert len(document.pages) == 1
    assert "Pannenhoek 1, 8210 Zedelgem" in words


@pytest.mark.parametrize("code", [None, *sorted(helpers())])
def test_the_sheet_of_who_must_not_be_found_out_speaks_of_no_yes_and_no_help(code):
    helper = helpers()[code] if code else None

    open_half, neutral = (client_sheet.sheet_of(facts(neutral=one), helper).halves[-1] for one in (False, True))

    assert neutral.words["mind_text"] and neutral.words["mind_text"] != open_half.words["mind_text"]
    if not code:
        assert neutral.words["mind_text"] == "Bel Lotte of gebruik je code. Je hoeft niet te zeggen waarom."


@pytest.mark.parametrize("code", [None, *sorted(helpers())])
def test_the_papers_that_a_service_asks_give_no_subject_away_on_a_neutral_sheet(code):
    helper, bring = helpers()[code] if code else None, ["brieven van de huisbaas of de rechter"]

    sheets = [client_sheet.sheet_of(replace(facts(neutral=one), bring=bring), helper) for one in (False, True)]
    open_words, neutral_words = (opened(client_sheet.as_pdf(sheet))[2] for sheet in sheets)

    assert ("huisbaas" in open_words, "huisbaas" in neutral_words) == (True, False)
    assert all("Lotte" in half.words["bring_ask"] for half in sheets[1].halves)


def test_what_they_may_tell_is_a_sentence_of_its_own_behind_what_they_see():
    told = replace(facts(), shared=["own_words", "feedback_outcome", "feedback_words"])

    (half,) = client_sheet.sheet_of(told, None).halves

    assert half.shared == (
        "je vraag, je eigen woorden. Ze mogen je medewerker zeggen hoe het afloopt. "
        "Ze mogen je medewerker erover schrijven."
    )


@pytest.mark.django_db
def test_a_leave_that_was_not_given_is_no_piece_that_we_do_not_share():
    found = client_sheet.facts_of(Cast().sent(), host="dorpel.example", address="https://dorpel.example/volg/")

    assert not set(FEEDBACK) & set(found.kept)
    assert "income" in found.kept


def test_a_script_that_our_letters_lack_is_said_and_the_sheet_stays_dutch():
    amharic = Helper("am", "አማርኛ", "ltr", {"sheet.title": "ከ{day} በፊት ይደውሉልዎታል"})

    sheet = client_sheet.sheet_of(facts(), amharic)
    document, size, words, _fonts = opened(client_sheet.as_pdf(sheet))

    assert (sheet.unprintable, sheet.is_double) == ("አማርኛ", False)
    assert (len(document.pages), size) == (1, A5)
    assert "alleen in het Nederlands" in words
    assert lacking("Звернення طلب ğüş Één € “ok” …") == ""
    assert lacking("ab ከ") == "ከ"


@pytest.mark.django_db
def test_the_sheet_follows_the_language_of_the_person_and_can_be_changed(log_in):
    cast = Cast(client__language="ar")
    referral = cast.sent()
    browser = log_in(cast.lotte)
    at = f"/doorverwijzing/{referral.pk}/bewijs/"

    page = browser.get(at).content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert "Neem" not in page
    assert 'dir="rtl"' not in browser.get(at, {"taal": "nl"}).content.decode()
    assert 'lang="uk" dir="ltr"' in browser.get(at, {"taal": "uk"}).content.decode()
    answer = browser.get(f"/doorverwijzing/{referral.pk}/bewijs-pdf/", {"taal": "nl"})
    assert opened(answer.content)[1] == A5
    assert audit.history(referral).order_by("sequence").last().details == {"page": "print receipt"}
    assert log_in(cast.noor).get(at).status_code == 404
    assert log_in(cast.noor).get(f"/doorverwijzing/{referral.pk}/bewijs-pdf/").status_code == 404


@pytest.mark.django_db
def test_the_consent_on_paper_stands_in_two_languages_beside_each_other(log_in):
    cast = Cast(client__language="ar")
    referral = cast.presented()

    document, _size, words, fonts = opened(
        log_in(cast.lotte).get(f"/doorverwijzing/{referral.pk}/toestemming-pdf/").content
    )

    assert "Handtekening" in words
    assert len(document.pages) == 1
    assert any("Helper" in font for font in fonts)

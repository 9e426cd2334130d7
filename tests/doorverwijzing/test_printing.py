"""Paper: PDFs that a screen reader follows, and forms typed in later with the time that they were filled in."""

import io
import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from clienten.consent import texts
from clienten.consent.giving import Yes
from clienten.models import Consent, Mode
from clienten.rules import first_end
from core import audit
from core.file_kinds import PDF
from core.sealed_files import Checked
from doorverwijzing import actions
from doorverwijzing.models import PaperForm, Referral
from doorverwijzing.printing import forms_on_paper
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast, now
from tests.factories.organisaties import MembershipFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
SCAN = Checked(b"%PDF-1.7", PDF, "formulier.pdf")


def read(response):
    """Open a PDF that was given to save."""
    assert response["Content-Disposition"].startswith("attachment")
    return PdfReader(io.BytesIO(response.content))


def words(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def is_for_everyone(document):
    """Tell whether a PDF is tagged, in Dutch, and named."""
    root = document.trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and root["/Lang"] == "nl" and bool(document.metadata.title)


def test_the_packet_on_paper_holds_what_the_receiver_may_read_and_who_printed_it(log_in, monkeypatch, tmp_path):
    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(left))
    cast = Cast(income="KANARIEINKOMEN", client__contact_note="Bel tussen 9 en 12 uur.")
    referral = cast.received()
    at = f"/doorverwijzing/{referral.pk}/pakket-pdf/"

    document = read(log_in(cast.noor).get(at))

    assert is_for_everyone(document)
    assert not list(left.iterdir()), "letters that were copied for the page stay behind"
    assert "Amina" in words(document)
    assert "Bel tussen 9 en 12 uur." in words(document) and ".." not in words(document)
    assert "KANARIEINKOMEN" not in words(document)
    line = audit.history(referral).order_by("sequence").last()
    assert (line.action, line.actor, line.details) == ("referral.read", str(cast.noor.pk), {"page": "print packet"})
    assert log_in(MembershipFactory().user).get(at).status_code == 404


def test_a_closed_packet_is_not_printed_any_more(log_in):
    cast = Cast()
    referral = cast.withdrawn()

    for person in (cast.lotte, cast.noor):
        assert log_in(person).get(f"/doorverwijzing/{referral.pk}/pakket-pdf/").status_code == 302


def test_the_consent_is_printed_to_sign_before_and_as_given_after(log_in):
    cast = Cast()
    referral = cast.presented()
    browser = log_in(cast.lotte)
    at = f"/doorverwijzing/{referral.pk}/toestemming-pdf/"

    before = words(read(browser.get(at)))
    unseen = log_in(cast.noor).get(at).status_code
    actions.send(referral, yes=Yes(mode=Mode.READ_BACK, signature="Amina", read_aloud=True), by=cast.lotte)
    after = words(read(browser.get(at)))

    assert "Handtekening" in before
    assert "Zo is de ja gegeven" in after
    assert "Handtekening" not in after
    assert "Huurhulp De Blauwe Deur" in before
    actions.withdraw(referral, by=cast.lotte)
    assert browser.get(at)["Location"] == referral.get_absolute_url(), "a yes that ended is no form to sign"
    assert (unseen, log_in(cast.noor).get(at).status_code) == (404, 403)


def test_the_consent_of_two_that_went_to_one_house_says_of_each_its_own_pieces_and_its_own_yes(log_in):
    cast = Cast()
    broad = cast.sent()
    cast.service = ServiceFactory(name="Budgethulp", organization=cast.rent_help)
    narrow = actions.prepare(cast.question, cast.service, by=cast.lotte)
    actions.choose(narrow, shared={"contact": True}, colleague="", warmth=3, by=cast.lotte)
    actions.present(narrow, by=cast.lotte)
    actions.send(narrow, yes=Yes(mode=Mode.READ_BACK, signature="Amina", read_aloud=True), by=cast.lotte)
    browser = log_in(cast.lotte)

    of_broad, of_narrow = (
        words(read(browser.get(f"/doorverwijzing/{one.pk}/toestemming-pdf/"))) for one in (broad, narrow)
    )

    assert "eigen woorden" in of_broad and "op dit scherm" in of_broad
    assert "eigen woorden" not in of_narrow and "voornaam en telefoon" in of_narrow
    assert "aan de telefoon" in of_narrow


def test_a_consent_that_was_given_is_printed_with_the_text_of_then(log_in, tmp_path, monkeypatch):
    cast = Cast()
    referral = cast.sent()
    now = (texts.FOLDER / f"{texts.TEXT_VERSION}.json").read_text(encoding="utf-8")
    for version, text in ((texts.TEXT_VERSION, now), ("2025-03", now.replace("{receiver}", "{receiver}, ZOALS TOEN"))):
        (tmp_path / f"{version}.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    Consent.objects.update(text_version="2025-03")

    made = words(read(log_in(cast.lotte).get(f"/doorverwijzing/{referral.pk}/toestemming-pdf/")))

    assert "ZOALS TOEN" in made


def paper(cast, **changed):
    """Fill in what stands on a sheet."""
    happened = timezone.localtime(timezone.now() - timedelta(hours=2))
    return {
        "day": happened.date().isoformat(), "hour": f"{happened:%H:%M}", "first_name": "Amina",
        "phone": "0470 00 00 62", "said": "De huisbaas wil dat we weg zijn.", "wish": "blijven wonen",
        "urgency": "routine", "service": cast.service.name, "shared": ["contact", "own_words"], **changed,
    }  # fmt: skip


@pytest.fixture
def printed():
    """Give a cast and a form that was printed yesterday."""
    cast = Cast()
    form = forms_on_paper.make(cast.house, 1, by=cast.lotte)[0]
    PaperForm.objects.update(created_at=timezone.now() - timedelta(days=1))
    return cast, form


def test_blank_forms_come_as_sheets_of_a4_with_a_code_each(log_in):
    cast = Cast()

    document = read(log_in(cast.lotte).post("/op-papier/", {"count": 2}))

    codes = list(PaperForm.objects.values_list("code", flat=True))
    assert is_for_everyone(document)
    assert len(document.pages) == len(codes) == 2
    assert all(code in words(document) for code in codes)
    assert [round(side) for side in document.pages[0].mediabox[2:]] == [595, 842]


def test_a_form_is_typed_in_with_its_own_time_beside_the_time_of_typing(log_in, printed):
    cast, form = printed
    browser = log_in(cast.lotte)
    sheet = paper(cast)

    answer = browser.post(f"/op-papier/{form.code}/", sheet)

    referral = Referral.objects.get()
    form.refresh_from_db()
    assert answer["Location"] == f"/doorverwijzing/{referral.pk}/delen/"
    assert timezone.localtime(form.happened_at).strftime("%H:%M") == sheet["hour"]
    assert form.recorded_at - form.happened_at > timedelta(hours=1)
    assert {item for item, yes in referral.choices.items() if yes} == {"contact", "own_words"}
    line = audit.history(referral).get(action="referral.typed_in")
    assert datetime.fromisoformat(line.details["happened_at"]) < datetime.fromisoformat(line.details["recorded_at"])
    assert browser.post(f"/op-papier/{form.code}/", sheet)["Location"] == referral.get_absolute_url()
    assert Referral.objects.count() == 1
    assert form.code in browser.get("/op-papier/").content.decode()


def test_a_yes_on_the_form_counts_from_the_day_it_was_signed(log_in, printed):
    cast, form = printed
    form.refresh_from_db()
    signed = timezone.localtime(form.created_at) + timedelta(hours=1)
    log_in(cast.lotte).post(
        f"/op-papier/{form.code}/", paper(cast, day=signed.date().isoformat(), hour=f"{signed:%H:%M}")
    )
    referral = Referral.objects.get()
    actions.present(referral, by=cast.lotte)

    actions.send(referral, yes=Yes(mode=Mode.PAPER, signature="Amina", scan=SCAN), by=cast.lotte)

    given = Consent.objects.filter(purpose=referral.question_id)
    form.refresh_from_db()
    assert {one.given_at for one in given} == {form.happened_at}
    assert {one.valid_until for one in given} == {first_end(signed.date())}


def test_who_types_a_form_that_a_colleague_just_took_over_is_told_and_loses_no_word(log_in, printed):
    cast, form = printed
    log_in(cast.lotte).post(f"/op-papier/{form.code}/", paper(cast))
    colleague = MembershipFactory(organization=cast.house).user

    late = log_in(colleague).post(f"/op-papier/{form.code}/", paper(cast, said="Zij zei: ik wil hier weg."))

    assert late.status_code == 200
    assert "Dit formulier is al ingetikt." in late.text
    assert "Zij zei: ik wil hier weg." in late.text
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        (timedelta(hours=3), "nog komen"),
        (timedelta(days=-2), "afgedrukt op"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_nothing_typed_is_lost(log_in, printed, shift, said):
    cast, form = printed
    when = timezone.localtime(timezone.now() + shift)

    page = log_in(cast.lotte).post(
        f"/op-papier/{form.code}/", paper(cast, day=when.date().isoformat(), hour=f"{when:%H:%M}")
    )

    assert said in page.content.decode()
    assert "blijven wonen" in page.content.decode()
    assert not Referral.objects.exists()


def test_a_name_that_two_houses_use_is_asked_back_and_never_chosen_for_them(log_in, printed):
    cast, form = printed
    other = ServiceFactory(name=cast.service.name, organization__name="Sociaal Huis Elders")
    browser, at = log_in(cast.lotte), f"/op-papier/{form.code}/"

    page = browser.post(at, paper(cast)).content.decode()
    browser.post(at, paper(cast, service="blijven wonen (sociaal huis elders)"))

    assert "Blijven wonen (Huurhulp De Blauwe Deur); Blijven wonen (Sociaal Huis Elders)" in page
    assert Referral.objects.get().service == other


def test_a_form_of_a_month_ago_asks_for_a_new_talk(log_in, printed):
    cast, form = printed
    PaperForm.objects.update(created_at=timezone.now() - timedelta(days=60))
    when = timezone.localtime(timezone.now() - timedelta(days=40))

    page = log_in(cast.lotte).post(f"/op-papier/{form.code}/", paper(cast, day=when.date().isoformat()))

    assert "meer dan 30 dagen" in page.content.decode()


def test_a_form_of_another_house_does_not_exist(log_in, printed):
    cast, form = printed
    browser = log_in(cast.noor)

    assert browser.get(f"/op-papier/{form.code}/").status_code == 404
    assert browser.get(f"/op-papier/{form.code}/afdrukken/").status_code == 404
    assert log_in(cast.lotte).get(f"/op-papier/{form.code}/afdrukken/").status_code == 200


# What a worker can print of a person, with how its page says what to mind; the rest has nothing to be found out.
SHEETS = {
    "doorverwijzing/effect.html",
    "doorverwijzing/receipt.html",
    "doorverwijzing/sent.html",
    "clienten/rights/subject.html",
    "vraagverheldering/result.html",
    "vraagverheldering/rights.html",
}
NO_SHEET_OF_A_PERSON = {
    # The rules themselves stand on this one, and it stays with who helps.
    "doorverwijzing/received.html",
    # Empty forms, rights without a person, codes of a colleague, and the gallery.
    "doorverwijzing/paper_blank.html",
    "rechtenverkenning/print.html",
    "mfa/recovery_codes/index.html",
    "components/gallery.html",
}


def test_every_page_with_something_to_print_says_what_to_mind_or_holds_no_person():
    root = settings.BASE_DIR / "templates"
    prints = re.compile(r"components/print\.html|[a-z]_pdf\"|give_file")
    found = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.html")}
    found = {name: words for name, words in found.items() if prints.search(words)}

    assert set(found) == SHEETS | NO_SHEET_OF_A_PERSON
    assert {name for name in SHEETS if "{% paper_care " not in found[name]} == set()


def test_who_must_not_be_found_out_takes_no_sheet_home_unasked(log_in):
    cast = Cast()
    referral, card = cast.received(), cast.question.client
    contact_point = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user
    withdrawal = actions.withdraw(now(referral), by=cast.lotte, items=["own_words"])
    pages = {
        referral.get_absolute_url(): cast.lotte,
        reverse("doorverwijzing:effect", args=[withdrawal.pk]): cast.lotte,
        reverse("gesprekken:result", args=[cast.question.conversation_id]): cast.lotte,
        reverse("clienten:subject", args=[card.pk]): contact_point,
    }
    sheet = reverse("doorverwijzing:receipt", args=[referral.pk])

    before = [log_in(who).get(page).text for page, who in [*pages.items(), (sheet, cast.lotte)]]
    type(card).objects.update(neutral_sender=True, no_letter=True)
    after = [log_in(who).get(page).text for page, who in pages.items()]
    own = log_in(cast.lotte).get(sheet).text

    assert not [page for page in before if "Niemand mag weten" in page or "Nooit met een brief" in page]
    for page in after:
        assert "Niemand mag weten dat Amina hulp krijgt." in page
        assert "Geef het in de hand." in page
    assert ("Niemand mag weten" in own, "Nooit met een brief." in own) == (False, True)

"""The screens for who answers for personal data, and the commands that do the same."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from clienten import retention
from clienten.models import ClientCard, Correction, Hold, RetentionPolicy, SubjectRequest
from clienten.rights_of_subject import log_words
from core.models import AuditEvent
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory
from tests.proof import proven

pytestmark = pytest.mark.django_db
OF_ONE = ("subject", "note_request", "correct", "hold", "erase")


@pytest.fixture
def card(organization):
    return ClientCardFactory(organization=organization)


@pytest.fixture
def contact_point(organization):
    return MembershipFactory(organization=organization, role=Role.DATA_PROTECTION_CONTACT).user


@pytest.fixture
def page(contact_point, log_in):
    return proven(log_in(contact_point))


def at(name, card, *more):
    return reverse(f"clienten:{name}", args=[card.pk, *more])


@pytest.mark.parametrize("who", ["worker", "stranger", "coordinator"])
def test_who_does_not_answer_for_the_data_finds_no_screen(who, request, log_in, card):
    browser = log_in(request.getfixturevalue(who))

    for name in OF_ONE:
        assert browser.post(at(name, card)).status_code == 404
        assert browser.get(at(name, card)).status_code == 404
    assert browser.post(at("give_file", card, "json")).status_code == 404
    assert browser.get("/gegevens/").status_code == 404
    assert browser.get(reverse("clienten:keeping", args=[card.organization_id])).status_code == 404


def test_someone_is_found_and_the_file_is_given_in_two_forms(page, card):
    request = SubjectRequest.objects.create(organization=card.organization, card=card, kind="access")
    found = page.post("/gegevens/", {"who": "amina"})
    assert at("subject", card) in found.text
    assert "Amina: alles zien" in found.text
    sought = AuditEvent.objects.get(action="client.sought")
    assert (sought.details, sought.subject_id) == ({"found": 1}, card.organization_id)

    pdf, made = page.post(at("give_file", card, "pdf")), page.post(at("give_file", card, "json"))

    request.refresh_from_db()
    assert pdf.content.startswith(b"%PDF")
    assert json.loads(made.content)["person"] == str(card.pk)
    for answer in (pdf, made):
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
    assert request.answered_at
    assert page.get(at("give_file", card, "json")).status_code == 405
    assert page.post(at("give_file", card, "docx")).status_code == 404


def test_the_screen_shows_counts_and_no_words_of_the_person(page, card):
    words = page.get(at("subject", card)).text

    assert "Wat we bewaren over Amina" in words
    assert "Jouw kaart" in words
    assert card.household not in words
    assert card.contact_note not in words


def test_a_request_a_correction_and_a_hold_are_written_down(page, card):
    today = timezone.localdate()

    page.post(at("note_request", card), {"kind": "rectify", "asked_on": today.isoformat()})
    page.post(at("correct", card), {"item": "contact", "text": "0470 00 00 99"})
    page.post(at("hold", card), {"reason": "legal_claim", "until": (today + timedelta(days=60)).isoformat()})

    assert Correction.objects.get().text == "0470 00 00 99"
    assert SubjectRequest.objects.get().answered_at
    assert Hold.objects.get().reason == "legal_claim"
    refused = page.post(at("erase", card), {"name": "Amina"})
    assert "Dit bestand blijft tot" in refused.text
    page.post(at("hold", card), {"release": "1"})
    assert page.post(at("erase", card), {"name": "Amina"}).url == "/gegevens/"
    assert not ClientCard.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("note_request", {"kind": "access", "asked_on": "2199-01-01"}, "Die dag moet nog komen."),
        ("note_request", {}, "Kies wat deze persoon vraagt."),
        ("correct", {"item": "contact", "text": ""}, "Schrijf wat het moet zijn."),
        ("correct", {"item": "contact", "text": "85.07.30-033.28"}, "rijksregisternummer"),
        ("hold", {"reason": "legal_duty", "until": "2020-01-01"}, "Kies een dag in de toekomst"),
        ("erase", {"name": "Joris"}, "Dit is niet de voornaam op de kaart."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(page, card, name, data, words):
    answer = page.post(at(name, card), data)

    assert words in answer.text
    assert ClientCard.objects.filter(pk=card.pk).exists()


def test_the_term_is_chosen_per_organization(page, card, organization):
    address = reverse("clienten:keeping", args=[organization.pk])
    ClientCard.objects.filter(pk=card.pk).update(created_at=timezone.now() - timedelta(days=100))

    assert "Voorlopig gaat er niets weg." in page.get(address).text
    page.post(address, {"months": "2"})

    assert RetentionPolicy.objects.get().months == 2
    assert "vannacht aangekondigd" in page.get(address).text
    retention.run()
    assert "Nacht van" in page.get(address).text
    assert "13" not in str(page.post(address, {"months": "13"}).context["form"].cleaned_data)


def test_the_commands_do_the_same(card, tmp_path, capsys):
    call_command("person_file", str(card.pk), str(tmp_path))
    call_command("retention", "--preview")
    call_command("person_erase", str(card.pk))
    call_command("person_erase", str(card.pk), "--yes")
    call_command("retention")

    assert json.loads((tmp_path / "gegevens.json").read_text())["person"] == str(card.pk)
    assert (tmp_path / "gegevens.pdf").read_bytes().startswith(b"%PDF")
    assert not ClientCard.objects.exists()
    assert "Amina" not in capsys.readouterr().out
    assert {"client.exported", "client.erased"} <= set(AuditEvent.objects.values_list("action", flat=True))
    with pytest.raises(CommandError):
        call_command("person_erase", str(card.pk))


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("handover.declined", "regelde samen spreken"), ("conversation.step_added", "ging verder met het gesprek"),
        ("referral.settled", "ging verder met je vraag"), ("referral.consent_renewed", "schreef je nieuwe ja op"),
        ("consent.answered", "deed iets rond je ja"), ("client.sought", "deed een stap in het werk"),
    ],
)  # fmt: skip
def test_a_step_without_words_of_its_own_says_what_it_was_about(action, words):
    assert log_words.in_words(action) == words

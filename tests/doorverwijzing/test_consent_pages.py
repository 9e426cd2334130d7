"""The pages around a yes: the own device, the scan, sharing without a yes, and who looks at it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clienten.consent import asking
from clienten.consent.giving import Yes
from clienten.models import Consent, ConsentProof, ConsentRequest, Mode, Override, ProcessingGround, SharingGround
from core.models import AuditEvent
from doorverwijzing import actions, seen
from doorverwijzing.consent import renewing
from doorverwijzing.models import Referral
from doorverwijzing.workflow import Status
from organisaties.roles import Role, SecrecyRegime
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.proof import proven

pytestmark = pytest.mark.django_db
SECRETS = ("Amina", "0470 00 00 62", "Ik slaap niet", "loon ongeveer")


@pytest.fixture
def cast():
    return Cast()


def url(name, *args):
    return reverse(f"doorverwijzing:{name}", args=args)


def text(response):
    return response.content.decode()


def asked_by_code(cast, client):
    """Let the worker ask by code; give the referral and the request."""
    referral = cast.presented()
    client.force_login(cast.lotte)
    client.post(url("say_yes", referral.pk), {"mode": "code"})
    return referral, ConsentRequest.objects.get()


def test_who_presses_after_a_colleague_sent_is_told_and_a_second_press_of_ones_own_is_not(cast, log_in):
    referral = cast.presented()
    colleague = MembershipFactory(organization=cast.house).user
    said = {"mode": "oral", "signature": "Els"}

    first, again = [log_in(cast.lotte).post(url("say_yes", referral.pk), said, follow=True) for _press in range(2)]
    late = log_in(colleague).post(url("say_yes", referral.pk), said, follow=True)

    assert Referral.objects.get().state is Status.SENT
    assert "Verstuurd." in text(first)
    assert "Een collega" not in text(again)
    assert "Een collega ging hier al mee verder." in text(late)


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"needed": "on", "interest": "on"}, []),
        ({"interest": "on"}, ["needed"]),
        ({"needed": "on"}, ["interest"]),
        ({"needed": "on", "interest": "on", "given_by": "representative", "mandate": "person"}, ["informed"]),
    ],
)
def test_what_the_worker_weighs_is_asked_each_for_itself_and_the_rest_is_looked_up(cast, log_in, said, lacks):
    bound(cast)
    referral = cast.presented()
    browser = log_in(cast.lotte)

    page = text(browser.get(url("say_yes", referral.pk)))
    browser.post(url("say_yes", referral.pk), {"mode": "oral", "signature": "Els", **said})

    ground = SharingGround.objects.get()
    # Before it is said: what is weighed and the yes itself are still open.
    assert page.count("nog niet zeker") == 3
    assert sorted(code for code, met in ground.conditions.items() if not met) == lacks
    assert ground.basis == ("consent" if lacks else "shared_secrecy")


def test_marks_of_what_was_read_may_look_like_a_national_number(cast, log_in, monkeypatch):
    monkeypatch.setattr(seen, "_mark", lambda item, words: "85073003328af10b")
    referral, browser = cast.presented(), log_in(cast.lotte)
    page = browser.get(url("say_yes", referral.pk))
    marks = re.search(r'name="seen" value="([^"]+)"', page.text)[1]

    browser.post(url("say_yes", referral.pk), {"mode": "oral", "signature": "Els", "seen": marks})

    assert "85073003328af10b" in marks
    assert Referral.objects.get().state is Status.SENT


def test_the_mandate_of_a_representative_is_asked_kept_and_shown(cast, log_in):
    referral, browser = cast.presented(), log_in(cast.lotte)
    said = {"mode": "oral", "signature": "Els", "given_by": "representative"}
    address = url("say_yes", referral.pk)

    without = text(browser.post(address, said))
    by_code = text(browser.post(address, {**said, "mode": "code"}))
    browser.post(address, {**said, "mandate": "all", "mandate_until": "2099-05-03"})
    proof = text(browser.get(url("proof", referral.pk)))

    assert "Zeg wat de vertegenwoordiger mag beslissen." in without
    assert "Met een code zegt alleen de persoon zelf ja." in by_code
    assert Referral.objects.get().state is Status.SENT
    assert re.search(r"beslist over de persoon en over geld en goederen, loopt tot [a-z ]*3 mei 2099", proof)


def test_a_service_that_moved_to_another_house_shares_the_question_no_more(cast):
    bound(cast)
    referral = cast.sent()
    cast.service.organization = OrganizationFactory(name="Ander huis")
    cast.service.save()

    renewing.renew(
        Referral.objects.get(pk=referral.pk), by=cast.lotte,
        yes=Yes(mode=Mode.ORAL, signature="Els", needed=True, interest=True),
    )  # fmt: skip

    ground = SharingGround.objects.order_by("created_at").last()
    assert [code for code, met in ground.conditions.items() if not met] == ["same_task"]


def bound(cast):
    """Let both sides keep professional secrecy."""
    cast.house.secrecy_regime = SecrecyRegime.PROFESSIONAL
    cast.house.save()


def test_the_client_answers_on_the_own_device_and_exactly_that_is_sent(cast, client):
    referral, asked = asked_by_code(cast, client)
    phone = Client()
    waiting = text(client.get(url("yes_by_code", referral.pk), headers={"HX-Request": "true"}))

    phone.get(url("yes_scan", asked.code))
    page = text(phone.get(url("yes_own") + "?taal=tr"))
    choices = {item: "no" if item == "own_words" else "yes" for item in asked.items}
    missing = text(phone.post(url("yes_own"), {**choices, "contact": "", "name": "Amina", "taal": "tr"}))
    number = text(phone.post(url("yes_own"), {**choices, "name": "Amina 85.07.30-033.28", "taal": "tr"}))
    done = text(phone.post(url("yes_own"), {**choices, "name": "Amina", "taal": "tr"}, follow=True))
    answer = text(client.get(url("yes_by_code", referral.pk), headers={"HX-Request": "true"}))
    sent = client.post(url("yes_by_code", referral.pk), {"send": "1"}, follow=True)

    assert asked.code[:3] in waiting and 'hx-trigger="every 3s"' in waiting and "<html" not in waiting
    assert 'lang="tr"' in page and "Ik slaap niet" in page
    assert "Kies ja of nee bij elk stuk." in missing
    assert "Dit lijkt een rijksregisternummer. Dat bewaren we niet." in number and "85.07.30-033.28" in number
    assert "Dank je. Je keuze is bewaard." in done and "Ik slaap niet" not in done
    assert "Amina koos:" in answer and "hx-trigger" not in answer
    assert sent.status_code == 200
    assert Referral.objects.get().state is Status.SENT
    said = Consent.objects.filter(withdrawn_at=None)
    assert "own_words" not in said.values_list("item", flat=True)
    assert {(one.mode, one.text_language) for one in said} == {("code", "tr")}


def test_a_code_that_is_over_or_unknown_opens_nothing_and_five_tries_pause(cast, client):
    referral, asked = asked_by_code(cast, client)
    phone, other = Client(), Client()
    phone.get(url("yes_scan", asked.code))
    ConsentRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    late = phone.get(url("yes_own"))
    answers = [other.post(url("yes_enter"), {"code": "AAA AAA"}) for _number in range(6)]
    tries = [answer.status_code for answer in answers]

    # No sheet, no question that is on its way: the words of the page of the sheet would send them to a wrong door.
    assert "Of vraag wie je helpt om de tekst samen te lezen." in text(answers[5])
    assert "waar je het blad kreeg" not in text(answers[5])
    assert late.status_code == 410 and not any(secret in text(late) for secret in SECRETS)
    assert tries == [404] * 5 + [429]
    assert other.get(url("yes_own")).status_code == 302
    assert "Deze code is voorbij." in text(client.get(url("yes_by_code", referral.pk)))


def test_leaving_fast_closes_what_was_asked_on_the_own_device(cast, client, settings):
    settings.QUICK_EXIT_URL = "https://www.kookboek.example/"
    _referral, asked = asked_by_code(cast, client)
    phone = Client()
    phone.get(url("yes_scan", asked.code))
    page = text(phone.get(url("yes_own")))

    away = phone.get(re.search(r'href="([^"]+)"[^>]*data-quick-exit', page)[1])

    assert away.url == "https://www.kookboek.example/"
    assert phone.get(url("yes_own")).url == url("yes_enter")


def test_an_answer_that_was_taken_back_before_it_was_sent_counts_no_more(cast, client):
    referral, asked = asked_by_code(cast, client)
    asking.answer(asked, answers=dict.fromkeys(asked.items, True), name="Amina", language="nl")
    actions.withdraw(referral, by=cast.lotte)
    again = cast.presented()

    client.post(url("yes_by_code", again.pk), {"send": "1"})

    assert Referral.objects.get(pk=again.pk).state is Status.PRESENTED
    assert not Consent.objects.exists()


def test_a_code_that_waits_opens_nothing_once_the_question_was_taken_back(cast, client):
    referral, asked = asked_by_code(cast, client)

    actions.withdraw(referral, by=cast.lotte)

    assert asking.find(asked.code) is None


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "leeg"), (b"<script>", "Dit soort bestand"), (b"%PDF-1.4 signed", "")]
)
def test_a_scan_is_looked_at_kept_sealed_and_given_as_a_download_only(cast, client, content, told):
    referral = cast.presented()
    client.force_login(cast.lotte)
    form = {"mode": "paper", "signature": "Amina", "scan": SimpleUploadedFile("ja.pdf", content)}

    page = text(client.post(url("say_yes", referral.pk), form, follow=True))

    if told:
        assert not Consent.objects.exists()
        assert 'value="Amina"' in page
        return
    proof = ConsentProof.objects.get()
    shown = text(client.get(url("proof", referral.pk)))
    download = client.get(url("proof_scan", referral.pk, proof.pk))
    client.force_login(cast.noor)
    assert "op papier" in shown
    assert download.content == content and download["Content-Disposition"].startswith("attachment")
    assert client.get(url("proof_scan", referral.pk, proof.pk)).status_code == 404


def test_sharing_without_a_yes_is_for_a_team_lead_and_looked_at_by_who_sees_no_client(cast, client):
    contact = UserFactory(email="dirk@huis.example")
    MembershipFactory(user=contact, organization=cast.house, role=Role.DATA_PROTECTION_CONTACT)
    stranger = UserFactory(email="vreemd@elders.example")
    MembershipFactory(user=stranger, role=Role.DATA_PROTECTION_CONTACT)
    referral = cast.draft()
    path = url("without_yes", referral.pk)
    client.force_login(cast.lotte)
    not_lead = client.get(path).status_code
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    proven(client)

    empty = text(client.post(path, {"why": "danger", "reason": ""}))
    client.post(path, {"why": "danger", "reason": "Er is nu ernstig gevaar, wachten kan niet."})
    made = Override.objects.get()
    sent = text(client.get(referral.get_absolute_url()))
    codes = {}
    for who in (cast.lotte, cast.noor, stranger, contact):
        client.force_login(who)
        codes[who.email] = client.get(url("review", made.pk)).status_code
    page = text(client.get(url("review", made.pk))) + text(client.get(url("reviews")))
    day = text(client.get("/vandaag/"))
    client.post(url("review", made.pk), {"verdict": "not_justified", "remark": "Zeg het aan de persoon."})
    late = text(client.post(url("review", made.pk), {"verdict": "justified", "remark": "Het kind was in gevaar."}))
    client.post(url("processing", cast.house.pk), {"ground": "public_task", "source": "Decreet lokaal sociaal beleid"})

    assert not_lead == 404
    assert "Schrijf in enkele woorden waarom dit niet kan wachten op een ja." in empty
    assert [code for email, code in codes.items() if email != contact.email] == [404] * 3
    assert "Er is nu ernstig gevaar" in page and not any(secret in page for secret in SECRETS)
    assert "Kijk na wat zonder ja gedeeld is" in day
    assert "Zeg het aan de persoon." in late and "Het kind was in gevaar." in late
    assert "Zonder ja verstuurd naar" in sent and "zei ja" not in sent
    assert Referral.objects.get().state is Status.WITHDRAWN
    assert ProcessingGround.objects.get().source == "Decreet lokaal sociaal beleid"
    assert AuditEvent.objects.filter(action="consent.override_reviewed").count() == 1
    assert Consent.objects.filter(mode=Mode.WITHOUT, withdrawn_at=None).count() == 0


def test_everything_of_one_person_is_seen_and_taken_back_by_the_own_team_only(cast, client):
    referral = cast.received()
    path = url("take_back_everywhere", referral.client_id)
    client.force_login(cast.noor)
    foreign = client.get(path).status_code
    client.force_login(cast.lotte)

    page = text(client.get(path))
    nothing = text(client.post(path, {"through": "phone"}))
    done = client.post(path, {"through": "phone", "items": [f"{cast.rent_help.pk}|tried"]}, follow=True)
    rest = client.post(path, {"through": "phone", "everything": "1"}, follow=True)

    assert foreign == 404
    assert "<legend>Huurhulp De Blauwe Deur</legend>" in page
    assert "Kies wat teruggenomen wordt." in nothing
    assert "Ze openden het 1 keer" in text(done) and "wat je al probeerde" in text(done)
    assert "Alles: " in text(rest) and Referral.objects.get().state is Status.WITHDRAWN
    client.force_login(cast.noor)
    assert client.get(done.redirect_chain[-1][0]).status_code == 404


def test_only_a_coordinator_sees_what_was_never_opened(cast, client):
    cast.sent()
    client.force_login(cast.lotte)
    worker = client.get(url("breadth")).status_code
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.NETWORK_COORDINATOR)

    page = text(client.get(url("breadth")))

    assert worker == 404
    assert "minder dan 5" in page and "niet getoond" in page

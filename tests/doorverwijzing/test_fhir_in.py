"""FHIR that comes in: taken with a yes that holds, kept aside with a reason, never guessed, never twice."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from clienten.models import Consent, Item
from clienten.rights_of_subject import exporting
from clienten.rights_of_subject.erasing import erase
from core import audit
from core.models import User
from doorverwijzing import packet, receiving
from doorverwijzing.fhir.codes import OUR_SERVICES
from doorverwijzing.fhir.importing import import_fhir
from doorverwijzing.fhir.taking import NOWHERE
from doorverwijzing.models import KeptAside, Origin, Referral
from doorverwijzing.workflow import AT_RECEIVER, Status
from tests.doorverwijzing.fhir_letters import WRONG, from_elsewhere, reader, reasons, taken, the
from tests.factories.doorverwijzing import Cast
from vraagverheldering.models import ClarifiedQuestion

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).parents[1] / "data/fhir"
NUMBER = "85.07.30-033.28"


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def letter(cast):
    """Give a good bundle of another region for a service that is here too."""
    return from_elsewhere(cast.sent())


@pytest.fixture
def read(tmp_path):
    return reader(tmp_path)


def rules(bundle):
    return the(bundle, "Consent")["provision"]["provision"]


def test_the_examples_of_the_guide_are_read_and_kept_aside_once(tmp_path):
    report = tmp_path / "report.json"

    for _time in range(2):
        call_command("fhir_import", EXAMPLES, report=report)

    told = json.loads(report.read_text())
    assert (told["read"], told["taken"], told["kept_aside"], told["rejected"], told["new"]) == (11, 0, 11, 0, 0)
    assert sorted(kept.kind for kept in KeptAside.objects.all()) == sorted(
        path.name.split("-")[0] for path in EXAMPLES.glob("*.json")
    )
    assert {"no_name", "unknown_resource"} <= {problem["why"] for problem in told["problems"]}


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.glob("*.json")))
def test_an_example_alone_is_kept_as_it_came(example):
    report = import_fhir(EXAMPLES / example)

    assert (report.read, report.counts["kept_aside"]) == (1, 1)
    assert json.loads(KeptAside.objects.get().raw) == json.loads((EXAMPLES / example).read_text())


@pytest.mark.parametrize("status", sorted(AT_RECEIVER))
def test_a_letter_becomes_a_referral_at_the_same_state(read, status):
    there = Cast().at(status)

    report = read(from_elsewhere(there))

    here = taken().get()
    assert (report.read, report.counts["taken"]) == (report.counts["taken"], report.read)
    assert here.state is status
    assert packet.read(here) == packet.read(there)
    assert (here.receiver, here.service, here.urgency) == (there.receiver, there.service, there.urgency)
    packet.redact(here, ["contact"])
    assert packet.read(taken().get()).title == there.question.title()
    assert [step.move for step in here.log.all()][:1] == ["send"]
    assert here.attempts.filter(reached=True).exists() is (status in {Status.CONTACT_MADE, Status.RUNNING})


def test_a_claim_of_contact_without_a_moment_is_not_believed(read):
    letter = from_elsewhere(Cast().running())
    the(letter, "Task")["output"] = []

    read(letter)

    assert taken().get().state is Status.ACCEPTED


@pytest.mark.parametrize("known_by", ["address", "source"])
def test_a_request_without_identifier_is_known_by_its_address_or_its_source(read, letter, known_by):
    the(letter, "ServiceRequest").pop("identifier")
    if known_by == "source":
        text = json.dumps(letter)
        for entry in letter["entry"]:
            one = entry["resource"]
            text = text.replace(f"urn:uuid:{one['id']}", f"{one['resourceType']}/{one['id']}")
        letter = json.loads(text)

    for _time in range(2):
        report = read(letter, source="Ziekenhuis")

    assert taken().count() == 1
    assert report.counts["taken"] == report.read


def test_what_was_shared_lies_in_the_packet_and_nowhere_else(read, letter):
    read(letter)

    here = taken().get()
    assert (here.client.first_name, here.client.phone, here.question.wish, here.question.own_words) == ("", "", "", "")
    packet.destroy(here)
    assert packet.read(here) is None


def test_the_one_who_sends_from_elsewhere_can_never_log_in_and_gets_no_mail(
    read, cast, letter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        read(letter)
        receiving.accept(taken().get(), by=cast.noor)

    worker = taken().get().sender_worker
    assert (worker.is_active, worker.has_usable_password(), worker.first_name) == (False, False, "Lotte")
    assert worker.email.endswith(NOWHERE)
    assert [one.to for one in mail.outbox] == [[cast.rent_help.inbox]]
    assert "Amina" not in mail.outbox[0].subject + mail.outbox[0].body


def test_a_sender_that_names_itself_as_one_of_ours_is_still_from_elsewhere(read, cast, letter):
    read(letter)

    here = taken().get()
    assert (here.sender.name, here.sender.live) == (cast.house.name, False)
    assert here.sender != cast.house
    assert list(Referral.objects.sent_by(cast.lotte).filter(pk=here.pk)) == []


@pytest.mark.parametrize("why", WRONG)
def test_what_is_not_whole_is_kept_aside_and_makes_nothing(read, letter, why):
    WRONG[why](letter)
    people, questions = User.objects.count(), ClarifiedQuestion.objects.count()

    report = read(letter)

    assert why in reasons(report)
    assert not taken().exists()
    assert (report.counts["taken"], report.counts["kept_aside"]) == (0, len(letter["entry"]))
    assert (User.objects.count(), ClarifiedQuestion.objects.count()) == (people, questions)
    assert KeptAside.objects.count() == len(letter["entry"])


def test_a_receiver_without_a_mailbox_cannot_take_it(read, cast, letter):
    cast.rent_help.inbox = ""
    cast.rent_help.save()

    assert "receiver_cannot" in reasons(read(letter))
    assert not taken().exists()


@pytest.mark.parametrize("odd", [None, 3, "x", [], [3], {"coding": 3}, {"a": {}}])
@pytest.mark.parametrize("kind", ["Task", "ServiceRequest", "Consent", "Patient", "PractitionerRole", "Organization"])
def test_a_field_of_any_shape_breaks_nothing(read, letter, kind, odd):
    for field in set(the(letter, kind)) - {"resourceType", "id"}:
        one = json.loads(json.dumps(letter))
        the(one, kind)[field] = odd

        report = read(one)

        assert report.read == len(letter["entry"])
    # Without its identifier a request is known by its address: another name, another question.
    assert taken().count() <= 2


def test_a_piece_without_a_yes_is_refused_and_not_kept(read, letter):
    the(letter, "Consent")["provision"]["provision"] = [
        rule for rule in rules(letter) if rule["code"][0]["coding"][0]["code"] != Item.OWN_WORDS
    ]

    report = read(letter)

    assert reasons(report) == ["not_agreed"]
    assert sorted(packet.read(taken().get()).pieces) == ["contact", "tried"]
    assert not KeptAside.objects.exists()


def test_a_no_goes_before_a_yes(read, letter):
    denied = json.loads(json.dumps(rules(letter)[1]))
    rules(letter).append({**denied, "type": "deny"})

    read(letter)

    reading = packet.read(taken().get())
    assert sorted(reading.pieces) == ["own_words", "tried"]
    assert reading.name == ""


def test_a_yes_never_lasts_longer_than_a_year(read, letter):
    for rule in [the(letter, "Consent")["provision"], *rules(letter)]:
        rule["period"] = {"end": "2999-12-31"}

    read(letter)

    ends = Consent.objects.filter(client=taken().get().client).values_list("valid_until", flat=True)
    assert max(ends) <= timezone.localdate() + timedelta(days=365)


@pytest.mark.parametrize(("regime", "basis"), [("professional", "shared_secrecy"), ("discretion", "consent")])
def test_shared_secrecy_counts_only_where_the_receiver_keeps_it(read, cast, letter, regime, basis):
    cast.rent_help.secrecy_regime = regime
    cast.rent_help.save()
    the(letter, "Consent")["policyRule"]["coding"][0]["code"] = "shared_secrecy"

    read(letter)

    yeses = Consent.objects.filter(client=taken().get().client)
    assert {one.legal_basis for one in yeses} == {basis}
    assert {one.given_by for one in yeses} == {"client"}


def test_a_code_that_we_do_not_know_is_kept_with_the_question(read, letter):
    foreign = {"system": "http://snomed.info/sct", "code": "467771000124109", "display": "Assistance"}
    the(letter, "ServiceRequest")["category"].append({"coding": [foreign]})

    report = read(letter)

    here = taken().get()
    assert reasons(report) == ["unknown_code"]
    assert packet._opened(here, here.packet)["unknown_codes"] == [foreign]
    assert report.counts["taken"] == report.read


def test_a_resource_that_we_have_no_place_for_is_kept_beside_the_referral(read, letter):
    procedure = json.loads(next(EXAMPLES.glob("Procedure*")).read_text())
    letter["entry"].append({"resource": procedure})

    report = read(letter)

    assert taken().exists()
    assert (report.counts["kept_aside"], KeptAside.objects.get().kind) == (1, "Procedure")


ALONG = {
    "of the person who asks": (lambda me: {"subject": me}, True),
    "of that person, by a worker": (lambda me: {"subject": me, "author": {"reference": "Practitioner/7"}}, True),
    "of somebody else": (lambda me: {"subject": {"reference": "Patient/somebody-else"}}, False),
    "of that person and somebody else": (lambda me: {"subject": me, "focus": {"reference": "Patient/other"}}, False),
    "of that person and who knows whom": (lambda me: {"subject": me, "focus": {"reference": "urn:uuid:0"}}, False),
    "of nobody": (lambda me: {}, False),
}  # fmt: skip


@pytest.mark.parametrize("what", ALONG)
def test_what_came_along_is_in_the_file_of_whom_it_is_about_and_goes_with_it(read, letter, what):
    made, is_theirs = ALONG[what]
    flag = {"resourceType": "Flag", "code": {"text": "KANARIE"}, **made(the(letter, "ServiceRequest")["subject"])}
    letter["entry"].append({"resource": flag})
    read(letter)
    card = taken().get().client

    file = exporting.as_json(exporting.file_of(card, by=audit.SYSTEM)).decode()
    erase(card, by=audit.SYSTEM)

    assert ("KANARIE" in file) is is_theirs
    assert KeptAside.objects.exists() is not is_theirs


def test_what_was_nobodys_becomes_theirs_when_the_question_is_taken(read, letter):
    flag = {"resourceType": "Flag", "code": {"text": "KANARIE"}, "subject": the(letter, "ServiceRequest")["subject"]}
    read(flag)
    assert KeptAside.objects.get().referral is None
    letter["entry"].append({"resource": flag})

    read(letter)

    assert KeptAside.objects.get().referral == taken().get()


def test_what_waited_aside_is_let_go_when_it_is_taken_after_all(read, cast, letter):
    cast.service.accepts_referrals = False
    cast.service.save()
    read(letter)
    cast.service.accepts_referrals = True
    cast.service.save()

    read(letter)

    assert taken().exists()
    assert not KeptAside.objects.exists()


def test_the_operator_can_say_which_service_a_request_is_for(read, cast, letter):
    the(letter, "HealthcareService")["identifier"] = [{"system": OUR_SERVICES, "value": "unknown"}]

    read(letter, service=cast.service)

    assert taken().get().service == cast.service


def test_a_task_that_was_cancelled_elsewhere_closes_here(read, letter):
    read(letter)
    the(letter, "Task").update(status="cancelled", businessStatus={})

    report = read(letter)

    assert (report.referrals[0]["status"], report.referrals[0]["outcome"]) == ("withdrawn", "renewed")
    assert packet.read(taken().get()) is None
    assert Origin.objects.count() == 1


@pytest.mark.parametrize(
    "field",
    [
        {"identifier": [{"system": "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/ssin", "value": "1"}]},
        {"identifier": [{"type": {"coding": [{"code": "NNBEL"}]}, "value": "1"}]},
        {"identifier": [{"system": "urn:other", "value": NUMBER}]},
        {"name": [{"given": ["Amina", NUMBER]}]},
        {"telecom": [{"system": "phone", "value": 85073003328}]},
    ],
)
def test_a_national_number_is_left_out_and_said(read, letter, field):
    the(letter, "Patient").update(field)
    the(letter, "Consent")["status"] = "inactive"

    report = read(letter)

    assert "number" in reasons(report)
    written = "".join(kept.raw for kept in KeptAside.objects.all()) + json.dumps(report.as_json())
    assert [said for said in (NUMBER, "85073003328", "NNBEL", "NamingSystem/ssin") if said in written] == []


def test_a_number_in_the_words_of_a_question_is_left_out_of_the_packet(read, letter):
    the(letter, "Goal")["description"]["text"] = f"Mijn nummer is {NUMBER}"

    report = read(letter)

    assert reasons(report) == ["number"]
    assert packet.read(taken().get()).goal == ""


@pytest.mark.parametrize("status", sorted(AT_RECEIVER))
def test_the_receiver_opens_its_page_in_every_state(read, client, status):
    there = Cast()
    read(from_elsewhere(there.at(status)))
    client.force_login(there.noor)

    page = client.get(taken().get().get_absolute_url())

    assert page.status_code == 200
    assert "Ik slaap niet" in page.content.decode()


def test_two_requests_in_one_bundle_are_two_questions_and_one_without_a_yes_takes_nothing_along(read, letter):
    other = from_elsewhere(Cast().sent())
    the(other, "Consent")["status"] = "inactive"
    both = {**letter, "entry": [*letter["entry"], *other["entry"]]}

    report = read(both)

    assert taken().count() == 1
    assert report.counts["taken"] == len(letter["entry"])
    assert KeptAside.objects.count() == len(other["entry"])
    assert read(both).counts == report.counts
    assert KeptAside.objects.count() == len(other["entry"])

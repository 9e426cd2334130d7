"""The answer of another region comes home as FHIR: it moves the question of ours, once, and never back."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle

from clienten.models import Item
from clienten.rights_of_subject.erasing import erase
from core import audit
from core.audit import history
from core.jobs import JobFailedError
from doorverwijzing import actions, packet, receiving
from doorverwijzing.fhir.exporting import export
from doorverwijzing.fhir.waiting import PATIENCE, look, waiting
from doorverwijzing.models import CloseResult, KeptAside, Reached, Referral, RefusalCode
from doorverwijzing.workflow import BACK_AT_SENDER, Status
from tests.doorverwijzing.fhir_letters import from_elsewhere, reader, reasons, taken, the
from tests.factories.doorverwijzing import SHARED, Cast
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
THEIRS = ["accepted", "contact_made", "running", "closed", "refused", "unreached", "expired"]


class There(Cast):
    """The receiving side in another region, with the question that it got from there."""

    def __init__(self, cast, referral):
        self.noor, self.it = cast.noor, referral

    def received(self):
        receiving.read(self.it, by=self.noor)
        return self.it


class Two:
    """A question of ours, and the same one as the other region took it in."""

    def __init__(self, read):
        self.read, self.cast = read, Cast()
        self.ours = self.cast.sent()
        read(from_elsewhere(self.ours))
        self.theirs = There(self.cast, taken().get())

    def answer(self, **options):
        """Give the file that the other region gives out now."""
        letter = export(taken().get(), **options)
        return json.loads(json.dumps(letter).replace(taken().get().origin.value, f"urn:uuid:{self.ours.pk}"))

    def home(self):
        """Give the question of ours as it stands now."""
        return Referral.objects.get(pk=self.ours.pk)


@pytest.fixture
def two(tmp_path):
    return Two(reader(tmp_path))


@pytest.mark.parametrize("status", THEIRS)
def test_the_answer_of_the_other_region_is_the_state_here(two, status):
    two.theirs.at(Status(status))

    report = two.read(two.answer())

    home = two.home()
    assert (home.status, report.referrals) == (
        status, [{"id": str(home.pk), "status": status, "outcome": "answered"}]
    )  # fmt: skip
    assert report.read == report.counts["taken"] + report.counts["rejected"]
    assert set(reasons(report)) == {"ours"}
    assert not KeptAside.objects.exists()
    assert packet.is_open(home) is (home.state not in BACK_AT_SENDER)
    assert history(home).filter(action="referral.fhir_answered", actor="system").count() == 1


@pytest.mark.parametrize("status", THEIRS)
def test_the_same_answer_twice_is_one_answer(two, status):
    two.theirs.at(Status(status))
    answer = two.answer()
    two.read(answer)
    before = (two.home().status_at, two.home().log.count(), len(mail.outbox))

    report = two.read(answer)

    assert report.referrals[0]["outcome"] == "unchanged"
    assert (two.home().status_at, two.home().log.count(), len(mail.outbox)) == before


def test_an_answer_that_did_not_leave_yet_is_told_to_who_runs_the_installation(two, time_machine, capsys):
    later = timezone.now() + timedelta(hours=1)
    time_machine.move_to(later)
    assert (waiting(), list(look().values())) == ([], [0])
    two.theirs.received()
    assert waiting() == [], "that it was opened is no answer"
    move(two, "accept")

    call_command("fhir_export")
    assert str(two.theirs.it.pk) in capsys.readouterr().out
    assert list(look().values()) == [1]
    time_machine.move_to(later + PATIENCE + timedelta(minutes=5))
    with pytest.raises(JobFailedError, match="1 antwoord voor een andere streek wacht"):
        look()

    two.answer()
    assert waiting() == []
    move(two, "contact")
    assert [answer.referral for answer in waiting()] == [two.theirs.it.pk]


def test_what_came_along_with_a_question_and_what_is_ours_are_no_answers(two):
    two.theirs.at(Status.ACCEPTED)
    two.read(two.answer())
    call_command("fhir_export")

    assert [answer.referral for answer in waiting()] == []
    actions.withdraw(two.home(), by=two.cast.lotte)
    assert waiting() == []


def test_an_older_answer_never_overwrites_a_newer_one(two):
    two.theirs.received()
    files = [two.answer()]
    for step in ("accept", "contact", "start", "close"):
        move(two, step)
        files.append(two.answer())
    two.read(files[-1])
    home = two.home()

    told = [two.read(file).referrals[0]["outcome"] for file in files]

    assert told == ["unchanged"] * 5
    assert (two.home().status, two.home().status_at) == ("closed", home.status_at)


def move(two, step):
    it, noor = Referral.objects.get(pk=two.theirs.it.pk), two.cast.noor
    {
        "accept": lambda: receiving.accept(it, by=noor),
        "contact": lambda: receiving.confirm_contact(
            it, at=timezone.now(), channel="desk", initiative="client", appointment="KANARIEAFSPRAAK", by=noor
        ),
        "start": lambda: receiving.start(it, by=noor),
        "close": lambda: receiving.close(it, result=CloseResult.PARTLY, by=noor),
    }[step]()


def test_each_answer_moves_it_on_and_the_sender_is_mailed(two, django_capture_on_commit_callbacks):
    told = []
    for step in ("accept", "contact", "start"):
        move(two, step)
        with django_capture_on_commit_callbacks(execute=True):
            two.read(two.answer())
        told.append(two.home().status)

    assert told == ["accepted", "contact_made", "running"]
    assert [one.subject for one in mail.outbox if one.to == [two.cast.lotte.email]] == [
        "Je vraag is aangenomen", "Contact gelegd",
    ]  # fmt: skip
    contact, said = two.home().contact, taken().get().contact
    assert (contact.channel, contact.initiative, contact.appointment) == ("desk", "client", "")
    assert abs(contact.at - said.at).total_seconds() < 1


def test_the_file_holds_nothing_of_the_person_and_is_valid_fhir(two):
    for step in ("accept", "contact", "start"):
        move(two, step)

    answer = two.answer(for_sender=False)

    text = json.dumps(answer, ensure_ascii=False)
    assert Bundle.model_validate(answer).type == "collection"
    kinds = {entry["resource"]["resourceType"] for entry in answer["entry"]}
    assert kinds == {"ServiceRequest", "Task", "Patient", "PractitionerRole", "Organization", "HealthcareService"}
    assert [said for said in ("Amina", "0470 00 00 62", "Ik slaap niet", "KANARIE") if said in text] == []


@pytest.mark.parametrize("status", [*THEIRS, "passed_on", "received"])
def test_an_answer_of_each_state_is_valid_fhir(two, status):
    two.theirs.at(Status(status))

    assert Bundle.model_validate(two.answer())


@pytest.mark.parametrize("agreed", [True, False])
def test_how_it_ended_comes_home_only_when_the_person_agreed(tmp_path, monkeypatch, agreed):
    monkeypatch.setitem(SHARED, Item.FEEDBACK_OUTCOME, agreed)
    two = Two(reader(tmp_path))
    for step in ("accept", "contact", "start", "close"):
        move(two, step)
    answer = two.answer(for_sender=False)

    two.read(answer)

    assert ("partly" in json.dumps(answer)) is agreed
    assert two.home().result == (CloseResult.PARTLY if agreed else CloseResult.UNTOLD)


def test_how_it_ended_is_not_kept_when_a_file_tells_it_without_a_yes(two):
    two.theirs.closed()
    answer = two.answer()
    said = {"coding": [{"system": "https://dorpel.example/fhir/CodeSystem/close-result", "code": "not"}]}
    ended = {"coding": [{"system": "https://dorpel.example/fhir/CodeSystem/outcome", "code": "close-result"}]}
    the(answer, "Task")["output"].append({"type": ended, "valueCodeableConcept": said})

    report = two.read(answer)

    assert (two.home().status, two.home().result) == ("closed", "untold")
    assert "not_agreed" in reasons(report)


def test_nobody_here_can_choose_that_it_was_not_told(client):
    cast = Cast()
    referral = cast.running()
    client.force_login(cast.noor)

    client.post(f"{referral.get_absolute_url()}afronden/", {"result": "untold"})

    assert Referral.objects.get(pk=referral.pk).status == "running"


def test_a_no_comes_home_with_its_reason_and_its_way_on(two, client):
    other = ServiceFactory(name="Andere weg")
    two.theirs.refused(other)
    client.force_login(two.cast.lotte)

    two.read(two.answer())

    decline = two.home().decline
    assert (decline.code, decline.alternative, decline.nothing_exists) == (RefusalCode.NOT_OURS, other, False)
    assert "Andere weg" in client.get(two.home().get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", ["refused", "passed_on"])
def test_a_proposed_service_that_is_not_on_our_map_is_not_guessed(two, client, status):
    other = {"alternative": ServiceFactory()} if status == "refused" else {}
    getattr(two.theirs, status)(**other)
    answer = json.loads(json.dumps(two.answer()).replace('"display": "', '"display": "Ginder: '))
    client.force_login(two.cast.lotte)

    report = two.read(answer)

    page = client.get(two.home().get_absolute_url()).content.decode()
    home = two.home()
    assert (home.status, home.decline.alternative) == (status, None)
    assert "service_by_name" in reasons(report)
    assert "kan dit niet opnemen" in page
    assert "<strong>Ginder: " in page
    assert "De ja van" not in page
    (proposed,) = [one for one in the(export(home), "Task")["output"] if "HealthcareService" in str(one)]
    assert (proposed["valueReference"]["display"], "identifier" in proposed["valueReference"]) == (
        home.decline.elsewhere, False
    )  # fmt: skip


@pytest.mark.parametrize("status", ["refused", "passed_on"])
def test_a_proposed_service_without_a_name_is_no_way_on(two, client, status):
    other = {"alternative": ServiceFactory()} if status == "refused" else {}
    getattr(two.theirs, status)(**other)
    answer = two.answer()
    for output in the(answer, "Task")["output"]:
        output.get("valueReference", {}).pop("display", None)
    client.force_login(two.cast.lotte)

    report = two.read(answer)

    assert (two.home().status, hasattr(two.home(), "decline")) == (status, False)
    assert "unknown_answer" in reasons(report)
    assert "zonder een uitweg" in client.get(two.home().get_absolute_url()).content.decode()


def test_what_was_passed_on_names_the_other_service(two):
    two.theirs.passed_on()

    two.read(two.answer())

    assert two.home().decline.alternative == taken().get().decline.alternative


def test_an_end_without_a_contact_counts_as_accepted(two):
    two.theirs.closed()
    answer = two.answer()
    the(answer, "Task")["output"] = []

    report = two.read(answer)

    assert two.home().status == "accepted"
    assert "contact_not_said" in reasons(report)


@pytest.mark.parametrize("word", ["withdrawn", "consent_lapsed"])
def test_nobody_elsewhere_ends_a_yes_that_is_kept_here(two, word):
    answer = two.answer()
    the(answer, "Task").update(status="cancelled", businessStatus={"coding": [{
        "system": "https://dorpel.example/fhir/CodeSystem/referral-status", "code": word}]})  # fmt: skip

    report = two.read(answer)

    assert (two.home().status, two.home().log.count()) == ("sent", 2)
    assert set(reasons(report)) == {"yes_is_ours"}
    assert report.counts["rejected"] == report.read


def test_an_answer_that_cannot_follow_changes_nothing_and_is_said(two):
    two.theirs.accepted()
    answer = two.answer()
    actions.withdraw(two.home(), by=audit.CLIENT)

    report = two.read(answer)

    assert two.home().status == "withdrawn"
    assert set(reasons(report)) == {"cannot_follow"}
    assert report.counts["rejected"] == report.read
    assert not KeptAside.objects.exists()


def test_a_contact_before_the_question_was_sent_moves_nothing_at_all(two):
    two.theirs.contact_made()
    answer = two.answer()
    the(answer, "Task")["output"][0]["valueDateTime"] = "2020-01-01T10:00:00+01:00"

    report = two.read(answer)

    assert (two.home().status, two.home().log.count()) == ("sent", 2)
    assert set(reasons(report)) == {"cannot_follow"}


@pytest.mark.parametrize("why", ["two tasks", "no task", "odd status"])
def test_an_answer_in_doubt_moves_nothing_and_leaves_no_copy(two, why):
    two.theirs.accepted()
    answer = two.answer()
    task = next(entry for entry in answer["entry"] if entry["resource"]["resourceType"] == "Task")
    if why == "two tasks":
        again = json.loads(json.dumps(task["resource"])) | {"id": "again", "status": "rejected", "for": None}
        answer["entry"].append({"resource": again})
    elif why == "no task":
        answer["entry"].remove(task)
    else:
        task["resource"]["status"] = "dreaming"

    report = two.read(answer)

    assert two.home().status == "sent"
    assert report.counts["rejected"] == report.read
    assert not KeptAside.objects.exists()


def test_the_answer_to_a_question_of_somebody_else_is_refused(two):
    two.theirs.accepted()
    answer = json.loads(json.dumps(two.answer()).replace(str(two.ours.pk), "85e5d7a6-9c3a-4b7e-8f5e-0a1b2c3d4e5f"))

    report = two.read(answer)

    assert set(reasons(report)) == {"unknown_question"}
    assert report.counts["rejected"] == report.read
    assert (taken().count(), KeptAside.objects.count()) == (1, 0)


def test_the_answer_to_a_question_that_was_erased_here_is_refused(two):
    two.theirs.accepted()
    answer = two.answer()
    erase(two.home().client, by=audit.SYSTEM)

    assert set(reasons(two.read(answer))) == {"erased"}


def test_what_the_person_says_is_not_taken_from_a_file(two):
    two.theirs.contact_made()
    actions.record_answer(taken().get(), answer=Reached.NOT_YET, by=audit.CLIENT)

    two.read(two.answer())

    assert not two.home().answers.exists()

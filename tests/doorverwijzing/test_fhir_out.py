"""A referral as FHIR: valid R4, and nothing in it that the client did not agree to."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle

from clienten.consent.overriding import Grounds
from clienten.models import Consent, Item
from core.audit import history
from core.errors import Refusal
from doorverwijzing import actions, packet
from doorverwijzing.consent import overriding
from doorverwijzing.fhir.codes import CAPACITIES, CATEGORIES, CATEGORY_OF_NEED
from doorverwijzing.fhir.exporting import export
from doorverwijzing.fhir.statuses import PLAIN, TASK_STATUSES, WORDS, state_of
from doorverwijzing.models import Decline, Reached, Referral
from doorverwijzing.workflow import AT_HOME, BACK_AT_SENDER, Status
from organisaties.roles import Role
from tests.factories.doorverwijzing import SHARED, Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
CODES = Path(__file__).parents[1] / "data/fhir/codes.csv"
AWAY = sorted(set(Status) - AT_HOME)
# Each field of a client, with a word that stands nowhere else.
CANARY = {
    "client__last_name": "KANARIENAAM", "income": "KANARIELOON", "debts": "KANARIESCHULD", "next_step": "KANARIESTAP",
    "who": "KANARIEWIE",
}  # fmt: skip


@pytest.fixture
def cast():
    return Cast()


def of_kind(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def the(bundle, kind):
    found = of_kind(bundle, kind)
    assert len(found) == 1
    return found[0]


def value_set(name):
    with CODES.open(encoding="utf-8") as rows:
        return {row["code"]: row["display"] for row in csv.DictReader(rows) if row["set"] == name}


@pytest.mark.parametrize("status", AWAY)
def test_a_bundle_of_each_state_is_valid_fhir(cast, status):
    made = export(cast.at(status))

    assert Bundle.model_validate(made).type == "collection"


@pytest.mark.parametrize("status", AWAY)
def test_a_reference_points_at_something_in_the_bundle(cast, status):
    made = export(cast.at(status))

    names = {entry["fullUrl"] for entry in made["entry"]}
    assert set(re.findall(r'"reference": "([^"]+)"', json.dumps(made))) <= names
    assert len(names) == len(made["entry"])


@pytest.mark.parametrize("status", AWAY)
def test_the_task_says_the_state_in_both_languages(cast, status):
    made = export(cast.at(status))

    task, request = the(made, "Task"), the(made, "ServiceRequest")
    assert (task["status"], request["status"]) == WORDS[status]
    assert task["businessStatus"]["coding"][0]["code"] == status
    assert state_of(task["status"], status) is status


@pytest.mark.parametrize("status", sorted(AT_HOME))
def test_what_was_not_sent_does_not_go_out(cast, status):
    with pytest.raises(Refusal):
        export(cast.at(status))


def test_what_the_client_shared_goes_along_and_nothing_else():
    cast = Cast(**CANARY)
    referral = cast.sent()
    actions.write_message(referral, text="KANARIEBERICHT", form_key=referral.form_key, by=cast.lotte)

    text = json.dumps(export(referral), ensure_ascii=False)

    assert "KANARIE" not in text
    for said in ("Amina", "0470 00 00 62", "Na 16 uur", "Ik slaap niet", "die hangt op", "We weten voor 1 december"):
        assert said in text
    for at_home in ("9 jaar", "1.450", "2.340", "@huis.example"):
        assert at_home not in text


@pytest.mark.parametrize("status", sorted(BACK_AT_SENDER | {Status.WITHDRAWN}))
def test_a_closed_packet_gives_states_and_partners_only(cast, status):
    referral = cast.at(status)

    made = export(referral)

    text = json.dumps(made, ensure_ascii=False)
    assert the(made, "Consent")["status"] == "inactive"
    assert of_kind(made, "Observation") == of_kind(made, "Condition") == of_kind(made, "Goal") == []
    for said in ("Amina", "0470 00", "Ik slaap niet", "Zedelgem", "1 december"):
        assert said not in text


def test_a_piece_that_was_taken_back_is_gone(cast):
    referral = cast.sent()
    actions.withdraw(referral, items=[Item.CONTACT], by=cast.lotte)

    text = json.dumps(export(referral), ensure_ascii=False)

    assert "Amina" not in text
    assert "0470 00 00 62" not in text
    assert "Ik slaap niet" in text


def test_a_yes_that_has_ended_closes_before_the_clock_does(cast):
    referral = cast.sent()
    Consent.objects.filter(item=Item.OWN_WORDS).update(valid_until=timezone.localdate() - timedelta(days=1))

    made = export(referral)

    assert "Ik slaap niet" not in json.dumps(made, ensure_ascii=False)
    Consent.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert the(export(referral), "Consent")["status"] == "inactive"
    assert packet.is_open(referral)


def test_the_consent_has_a_rule_for_each_piece_with_its_resource_and_day(cast):
    referral = cast.sent()

    made = export(referral)

    consent = the(made, "Consent")
    rules = consent["provision"]["provision"]
    codes = [rule["code"][0]["coding"][0]["code"] for rule in rules]
    resources = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in made["entry"]}
    assert sorted(codes) == ["contact", "own_words", "question", "tried"]
    assert [resources[rule["data"][0]["reference"]["reference"]] for rule in rules] == [
        "ServiceRequest", "Patient", "Observation", "Observation",
    ]  # fmt: skip
    assert {rule["period"]["end"] for rule in rules} == {str(Consent.objects.first().valid_until)}
    assert "Amina" not in json.dumps(consent)


def test_two_receivers_cannot_see_that_they_help_the_same_person(cast):
    first = export(cast.sent())
    other = Cast()
    other.question, other.lotte, other.house = cast.question, cast.lotte, cast.house

    second = export(other.sent())

    assert the(first, "Patient")["id"] != the(second, "Patient")["id"]
    assert str(cast.question.client_id) not in json.dumps([first, second])
    assert str(cast.question.pk) not in json.dumps([first, second])


def outcomes(made):
    return {one["type"]["coding"][0]["code"]: one for one in the(made, "Task").get("output", [])}


def test_contact_made_is_told_and_the_clients_own_answer_only_to_the_senders_system(cast):
    referral = cast.contact_made()
    actions.record_answer(referral, answer=Reached.NOT_YET, by=cast.lotte)

    to_receiver, to_sender = outcomes(export(referral)), outcomes(export(referral, for_sender=True))

    assert set(to_receiver) == {"contact-confirmed"}
    assert set(to_sender) == {"contact-confirmed", "client-answer"}
    assert to_sender["client-answer"]["valueCodeableConcept"]["coding"][0]["code"] == "not_yet"


@pytest.mark.parametrize("agreed", [True, False])
def test_how_it_ended_goes_to_the_senders_system_only_when_that_was_agreed(cast, monkeypatch, agreed):
    monkeypatch.setitem(SHARED, Item.FEEDBACK_OUTCOME, agreed)
    referral = cast.closed()

    assert ("close-result" in outcomes(export(referral, for_sender=True))) is agreed
    assert "close-result" in outcomes(export(referral))


def test_a_no_tells_its_reason_and_not_what_was_written_to_the_colleague(cast):
    referral = cast.refused()
    decline = Decline.objects.get()
    decline.note = "KANARIENOOT"
    decline.save()

    made = export(referral)

    assert the(made, "Task")["statusReason"]["coding"][0]["code"] == "not_ours"
    assert "KANARIENOOT" not in json.dumps(made)


def test_giving_out_is_written_in_the_audit_chain(cast):
    referral = cast.sent()

    export(referral)

    line = history(referral).last()
    assert (line.action, line.actor) == ("referral.fhir_given_out", "system")


def test_what_was_shared_without_a_yes_does_not_leave_as_one(cast):
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT)
    grounds = Grounds(why="danger", reason="Er is nu ernstig gevaar voor het kind.", advised_by="teamoverleg")
    overriding.send_without_yes(cast.draft(), grounds=grounds, by=cast.lotte)

    with pytest.raises(Refusal, match="zonder ja"):
        export(Referral.objects.get())


def test_the_command_writes_a_file_for_its_owner_only(cast, tmp_path):
    out = tmp_path / "one.json"
    out.write_text("older")
    out.chmod(0o644)

    call_command("fhir_export", str(cast.sent().pk), out=out)

    assert out.stat().st_mode & 0o777 == 0o600
    assert json.loads(out.read_text())["resourceType"] == "Bundle"


@pytest.mark.parametrize("name", ["no-id", "85e5d7a6-9c3a-4b7e-8f5e-0a1b2c3d4e5f"])
def test_the_command_says_that_there_is_no_such_referral(name):
    with pytest.raises(CommandError):
        call_command("fhir_export", name, stdout=StringIO())


def test_our_codes_are_those_of_the_guide():
    assert value_set("SDOHCCValueSetSDOHCategory") == CATEGORIES
    assert value_set("SDOHCCValueSetCapacityStatus") == CAPACITIES
    assert set(CATEGORY_OF_NEED.values()) <= set(CATEGORIES)


def test_every_state_that_left_has_words_and_no_status_that_the_guide_leaves_out():
    assert set(WORDS) == set(AWAY)
    assert {words.task for words in WORDS.values()} | set(PLAIN) <= TASK_STATUSES
    assert not TASK_STATUSES & set(value_set("SDOHCCValueSetReferralTaskStatus"))


def test_the_page_about_fhir_has_the_tables_of_the_code():
    page = (Path(__file__).parents[2] / "docs/fhir.md").read_text(encoding="utf-8")

    states = [f"| `{status}` | {words.task} | {words.request} |" for status, words in WORDS.items()]
    needs = [f"| `{need}` | {category} |" for need, category in CATEGORY_OF_NEED.items()]
    assert [row for row in states + needs if row not in page] == []

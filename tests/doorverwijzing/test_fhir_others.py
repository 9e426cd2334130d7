"""FHIR as other systems write it: names of every kind, pieces inside pieces, and nothing that has to be guessed."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from clienten.rights_of_subject.erasing import erase
from core import audit
from doorverwijzing import packet
from doorverwijzing.fhir.exporting import export
from doorverwijzing.fhir.importing import import_fhir
from doorverwijzing.models import KeptAside, Referral, Tombstone
from doorverwijzing.workflow import Status
from tests.doorverwijzing.fhir_letters import from_elsewhere, reader, reasons, taken, the
from tests.factories.doorverwijzing import Cast

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).parents[1] / "data/fhir"
SERVER = "https://a.example/fhir"


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def letter(cast):
    return from_elsewhere(cast.sent())


@pytest.fixture
def read(tmp_path):
    return reader(tmp_path)


def renamed(letter, full, pointed):
    """Give every resource another full address, and every reference another form."""
    text = json.dumps(letter)
    for entry in letter["entry"]:
        kind, name = entry["resource"]["resourceType"], entry["resource"]["id"]
        old = f"urn:uuid:{name}"
        text = text.replace(f'"fullUrl": "{old}"', f'"fullUrl": "{full.format(kind=kind, id=name)}"')
        text = text.replace(old, pointed.format(kind=kind, id=name))
    return json.loads(text)


@pytest.mark.parametrize("kind", ["transaction", "batch", "document", "message", "searchset"])
@pytest.mark.parametrize(
    ("full", "pointed"),
    [
        (SERVER + "/{kind}/{id}", SERVER + "/{kind}/{id}"),
        (SERVER + "/{kind}/{id}", "{kind}/{id}"),
        (SERVER + "/{kind}/{id}", "{kind}/{id}/_history/3"),
        ("urn:uuid:{id}", "{kind}/{id}"),
        ("", "{kind}/{id}"),
    ],
)
def test_a_reference_of_any_form_leads_to_its_resource(read, letter, kind, full, pointed):
    letter = renamed(letter, full, pointed) | {"type": kind}

    for _time in range(2):
        report = read(letter)

    assert taken().count() == 1
    assert (report.read, report.counts["taken"]) == (12, 12)
    assert packet.read(taken().get()).name == "Amina"


def test_the_same_id_on_another_server_is_another_person(read, letter):
    patient = the(letter, "Patient")["id"]
    text = json.dumps(letter).replace(f'"fullUrl": "urn:uuid:{patient}"', f'"fullUrl": "{SERVER}/Patient/{patient}"')

    read(text.replace(f"urn:uuid:{patient}", f"https://b.example/fhir/Patient/{patient}"))

    reading = packet.read(taken().get())
    assert (reading.name, "contact" in reading.pieces) == ("", False)


@pytest.mark.parametrize("full", ["", f"{SERVER}/Patient/1"])
def test_two_different_people_of_one_name_are_a_doubt_and_nothing_is_taken(read, letter, full):
    letter = renamed(letter, "", "{kind}/{id}")
    mine = next(one for one in letter["entry"] if one["resource"]["resourceType"] == "Patient")
    mine["fullUrl"] = full
    letter["entry"].insert(0, {"resource": the(letter, "Patient") | {"name": [{"given": ["Iemand"]}]}})

    report = read(letter)

    assert "two_of_one_name" in reasons(report)
    assert not taken().exists()
    assert report.counts["kept_aside"] == report.read == 13


def test_the_same_resource_twice_counts_once(read, letter):
    letter = renamed(letter, "", "{kind}/{id}")
    letter["entry"].append({"resource": the(letter, "Patient")})

    report = read(letter)

    assert (report.counts["taken"], report.counts["rejected"], report.read) == (12, 1, 13)


def test_what_is_inside_another_resource_is_read_and_what_has_no_place_is_kept(read, letter):
    role, request = the(letter, "PractitionerRole"), the(letter, "ServiceRequest")
    house = next(one for one in letter["entry"] if one["fullUrl"] == role["organization"]["reference"])
    letter["entry"].remove(house)
    role |= {"contained": [house["resource"] | {"id": "1"}], "organization": {"reference": "#1"}}
    request["contained"] = [{"resourceType": "QuestionnaireResponse", "id": "1", "status": "completed"}]
    request["supportingInfo"].append({"reference": "#1"})

    report = read(letter)

    assert taken().get().sender.name == house["resource"]["name"]
    assert (report.read, report.counts["taken"]) == (13, 12)
    assert json.loads(KeptAside.objects.get().raw) == request["contained"][0]


def test_what_is_kept_aside_keeps_the_form_in_which_it_came(read):
    flag = {
        "resourceType": "Flag", "id": "f", "subject": {"reference": "#p"},
        "contained": [{"resourceType": "Patient", "id": "p"}],
    }  # fmt: skip

    report = read(flag)

    assert report.counts["kept_aside"] == report.read == 2
    assert json.loads(KeptAside.objects.get(kind="Flag").raw) == flag


def test_a_question_that_was_erased_here_never_comes_back_by_an_older_file(read, letter):
    letter["entry"].append(
        {"resource": {"resourceType": "Flag", "subject": the(letter, "ServiceRequest")["subject"]}},
    )
    read(letter)
    erase(taken().get().client, by=audit.SYSTEM)

    report = read(letter)

    assert not taken().exists()
    assert not KeptAside.objects.exists()
    assert report.counts["rejected"] == report.read == 13
    assert set(reasons(report)) == {"erased"}
    assert the(letter, "ServiceRequest")["identifier"][0]["value"] not in Tombstone.objects.get().origin


@pytest.mark.parametrize(("erased", "rejected"), [(False, 6), (True, 12)])
def test_what_left_from_here_comes_home_as_nothing_also_after_erasing_and_under_a_second_name(
    read, cast, erased, rejected
):
    referral = cast.sent()
    letter = export(Referral.objects.get(pk=referral.pk))
    the(letter, "ServiceRequest")["identifier"].insert(0, {"system": "urn:other", "value": "7"})
    if erased:
        erase(referral.client, by=audit.SYSTEM)

    report = read(letter)

    assert (report.read, report.counts["rejected"]) == (12, rejected)
    assert [one["outcome"] for one in report.referrals] == ([] if erased else ["unchanged"])
    assert set(reasons(report)) == {"erased" if erased else "ours"}
    assert not taken().exists()
    assert not KeptAside.objects.exists()


def test_a_request_is_known_again_by_any_of_its_identifiers(read, letter):
    read(letter)
    the(letter, "ServiceRequest")["identifier"].insert(0, {"system": "urn:other", "value": "7"})

    report = read(letter)

    assert (report.referrals[0]["outcome"], taken().count()) == ("unchanged", 1)


def test_a_number_without_a_system_is_the_number_of_its_own_sender_only(read, letter):
    the(letter, "ServiceRequest")["identifier"] = [{"value": "1"}]
    read(letter)
    other = from_elsewhere(Cast().sent())
    the(other, "ServiceRequest")["identifier"] = [{"value": "1"}]
    the(other, "Task")["status"] = "cancelled"
    for entry in other["entry"]:
        if entry["resource"].get("name") == "Sociaal Huis Pannenhoek":
            entry["resource"] |= {"name": "Ander huis", "identifier": [{"system": "urn:x", "value": "2"}]}

    read(other)

    assert packet.read(taken().get()).name == "Amina"
    # It goes back under the name that its sender gave it.
    assert export(taken().get())["identifier"] == {"value": "1"}
    assert read(letter).referrals[0]["outcome"] == "unchanged"


def test_a_consent_may_carry_its_signed_form(read, letter):
    the(letter, "Consent")["sourceAttachment"] = {"contentType": "application/pdf", "data": "JVBERi0x" * 40_000}

    report = read(letter)

    assert (report.read, report.counts["taken"]) == (12, 12)


def test_the_main_rule_of_a_consent_counts_when_it_says_what_it_permits(read, letter):
    provision = the(letter, "Consent")["provision"]
    asked = letter["entry"][0]["fullUrl"]
    provision |= {"type": "permit", "data": [{"meaning": "instance", "reference": {"reference": asked}}]}
    provision["provision"] = []

    read(letter)

    assert packet.read(taken().get()).pieces == {}


@pytest.mark.parametrize("other", ["research", "somebody else"])
def test_a_newer_consent_about_something_else_takes_nothing_away(read, letter, other):
    consent = the(letter, "Consent")
    again = json.loads(json.dumps(consent)) | {"id": "other", "dateTime": "2099-01-01"}
    if other == "research":
        again["scope"]["coding"][0]["code"] = "research"
    else:
        again["provision"]["actor"] = [{"reference": {"reference": "Organization/other"}}]
    letter["entry"].append({"resource": again})
    request = the(letter, "ServiceRequest")
    request["supportingInfo"] = [one for one in request["supportingInfo"] if consent["id"] not in one["reference"]]

    report = read(letter)

    assert taken().exists()
    assert report.counts["taken"] == 12


def test_a_number_and_a_name_of_before_are_not_those_to_call(read, letter):
    the(letter, "Patient")["telecom"] = [
        {"system": "phone", "value": "0470 00 00 01", "use": "old"},
        {"system": "phone", "value": "0470 00 00 02", "period": {"end": "2020-01-01"}},
        {"system": "phone", "value": "0470 00 00 03"},
        {"system": "phone", "value": "0470 00 00 04", "rank": 1, "period": {"end": "2999-01-01"}},
    ]
    the(letter, "Patient")["name"] = [{"use": "old", "given": ["Oud"]}, {"use": "official", "given": ["Amina"]}]

    read(letter)

    contact = packet.read(taken().get()).pieces["contact"]
    assert (contact["first_name"], contact["phone"]) == ("Amina", "0470 00 00 04")


@pytest.mark.parametrize(
    ("why", "kind", "change"),
    [
        ("only_a_plan", "ServiceRequest", {"doNotPerform": True}),
        ("only_a_plan", "ServiceRequest", {"intent": "proposal"}),
        ("changes_meaning", "ServiceRequest", {"modifierExtension": [{"url": "https://x.example/negated"}]}),
        ("changes_meaning", "Patient", {"name": [{"given": ["A"], "modifierExtension": [{"url": "urn:x"}]}]}),
        ("changes_meaning", "Consent", {"implicitRules": "https://x.example/rules"}),
    ],
)
def test_what_turns_the_meaning_around_is_not_read_over(read, letter, why, kind, change):
    the(letter, kind).update(change)

    report = read(letter)

    assert why in reasons(report)
    assert not taken().exists()


@pytest.mark.parametrize("name", ["bundle", "bundle.txt", "bundle.fhir"])
def test_json_is_read_whatever_its_file_is_called(read, letter, name):
    assert read(json.dumps(letter, indent=2), name=name).counts["taken"] == 12


def test_bundles_in_a_list_are_each_a_message_of_their_own(read, letter):
    assert read([letter, from_elsewhere(Cast().sent())]).counts["taken"] == 24


def test_a_bundle_inside_a_bundle_is_a_message_of_its_own(read, letter):
    header = {"resource": {"resourceType": "MessageHeader"}}
    outer = {
        "resourceType": "Bundle",
        "type": "message",
        "entry": [header, {"resource": letter | {"type": "document"}}],
    }

    report = read(outer)

    assert (report.read, report.counts["taken"], report.counts["kept_aside"]) == (13, 12, 1)


def test_a_name_that_stands_twice_in_one_object_is_no_json_to_trust(tmp_path, read, letter):
    text = json.dumps(letter).replace('"status": "active"', '"status": "inactive", "status": "active"', 1)
    (tmp_path / "good.json").write_text('{"resourceType": "Location"}')
    (tmp_path / "bad.json").write_text(text)
    (tmp_path / "odd.xml").write_text("<Bundle xmlns='http://hl7.org/fhir'/>")

    report = import_fhir(tmp_path)

    assert (report.counts["rejected"], report.counts["kept_aside"], report.read) == (2, 1, 3)
    assert [one["file"] for one in report.problems if one["why"] == "unreadable"] == ["bad.json", "odd.xml"]


def test_a_line_of_a_file_is_named_by_its_number(read):
    report = read('{"resourceType": "Location"}\n\n{"resourceType": 3}\n', name="x.ndjson")

    assert [one["entry"] for one in report.problems if one["why"] == "unreadable"] == [3]


def test_the_examples_of_the_guide_come_in_when_they_say_what_they_leave_open(cast, tmp_path):
    """Their consent ended in 2022 and names nobody, their request no sender, and two Tasks are about it."""
    found = {path.name.partition("Example")[0]: json.loads(path.read_text()) for path in EXAMPLES.glob("*.json")}
    del found["Task-SDOHCC-TaskReferralManagementOrderFulfillmentCompleted"]
    request = found["ServiceRequest-SDOHCC-ServiceRequestActiveFoodPantryApplicationAssist"]
    request["requester"] = {"reference": "PractitionerRole/SDOHCC-PractitionerRoleDrJanWaterExample"}
    role = found["PractitionerRole-SDOHCC-PractitionerRoleDrJanWater"]
    house = {"resourceType": "Organization", "id": "clinic", "name": "Dr Jan Water Family Medicine"}
    role["organization"] = {"reference": "Organization/clinic"}
    owner = found["Task-SDOHCC-TaskReferralManagementOrderFulfillmentAccepted"]["owner"]
    pieces = [f"ServiceRequest/{request['id']}", request["subject"]["reference"]]
    found["Consent-SDOHCC-ConsentInformationDisclosure"] |= {
        "dateTime": str(timezone.localdate()),
        "provision": {
            "type": "permit", "actor": [{"reference": owner}],
            "data": [{"meaning": "instance", "reference": {"reference": name}} for name in pieces],
        },
    }  # fmt: skip
    for number, resource in enumerate([*found.values(), house]):
        (tmp_path / f"{number}.json").write_text(json.dumps(resource))

    report = import_fhir(tmp_path, source="Gids", service=cast.service)

    here = taken().get()
    reading = packet.read(here)
    assert (reading.title, reading.name) == ("Assistance with application for food pantry program", "COLIN")
    assert (here.state, here.sender.name) == (Status.ACCEPTED, house["name"])
    assert {one.kind for one in KeptAside.objects.all()} == {"HealthcareService", "Procedure", "Task"}
    assert report.read == report.counts["taken"] + report.counts["kept_aside"] == 11

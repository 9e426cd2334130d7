"""Bundles of another region, good ones and ones that lack something."""

import json
import uuid
from datetime import timedelta

from django.utils import timezone

from doorverwijzing.fhir.exporting import export
from doorverwijzing.fhir.importing import import_fhir
from doorverwijzing.models import Referral


def from_elsewhere(referral):
    """Give a referral as another installation would: nothing is named as it is here, except the receiving side."""
    text = json.dumps(export(referral))
    return json.loads(text.replace(str(referral.pk), str(uuid.uuid4())))


def reader(folder):
    """Give what reads one document in, written to a file in this folder."""

    def read(document, *, name="", **options):
        file = folder / (name or f"{uuid.uuid4()}.json")
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return import_fhir(file, **options)

    return read


def taken():
    return Referral.objects.filter(origin__isnull=False)


def reasons(report):
    return [problem["why"] for problem in report.problems]


def the(bundle, kind):
    return next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind)


def change_consent(**fields):
    return lambda bundle: the(bundle, "Consent").update(fields)


def change_rule(**fields):
    return lambda bundle: the(bundle, "Consent")["provision"].update(fields)


def without_yes(bundle):
    """Say what an installation says that shared it without a yes."""
    for extension, word in zip(the(bundle, "Consent")["extension"], ("without", "nobody"), strict=True):
        extension["valueCode"] = word


def drop(kind):
    def dropped(bundle):
        bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["resourceType"] != kind]

    return dropped


def second_task(bundle):
    again = json.loads(json.dumps(the(bundle, "Task"))) | {"id": "again"}
    bundle["entry"].append({"fullUrl": f"urn:uuid:{uuid.uuid4()}", "resource": again})


def nameless(bundle):
    """Take away every name of the request but the id it has in its own system."""
    the(bundle, "ServiceRequest").pop("identifier")
    for entry in bundle["entry"]:
        entry["fullUrl"] = ""


YESTERDAY, TOMORROW = (str(timezone.localdate() + timedelta(days=days)) for days in (-1, 1))
WRONG = {
    "no_consent": drop("Consent"),
    "consent_not_active": change_consent(status="inactive"),
    "consent_not_disclosure": change_consent(category=[]),
    "consent_without_day": change_consent(dateTime="soon"),
    "consent_without_form": change_consent(extension=[], sourceAttachment=None),
    "without_yes": without_yes,
    "consent_ended": change_rule(period={"end": YESTERDAY}),
    "consent_not_begun": change_rule(period={"start": TOMORROW}),
    "consent_for_another": change_rule(actor=[{"reference": {"reference": "Organization/other"}}]),
    "question_not_agreed": change_rule(provision=[]),
    "another_person": change_consent(patient={"reference": "Patient/other"}),
    "no_task": drop("Task"),
    "several_tasks": second_task,
    "not_an_order": lambda bundle: the(bundle, "Task").update(intent="plan"),
    "unknown_status": lambda bundle: the(bundle, "Task").update(status="dreaming"),
    "nothing_to_do": lambda bundle: the(bundle, "Task").update(status="on-hold"),
    "no_service": lambda bundle: the(bundle, "HealthcareService").update(identifier=[]),
    "another_receiver": lambda bundle: [
        one["resource"].update(identifier=[])
        for one in bundle["entry"]
        if one["resource"].get("name") == "Huurhulp De Blauwe Deur"
    ],
    "no_sender": lambda bundle: the(bundle, "ServiceRequest").pop("requester"),
    "no_name": nameless,
    "no_question": lambda bundle: the(bundle, "ServiceRequest").update(code={}),
}

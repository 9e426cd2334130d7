"""publiccode.yml keeps the rules of its standard, version 0.4 (https://yml.publiccode.tools/schema.core.html).

The standard asks a person by name as contact; we name a function with the address of the project instead, because no
person may be invented and none who works on it need be public.
"""

import tomllib
from copy import deepcopy

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.architecture.sources import ROOT

TEXT = {"type": "string", "minLength": 1}
SOME = {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT}
ADDRESS = {"type": "string", "pattern": r"^https://[^\s/]+(/\S*)?$"}
# Those of the lists of the standard that can be true of a product such as this one.
CATEGORIES = {
    "appointment-scheduling", "business-process-management", "collaboration", "communications", "compliance-management",
    "contact-management", "content-management", "customer-service-and-support", "digital-citizenship",
    "knowledge-management", "workflow-management",
}  # fmt: skip
SCOPES = {"healthcare", "local-authorities", "society", "welfare"}
WITH_PEOPLE = {"if": {"properties": {"type": {"enum": ["internal", "community"]}}}, "then": {"required": ["contacts"]}}
WITH_A_FIRM = {"if": {"properties": {"type": {"const": "contract"}}}, "then": {"required": ["contractors"]}}


def table(required: dict, optional: dict | None = None, **more) -> dict:
    """Give the rule of a table: what must be there, what may be there, and nothing else."""
    both = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": both, "additionalProperties": False, **more}


TOLD = table(
    {"shortDescription": {**TEXT, "maxLength": 150}, "longDescription": {**TEXT, "minLength": 150, "maxLength": 10000},
     "features": SOME},
    {"localisedName": TEXT, "documentation": ADDRESS, "apiDocumentation": ADDRESS, "screenshots": SOME},
)  # fmt: skip
CONTACT = table({"name": TEXT}, {"email": {**TEXT, "pattern": "@"}, "phone": TEXT, "affiliation": TEXT})
FIRM = table({"name": TEXT, "until": TEXT}, {"email": TEXT, "website": ADDRESS})
NEEDED = table(
    {"name": TEXT}, {**dict.fromkeys(("version", "versionMin", "versionMax"), TEXT), "optional": {"type": "boolean"}}
)
STANDARD = table(
    {
        "publiccodeYmlVersion": {"const": "0.4"},
        "name": TEXT,
        "url": ADDRESS,
        "platforms": SOME,
        "categories": {**SOME, "items": {"enum": sorted(CATEGORIES)}},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"enum": [
            *(f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")),
            "addon", "library", "configurationFiles",
        ]},
        "description": {"type": "object", "minProperties": 1, "patternProperties": {"^[a-z]{2,3}$": TOLD},
                        "additionalProperties": False},
        "legal": table({"license": TEXT}, {"mainCopyrightOwner": TEXT, "repoOwner": TEXT}),
        "maintenance": table(
            {"type": {"enum": ["internal", "contract", "community", "none"]}},
            {"contacts": {**SOME, "items": CONTACT}, "contractors": {**SOME, "items": FIRM}},
            allOf=[WITH_PEOPLE, WITH_A_FIRM],
        ),
        "localisation": table({"localisationReady": {"type": "boolean"}, "availableLanguages": SOME}),
    },
    {
        "landingURL": ADDRESS,
        "logo": TEXT,
        "softwareVersion": TEXT,
        "releaseDate": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "intendedAudience": table({}, {
            "countries": {**SOME, "items": {"type": "string", "pattern": "^[a-z]{2}$"}},
            "unsupportedCountries": {**SOME, "items": {"type": "string", "pattern": "^[a-z]{2}$"}},
            "scope": {**SOME, "items": {"enum": sorted(SCOPES)}},
        }),
        "dependsOn": table({}, {
            kind: {**SOME, "items": NEEDED} for kind in ("open", "proprietary", "hardware")
        }),
    },
)  # fmt: skip
OURS = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def faults(about: dict) -> list[str]:
    """Name what in a description is against the standard."""
    return [f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(STANDARD).iter_errors(about)]


def test_the_description_of_the_product_keeps_the_standard():
    assert faults(OURS) == []


@pytest.mark.parametrize("key", STANDARD["required"])
def test_a_description_that_misses_a_key_is_seen(key):
    assert faults({name: value for name, value in OURS.items() if name != key})


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("maintenance", "type", "volunteers"),
        ("maintenance", "contacts", []),
        ("legal", "licence", "EUPL-1.2"),
        ("localisation", "localisationReady", "yes"),
        ("intendedAudience", "countries", ["Belgium"]),
    ],
)
def test_a_description_with_a_value_that_cannot_be_is_seen(part, key, value):
    other = deepcopy(OURS)
    other[part][key] = value

    assert faults(other)


def test_what_the_description_names_is_there():
    named = [
        OURS["logo"],
        *(picture for told in OURS["description"].values() for picture in told.get("screenshots", [])),
    ]

    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_description_says_what_the_code_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = next(one for one in OURS["dependsOn"]["open"] if one["name"] == "Python")

    assert OURS["legal"]["license"] == project["license"]
    assert project["requires-python"].startswith(f">={python['versionMin']}")
    # No person stands in it, and no mailbox of one.
    assert {contact["email"] for contact in OURS["maintenance"]["contacts"]} == {"beheer@dorpel.example"}

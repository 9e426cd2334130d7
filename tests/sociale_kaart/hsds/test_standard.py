"""Our tables beside the official descriptor of HSDS: every table, column, type and closed list."""

import json

import pytest
from django.db import models

from sociale_kaart.hsds.moments import clean_day
from sociale_kaart.hsds.tables import tables
from tests.sociale_kaart.hsds.conftest import EXAMPLES

RESOURCES = json.loads((EXAMPLES / "3.2.3" / "csv" / "datapackage.json").read_text())["resources"]
# It describes the columns of a set of files, not help; the import says that it is not kept.
NOT_KEPT = {"meta_table_description"}
NUMBERS = (models.FloatField, models.DecimalField, models.PositiveIntegerField)
TYPES = {
    ("string", "default"): (models.CharField, models.TextField, models.ForeignKey),
    ("string", "uuid"): (models.CharField, models.ForeignKey),
    ("string", "email"): models.EmailField,
    ("string", "uri"): models.URLField,
    ("number", "default"): NUMBERS,
    ("date", "default"): models.DateField,
    ("datetime", "default"): models.DateTimeField,
    ("time", "default"): models.TimeField,
}
# An extension may begin with a nought.
OTHERWISE = {("phone", "extension"): models.CharField}


def _columns(resource):
    return [(column["name"], column) for column in resource["schema"]["fields"]]


def test_every_table_of_the_standard_is_here():
    assert {resource["name"] for resource in RESOURCES} - NOT_KEPT == set(tables())


@pytest.mark.parametrize(
    "resource", [item for item in RESOURCES if item["name"] not in NOT_KEPT], ids=lambda r: r["name"]
)
def test_every_column_has_its_official_name_and_type(resource):
    name = resource["name"]
    fields = {key: field for field in tables()[name].model._meta.concrete_fields for key in (field.name, field.attname)}

    for column, told in _columns(resource):
        wanted = OTHERWISE.get((name, column)) or TYPES[told["type"], told.get("format") or "default"]
        assert isinstance(fields[column], wanted), f"{name}.{column}"
        for word in (told.get("constraints") or {}).get("enum") or ():
            taken = fields[column].choices
            assert word in dict(taken) if taken else clean_day(word) == word, f"{name}.{column}: {word}"

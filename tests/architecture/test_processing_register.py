"""The processing register says of every field about a person in which processing it stands, and how long it is kept."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from clienten import retention, rules
from clienten.consent import overriding
from clienten.emergency import actions as emergency
from clienten.incidents import actions as incidents
from clienten.models import rights
from config.settings import door
from core import outbox
from core.models import User
from doorverwijzing import gone
from doorverwijzing.client import receipts
from doorverwijzing.guest import magic_link
from doorverwijzing.models import interchange
from organisaties import actions as organizations

REGISTER = (Path(__file__).parents[2] / "docs" / "gidsen" / "verwerkingsregister.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+\.\w+)` \| (.+) \| (\d) \|$", REGISTER, re.MULTILINE)
ASKED = ["Doel", "Grond", "Van wie", "Gegevens", "Ontvangers", "Termijn", "Bescherming"]
PROCESSINGS = re.findall(r"^### (\d)\. .+?(?=^### )", REGISTER, re.MULTILINE | re.DOTALL)
CONTACT = (models.EmailField, models.GenericIPAddressField)


def personal():
    """Give the fields about someone, of each table of ours that has any."""
    listed = {model._meta.label: model.__dict__.get("Privacy") for model in apps.get_models()}
    return {label: privacy.personal for label, privacy in listed.items() if privacy and privacy.personal}


def names_someone(field):
    """Tell whether a column says who someone is."""
    return isinstance(field, CONTACT) or (field.remote_field is not None and field.related_model is User)


def test_every_personal_field_stands_in_one_processing_and_nothing_else_does():
    assert {label: fields.split(", ") for label, fields, _number in ROWS} == personal()
    assert len(ROWS) == len(personal())


def test_every_table_without_a_list_that_names_someone_is_told():
    unlisted = [model for model in apps.get_models() if "Privacy" not in model.__dict__]
    naming = {model._meta.label for model in unlisted if any(map(names_someone, model._meta.concrete_fields))}

    told = REGISTER.partition("### Tabellen van anderen")[2]

    assert set(re.findall(r"`(\w+\.\w+)`", told)) == naming


@pytest.mark.parametrize("number", sorted({number for _label, _fields, number in ROWS}))
def test_each_processing_says_what_article_30_asks(number):
    part = re.search(rf"^### {number}\. .+?(?=^### )", REGISTER, re.MULTILINE | re.DOTALL)

    assert part is not None
    assert re.findall(r"^\| (\w[\w ]*) \| .{10,} \|$", part[0], re.MULTILINE) == ASKED


def test_no_processing_is_empty():
    assert set(PROCESSINGS) == {number for _label, _fields, number in ROWS}


TERMS = {
    "een ja hoogstens {} dagen": rules.LONGEST.days,
    "{} dagen na het einde van de vraag": rules.AFTER_THE_END.days,
    "de link van een gast {} dagen": magic_link.LINK_LASTS.days,
    "de code van het blad {} dagen": receipts.RECEIPT_LASTS.days,
    "dat een vraag gewist is {} dagen": gone.KEPT.days,
    "Aangekondigd {} dagen vooraf": retention.NOTICE.days,
    "één lezer uit de kring, {} minuten lang": emergency.LASTS.seconds // 60,
    "delen zonder ja duurt hoogstens {} dagen": overriding.LASTS.days,
    "antwoord binnen {} maand": rules.ANSWER_MONTHS,
    "een voorval {} maanden": incidents.KEPT_MONTHS,
    "een document van een bestuur binnen {} dagen": rules.OPEN_DAYS,
    "uitnodiging {} dagen": organizations.INVITATION_LASTS.days,
    "vertrouwd toestel {} dagen": door.TRUST_DAYS,
    "een mail {} dagen nadat hij vertrok": outbox.SENT_KEPT.days,
    "{} dagen als hij niet aankwam": outbox.FAILED_KEPT.days,
    "opzij {} dagen": interchange.KEPT_FOR.days,
}


@pytest.mark.parametrize("words", TERMS)
def test_each_term_is_the_one_that_counts(words):
    assert words.format(TERMS[words]) in REGISTER


def test_the_months_of_retention_are_those_that_may_be_chosen():
    assert (rights.LEAST_MONTHS, rights.USUAL_MONTHS, rights.MOST_MONTHS) == (1, 6, 12)
    assert "één tot twaalf maanden" in REGISTER
    assert "zonder keuze zes" in REGISTER

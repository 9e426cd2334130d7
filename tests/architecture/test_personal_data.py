"""Every field that can say something about someone is listed as personal or as kept."""

import pytest
from django import forms
from django.apps import apps
from django.http import QueryDict
from django.urls import get_resolver
from django.utils.http import urlencode
from wagtail.models import DraftStateMixin, RevisionMixin, get_page_models
from wagtail.snippets.models import get_snippet_models

from core.editing import WithoutNationalNumber
from core.encryption import EncryptedTextField
from core.forms import CareForm
from core.models import AuditEvent, AuditHead, JobRun, OutgoingMail, TrustedDevice, User
from core.privacy import unlisted_fields
from organisaties.models import Absence, DoorPolicy, Invitation, Membership
from search.models import Asked, GapStep, GapWords, Opened
from sociale_kaart.models import Correction
from tests.architecture.sources import ROOMS

PRIVATE_ROOMS = ("clienten", "vraagverheldering", "doorverwijzing")
PRIVATE = [model for room in PRIVATE_ROOMS for model in apps.get_app_config(room).get_models()]
SAVED = [*apps.get_app_config("bewaarde_zoekvragen").get_models()]
# What people look for is counted, and nobody is in it: each column is named, so that none comes in unseen.
COUNTS = [Asked, Opened, GapWords, GapStep]
LISTED = [
    User,
    TrustedDevice,
    DoorPolicy,
    AuditEvent,
    AuditHead,
    OutgoingMail,
    JobRun,
    Absence,
    Membership,
    Invitation,
    Correction,
    *COUNTS,
    *SAVED,
    *PRIVATE,
]

# Words that are compared or shown and then forgotten: a code, a name to look for, an example.
NOT_KEPT = {"CodeForm", "EraseForm", "FindForm", "GuestCodeForm", "NarrowForm", "OwnCodeForm", "SampleForm"}
# A few words of their own kinds: an address, or a place that becomes one of our municipalities.
CHECKED = {"GapForm", "JoinForm"}


def label(model):
    """Name a model the way Django does."""
    return model._meta.label


@pytest.mark.parametrize("model", LISTED, ids=label)
def test_every_field_is_personal_or_kept(model):
    assert unlisted_fields(model) == set()


@pytest.mark.parametrize("model", LISTED, ids=label)
def test_no_field_is_both_and_none_is_made_up(model):
    personal, retained = set(model.Privacy.personal), set(model.Privacy.retained)

    assert personal & retained == set()
    assert personal | retained <= {field.name for field in model._meta.get_fields()}
    assert len(model.Privacy.personal) + len(model.Privacy.retained) == len(personal | retained)


def test_every_encrypted_field_is_personal():
    kept = [
        f"{label(model)}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField) and field.name not in model.Privacy.personal
    ]

    assert kept == []


def test_whoever_has_an_encrypted_field_lists_its_fields():
    holders = [
        model
        for model in apps.get_models()
        if any(isinstance(field, EncryptedTextField) for field in model._meta.concrete_fields)
    ]

    assert set(holders) <= set(LISTED)


@pytest.mark.parametrize("model", PRIVATE, ids=label)
def test_no_private_model_keeps_revisions_or_stands_in_the_editors_screens(model):
    assert not issubclass(model, RevisionMixin | DraftStateMixin)
    assert model not in get_snippet_models()


@pytest.mark.parametrize("model", PRIVATE, ids=label)
def test_no_private_row_has_an_id_that_counts(model):
    """An id in an address must not tell how many there are."""
    pk = model._meta.pk

    assert pk.get_internal_type() in {"UUIDField", "OneToOneField"} or pk.is_relation or not has_page(model)


def has_page(model):
    """Tell whether a model has an address of its own."""
    return hasattr(model, "get_absolute_url")


def test_a_model_without_a_list_lists_nothing():
    assert "name" in unlisted_fields(apps.get_model("gebied.Municipality"))


def test_every_form_that_keeps_words_refuses_a_national_number():
    assert get_resolver().url_patterns, "all screens are read, with their forms"

    careless = {
        form.__name__
        for form in below(forms.Form)
        if form.__module__.partition(".")[0] in ROOMS and takes_words(form) and not issubclass(form, CareForm)
    }

    assert careless == NOT_KEPT | CHECKED


def screens_of_editors():
    """Give each of our models that editors write, with the form of its screen."""
    snippets = {model: model.snippet_viewset.get_edit_handler().get_form_class() for model in get_snippet_models()}
    pages = {model: model.get_edit_handler().get_form_class() for model in get_page_models()}
    return {label(model): form for model, form in (snippets | pages).items() if model._meta.app_label in ROOMS}


def test_every_screen_of_the_editors_refuses_a_national_number():
    screens = screens_of_editors()

    careless = {name for name, form in screens.items() if not issubclass(form, WithoutNationalNumber)}

    assert len(screens) >= 12 and careless == set()


def test_every_other_form_of_a_model_refuses_a_national_number():
    ours = {form for form in below(forms.BaseModelForm) if form.__module__.partition(".")[0] in ROOMS}

    assert {form.__name__ for form in ours if not issubclass(form, WithoutNationalNumber)} == set()


@pytest.mark.django_db
def test_a_national_number_is_refused_in_every_text_that_an_editor_can_type(operator):
    kept = {
        f"{name}.{field}"
        for name, form in screens_of_editors().items()
        for field in taken(form(QueryDict(urlencode(typed_everywhere(form))), for_user=operator))
    }

    assert kept == set()


def typed_everywhere(form, prefix=""):
    """Give what a browser sends when a national number is typed in each field, and in one row of everything below."""
    typed = {f"{prefix}{name}": "85.07.30-033.28" for name in form.base_fields}
    typed |= {f"{prefix}{name}-count": "0" for name in form.base_fields}
    for name, rows in form.formsets.items():
        typed |= {f"{prefix}{name}-TOTAL_FORMS": "1", f"{prefix}{name}-INITIAL_FORMS": "0"}
        typed |= typed_everywhere(rows.form, f"{prefix}{name}-0-")
    return typed


def taken(form):
    """Name the fields of words that take what was typed in them, here and in the rows below."""
    form.is_valid()
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    own = {name for name, field in form.fields.items() if isinstance(field, forms.CharField)} - {*form.errors}
    return own.union(*(taken(row) for row in rows))


def below(form):
    """Give every form that is made of this one."""
    return {form} | {deeper for nearer in form.__subclasses__() for deeper in below(nearer)}


def takes_words(form):
    """Tell whether someone can type freely in it."""
    return any(isinstance(field, forms.CharField) for field in form.base_fields.values())

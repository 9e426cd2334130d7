"""A rule that says no: read at the form or as a message; nothing else is swallowed."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage

from core.errors import NotAllowed, Refusal
from core.refusals import AsMessage, AtForm, OnThePage


class Day(forms.Form):
    """A form with one field."""

    day = forms.CharField()


@pytest.mark.parametrize(("field", "at"), [(None, "__all__"), ("day", "day")])
@pytest.mark.parametrize("refusal", [Refusal, NotAllowed])
def test_a_refusal_stands_at_the_form_and_the_page_is_drawn_again(field, at, refusal):
    form, after = Day({"day": "gisteren"}), []

    with AtForm(form, field):
        raise refusal("Kies een andere dag.")
    after.append("drawn again")

    assert (form.errors, after) == ({at: ["Kies een andere dag."]}, ["drawn again"])


def test_a_refusal_becomes_a_message_but_who_may_not_still_gets_a_403(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)

    with AsMessage(request, "Gedaan."):
        raise Refusal("Een collega was je voor.")
    with pytest.raises(NotAllowed), AsMessage(request):
        raise NotAllowed("Alleen het OCMW kan dit.")
    with OnThePage(request, "Gedaan."):
        raise NotAllowed("Alleen Huurhulp kan dit.")
    with AsMessage(request, "Gedaan."):
        pass

    said = [str(message) for message in get_messages(request)]
    assert said == ["Een collega was je voor.", "Alleen Huurhulp kan dit.", "Gedaan."]


def test_a_bug_is_not_swallowed(rf):
    with pytest.raises(ZeroDivisionError), AtForm(Day({})):
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), AsMessage(rf.post("/")):
        raise ZeroDivisionError

"""The report of a gap: two choices, and a few words in which nobody may be; and what the network does about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.forms import CareForm
from core.privacy import NATIONAL_NUMBER_MESSAGE, holds_national_number
from gebied.models import Municipality
from search.listening import gaps
from search.listening.discretion import Sign, names_someone, sign_of_person
from search.listening.known_words import is_known
from search.models.listening import LONGEST_STEP, LONGEST_WORDS
from search.understanding.places import places
from sociale_kaart.models import TaxonomyTerm

# Whole sentences hold more rare words than a search does.
MOST_UNKNOWN = 3
TAKE_OUT = {
    Sign.MAIL: gettext_lazy("This looks like a mail address. We keep nothing about a person. Take it out."),
    Sign.ACCOUNT: gettext_lazy("This looks like an account number. We keep nothing about a person. Take it out."),
    Sign.DAY: gettext_lazy("This looks like a date of birth. We keep nothing about a person. Take it out."),
    Sign.HOUSE: gettext_lazy("This looks like someone's address. We keep nothing about a person. Take it out."),
    Sign.NUMBER: gettext_lazy("This looks like a number of someone. We keep nothing about a person. Take it out."),
    Sign.NAME: gettext_lazy("This looks like a name. Say what is missing, not for whom."),
}


def about_nobody(text: str) -> str:
    """Give the text back when nobody is in it. Raises ValidationError that says what to take out."""
    if holds_national_number(text):
        raise ValidationError(NATIONAL_NUMBER_MESSAGE, code="national_number")
    sign = sign_of_person(text)
    if sign is None and names_someone(text, is_known, most_unknown=MOST_UNKNOWN):
        sign = Sign.NAME
    if sign:
        raise ValidationError(TAKE_OUT[sign], code=sign)
    return text


class GapForm(forms.Form):
    """What is missing and where; a few words more when someone wants."""

    thema = forms.ModelChoiceField(
        TaxonomyTerm.objects.needs(),
        to_field_name="code", label=gettext_lazy("What is missing?"),
        widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": gettext_lazy("Choose what is missing.")},
    )  # fmt: skip
    waar = forms.CharField(
        label=gettext_lazy("Where?"), max_length=80, help_text=gettext_lazy("A postcode or a municipality."),
        error_messages={"required": gettext_lazy("Write where it is missing.")},
    )  # fmt: skip
    woorden = forms.CharField(
        label=gettext_lazy("What exactly?"), max_length=LONGEST_WORDS, required=False,
        help_text=gettext_lazy("No names and no story of someone. Example: “a dentist without paying in advance”."),
    )  # fmt: skip
    eens = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eens"].initial = gaps.new_once

    def clean_waar(self) -> Municipality:
        """Read the place; a name that we do not know is asked again."""
        typed: str = self.cleaned_data["waar"]
        spot = places().gazetteer.spot(typed)
        if spot is None:
            text = _("We do not know “%(asked)s”. Write a postcode or a municipality.") % {"asked": typed}
            raise ValidationError(text)
        return Municipality.objects.get(pk=spot.municipality)

    def clean_woorden(self) -> str:
        """Refuse what may point to one person; what was typed stays in the field."""
        return about_nobody(" ".join(str(self.cleaned_data["woorden"]).split()))

    def save(self) -> bool:
        """Write the gap down, without anything about who reported it; False when this form was sent before."""
        given: dict[str, Any] = self.cleaned_data
        return gaps.report(given["thema"], given["waar"], words=given["woorden"], once=given["eens"])


class StepForm(CareForm):
    """What the network does about one need, in a few words."""

    text = forms.CharField(
        label=pgettext_lazy("gap", "What now?"), max_length=LONGEST_STEP, required=False,
        help_text=gettext_lazy("In a few words, with who acts. Example: “on the agenda of 3 December”."),
    )  # fmt: skip

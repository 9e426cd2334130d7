"""The report of a gap: two choices, so that nobody can be in it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gebied.models import Municipality
from search.places import places
from sociale_kaart.models import Gap, TaxonomyTerm
from sociale_kaart.models.gap import GapOrigin


class GapForm(forms.Form):
    """What is missing and where. There is no field for words on purpose."""

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

    def clean_waar(self) -> Municipality:
        """Read the place; a name that we do not know is asked again."""
        typed: str = self.cleaned_data["waar"]
        spot = places().gazetteer.spot(typed)
        if spot is None:
            text = _("We do not know “%(asked)s”. Write a postcode or a municipality.") % {"asked": typed}
            raise ValidationError(text)
        return Municipality.objects.get(pk=spot.municipality)

    def save(self, *, day: date) -> Gap:
        """Write the gap down, without anything about who reported it."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Gap.objects.create(day=day, origin=GapOrigin.SEARCH, need=cleaned["thema"], municipality=cleaned["waar"])

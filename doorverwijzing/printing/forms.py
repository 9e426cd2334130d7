"""The form that takes over what stands on paper, with the moment that it happened."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clienten.forms import SHORT, MunicipalityField, PlainText
from core.forms import CareForm, DayField, answers
from doorverwijzing.printing.forms_on_paper import MOST_AT_ONCE, ON_THE_FORM, Sheet
from sociale_kaart.models import Service
from vraagverheldering.models import Urgency

PERSON = ("first_name", "phone", "contact_note", "municipality", "household", "no_voicemail")
QUESTION = ("wish", "urgency", "income", "debts", "tried")


class CountForm(forms.Form):
    """How many blank forms."""

    count = forms.IntegerField(
        label=_("How many forms?"), min_value=1, max_value=MOST_AT_ONCE, initial=2,
        error_messages={"required": _("Say how many forms you need.")},
    )  # fmt: skip


class PaperFormForm(CareForm):
    """What stands on the sheet, in its order."""

    day = DayField(label=_("On which day?"), error_messages={"required": _("Write the day that stands on the form.")})
    hour = forms.TimeField(
        label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the hour that stands on the form."), "invalid": _("Write the hour like this: 14:30.")
        },
    )  # fmt: skip
    first_name = PlainText(
        label=_("First name"), required=True, max_length=SHORT,
        error_messages={"required": _("Write a first name. A name that the person chooses is fine.")},
    )  # fmt: skip
    phone = PlainText(label=_("Phone number"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    contact_note = PlainText(label=_("When and how to reach safely"), max_length=200)
    no_voicemail = forms.BooleanField(label=_("Never leave a voice message"), required=False)
    municipality = MunicipalityField()
    said = PlainText(label=_("In the person's own words"), rows=3)
    wish = PlainText(
        label=_("What does this person want?"), required=True, max_length=240,
        error_messages={"required": _("Write what this person wants.")},
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label=_("How fast?"), choices=lambda: answers(Urgency),
        initial=Urgency.ROUTINE, widget=forms.RadioSelect,
    )  # fmt: skip
    household = PlainText(label=_("Household"), max_length=400)
    income = PlainText(label=_("Income"), max_length=400)
    debts = PlainText(label=_("Debts"), max_length=400)
    tried = PlainText(label=_("What was tried already?"), rows=2, max_length=600)
    service = PlainText(
        label=_("Name of the service"), required=True, max_length=255,
        error_messages={"required": _("Write the name of the service.")},
    )  # fmt: skip
    shared = forms.MultipleChoiceField(
        label=_("Which pieces got a yes?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: answers(ON_THE_FORM),
        help_text=_("Only what was ticked on the form. Nothing else is shared."),
    )  # fmt: skip

    def clean_service(self) -> Service:
        """Find the service by its name; with its organization behind it where more than one has that name."""
        typed = self.cleaned_data["service"].strip()
        whole = Concat("name", Value(" ("), "organization__name", Value(")"))
        known = Service.objects.public().select_related("organization").annotate(whole=whole)
        found = list(known.filter(Q(name__iexact=typed) | Q(whole__iexact=typed)).order_by("whole", "pk"))
        if not found:
            raise forms.ValidationError(
                _("We do not know a service with this name. Look it up and write it the same."), code="unknown"
            )
        # What one person said may not go to another house because two of them use the same word.
        if len({one.organization_id for one in found}) > 1:
            names = "; ".join(dict.fromkeys(f"{one.name} ({one.organization})" for one in found))
            raise forms.ValidationError(
                _("More than one service has this name. Write which one: %(names)s."), "several", {"names": names}
            )
        return found[0]

    def sheet(self) -> Sheet:
        """Give what stands on the form."""
        given: dict[str, Any] = self.cleaned_data
        return Sheet(
            happened_at=timezone.make_aware(datetime.combine(given["day"], given["hour"])),
            service=given["service"],
            person={name: given[name] for name in PERSON},
            said=given["said"],
            question={name: given[name] for name in QUESTION},
            shared=given["shared"],
        )

"""The form on which a team lead chooses how the door opens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm, answers
from organisaties.models import DoorPolicy, EmergencyUse

_MINUTES, _HOURS = DoorPolicy.IDLE, DoorPolicy.HOURS


class DoorForm(CareForm):
    """What this organization asks at the door."""

    idle_minutes = forms.IntegerField(
        label=_("Minutes without a sign of life"), min_value=_MINUTES[0], max_value=_MINUTES[1],
        help_text=_("From 5 to 60. After that someone logs in again; what was typed is kept."),
        error_messages={
            "required": _("Write a number of minutes."), "invalid": _("Write a number of minutes."),
            "min_value": _("Write a number from 5 to 60."), "max_value": _("Write a number from 5 to 60."),
        },
    )  # fmt: skip
    session_hours = forms.IntegerField(
        label=_("Hours in all"), min_value=_HOURS[0], max_value=_HOURS[1],
        help_text=_("From 1 to 12. Everyone logs in at least once a day."),
        error_messages={
            "required": _("Write a number of hours."), "invalid": _("Write a number of hours."),
            "min_value": _("Write a number from 1 to 12."), "max_value": _("Write a number from 1 to 12."),
        },
    )  # fmt: skip
    second_factor_for_editors = forms.BooleanField(
        label=_("A second step for editors too"), required=False,
        help_text=_("Who works with clients or watches over personal data always has one."),
    )  # fmt: skip
    trusted_devices = forms.BooleanField(
        label=_("Colleagues may trust a device"), required=False,
        help_text=_("On a device that someone trusts, only the password is asked for some days. What matters most "
                    "always takes the second step."),
    )  # fmt: skip
    emergency_use = forms.ChoiceField(
        label=_("Who of your circle may open a card here in an emergency?"), choices=lambda: answers(EmergencyUse),
        widget=forms.RadioSelect,
        help_text=_("Your circle: the organisation above yours, and those below it. Each use is looked at later."),
    )  # fmt: skip

"""The two forms of an emergency: opening a card, and looking back at it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clienten.models import EmergencyReason, EmergencyVerdict
from core.forms import CareForm, answers

LEAST_WORDS = 20


class EmergencyForm(CareForm):
    """Which card, and why it cannot wait."""

    reference = forms.CharField(
        label=_("Link of the card or the question"), max_length=300,
        help_text=_("A colleague gives it, or it stands in your own mail or note. You cannot search by name here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Paste the link.")},
    )  # fmt: skip
    why = forms.ChoiceField(
        label=_("Why can it not wait?"), widget=forms.RadioSelect,
        choices=lambda: answers(EmergencyReason),
        error_messages={"required": _("Choose why it cannot wait.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What is the matter?"), max_length=1000, min_length=LEAST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two sentences. Who looks back at this reads them."),
        error_messages={
            "required": _("Write in two sentences what is the matter."),
            "min_length": _("Write in two sentences what is the matter."),
        },
    )  # fmt: skip
    asked = forms.CharField(
        label=_("Whom did you try to reach first?"), max_length=300,
        error_messages={"required": _("Write whom you tried to reach.")},
    )  # fmt: skip


class VerdictForm(CareForm):
    """Whether it was right."""

    verdict = forms.ChoiceField(
        label=_("What do you find?"), widget=forms.RadioSelect,
        choices=lambda: answers(EmergencyVerdict),
        error_messages={"required": _("Choose what you find.")},
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Why, and what happens now?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, and what happens now.")},
    )  # fmt: skip

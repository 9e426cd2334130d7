"""The form in which a client and the own contact write to each other."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from clienten.forms import TOO_LONG
from core.forms import CareForm

LONGEST = 1000


class TalkForm(CareForm):
    """One message; sent twice it is written once."""

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your message first."), "max_length": TOO_LONG},
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

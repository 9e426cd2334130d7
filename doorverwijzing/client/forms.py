"""The forms of the person's own pages: the code of the own device, and messages with the own contact."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from clienten.forms import TOO_LONG
from core.forms import CareForm
from doorverwijzing.forms import CodeField

LONGEST = 1000


class OwnCodeForm(forms.Form):
    """The code that the worker shows, to say yes on the own device."""

    code = CodeField(
        label=_("Type the code that you got"), error_messages={"required": _("Type the code that you got.")}
    )


class TalkForm(CareForm):
    """One message; sent twice it is written once."""

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your message first."), "max_length": TOO_LONG},
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

"""The forms of the person's own pages: the code and the yes on the own device, and messages with the own contact."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clienten.consent.texts import PageWords
from clienten.forms import TOO_LONG
from core.forms import CareForm
from doorverwijzing.forms import CodeField

LONGEST, LONGEST_NAME = 1000, 80


class OwnCodeForm(forms.Form):
    """The code that the worker shows, to say yes on the own device."""

    code = CodeField(
        label=_("Type the code that you got"), error_messages={"required": _("Type the code that you got.")}
    )


class OwnChoiceForm(CareForm):
    """Yes or no to each piece, and under which name; nothing is preset."""

    YES, NO = "yes", "no"

    def __init__(self, *args: Any, pieces: Mapping[str, str], words: PageWords, **kwargs: Any) -> None:
        """Take the name of each piece, and the Dutch sentences that belong to the text of consent."""
        super().__init__(*args, **kwargs)
        missing = {"required": words["missing"], "invalid_choice": words["missing"]}
        for item, label in pieces.items():
            self.fields[item] = forms.ChoiceField(
                label=capfirst(label), choices=[(self.YES, words["yes"]), (self.NO, words["no"])],
                widget=forms.RadioSelect, error_messages=missing,
            )  # fmt: skip
        self.fields["name"] = forms.CharField(
            label=words["name"], max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": words["name_missing"], "max_length": TOO_LONG},
        )  # fmt: skip

    def answers(self) -> dict[str, bool]:
        """Give the answer to each piece."""
        return {item: answer == self.YES for item, answer in self.cleaned_data.items() if item != "name"}


class TalkForm(CareForm):
    """One message; sent twice it is written once."""

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your message first."), "max_length": TOO_LONG},
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

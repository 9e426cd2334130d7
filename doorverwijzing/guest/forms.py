"""The two small forms of a receiver without an account: the code, and an account of one's own."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GuestCodeForm(forms.Form):
    """The code that was mailed to the mailbox."""

    code = forms.CharField(
        label=_("Code"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the code of the mail.")},
    )  # fmt: skip


class JoinForm(forms.Form):
    """Where the invitation goes."""

    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type your e-mail address."), "invalid": _("This is not an e-mail address.")},
    )

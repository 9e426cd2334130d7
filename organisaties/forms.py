"""Forms about colleagues: inviting, beginning, and what someone may."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm
from core.models import User
from organisaties.models import is_coordinator
from organisaties.roles import NETWORK_ROLES, OFFERED, WORDS


def choices_for(user: User) -> list[tuple[str, Any]]:
    """Give the roles that this person may give, in the order of the ticks."""
    offered = OFFERED if is_coordinator(user) else [role for role in OFFERED if role not in NETWORK_ROLES]
    return [(role.value, WORDS[role].tick) for role in offered]


class RolesForm(CareForm):
    """What someone may. `seen` holds the roles that the form was shown with."""

    roles = forms.MultipleChoiceField(
        label=_("What may this person do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that this person may do.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        held = self.initial.get("roles", [])
        field.choices = choices_for(by)  # type: ignore[attr-defined]
        offered = {value for value, _tick in field.choices}  # type: ignore[attr-defined]
        field.choices += [(role, WORDS[role].tick) for role in held if role not in offered]  # type: ignore[attr-defined]
        self.notes = {role.value: WORDS[role].note for role in OFFERED}


class InviteForm(RolesForm):
    """Open the door for one colleague."""

    email = forms.EmailField(
        label=_("E-mail of the work"), max_length=254,
        help_text=_("One address per person, no shared address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the e-mail address of the person."),
                        "invalid": _("This is not an e-mail address. Write it like: name@organization.be.")},
    )  # fmt: skip
    field_order = ["email", "roles"]


class BeginForm(CareForm):
    """Someone new chooses a name and a password."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name.")},
    )  # fmt: skip
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Direct phone number"), max_length=40, required=False,
        help_text=_("Clients and colleagues call you there."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "work tel"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Choose a password"), strip=False,
        help_text=_("At least 12 signs. Three words in a row is fine."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Ask Django's validators, which also know the name and the address of the person."""
        cleaned = super().clean()
        password = cleaned.get("password")
        if password:
            person = User(
                email=self.email, first_name=cleaned.get("first_name", ""), last_name=cleaned.get("last_name", "")
            )
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

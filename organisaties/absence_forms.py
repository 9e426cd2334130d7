"""Forms about who takes over: when someone is away, and when someone leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm, DayField
from core.models import User
from organisaties.departures import heirs
from organisaties.models import Organization


class HeirForm(CareForm):
    """Choose who takes over; nobody chosen is who manages."""

    to = forms.ChoiceField(
        label=_("Who takes over the open questions?"), required=False,
        error_messages={"invalid_choice": _("Choose a colleague who handles questions here.")},
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in heirs(organization, but=user)}
        nobody = [] if self._people else [("", _("Nobody else works with clients here."))]
        field = self.fields["to"]
        field.choices = [*((pk, str(person)) for pk, person in self._people.items()), *nobody]  # type: ignore[attr-defined]

    def heir(self) -> User | None:
        """Give who was chosen."""
        return self._people.get(self.cleaned_data["to"])


class AwayForm(HeirForm):
    """From which day until which day someone is away."""

    starts_on = DayField(label=_("First day away"), error_messages={"required": _("Fill in the first day.")})
    ends_on = DayField(label=_("Last day away"), required=False, help_text=_("Leave empty when you do not know it."))
    field_order = ["starts_on", "ends_on", "to"]

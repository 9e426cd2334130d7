"""The form that every private screen builds on: a national number is refused where it was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.privacy import NATIONAL_NUMBER_MESSAGE, holds_national_number


class CareForm(forms.Form):
    """A form that may hold words of or about a client."""

    def clean(self) -> dict[str, Any]:
        """Refuse a national register number in any text field."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and holds_national_number(value):
                self.add_error(name, ValidationError(NATIONAL_NUMBER_MESSAGE, code="national_number"))
        return cleaned

"""The forms under every screen on which editors write: a national number is refused there as everywhere."""

from collections.abc import Iterator
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from core.forms import refuse_numbers

# Wagtail shows no error at a remark in the margin of a page: that one is told on top.
MARGIN = "comments"


class WithoutNationalNumber(forms.BaseForm):
    """What the two forms below share; the rows of a form are made by Wagtail, so the whole is looked at from here."""

    def is_valid(self) -> bool:
        """Refuse a national register number in any text, block, tag, row below or remark in the margin."""
        valid = super().is_valid()
        if not self.is_bound:
            return valid
        refuse_numbers(self)
        for name, row in self.rows():
            refused = refuse_numbers(row)
            if refused and name == MARGIN:
                self.add_error(None, refused)
        return valid and not self.errors and not any(row.errors for _name, row in self.rows())

    def rows(self) -> Iterator[tuple[str, Any]]:
        """Give the rows below that stay, each with the name of what it belongs to."""
        return _rows(self)


def _rows(form: Any) -> Iterator[tuple[str, Any]]:
    """Give the rows of a form that stay, and the rows below those."""
    for name, formset in getattr(form, "formsets", {}).items():
        formset.is_valid()  # Wagtail stops looking at the first list that is not right
        for row in formset.forms:
            if hasattr(row, "cleaned_data") and not row.cleaned_data.get("DELETE"):
                yield name, row
                yield from ((name, deeper) for _below, deeper in _rows(row))


class EditorForm(WithoutNationalNumber, WagtailAdminModelForm):
    """The form of everything that editors keep in a list: listings, words, rights."""


class EditorPageForm(WithoutNationalNumber, WagtailAdminPageForm):
    """The form of every page that editors write."""

"""The form with all deadlines: one amount and one unit for each turn and urgency."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm
from doorverwijzing.clock.terms import KEYS, Key
from doorverwijzing.models.deadline import MOST_DAYS, MOST_HOURS, PHASE_WORDS, Unit
from doorverwijzing.workflow import Phase, Term
from vraagverheldering.models import Urgency


class Line(NamedTuple):
    """One turn: its words, and the fields of both urgencies."""

    title: str | Promise
    cells: list[tuple[BoundField, BoundField]]


class TermsForm(CareForm):
    """Every deadline. `terms` are those that hold now."""

    def __init__(self, *args: Any, terms: dict[Key, Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for (phase, urgency), term in terms.items():
            words = {"what": PHASE_WORDS[phase.value], "urgency": Urgency(urgency).label}
            name = f"{phase.value}-{urgency}"
            self.fields[f"{name}-amount"] = forms.IntegerField(
                label=_now("%(what)s, %(urgency)s: how many") % words, min_value=1, max_value=MOST_DAYS,
                initial=term.hours or term.days, error_messages={"required": _("Fill in a number.")},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"{name}-unit"] = forms.ChoiceField(
                label=_now("%(what)s, %(urgency)s: of what") % words, choices=Unit.choices,
                initial=Unit.HOURS if term.hours else Unit.DAYS,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse more hours than a working week."""
        cleaned = super().clean()
        for phase, urgency in KEYS:
            name = f"{phase.value}-{urgency}"
            if cleaned.get(f"{name}-unit") == Unit.HOURS and cleaned.get(f"{name}-amount", 0) > MOST_HOURS:
                self.add_error(f"{name}-amount", _now("At most %(hours)s hours. Use days.") % {"hours": MOST_HOURS})
        return cleaned

    def terms(self) -> dict[Key, Term]:
        """Give what was filled in."""
        return {(phase, urgency): self._term(f"{phase.value}-{urgency}") for phase, urgency in KEYS}

    def _term(self, name: str) -> Term:
        amount = self.cleaned_data[f"{name}-amount"]
        return Term(hours=amount) if self.cleaned_data[f"{name}-unit"] == Unit.HOURS else Term(days=amount)

    def lines(self) -> Iterator[Line]:
        """Give the fields as they stand in the table."""
        for phase in Phase:
            names = [f"{phase.value}-{urgency}" for key, urgency in KEYS if key is phase]
            yield Line(PHASE_WORDS[phase.value], [(self[f"{name}-amount"], self[f"{name}-unit"]) for name in names])

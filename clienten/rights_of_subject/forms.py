"""Forms about the data of one person, and about how long files are kept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clienten.forms import PlainText
from clienten.models import HoldReason, Item, LongerBecause, Outcome, RequestKind
from clienten.models.rights import LEAST_MONTHS, MOST_MONTHS
from clienten.rules import months_on
from core.forms import CareForm, DayField, answers

LONGEST_HOLD = timedelta(days=5 * 365)


class FindForm(forms.Form):
    """Who asks about the own data."""

    who = forms.CharField(
        label=_("Who asks?"), max_length=120,
        help_text=_("A full name, a phone number, or the number of the card. Only in your own organization."),
        error_messages={"required": _("Write a name, a phone number or the number of the card.")},
    )  # fmt: skip


class RequestForm(CareForm):
    """What someone asks, in which words, and since when."""

    kind = forms.ChoiceField(
        label=_("What does this person ask?"), choices=lambda: answers(RequestKind), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this person asks.")},
    )  # fmt: skip
    words = PlainText(
        label=_("In the words of the person"), rows=3, max_length=1000,
        help_text=_("Who objects says what in the own situation makes it so."),
    )  # fmt: skip
    asked_on = DayField(label=_("When was it asked?"))

    def clean_asked_on(self) -> date:
        """Take today or a day of the last month."""
        asked: date = self.cleaned_data["asked_on"]
        today = timezone.localdate()
        if asked > today:
            raise forms.ValidationError(_now("This day is still to come. Choose today or a day before."))
        if asked < months_on(today, -2):
            raise forms.ValidationError(_now("This is more than two months ago. Is the day right?"))
        return asked


class AnswerForm(CareForm):
    """What the person was told."""

    outcome = forms.ChoiceField(
        label=_("What is the answer?"), choices=lambda: answers(Outcome), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the answer is.")},
    )  # fmt: skip
    text = PlainText(
        label=_("What did you tell this person, and why?"), rows=4, max_length=2000, required=True,
        help_text=_("A no names the reason, and that this person may complain to the supervisor or go to court."),
        error_messages={"required": _("Write what you told this person, and why.")},
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == RequestKind.ERASE:
            outcome = self.fields["outcome"]
            outcome.choices = answers(one for one in Outcome if one != Outcome.DONE)  # type: ignore[attr-defined]
            outcome.help_text = _("Erasing is done on the page of this person, and is the answer itself.")


class LongerForm(forms.Form):
    """Why the answer takes longer."""

    because = forms.ChoiceField(
        label=_("Why does it take longer?"), choices=lambda: answers(LongerBecause), widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it takes longer.")},
    )  # fmt: skip


class CorrectForm(CareForm):
    """What is not right, and what it must be."""

    item = forms.ChoiceField(
        label=_("About what?"), choices=lambda: answers(Item), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is not right.")},
    )  # fmt: skip
    text = PlainText(
        label=_("What must it be?"), rows=3, max_length=400, required=True,
        error_messages={"required": _("Write what it must be.")},
    )  # fmt: skip


class HoldForm(forms.Form):
    """Why a file must stay for now."""

    reason = forms.ChoiceField(
        label=_("Why must this file stay?"), choices=lambda: answers(HoldReason), widget=forms.RadioSelect,
        error_messages={"required": _("Choose why this file must stay.")},
    )  # fmt: skip
    until = DayField(label=_("Until when?"))

    def clean_until(self) -> date:
        """Take a day to come, within five years."""
        until: date = self.cleaned_data["until"]
        if not timezone.localdate() < until <= timezone.localdate() + LONGEST_HOLD:
            raise forms.ValidationError(_now("Choose a day to come, within five years."))
        return until


class EraseForm(forms.Form):
    """Erasing asks for the first name once more: nobody erases the wrong file in passing."""

    name = forms.CharField(label=_("Write the first name"), max_length=120)

    def __init__(self, *args: Any, first_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_name = first_name

    def clean_name(self) -> str:
        """Compare with the card."""
        name: str = self.cleaned_data["name"]
        if name.strip().casefold() != self.first_name.strip().casefold():
            raise forms.ValidationError(_now("This is not the first name on the card."))
        return name


class MonthsForm(forms.Form):
    """How long files are kept after the last contact."""

    months = forms.IntegerField(
        label=_("How many months after the last contact?"), min_value=LEAST_MONTHS, max_value=MOST_MONTHS,
        help_text=_("One to twelve. After that, what counts stands in your own file."),
    )  # fmt: skip

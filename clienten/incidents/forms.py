"""Forms of the register of incidents."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clienten.forms import PlainText
from clienten.models import About, ClientCard, IncidentKind
from core.forms import CareForm, DayField, answers
from organisaties.models import Organization

CARD = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
TOLD, NOT_TOLD = "yes", "no"


class IncidentForm(CareForm):
    """What happened, since when, when it was known, and whom it touches."""

    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"), choices=lambda: answers(IncidentKind), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of thing it is.")},
    )  # fmt: skip
    what = PlainText(
        label=_("What happened?"), rows=3, required=True,
        help_text=_("Which data, and how. No names: whom it touches comes below, by the number of the card."),
        error_messages={"required": _("Write what happened.")},
    )  # fmt: skip
    began_on = DayField(label=_("Since when?"), error_messages={"required": _("Write since when.")})
    known_on = DayField(
        label=_("On which day did someone notice?"), error_messages={"required": _("Write when someone noticed.")}
    )
    hour = forms.TimeField(
        label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("The 72 hours run from then."),
        error_messages={
            "required": _("Write when someone noticed."), "invalid": _("Write the hour like this: 14:30.")
        },
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("About how many people?"), min_value=0, max_value=10_000_000,
        error_messages={"required": _("Write a number; guess when you do not know yet.")},
    )  # fmt: skip
    cards = forms.CharField(
        label=_("Whose cards? Numbers or links, one on each line"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The file of the read log gives them. Leave it empty when you do not know."),
    )  # fmt: skip
    effects = PlainText(
        label=_("What can it mean for these people?"), rows=3, required=True,
        error_messages={"required": _("Write what it can mean for these people.")},
    )  # fmt: skip
    measures = PlainText(
        label=_("What did you do at once?"), rows=3, required=True,
        error_messages={"required": _("Write what you did, or that nothing was done yet.")},
    )  # fmt: skip

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization

    def clean_cards(self) -> list[ClientCard]:
        """Find the cards of this organization; a line without one is told."""
        lines = [line for line in self.cleaned_data["cards"].splitlines() if line.strip()]
        named = [UUID(found[0]) if (found := CARD.search(line)) else None for line in lines]
        known = ClientCard.objects.filter(organization=self.organization).in_bulk([one for one in named if one])
        if wrong := [number for number, one in enumerate(named, 1) if one not in known]:
            raise forms.ValidationError(
                _now("Line %(number)s is no card of yours. Take the link of the card.") % {"number": wrong[0]}
            )
        return list(known.values())

    def clean(self) -> dict[str, Any]:
        """Join the day and the hour of noticing; nothing is known before it began, or tomorrow."""
        cleaned = super().clean()
        day, hour, began = (cleaned.get(name) for name in ("known_on", "hour", "began_on"))
        if day and hour:
            cleaned["known_at"] = timezone.make_aware(datetime.combine(day, hour))
            if cleaned["known_at"] > timezone.now():
                self.add_error("known_on", _now("This moment is still to come."))
        if day and began and began > day:
            self.add_error("began_on", _now("It cannot begin after someone noticed it."))
        return cleaned

    def told(self) -> dict[str, Any]:
        """Give what was filled in, as the register keeps it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("known_on", "hour")}


class DecisionForm(CareForm):
    """Whether these are told, and why."""

    told = forms.ChoiceField(
        label=_("Are they told?"), widget=forms.RadioSelect,
        choices=[(TOLD, _("Yes, they were told")), (NOT_TOLD, _("No, that is not needed"))],
        error_messages={"required": _("Choose whether they are told.")},
    )  # fmt: skip
    text = PlainText(
        label=_("Why, and what was said?"), rows=3, required=True,
        error_messages={"required": _("Write why, and what was said.")},
    )  # fmt: skip

    def decision(self) -> dict[str, Any]:
        """Give what was decided."""
        return {"told": self.cleaned_data["told"] == TOLD, "text": self.cleaned_data["text"]}


class LearnedForm(CareForm):
    """What is known more, or what changes now."""

    text = PlainText(
        label=_("What do you know more, or what changes now?"), rows=3, required=True,
        error_messages={"required": _("Write what you know more.")},
    )  # fmt: skip

    def decision(self) -> dict[str, Any]:
        """Give what was learned."""
        return {"text": self.cleaned_data["text"]}


def form_for(about: str) -> type[DecisionForm] | type[LearnedForm]:
    """Give the form of one kind of line."""
    return LearnedForm if about == About.LEARNED else DecisionForm

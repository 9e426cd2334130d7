"""The forms of a live handover: what is proposed, how it went, and the hours in which people work."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import CareForm, DayField, answers
from core.models import User
from core.moments import clock_time, short_moment
from doorverwijzing.live.appointments import Wish
from doorverwijzing.live.hours import moment
from doorverwijzing.live.outcome import channel_of
from doorverwijzing.live.rules import MINUTES, MOST_SLOTS, USUAL_MINUTES
from doorverwijzing.models import Channel, Handover, HandoverKind, Initiative, NextStep, Place
from organisaties.models import Organization
from sociale_kaart.opening import ZONE

# One more than may be proposed, so that too many is said.
MOST_TICKED = MOST_SLOTS + 1


class ProposeForm(forms.Form):
    """Moments to choose from, how, and who goes along. Without one moment, a companion is enough."""

    kind = forms.ChoiceField(
        label=_("How do you speak together?"), choices=lambda: answers(HandoverKind),
        widget=forms.RadioSelect, error_messages={"required": _("Choose how you speak together.")},
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Where is the visit?"), choices=lambda: answers(Place), widget=forms.RadioSelect,
        required=False, help_text=_("Only for a visit."),
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=_("How long?"), coerce=int, initial=USUAL_MINUTES,
        choices=lambda: [(count, _("%(count)s minutes") % {"count": count}) for count in MINUTES],
    )  # fmt: skip
    moments = forms.MultipleChoiceField(
        label=_("Which moments do you propose?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Both of you work then. Choose one to six."),
    )  # fmt: skip
    day = DayField(label=_("Another day"), required=False)
    hour = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(
        self, *args: Any, offered: dict[date, list[datetime]], companions: Iterable[User] = (), **kwargs: Any
    ) -> None:
        """Take the moments that suit both sides; without companions nobody of the sender is chosen here."""
        super().__init__(*args, **kwargs)
        self.offered = self._with_ticked(offered)
        self.people = {str(person.pk): person for person in companions}
        field: Any = self.fields["moments"]
        field.choices = [
            (start.isoformat(), short_moment(start)) for starts in self.offered.values() for start in starts
        ]
        if self.people:
            self.fields["companion"] = forms.ChoiceField(
                label=_("Who of you takes part?"), required=False,
                choices=[("", _("Nobody named yet")), *((pk, str(person)) for pk, person in self.people.items())],
                help_text=_("Goes along, or stays on the line."),
            )  # fmt: skip

    def _with_ticked(self, offered: dict[date, list[datetime]]) -> dict[date, list[datetime]]:
        """Keep what was ticked on an older page beside what is offered now; `propose` says whether it can be."""
        ticked = self.data.getlist("moments") if isinstance(self.data, QueryDict) else []
        days = {day: list(starts) for day, starts in offered.items()}
        for start in filter(None, map(_moment, ticked[:MOST_TICKED])):
            starts = days.setdefault(start.astimezone(ZONE).date(), [])
            if start not in starts:
                starts.append(start)
        return {day: sorted(days[day]) for day in sorted(days)}

    def days(self) -> list[tuple[date, list[tuple[str, str, bool]]]]:
        """Give the offered moments per day: value, words, ticked."""
        ticked = set(self["moments"].value() or ())
        return [
            (day, [(start.isoformat(), clock_time(start), start.isoformat() in ticked) for start in starts])
            for day, starts in self.offered.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask where a visit is, and day and hour together."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == HandoverKind.VISIT and not cleaned.get("place"):
            self.add_error("place", _("Say where the visit is."))
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if bool(day) is not bool(hour) and not self.errors.keys() & {"day", "hour"}:
            self.add_error("hour" if day else "day", _("Fill in both the day and the hour."))
        elif day and hour:
            cleaned["own"] = moment(datetime.combine(day, hour))
            if cleaned["own"] is None:
                self.add_error("hour", _("The clock skips this hour that night. Choose another one."))
        return cleaned

    @property
    def wish(self) -> Wish:
        """Give what is proposed."""
        given = self.cleaned_data
        starts = {datetime.fromisoformat(value) for value in given["moments"]}
        starts |= {given["own"]} if given.get("own") else set()
        return Wish(
            given["kind"], given["minutes"], tuple(sorted(starts)), given["place"],
            self.people.get(given.get("companion", "")),
        )  # fmt: skip


def _moment(text: str) -> datetime | None:
    """Read a moment as the form writes it; None for anything else."""
    try:
        start = datetime.fromisoformat(text)
        return start.astimezone(ZONE) if start.tzinfo and start.astimezone(ZONE).isoformat() == text else None
    except (ValueError, OverflowError):
        return None


class OutcomeForm(CareForm):
    """How it went. What was agreed is filled in already."""

    SPOKEN, NOT_THERE, FELL_THROUGH = "spoken", "not_there", "fell_through"
    went = forms.ChoiceField(
        label=_("How did it go?"), widget=forms.RadioSelect,
        choices=[
            (SPOKEN, _("We spoke together")),
            (NOT_THERE, _("The person was not there")),
            (FELL_THROUGH, _("It did not take place, on our side")),
        ],
        error_messages={"required": _("Say how it went.")},
    )  # fmt: skip
    day = DayField(label=_("When?"), error_messages={"required": _("Say on which day.")})
    channel = forms.ChoiceField(label=_("How?"), choices=lambda: answers(Channel), widget=forms.RadioSelect)
    initiative = forms.ChoiceField(
        label=_("Who took the initiative?"), choices=lambda: answers(Initiative), widget=forms.RadioSelect
    )
    appointment = forms.CharField(
        label=_("Next appointment"), required=False, max_length=120, help_text=_("May stay empty.")
    )
    next_step = forms.ChoiceField(
        label=_("What is the next step?"), choices=lambda: answers(NextStep),
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    note = forms.CharField(
        label=_("What happened?"), required=False, max_length=200,
        help_text=_("For example: nobody answered."),
    )  # fmt: skip

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        """Fill in what was agreed: the day, how, and that the initiative was ours."""
        self.handover = handover
        day = timezone.localdate(handover.starts_at) if handover.starts_at else timezone.localdate()
        filled = {"day": day, "channel": channel_of(handover), "initiative": Initiative.RECEIVER}
        super().__init__(*args, **{**kwargs, "initial": filled})

    def clean(self) -> dict[str, Any]:
        """Ask what follows when the person was not there."""
        cleaned = super().clean()
        if cleaned.get("went") == self.NOT_THERE and not cleaned.get("next_step"):
            self.add_error("next_step", _("Say what the next step is."))
        if (day := cleaned.get("day")) and day > timezone.localdate():
            self.add_error("day", _("This day is still to come. Choose today or a day before."))
        return cleaned

    @property
    def at(self) -> datetime:
        """Give the agreed moment when the day is that day, else noon."""
        starts_at, day = self.handover.starts_at, self.cleaned_data["day"]
        if starts_at and timezone.localdate(starts_at) == day:
            return starts_at
        return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


class HoursForm(forms.Form):
    """From when until when people work, per weekday, with a pause in between."""

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        """Make two stretches for each day of the week, filled with what is known."""
        super().__init__(*args, **kwargs)
        known: dict[int, list[tuple[time, time]]] = {}
        for row in organization.working_hours.all():
            known.setdefault(row.weekday, []).append((row.opens_at, row.closes_at))
        for weekday in WEEKDAYS:
            for part in (0, 1):
                stretches = known.get(weekday, [])
                opens, closes = stretches[part] if part < len(stretches) else (None, None)
                self.fields[f"opens_{weekday}_{part}"] = _hour(str(_("and from") if part else _("works from")), opens)
                self.fields[f"closes_{weekday}_{part}"] = _hour(
                    str(_("and until") if part else _("works until")), closes
                )

    def rows(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Give each day with its stretches, for the table."""
        return [
            (
                capfirst(str(name)),
                [(self[f"opens_{weekday}_{part}"], self[f"closes_{weekday}_{part}"]) for part in (0, 1)],
            )
            for weekday, name in WEEKDAYS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask both ends of a stretch, in order."""
        cleaned = super().clean() or self.cleaned_data
        for weekday, name in WEEKDAYS.items():
            words = {"day": capfirst(str(name))}
            for part in (0, 1):
                opens, closes = cleaned.get(f"opens_{weekday}_{part}"), cleaned.get(f"closes_{weekday}_{part}")
                if bool(opens) is not bool(closes):
                    self.add_error(f"opens_{weekday}_{part}", _("%(day)s: fill in both hours, or neither.") % words)
                elif opens and closes and closes <= opens:
                    self.add_error(f"closes_{weekday}_{part}", _("%(day)s: the end comes after the beginning.") % words)
        return cleaned

    @property
    def stretches(self) -> list[tuple[int, time, time]]:
        """Give what was filled in: weekday, from, until."""
        given = self.cleaned_data
        return [
            (weekday, given[f"opens_{weekday}_{part}"], given[f"closes_{weekday}_{part}"])
            for weekday in WEEKDAYS
            for part in (0, 1)
            if given[f"opens_{weekday}_{part}"]
        ]


def _hour(label: str, initial: time | None) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, initial=initial, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

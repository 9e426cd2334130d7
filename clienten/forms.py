"""Forms about a client: long texts, places, and a form that two colleagues may have open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields_on_screen import first_control
from core.forms import CareForm
from core.merging import Clash, Piece, compared, digest, read_stamp, write_stamp
from core.moments import clock_time, spoken_date
from gebied.models import Municipality, Place

SHORT, LONG = 80, 2000
# A press in a field that two people wrote posts TAKE=field:theirs or field:mine; OPEN names each field with a choice.
TAKE, OPEN, THEIRS = "take", "clash", "theirs"
TOO_LONG = _("This is too long: %(limit_value)d signs at most, now %(show_value)d.")
# The languages that workers meet most (domain.md J), Dutch first.
LANGUAGES = [
    ("nl", _("Dutch")), ("fr", _("French")), ("en", _("English")), ("ar", _("Arabic")), ("tr", _("Turkish")),
    ("uk", _("Ukrainian")), ("ru", _("Russian")), ("fa", _("Dari or Farsi")), ("ps", _("Pashto")),
    ("bg", _("Bulgarian")), ("ro", _("Romanian")), ("pl", _("Polish")), ("es", _("Spanish")), ("ti", _("Tigrinya")),
    ("so", _("Somali")), ("other", _("another language")),
]  # fmt: skip


class PlainText(forms.CharField):
    """Text of people. Too long is said and never cut off: the browser gets no maximum."""

    def __init__(self, *, rows: int = 0, max_length: int = LONG, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("required", False)
        super().__init__(validators=[MaxLengthValidator(max_length, TOO_LONG)], **kwargs)

    def to_python(self, value: Any) -> str:
        """Read the text with one kind of line end, so that a browser changes nothing."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class MunicipalityField(forms.CharField):
    """A municipality as people write it: "8210", "Loppem", "8490 Jabbeke"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Postcode or municipality"))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a municipality by its name."""
        return value.name if isinstance(value, Municipality) else value

    def clean(self, value: Any) -> Municipality | None:
        """Find the municipality. Raises ValidationError with the nearest name when there is none."""
        text = str(super().clean(value))
        if not text:
            return None
        place = Place.objects.matching(text).select_related("municipality").first()
        found = place.municipality if place else Municipality.objects.named(text).first()
        if found is None:
            raise ValidationError(self._not_known(text), code="unknown_place")
        return found

    def _not_known(self, text: str) -> str:
        names = {*Municipality.objects.values_list("name", flat=True), *Place.objects.values_list("name", flat=True)}
        near = get_close_matches(text.title(), sorted(names), n=1, cutoff=0.75)
        words = {"text": text[:SHORT], "near": near[0] if near else ""}
        if near:
            return _("We do not know ‘%(text)s’. Do you mean %(near)s?") % words
        return _("We do not know ‘%(text)s’. Write a postcode or a municipality.") % words


@dataclass(frozen=True)
class ClashRow:
    """One field that two people wrote, with both texts in words: component 55.

    `choices` are what may be put in the field with one press, theirs, mine and both: for texts only. In a field of one
    line a press takes theirs or keeps mine, and saves.
    """

    field: str
    label: str
    target: str
    theirs: str
    mine: str
    choices: tuple[str, str, str] | None
    who: str
    when: str

    @property
    def is_text(self) -> bool:
        """Tell whether both texts fit in the field together."""
        return self.choices is not None

    def their_pieces(self) -> list[Piece]:
        """Give their text, cut where it differs from mine."""
        return compared(self.theirs, self.mine)

    def my_pieces(self) -> list[Piece]:
        """Give my text, cut where it differs from theirs."""
        return compared(self.mine, self.theirs)


class SharedForm(CareForm):
    """A form that a colleague may have open too: it remembers what it was shown with.

    `kept` names the fields that are compared; `current` are their values in the database now.
    """

    kept: tuple[str, ...] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, current: Mapping[str, Any], **kwargs: Any) -> None:
        self.current = {name: current[name] for name in self.kept}
        shown = {name: self.shown(name, value) for name, value in self.current.items()}
        kwargs["initial"] = {**shown, **kwargs.get("initial", {}), "seen": write_stamp(self.current)}
        super().__init__(*args, **kwargs)
        name, _colon, whose = self.data.get(TAKE, "").partition(":")
        self.chosen = name if name in self.kept else ""
        if self.chosen and whose == THEIRS and self._saw(name):
            self._put({name: self.current[name]})

    def shown(self, name: str, value: Any) -> Any:
        """Give a value the form in which its field shows it."""
        return value

    def _saw(self, name: str) -> bool:
        """Tell whether what is in the database now is what this form was shown with."""
        return read_stamp(self.data.get("seen", "")).get(name) == digest(self.current[name])

    def _put(self, values: Mapping[str, Any]) -> None:
        """Fill fields as if this was posted."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, value in values.items():
            shown = self.shown(name, value)
            data.setlist(self.add_prefix(name), shown if isinstance(shown, list) else [shown])
        self.data = data

    def _to_choose(self) -> set[str]:
        """Give the fields beside which a choice was shown."""
        return set(self.data.getlist(OPEN)) if self.is_bound else set()  # type: ignore[attr-defined]

    def left_open(self) -> set[str]:
        """Give the fields that still wait for a choice: a press decides of its own field only."""
        return self._to_choose() - {self.chosen} if self.chosen else set()

    def settled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out one line that waits for a choice: who goes on writing elsewhere has not chosen yet."""
        waiting = {name for name in self._to_choose() & values.keys() if not self._is_text(name)}
        return {name: value for name, value in values.items() if name not in waiting}

    def mine(self) -> dict[str, Any]:
        """Give what this person wants in the compared fields."""
        return {name: self.cleaned_data[name] for name in self.kept}

    def seen_signs(self) -> dict[str, str]:
        """Give the fingerprints that this form was shown with; what waits for a choice counts as not seen."""
        return {**read_stamp(self.cleaned_data.get("seen", "")), **dict.fromkeys(self.left_open(), "")}

    def show_again(self, current: Mapping[str, Any], clashes: Iterable[Clash] = ()) -> None:
        """Show what is in the database now, take it as seen, and put both texts together where two people wrote.

        In a field of one line stands what this person wrote: two phone numbers in a row are the number of nobody.
        """
        now = {name: current[name] for name in self.kept}
        both = {clash.field: clash.together if self._is_text(clash.field) else clash.mine for clash in clashes}
        self._put({**now, **both})
        data: Any = self.data
        data[self.add_prefix("seen")] = write_stamp(now)

    def waiting(self) -> list[Clash]:
        """Give what still waits for a choice when the page is drawn again because something else is not right."""
        open_now = [name for name in self.kept if name in self._to_choose() - {self.chosen}]
        mine = {name: self.cleaned_data[name] for name in open_now if name in self.cleaned_data}
        return [
            Clash(name, self.current[name], value)
            for name, value in mine.items()
            if digest(value) != digest(self.current[name])
        ]

    def clash_rows(self, clashes: Iterable[Clash], written: Mapping[str, tuple[str, str]]) -> list[ClashRow]:
        """Put both texts of each clash in words; `written` tells per field who wrote the other one, and when."""
        return [
            ClashRow(
                clash.field,
                str(self.fields[clash.field].label),
                first_control(self[clash.field]),
                self.in_words(clash.field, clash.theirs),
                self.in_words(clash.field, clash.mine),
                self._choices(clash),
                *written[clash.field],
            )
            for clash in clashes
        ]

    def _choices(self, clash: Clash) -> tuple[str, str, str] | None:
        return (clash.theirs, clash.mine, clash.together) if self._is_text(clash.field) else None

    def _is_text(self, name: str) -> bool:
        """Tell whether the field has lines, so that two texts can stand in it."""
        return isinstance(self.fields[name].widget, forms.Textarea)

    def in_words(self, name: str, value: Any) -> str:
        """Say what was written or chosen in a field."""
        choices = dict(getattr(self.fields[name], "choices", []))
        if value in (None, ""):
            return gettext("nothing")
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, date):
            return spoken_date(value)
        if isinstance(value, time):
            return clock_time(value)
        if isinstance(self.fields[name], DaysField):
            return ", ".join(str(choices[day]) for day in value)
        return str(choices.get(value, value))


class DaysField(forms.MultipleChoiceField):
    """Days of the week, kept as digits: "135" is Monday, Wednesday and Friday."""

    def __init__(self, **kwargs: Any) -> None:
        days = [(str(number + 1), capfirst(name)) for number, name in WEEKDAYS.items()]
        super().__init__(choices=days, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show digits as ticks."""
        return list(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> list[str]:
        """Pass over an empty choice, as a form without ticks may send."""
        return [day for day in super().to_python(value) if day]

    def clean(self, value: Any) -> str:
        """Give the digits in order."""
        return "".join(sorted(super().clean(value)))


class TimeOfDayField(forms.TimeField):
    """An hour of the clock, as browsers send it."""

    def __init__(self, **kwargs: Any) -> None:
        look = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=look, input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)


class CardForm(SharedForm):
    """The least that we must know of someone, and how to reach them safely."""

    kept = (
        "first_name", "last_name", "phone", "contact_note", "no_voicemail", "sms_allowed", "no_mail", "no_letter",
        "neutral_sender", "keep_silent", "call_days", "call_from", "call_until", "household", "municipality",
        "language",
    )  # fmt: skip
    first_name = PlainText(
        label=_("First name"), required=True, max_length=SHORT,
        error_messages={"required": _("Write a first name. A name that the person chooses is fine.")},
    )  # fmt: skip
    last_name = PlainText(label=_("Last name"), max_length=SHORT)
    phone = PlainText(label=_("Phone number"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    contact_note = PlainText(
        label=_("When and how to reach safely"), max_length=200,
        help_text=_("For example: only in the afternoon, ask for Amina."),
    )  # fmt: skip
    no_voicemail = forms.BooleanField(label=_("Never leave a voice message"), required=False)
    sms_allowed = forms.BooleanField(label=_("A text message is fine"), required=False)
    no_mail = forms.BooleanField(label=_("Never by e-mail"), required=False)
    no_letter = forms.BooleanField(label=_("Never by letter"), required=False)
    neutral_sender = forms.BooleanField(
        label=_("Always a neutral sender and subject"), required=False,
        help_text=_("The sheet then names no organization and no subject."),
    )  # fmt: skip
    keep_silent = forms.BooleanField(
        label=_("Does someone else answer? Do not say who you are"), required=False,
        help_text=_("Then nobody leaves a voice message either."),
    )  # fmt: skip
    call_days = DaysField(label=_("Which days are safe?"), help_text=_("Choose nothing when any day is fine."))
    call_from = TimeOfDayField(label=_("Call from"))
    call_until = TimeOfDayField(label=_("Call until"))
    household = PlainText(label=_("Household"), max_length=400, help_text=_("For example: alone with Yusuf, 9 years."))
    municipality = MunicipalityField()
    language = forms.ChoiceField(
        label=_("Language that this person prefers"), choices=[("", _("not asked")), *LANGUAGES], required=False
    )

    def shown(self, name: str, value: Any) -> Any:
        """Show the days as ticks."""
        return list(value) if name == "call_days" else value

    def clean(self) -> dict[str, Any]:
        """Ask for both hours or none, the first before the second."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("call_from"), cleaned.get("call_until")
        if (begin is None) is not (end is None):
            self.add_error("call_until", gettext("Fill in both hours, or none."))
        elif begin and end and begin >= end:
            self.add_error("call_until", gettext("This hour must be later than the first one."))
        return cleaned

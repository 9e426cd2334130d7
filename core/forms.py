"""The form that every private screen builds on: a national number is refused where it was typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from core.letters import UNSEEN
from core.privacy import NATIONAL_NUMBER_MESSAGE, holds_national_number

_SPOKEN = re.compile(
    r"(?:\w+dag\s+)?(\d{1,2})(?:e|de|ste)?[\s./-]+(\d{1,2}|[^\W\d_]+\.?)(?:[\s./-]+(\d{4}|\d{2}))?", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# Tags inside a line of rich text: a number can stand on both sides of one.
_INSIDE_A_LINE = re.compile(r"</?(?:a|b|em|i|span|strong)\b[^>]*>", re.IGNORECASE)
MONTH_LETTERS = 3
MARCH_IN_SHORT = "mrt"
THIS_CENTURY = 2000
YEARS = range(1900, 2200)
# Signs that turn the direction of what follows: a phone copies them along with a number.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
LEAP_DAY = (2, 29)


class CareForm(forms.Form):
    """A form that may hold words of or about a client."""

    def clean(self) -> dict[str, Any]:
        """Take out unseen signs that turn a line around; refuse a national register number in any text field."""
        cleaned = super().clean() or self.cleaned_data
        cleaned |= {name: value.translate(_TURNING) for name, value in cleaned.items() if isinstance(value, str)}
        empty_unseen(self)
        refuse_numbers(self)
        return cleaned


def empty_unseen(form: forms.BaseForm) -> None:
    """Take a text in which there is nothing to see (zero-width spaces) as left empty."""
    for name, value in list(form.cleaned_data.items()):
        if not isinstance(value, str) or not all(unicodedata.category(sign) in UNSEEN for sign in value):
            continue
        form.cleaned_data[name] = ""
        if value and form.fields[name].required:
            form.add_error(name, ValidationError(form.fields[name].error_messages["required"], code="required"))


def refuse_years(form: forms.BaseForm) -> None:
    """Put an error at each day in a year that cannot be, for forms whose days are not a DayField."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, date) and value.year not in YEARS:
            form.add_error(name, impossible_year(value.year))


def impossible_year(year: int) -> ValidationError:
    """Say that a year cannot be right."""
    words = _("The year %(year)s cannot be right. Choose another day.") % {"year": year}
    return ValidationError(words, code="impossible")


def refuse_numbers(form: forms.BaseForm) -> ValidationError | None:
    """Put an error at each field of a form in which a national register number stands; give it when there is one.

    What the page itself wrote in a hidden field is nobody's words: a mark may hold any digits.
    """
    refused = ValidationError(NATIONAL_NUMBER_MESSAGE, code="national_number")
    typed = [(name, value) for name, value in form.cleaned_data.items() if not _is_a_mark(form.fields.get(name))]
    found = [name for name, value in typed if any(map(holds_national_number, texts_in(value)))]
    for name in found:
        form.add_error(name, refused)
    return refused if found else None


def _is_a_mark(field: forms.Field | None) -> bool:
    """Tell whether nobody types in a field; editors write in widgets that Wagtail made of a hidden one."""
    return field is not None and type(field.widget) is forms.HiddenInput


def texts_in(value: object) -> Iterator[str]:
    """Give every text of what was typed in one field, however deep it lies in blocks, lists and rich text."""
    match value:
        case str():
            yield _INSIDE_A_LINE.sub("", value)
        case StreamValue():
            yield from texts_in(value.stream_block.get_prep_value(value))
        case dict():
            yield from texts_in([*value.values()])
        case list() | tuple():
            for one in value:
                yield from texts_in(one)


def answers(choices: Iterable[Any]) -> list[tuple[Any, str]]:
    """Give members of a Choices as answers: each begins with a capital, in the language of who reads."""
    return [(one.value, capfirst(str(one.label))) for one in choices]


class DayField(forms.DateField):
    """A day, from a calendar or as people write it: "23/11", "23 november", "23 november 2026"."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """Read the day. Raises ValidationError with the words that were typed when it does not exist."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        parts = _parts(str(value).strip())
        if parts is None:
            raise ValidationError(_("Write the day like this: 23 November."), code="invalid")
        if parts[0] not in YEARS:
            raise impossible_year(parts[0])
        try:
            return date(*parts)
        except ValueError as error:
            raise ValidationError(
                _("%(day)s does not exist. Choose another day.") % {"day": _spoken(parts, str(value))},
                code="impossible",
            ) from error


def _parts(text: str) -> tuple[int, int, int] | None:
    """Take year, month and day out of a text; None when it is not written as a day."""
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
        return year, month, day
    spoken = _SPOKEN.fullmatch(text)
    if spoken is None:
        return None
    month_number = _month(spoken[2])
    if month_number is None:
        return None
    year = int(spoken[3] or timezone.localdate().year)
    return year if year >= 100 else THIS_CENTURY + year, month_number, int(spoken[1])


def _month(word: str) -> int | None:
    """Give the number of a month, from its number or the first letters of its name."""
    if word.isdigit():
        return int(word)
    start = word.rstrip(".").casefold()
    if start == MARCH_IN_SHORT:
        return 3
    if len(start) < MONTH_LETTERS:
        return None
    return next((number for number, name in MONTHS.items() if str(name).casefold().startswith(start)), None)


def _spoken(parts: tuple[int, int, int], typed: str) -> str:
    """Say the day that does not exist; the year only where it is the reason."""
    year, month, day = parts
    if month not in MONTHS:
        return typed
    return f"{day} {MONTHS[month]} {year}" if (month, day) == LEAP_DAY else f"{day} {MONTHS[month]}"

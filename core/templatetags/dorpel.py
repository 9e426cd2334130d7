"""Tags and filters that every page may use: icons, dates and times in words, the clock, form fields, errors."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from html import unescape
from typing import Any, Unpack

from django import template
from django.forms import BaseForm, BoundField
from django.utils.formats import number_format
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _

from core import moments, phones
from core.clocks import read_clock
from core.fields_on_screen import Extras, Shown, field_errors, show_field, typed_texts
from core.icons import ICONS, pie

register = template.Library()
# Rooms meet by address: the floor knows no names of rooms, only these places that every page may lead to.
PLACES = {"home": "/", "today": "/vandaag/", "search": "/zoeken/", "rights": "/rechten/", "follow": "/volg/"}
PRESSABLE = re.compile(r"<(a|button)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
FIRST_SENTENCE = re.compile(r".+?[.?](?=\s)", re.DOTALL)
# "17 u." and "20 november" stay on one line.
NUMBER_AND_WORD, UNBROKEN = re.compile(r"(?<=\d) "), "\N{NO-BREAK SPACE}"
# The arrow that turns when what it folds is open.
TURNS = "down"
ICON = '<svg class="icon{}" viewBox="0 0 24 24"{} aria-hidden="true" focusable="false">{}</svg>'


@lru_cache(maxsize=512)
def draw(inner: str, size: int | None = None, *, turns: bool = False) -> SafeString:
    """Wrap icon markup of our own into an SVG that readers skip."""
    measures = f' width="{int(size)}" height="{int(size)}"' if size else ""
    return mark_safe(ICON.format(" icon-turns" if turns else "", measures, inner))  # noqa: S308 (our own constants, and an integer)


@register.simple_tag
def icon(name: str, size: int | str | None = None) -> SafeString:
    """Draw one icon of `core.icons`; an empty name draws nothing, an unknown one is a mistake in the template."""
    if not name:
        return SafeString("")
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon is called {name!r}; see core/icons.py.")
    return draw(ICONS[name], int(size) if size else None, turns=name == TURNS)


@register.simple_tag
def place(name: str) -> str:
    """Give the address of one of the `PLACES`."""
    return PLACES[name]


@register.filter
def spoken_date(moment: date | datetime | None) -> str:
    """Say 'woensdag 25 november'."""
    return moments.spoken_date(moment) if moment else ""


@register.filter
def day_month(moment: date | datetime | None) -> str:
    """Say '25 november'."""
    return moments.day_month(moment) if moment else ""


@register.filter
def full_date(moment: date | datetime | None) -> str:
    """Say '9 november 2026'."""
    return moments.full_date(moment) if moment else ""


@register.filter
def short_date(moment: date | datetime | None) -> str:
    """Say 'wo 25 nov.', with its own full stop."""
    return moments.short_date(moment) if moment else ""


@register.filter
def short_moment(moment: date | datetime | None) -> str:
    """Say 'vr 20 nov., 15.10 u.', with its own full stop."""
    return moments.short_moment(moment) if moment else ""


@register.filter
def near_day(moment: date | datetime | None) -> str:
    """Say 'vandaag', 'vrijdag' or '8 februari'."""
    return moments.near_day(moment) if moment else ""


@register.filter
def ago(moment: date | datetime | None) -> str:
    """Say '3 weken geleden'."""
    return moments.ago(moment) if moment else ""


@register.filter
def clock_time(moment: time | datetime | None) -> str:
    """Say '16 u.' or '15.10 u.', for workers."""
    return moments.clock_time(moment) if moment is not None else ""


@register.filter
def full_time(moment: time | datetime | None) -> str:
    """Say '16 uur' or '15.10 uur', for clients."""
    return moments.full_time(moment) if moment is not None else ""


@register.filter
def euros(amount: Decimal | int | float | None) -> str:
    """Say '1.450 euro' or '12,50 euro'."""
    if amount is None:
        return ""
    whole = amount == int(amount)
    number = number_format(amount, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
    return _("%(amount)s euros") % {"amount": number}


@register.filter
def dialled(phone: object) -> str:
    """Give what the link of a number must dial; people write more than digits."""
    return phones.dialled(str(phone))


@register.filter
def capped(count: int) -> str:
    """Keep a count inside its square: '99+' at most."""
    return "99+" if count > 99 else str(count)


def _spoken(text: str) -> str:
    """Keep the words of a message; one made as HTML, as the editors' rooms do, loses its tags and its buttons."""
    if not isinstance(text, SafeData):
        return text
    return " ".join(unescape(strip_tags(PRESSABLE.sub("", text))).split())


@register.filter
def bold_lead(text: object) -> SafeString:
    """Make the first sentence bold: it says the fact, the rest says the way on."""
    escaped = str(escape(_spoken(str(text))))
    lead = FIRST_SENTENCE.match(escaped)
    end = lead.end() if lead else len(escaped)
    return mark_safe(f"<strong>{escaped[:end]}</strong>{escaped[end:]}")  # noqa: S308 (escaped above)


@register.inclusion_tag("components/clock.html")
def clock(
    due: date | datetime,
    start: date | datetime | None = None,
    *,
    what: str = "",
    solid: bool = False,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Draw component 4. `what` stands before the moment; `solid` makes a clock that is not late solid yellow."""
    reading = read_clock(due, start, now=now)
    tone = "now" if solid and reading.tone != "late" else reading.tone
    before = "" if reading.tone == "late" else what
    moment = NUMBER_AND_WORD.sub(UNBROKEN, reading.moment)
    return {"clock": reading, "tone": tone, "what": before, "moment": moment, "pie": draw(pie(reading.used))}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, look: str = "", **extras: Unpack[Extras]) -> dict[str, Shown]:
    """Draw component 8 (and 9 to 12): label, hint, error and control. See docs/components.md for the extras."""
    return {"shown": show_field(bound, look=look, **extras)}


@register.inclusion_tag("components/error_summary.html")
def errors(*forms: BaseForm | None) -> dict[str, Any]:
    """Draw component 13 for one or more forms; nothing when all is well."""
    return {"errors": [error for form in forms if form is not None for error in field_errors(form)]}


@register.inclusion_tag("components/typed.html")
def typed(form: BaseForm) -> dict[str, Any]:
    """Draw what was typed in a form that its page does not show any more: someone else was first."""
    return {"typed": typed_texts(form)}


@register.filter
def of(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """Look a key up in a mapping: `{{ counts|of:theme.pk }}`; None when it is not there."""
    return mapping.get(key) if mapping else None

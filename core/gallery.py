"""The samples that the component gallery shows: invented people, on one fixed Monday in November."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.utils import timezone

from core.fields_on_screen import field_errors
from core.icons import ICONS

TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
BADGES = (
    ("quiet", "pencil", "concept"),
    ("quiet", "talk", "bij Amina"),
    ("moving", "send", "verstuurd"),
    ("moving", "eye", "geopend"),
    ("moving", "check", "aangenomen"),
    ("reached", "reached", "contact gelegd"),
    ("moving", "talk", "loopt"),
    ("reached", "reached", "afgerond"),
    ("stuck", "stop", "niet aangenomen"),
    ("moving", "pass", "doorgegeven"),
    ("dashed", "back", "ingetrokken"),
    ("late", "back", "terug bij jou"),
    ("stuck", "phone", "niet bereikt"),
    ("dashed", "lock", "toestemming voorbij"),
    ("turn", "turn", "wacht op mij"),
    ("soon", "turn", "wacht op hen"),
)
HELP_LINES = (
    {"number": "112", "href": "tel:112", "what": "Gevaar of ongeval", "when": "dag en nacht"},
    {"number": "1813", "href": "tel:1813", "what": "Denk je aan zelfdoding?", "when": "dag en nacht"},
    {"number": "1712", "href": "tel:1712", "what": "Geweld of misbruik", "when": "ook als je twijfelt"},
    {"number": "106", "href": "tel:106", "what": "Praten met iemand", "when": "dag en nacht"},
    {
        "icon": "n-bed",
        "href": "/zoeken/?q=slaapplaats",
        "what": "Geen slaapplaats vannacht",
        "when": "bekijk wie nu open is",
    },
)
THREAD = (
    {"state": "done", "title": "Joris zei ja", "when": "vr 20 nov., 15.10 u. op het scherm"},
    {"state": "done", "title": "Verstuurd naar ons", "when": "vr 20 nov., 15.12 u. door Noor"},
    {"state": "bad", "icon": "phone", "title": "Niet bereikt, 1 van 3", "when": "za 21 nov., 11.05 u."},
    {"state": "now", "title": "Wij antwoorden", "when": "voor vandaag 16 u."},
    {"state": "later", "title": "Wij spreken Joris", "when": "uiterlijk wo 25 nov."},
)
STEPS = (
    {"label": "Vraag", "state": "done"},
    {"label": "Naar wie", "state": "done"},
    {"label": "Wat deel je?", "state": "now"},
    {"label": "Amina zegt ja", "state": "later"},
    {"label": "Versturen", "state": "later"},
)
FLOW_FIELDS = ("who", "what", "url", "other", "tone", "icon", "word", "next")
FLOW = tuple(
    dict(zip(FLOW_FIELDS, row, strict=True))
    for row in (
        ("Joris", "energieschulden", "#", "Huurhulp De Blauwe Deur", "turn", "turn", "beantwoord", "vandaag 16 u."),
        ("Rita", "poetshulp", "#", "Thuiszorg Lindeboom", "moving", "talk", "loopt", "terugblik 8 feb."),
    )
)
FILTERS = (
    {"value": "open", "label": "Nu open", "count": 6, "checked": False},
    {"value": "neemt", "label": "Neemt mensen aan", "count": 9, "checked": True},
    {"value": "jabbeke", "label": "Jabbeke", "count": 0, "checked": False},
)
FACTS = (
    ("Wat hij wil", "Stroom houden. Daarna een plan voor de schulden."),
    ("Bereikbaar", "Alleen in de namiddag. Een sms mag."),
    ("Woont", "Loppem, alleen"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(
        label="Postcode of gemeente", help_text="Bijvoorbeeld 8490 of Snellegem", initial="8490 Jabbeke"
    )
    when = forms.CharField(label="Wanneer sprak je Fatou?")
    who = forms.ChoiceField(label="Wie doet het?", choices=[("both", "Amina en Lotte samen"), ("lotte", "Lotte")])
    wording = forms.CharField(label="Jouw verwoording", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    how = forms.ChoiceField(
        label="Hoe zegt Amina ja?",
        choices=[
            ("screen", "Ze tekent op dit scherm"),
            ("told", "Ze zegt het, een collega is getuige"),
            ("paper", "Ze tekent op papier"),
        ],
        widget=forms.RadioSelect,
        initial="screen",
    )
    what = forms.ChoiceField(
        label="Wat doen we hiermee?",
        choices=[("act", "We doen iets"), ("later", "Later"), ("nothing", "Nu niets")],
        widget=forms.RadioSelect,
        initial="act",
    )
    scale = forms.ChoiceField(
        label="Hoe gaat het met wonen? Amina kiest zelf",
        choices=[(str(step), str(step)) for step in range(11)],
        widget=forms.RadioSelect,
        initial="2",
    )
    home = forms.BooleanField(label="Komt aan huis", required=False)
    code = forms.CharField(label="Code", help_text="Plakken mag. Spaties maken niet uit.", initial="492 017")


def sample_errors() -> SampleForm:
    """Give a sent form with two things that are not right yet."""
    sent = {
        "when": "31 november",
        "place": "8490 Jabbeke",
        "who": "both",
        "how": "screen",
        "what": "act",
        "scale": "2",
    }
    form = SampleForm({f"wrong-{name}": value for name, value in sent.items()}, prefix="wrong")
    form.errors.clear()
    form.add_error("when", "31 november bestaat niet. Kies een andere dag.")
    form.add_error(None, "Zeg ook hoe je Fatou sprak.")
    return form


def colours() -> list[tuple[str, str, str]]:
    """Read the colours from tokens.css, so that the gallery cannot tell another story."""
    css = Path(settings.BASE_DIR, "static", "css", "tokens.css").read_text(encoding="utf-8")
    return [(match[1], match[2], match[3]) for match in TOKEN.finditer(css)]


def sample_page() -> Page[int]:
    """Give the second page of a list."""
    return Paginator(range(1, 101), 20).page(2)


def samples() -> dict[str, Any]:
    """Give everything the gallery needs."""
    now = timezone.make_aware(datetime(2026, 11, 23, 13, 0))
    wrong = sample_errors()
    return {
        "colours": colours(),
        "icons": list(ICONS),
        "badges": BADGES,
        "now": now,
        "quiet": date(2026, 11, 27),
        "quiet_start": date(2026, 11, 22),
        "soon": now + timedelta(hours=3),
        "soon_start": now - timedelta(hours=12),
        "late": now - timedelta(days=2, hours=21),
        "help_lines": HELP_LINES,
        "thread": THREAD,
        "steps": STEPS,
        "flow": FLOW,
        "filters": FILTERS,
        "facts": FACTS,
        "form": SampleForm(),
        "wrong": wrong,
        "sent": SampleForm({"wording": "Amina wil eerst weten of de brief klopt."}, auto_id="sent-%s"),
        "wrong_errors": list(field_errors(wrong)),
        "in_three_hours": timezone.now() + timedelta(hours=3),
        "this_morning": timezone.now() - timedelta(hours=9),
        "page": sample_page(),
        "checked_on": timezone.localdate() - timedelta(weeks=3),
    }

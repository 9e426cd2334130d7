"""The helper languages of the person's own pages: texts as data files, beside the Dutch that counts."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clienten.consent import texts
from clienten.models import FEEDBACK
from core.moments import local_day

FOLDER = Path(__file__).parent / "words"
DUTCH = "nl"
BENDS_MONTHS = {"uk"}
# Django writes the days of the week with a capital; these languages write them small inside a sentence.
SMALL_DAYS = {"uk"}
# First strong isolate and its end: a Dutch name inside Arabic keeps its own order.
ISOLATE, END = "\u2068", "\u2069"
ARABIC_COMMA = "\u060c "


@dataclass(frozen=True)
class Helper:
    """One helper language."""

    code: str
    name: str
    direction: str
    words: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Give a sentence with its names and days; empty when this language lacks it: then the Dutch stands alone."""
        told = {name: self.told(value) for name, value in values.items()}
        return self.words[key].format(**told) if key in self.words else ""

    def day(self, moment: date | datetime) -> str:
        """Say a day in this language; another year than this one is named."""
        day = local_day(moment)
        year = "" if day.year == timezone.localdate().year else " Y"
        with translation.override(self.code):
            said = date_format(day, f"l {self.month}{year}")
        return said.lower() if self.code in SMALL_DAYS else said

    @property
    def month(self) -> str:
        """Give the form of a day and its month: some languages bend the month there."""
        return "j E" if self.code in BENDS_MONTHS else "j F"

    def told(self, value: object) -> str:
        """Give a day in this language, and a name as it is: in its own order inside a text that runs the other way."""
        if isinstance(value, date | datetime):
            return self.day(value)
        return f"{ISOLATE}{value}{END}" if self.direction == "rtl" else str(value)

    def items(self, items: Iterable[str], *, sender: object) -> list[str]:
        """Name what can be shared, in the words that the yes was asked with."""
        labels = texts.page_words(self.code, receiver="", sender=self.told(sender)).labels
        return [labels.get(item, "") for item in items]

    def join(self, parts: Iterable[str]) -> str:
        """Put texts in a row."""
        return (ARABIC_COMMA if self.direction == "rtl" else ", ").join(parts)

    def sees(self, items: Iterable[str], *, sender: object) -> str:
        """Name in a row what can be seen, and behind it, as sentences, what may be told: that is nothing to see."""
        chosen = list(items)
        seen = self.join(self.items([item for item in chosen if item not in FEEDBACK], sender=sender))
        told = self.items([item for item in chosen if item in FEEDBACK], sender=sender)
        return ". ".join([seen, *(f"{label[:1].upper()}{label[1:]}" for label in told)])

    def mark(self, text: str) -> SafeString:
        """Put a text in its language and direction."""
        return format_html('<span class="helper-words" lang="{}" dir="{}">{}</span>', self.code, self.direction, text)

    def beside(self, dutch: object, text: str) -> SafeString:
        """Put a text behind its Dutch, in one label."""
        return format_html("{} {}", dutch, self.mark(text))


@cache
def helpers() -> dict[str, Helper]:
    """Read every helper language, by its code; what stands around the text of consent is kept with that text."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        of_the_yes = {f"yes.{name}": line for name, line in texts.page_lines(path.stem).items()}
        found[path.stem] = Helper(path.stem, data["name"], data["direction"], {**data["words"], **of_the_yes})
    return found


def helper_of(code: str) -> Helper | None:
    """Give a helper language; None for Dutch, and for what we have no texts in."""
    return helpers().get(code)

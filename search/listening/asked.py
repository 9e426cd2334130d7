"""Questions that search did not answer well, as editors read them: only what was asked five times or more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from search.models import Asked, Correction
from search.models.listening import AskedQuerySet

# Fewer are not shown: they may say something about one person.
FEW = 5
PERIODS = (30, 90, 180)
USUAL = 90
SHOWN = 5
REJECTED = "toch"


Rows: TypeAlias = "QuerySet[Any, Any]"


@dataclass(frozen=True)
class Query:
    """One question with what is known of it. `meant` is what we took it for."""

    text: str
    count: int
    meant: str = ""
    opened: int = 0
    low: int = 0

    @property
    def is_one_word(self) -> bool:
        """Tell whether a rule about a single word can be made of it."""
        return " " not in self.text


@dataclass(frozen=True)
class Sums:
    """What a period comes down to."""

    asked: int
    nothing: int
    milliseconds: int


@dataclass(frozen=True)
class Kind:
    """One way in which search fell short."""

    name: str
    title: str | Promise
    note: str | Promise
    rows: Callable[[AskedQuerySet], Rows]


def _counted(rows: AskedQuerySet, *names: str) -> Rows:
    """Bring the days, zones and filters of one question together; the most asked first."""
    counted = rows.values(*names).annotate(count=Sum("times"), opens=Sum("opened"), far=Sum("low"))
    return counted.filter(count__gte=FEW).order_by("-count", "text")


def _nothing(rows: AskedQuerySet) -> Rows:
    return _counted(rows.filter(found=False, filters="").exclude(correction=Correction.REJECTED), "text")


def _weak(rows: AskedQuerySet) -> Rows:
    return _counted(rows.filter(found=True, level__gt=0, filters="").exclude(correction=Correction.REJECTED), "text")


def _corrected(rows: AskedQuerySet) -> Rows:
    return _counted(rows.filter(correction=Correction.SHOWN), "text", "meant")


def _rejected(rows: AskedQuerySet) -> Rows:
    return _counted(rows.filter(correction=Correction.REJECTED), "text")


def _low(rows: AskedQuerySet) -> Rows:
    """Give what was opened below the fifth place; who clicks at once is counted as opened only."""
    counted = rows.values("text").annotate(
        count=Greatest(Sum("times"), Sum("opened")), opens=Sum("opened"), far=Sum("low")
    )
    return counted.filter(count__gte=FEW, far__gt=0).order_by("-far", "text")


KINDS = (
    Kind(
        "niets", gettext_lazy("Nothing found"),
        gettext_lazy("Is there help for it under another word? Make a synonym. If not, report a gap."), _nothing,
    ),
    Kind(
        "zwak", gettext_lazy("Only less precise results"),
        gettext_lazy("No service had all the words. Often a word is missing in our list."), _weak,
    ),
    Kind(
        REJECTED, gettext_lazy("Correction rejected"),
        gettext_lazy("We thought that a word was misspelt, and people searched for their own word."), _rejected,
    ),
    Kind(
        "verbeterd", gettext_lazy("Corrected"),
        gettext_lazy("A misspelt word was read as another. Look whether that is right."), _corrected,
    ),
    Kind(
        "laag", gettext_lazy("Opened below the fifth place"),
        gettext_lazy("What people chose did not stand on top. A synonym can bring it up."), _low,
    ),
)  # fmt: skip


def kind_named(name: str) -> Kind | None:
    """Give the kind with this name in the address."""
    return next((kind for kind in KINDS if kind.name == name), None)


def days_of(given: str) -> int:
    """Give the chosen number of days, or the usual one: long enough for five in a small region."""
    return next((days for days in PERIODS if str(days) == given), USUAL)


def since(days: int, today: date) -> AskedQuerySet:
    """Give what was asked in the last so many days."""
    return Asked.objects.since(today - timedelta(days=days - 1))


def queries(kind: Kind, rows: Iterable[dict[str, Any]]) -> list[Query]:
    """Make rows ready to show; what was rejected stands with the same words where the correction was shown."""
    found = list(rows)
    meant = _meant([row["text"] for row in found]) if kind.name == REJECTED else {}
    return [
        Query(
            row["text"], _number(row["count"]), row.get("meant") or meant.get(row["text"], ""),
            _number(row["opens"]), _number(row["far"]),
        )
        for row in found
    ]  # fmt: skip


def _meant(texts: list[str]) -> dict[str, str]:
    shown = Asked.objects.filter(text__in=texts, correction=Correction.SHOWN).order_by("day", "id")
    return dict(shown.values_list("text", "meant"))


def _number(value: int | None) -> int:
    return value or 0


def sums(rows: AskedQuerySet) -> Sums:
    """Add up a period."""
    found = rows.aggregate(asked=Sum("times"), nothing=Sum("times", filter=Q(found=False)), spent=Sum("milliseconds"))
    asked = found["asked"] or 0
    return Sums(asked, found["nothing"] or 0, round((found["spent"] or 0) / asked) if asked else 0)

"""The address bar of search: every state of the page is one link, in Dutch, without JavaScript."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from search.query import SORTS, SearchQuery, Sort

# Group of filters -> its name in the address.
FILTER_NAMES = {
    "access": "nu", "category": "thema", "municipality": "gemeente", "target": "voor", "language": "taal",
    "cost": "prijs", "referral": "toegang", "how": "hoe", "accessibility": "ingang",
}  # fmt: skip
SORT_NAMES: dict[Sort, str] = {"relevance": "", "distance": "afstand", "name": "naam", "verified": "nagekeken"}
LONGEST = 200
LONGEST_PLACE = 80
MOST_VALUES = 40
YEARS = range(2000, 2100)
# How far help may be, in kilometres; anything else is no limit.
DISTANCES = (5, 10, 25, 50)
CLOCK = re.compile(r"(\d{1,2})(?:[:.uh](\d{2})?)?")
# A day without an hour is looked at in the morning, when most desks are open.
USUAL_HOUR = time(10)


@dataclass(frozen=True)
class Address:
    """What the address bar says. `talk` is the id of a conversation: passed on, never looked at here.

    `day` and `hour` stand as typed; `whole` names the groups of filters of which all values show.
    """

    text: str = ""
    where: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    day: str = ""
    hour: str = ""
    within: int = 0
    sort: Sort = "relevance"
    page: int = 1
    as_typed: bool = False
    on_map: bool = False
    chosen: str = ""
    whole: tuple[str, ...] = ()
    talk: str = ""

    @property
    def asks_nothing(self) -> bool:
        """Tell whether nobody asked anything yet: no word, no filter and no moment."""
        return not self.text and not any(self.filters.values()) and not self.moment

    @property
    def filter_count(self) -> int:
        """Count the chosen filters."""
        return sum(len(values) for values in self.filters.values()) + bool(self.moment) + bool(self.within)

    @property
    def moment(self) -> datetime | None:
        """Give the moment at which something must be open, when that is a real one."""
        if not self.day and not self.hour:
            return None
        day, hour = (_day(self.day) if self.day else timezone.localdate()), _hour(self.hour)
        if day is None or (hour is None and self.hour):
            return None
        return timezone.make_aware(datetime.combine(day, hour or USUAL_HOUR))

    @property
    def bad_moment(self) -> bool:
        """Tell whether a day or an hour was typed that does not exist."""
        return bool(self.day or self.hour) and self.moment is None

    def query(self) -> SearchQuery:
        """Give the question that this address asks."""
        return SearchQuery(
            text=self.text,
            filters={group: frozenset(values) for group, values in self.filters.items()},
            area=self.where or None,
            open_at=self.moment,
            within_km=self.within or None,
            sort=self.sort,
            page=self.page,
            whole_facets=frozenset(self.whole),
            correct=not self.as_typed,
        )

    def link(self, **changes: object) -> str:
        """Give the address with these changes; another question starts at its first page."""
        other = replace(self, **{"page": 1, "chosen": "", **changes})  # type: ignore[arg-type]
        return f"?{urlencode(list(other._pairs()))}"

    def without(self, group: str, value: str) -> str:
        """Give the address without one filter."""
        left = {
            name: tuple(one for one in values if (name, one) != (group, value)) for name, values in self.filters.items()
        }
        return self.link(filters=left)

    def hidden(self) -> list[tuple[str, str]]:
        """Give what the form must pass on though no field shows it."""
        kept = [("gesprek", self.talk), ("beeld", "kaart" if self.on_map else "")]
        return [
            (name, value) for name, value in [*kept, *(("alles", FILTER_NAMES[one]) for one in self.whole)] if value
        ]

    def _pairs(self) -> Iterable[tuple[str, str]]:
        single = {
            "q": self.text, "waar": self.where, "op": self.day, "om": self.hour,
            "binnen": str(self.within or ""), "sorteer": SORT_NAMES[self.sort],
            "beeld": "kaart" if self.on_map else "", "nr": self.chosen,
            "getypt": "1" if self.as_typed else "", "page": str(self.page) if self.page > 1 else "",
            "gesprek": self.talk,
        }  # fmt: skip
        yield from ((name, value) for name, value in single.items() if value)
        for group, values in self.filters.items():
            yield from ((FILTER_NAMES[group], value) for value in values)
        yield from (("alles", FILTER_NAMES[group]) for group in self.whole)


def read(given: QueryDict) -> Address:
    """Read the address bar; what makes no sense is left out."""
    filters = {group: _values(given.getlist(name)) for group, name in FILTER_NAMES.items()}
    if given.get("open"):
        filters["access"] = tuple(dict.fromkeys((*filters["access"], "open_now")))
    page = given.get("page", "")
    opened = {*given.getlist("alles")}
    return Address(
        text=clean(given.get("q", "")),
        where=clean(given.get("waar", ""))[:LONGEST_PLACE],
        filters={group: values for group, values in filters.items() if values},
        day=clean(given.get("op", ""))[:10],
        hour=clean(given.get("om", ""))[:5],
        within=next((km for km in DISTANCES if str(km) == given.get("binnen")), 0),
        sort=next((sort for sort in SORTS if SORT_NAMES[sort] == given.get("sorteer")), "relevance"),
        page=max(1, int(page[:7])) if page.isascii() and page.isdecimal() else 1,
        as_typed=given.get("getypt") == "1",
        on_map=given.get("beeld") == "kaart",
        chosen=_number(given.get("nr", "")),
        whole=tuple(group for group, name in FILTER_NAMES.items() if name in opened),
        talk=clean(given.get("gesprek", ""))[:40],
    )


def clean(value: str) -> str:
    """Take control characters out and cut what is too long."""
    return "".join(letter for letter in value[: LONGEST * 5] if letter.isprintable()).strip()[:LONGEST]


def clean_but_end(value: str) -> str:
    """Clean what is being typed: a space at the end says that the last word is whole."""
    return clean(value) + (" " if value[-1:].isspace() else "")


def _values(given: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean(value) for value in given)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MOST_VALUES]


def _number(given: str) -> str:
    return given if given.isascii() and given.isdecimal() and len(given) < 7 else ""


def _day(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _hour(given: str) -> time | None:
    read = CLOCK.fullmatch(given)
    try:
        return time(int(read[1]), int(read[2] or 0)) if read else None
    except ValueError:
        return None

"""The address bar of search: every state of the page is one link, in Dutch, without JavaScript."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.query import SORTS, SearchQuery, Sort

# Group of filters -> its name in the address.
FILTER_NAMES = {
    "access": "nu", "category": "thema", "municipality": "gemeente", "target": "voor", "language": "taal",
    "cost": "prijs", "referral": "toegang", "how": "hoe",
}  # fmt: skip
SORT_NAMES: dict[Sort, str] = {"relevance": "", "distance": "afstand", "name": "naam", "verified": "nagekeken"}
LONGEST = 200


@dataclass(frozen=True)
class Address:
    """What the address bar says. `talk` is the id of a conversation: passed on, never looked at here."""

    text: str = ""
    where: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    as_typed: bool = False
    on_map: bool = False
    chosen: str = ""
    talk: str = ""

    @property
    def asks_nothing(self) -> bool:
        """Tell whether nobody asked anything yet: no word and no filter."""
        return not self.text and not any(self.filters.values())

    @property
    def filter_count(self) -> int:
        """Count the chosen filters."""
        return sum(len(values) for values in self.filters.values())

    def query(self) -> SearchQuery:
        """Give the question that this address asks."""
        return SearchQuery(
            text=self.text,
            filters={group: frozenset(values) for group, values in self.filters.items()},
            area=self.where or None,
            sort=self.sort,
            page=self.page,
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
        kept = {"gesprek": self.talk, "beeld": "kaart" if self.on_map else ""}
        return [(name, value) for name, value in kept.items() if value]

    def _pairs(self) -> Iterable[tuple[str, str]]:
        single = {
            "q": self.text, "waar": self.where, "sorteer": SORT_NAMES[self.sort],
            "beeld": "kaart" if self.on_map else "", "nr": self.chosen,
            "getypt": "1" if self.as_typed else "", "page": str(self.page) if self.page > 1 else "",
            "gesprek": self.talk,
        }  # fmt: skip
        yield from ((name, value) for name, value in single.items() if value)
        for group, values in self.filters.items():
            yield from ((FILTER_NAMES[group], value) for value in values)


def read(given: QueryDict) -> Address:
    """Read the address bar; what makes no sense is left out."""
    filters = {
        group: tuple(dict.fromkeys(_clean(value) for value in given.getlist(name) if _clean(value)))
        for group, name in FILTER_NAMES.items()
    }
    if given.get("open"):
        filters["access"] = (*filters["access"], "open_now")
    page = given.get("page", "")
    return Address(
        text=_clean(given.get("q", "")),
        where=_clean(given.get("waar", ""))[:80],
        filters={group: values for group, values in filters.items() if values},
        sort=next((sort for sort in SORTS if SORT_NAMES[sort] == given.get("sorteer")), "relevance"),
        page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
        as_typed=given.get("getypt") == "1",
        on_map=given.get("beeld") == "kaart",
        chosen=given.get("nr", "") if given.get("nr", "").isdecimal() else "",
        talk=given.get("gesprek", "")[:40],
    )


def _clean(value: str) -> str:
    """Take control characters out and cut what is too long."""
    return "".join(letter for letter in value if letter.isprintable()).strip()[:LONGEST]

"""The filters of the library: what was asked, what remains, and how many each choice would leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIRST_ROWS, MORE_ROWS = 10, 10
LEGENDS = {
    "moment": _("Moment"),
    "domein": pgettext_lazy("method guide", "About"),
    "zekerheid": _("How sure"),
    "stand": pgettext_lazy("method guide", "Reading"),
    "thema": _("Theme"),
}
GROUPS = tuple(LEGENDS)
NEWEST = "nieuw"


@dataclass(frozen=True)
class GuideFacts:
    """What the filters need to know of one guide."""

    pk: int
    moment: str
    strength: str
    reading: str
    domains: frozenset[str]
    needs: frozenset[str]

    def values(self, group: str) -> frozenset[str]:
        """Give the choices of one group under which this guide is found."""
        own = {
            "moment": frozenset({self.moment}),
            "domein": self.domains,
            "thema": self.needs,
            "zekerheid": frozenset({self.strength}),
            "stand": frozenset({self.reading}),
        }
        return own[group]


@dataclass(frozen=True)
class Option:
    """One tick row."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class FilterGroup:
    """One legend with its tick rows."""

    name: str
    legend: str
    options: list[Option]

    @property
    def chosen(self) -> int:
        """Count the ticked rows."""
        return sum(option.checked for option in self.options)


@dataclass(frozen=True)
class Wish:
    """What someone asks of the library, read from the address."""

    query: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    newest: bool = False
    rows: int = FIRST_ROWS

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        """Read an address; what is not understood is left out, never an error."""
        chosen = {group: frozenset(asked.getlist(group)) for group in GROUPS}
        rows = asked.get("toon", "")
        return cls(
            query=asked.get("q", "").replace("\x00", "").strip()[:200],
            chosen={group: values for group, values in chosen.items() if values},
            newest=asked.get("volgorde") == NEWEST,
            rows=min(int(rows), 1000) if rows.isascii() and rows.isdigit() and len(rows) < 5 else FIRST_ROWS,
        )

    def keeps(self, guide: GuideFacts, *, but: str = "") -> bool:
        """Tell whether a guide remains; `but` leaves one group out, to count what its choices would give."""
        return all(guide.values(group) & values for group, values in self.chosen.items() if group != but)


def filter_groups(
    facts: Iterable[GuideFacts], wish: Wish, labels: Mapping[str, Mapping[str, object]]
) -> list[FilterGroup]:
    """Give every group with its counts. `labels` holds per group the value and name of each choice, in order."""
    guides = list(facts)
    groups = []
    for name in GROUPS:
        reachable = [guide.values(name) for guide in guides if wish.keeps(guide, but=name)]
        ticked = wish.chosen.get(name, frozenset())
        options = [
            Option(value, capfirst(str(label)), sum(value in values for values in reachable), value in ticked)
            for value, label in labels[name].items()
        ]
        groups.append(FilterGroup(name, str(LEGENDS[name]), options))
    return groups

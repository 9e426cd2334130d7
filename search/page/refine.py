"""What narrows a question on the page: groups of filters, a moment, and the chips of what was understood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.moments import clock_time, spoken_date
from search.address import FILTER_NAMES, Address
from search.facets import LEGENDS
from search.query import Chip, FacetValue, SearchPage

# The filters that always show, and those that wait behind a fold.
FIRST = ("access", "municipality", "how")
FOLDED = ("category", "target", "language", "cost", "referral", "accessibility")
# Of these groups a value without results stays in sight: that nobody works in a town is an answer too.
ALWAYS_IN_SIGHT = {"municipality"}
HOW = pgettext_lazy("search", "How")
KINDS = {
    "theme": pgettext_lazy("part of a question", "About"), "whom": gettext_lazy("For whom"),
    "language": pgettext_lazy("search", "Language"),
    "where": pgettext_lazy("search", "Where"), "when": pgettext_lazy("search", "When"),
    "cost": pgettext_lazy("search", "Cost"),
}  # fmt: skip


@dataclass(frozen=True)
class Option:
    """One tick of a filter; a part of a need stands under it."""

    value: str
    label: str
    count: int
    checked: bool
    is_part: bool = False

    @property
    def key(self) -> str:
        """Give what makes the id of its tick: the same on every page, so that the focus stays where it was."""
        return quote(self.value, safe="")


@dataclass(frozen=True)
class Group:
    """One filter group as component 7 wants it. `all_url` shows every value, when there are more."""

    key: str
    legend: str
    name: str
    options: list[Option]
    all_url: str = ""
    fewer_url: str = ""

    @property
    def chosen(self) -> bool:
        """Tell whether something in this group is ticked, or whether all of it was asked for."""
        return bool(self.fewer_url) or any(option.checked for option in self.options)


@dataclass(frozen=True)
class ScreenChip:
    """One chip with the link that takes it away."""

    kind: str
    value: str
    remove_url: str


def groups_of(page: SearchPage, address: Address, keys: tuple[str, ...]) -> list[Group]:
    """Give these groups in order; a group without any value does not show."""
    made = [_group(key, page, address) for key in keys if key in page.facets]
    return [group for group in made if group.options]


def _group(key: str, page: SearchPage, address: Address) -> Group:
    kept = [one for one in page.facets[key] if one.count or one.selected or key in ALWAYS_IN_SIGHT]
    ordered = _with_parts(kept) if key == "category" else kept
    return Group(
        key=key,
        legend=str(LEGENDS[key]),
        name=FILTER_NAMES[key],
        options=[Option(one.value, one.label, one.count, one.selected, bool(one.parent)) for one in ordered],
        all_url=_whole(address, key) if key in page.cut_facets else "",
        fewer_url=address.link(whole=tuple(one for one in address.whole if one != key)) if key in address.whole else "",
    )


def _whole(address: Address, key: str) -> str:
    return f"{address.link(whole=(*address.whole, key))}#filter-{FILTER_NAMES[key]}"


def _with_parts(values: list[FacetValue]) -> list[FacetValue]:
    """Put each part of a need right under it, as deep as it goes; what hangs under nothing comes last."""
    known = {one.value for one in values}
    below: dict[str, list[FacetValue]] = {}
    for one in values:
        below.setdefault(one.parent, []).append(one)
    ordered: dict[str, FacetValue] = {}

    def put(several: Iterable[FacetValue]) -> None:
        for one in several:
            if one.value not in ordered:
                ordered[one.value] = one
                put(below.get(one.value, ()))

    put(below.get("", ()))
    put(one for one in values if one.parent not in known)
    return [*ordered.values(), *(one for one in values if one.value not in ordered)]


def chips_of(page: SearchPage, address: Address) -> Iterator[ScreenChip]:
    """Give what was understood and what was chosen, each with its way back."""
    for chip in page.understood.chips:
        yield ScreenChip(_kind(chip), chip.label, address.link(text=chip.rest))
    if address.where and page.understood.place and not any(chip.kind == "where" for chip in page.understood.chips):
        yield ScreenChip(pgettext("search", "Where"), page.understood.place, address.link(where=""))
    if address.moment:
        yield ScreenChip(_("Open on"), moment_in_words(address), address.link(day="", hour=""))
    if address.within and page.understood.place:
        yield ScreenChip(_("Within"), _("%(km)s km") % {"km": address.within}, address.link(within=0))
    for group, values in page.facets.items():
        for one in values:
            if one.selected:
                yield ScreenChip(str(LEGENDS[group]), one.label, address.without(group, _typed(address, group, one)))


def _typed(address: Address, group: str, one: FacetValue) -> str:
    """Give the value as it stands in the address, which may be a label or another spelling."""
    given = address.filters.get(group, ())
    if one.value in given:
        return one.value
    return next((value for value in given if value.casefold() == one.label.casefold()), one.value)


def moment_in_words(address: Address) -> str:
    """Say 'zaterdag 28 november, 14.30 u.'."""
    if address.moment is None:
        return ""
    return f"{spoken_date(address.moment)}, {clock_time(address.moment)}"


def _kind(chip: Chip) -> str:
    return str(KINDS.get(chip.kind, HOW))

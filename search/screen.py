"""What the page of results shows, made from a page of search: rows, chips, filters, ways on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from search.address import FILTER_NAMES, SORT_NAMES, Address
from search.facets import FIXED, LEGENDS
from search.query import Chip, FacetValue, Hit, SearchPage

# The filters that always show, and those that wait behind a fold.
FIRST = ("access", "municipality", "how")
FOLDED = ("category", "target", "language", "cost", "referral")
MOST_FACTS = 4
DUTCH = "Nederlands"


@dataclass(frozen=True)
class Option:
    """One tick of a filter."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Group:
    """One filter group as component 7 wants it."""

    legend: str
    name: str
    options: list[Option]

    @property
    def chosen(self) -> bool:
        """Tell whether something in this group is ticked."""
        return any(option.checked for option in self.options)


@dataclass(frozen=True)
class ScreenChip:
    """One chip with the link that takes it away."""

    kind: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class Fact:
    """An icon and a few words."""

    icon: str
    words: str


@dataclass(frozen=True)
class Row:
    """One result row, ready to draw."""

    hit: Hit
    number: int
    url: str
    where: str
    facts: list[Fact]
    why: list[str]
    missing: list[str]
    pick_url: str
    note: str = ""
    chosen: bool = False
    choose_url: str = ""


@dataclass(frozen=True)
class Links:
    """The other states of this page."""

    as_list: str
    on_map: str
    as_typed: str
    meant: str
    wider: str
    gap: str
    pages: str


@dataclass(frozen=True)
class Screen:
    """Everything that the results need besides the words of the template."""

    page: SearchPage
    address: Address
    rows: list[Row]
    related: list[Row]
    chips: list[ScreenChip]
    first_groups: list[Group]
    folded_groups: list[Group]
    missing: str
    pages: "Pages"
    links: Links
    sorts: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Tell whether not even a weak answer exists."""
        return not self.rows and not self.related

    @property
    def total(self) -> int:
        """Count what fits and, on one page, what nearly fits."""
        return self.page.total

    @property
    def all_rows(self) -> list[Row]:
        """Give all rows in the order of their numbers."""
        return [*self.rows, *self.related]


class Pages:
    """What component `pager.html` reads of a page: our own pages are counted by the engine."""

    def __init__(self, page: SearchPage, size: int) -> None:
        self.number = page.page
        self.num_pages = page.pages
        self.count = page.total
        self._size = size
        self.paginator = self

    @property
    def has_previous(self) -> bool:
        """Tell whether there is a page before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Tell whether there is a page after this one."""
        return self.number < self.num_pages

    @property
    def previous_page_number(self) -> int:
        """Give the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """Give the page after."""
        return self.number + 1

    @property
    def start_index(self) -> int:
        """Give the number of the first result on this page."""
        return (self.number - 1) * self._size + 1

    @property
    def end_index(self) -> int:
        """Give the number of the last result on this page."""
        return min(self.number * self._size, self.count)


@dataclass(frozen=True)
class Reader:
    """For whom the rows are drawn: their own organizations, and how a service is chosen (`sign` stands for its id)."""

    own: frozenset[str] = frozenset()
    choose_url: str = ""
    sign: str = ""


NOBODY = Reader()


def make(page: SearchPage, address: Address, reader: Reader = NOBODY, *, size: int = 20) -> Screen:
    """Make the screen of a page."""
    first = (page.page - 1) * size + 1
    rows = [_row(hit, first + at, address, page, reader) for at, hit in enumerate(page.hits)]
    after = first + len(rows)
    related = [_row(hit, after + at, address, page, reader) for at, hit in enumerate(page.related)]
    groups = {group: _group(group, values, address) for group, values in page.facets.items()}
    return Screen(
        page=page,
        address=address,
        rows=rows,
        related=related,
        chips=list(_chips(page, address)),
        first_groups=[groups[name] for name in FIRST if name in groups and groups[name].options],
        folded_groups=[groups[name] for name in FOLDED if name in groups and groups[name].options],
        missing=", ".join(page.missing),
        pages=Pages(page, size),
        links=_links(page, address),
        sorts=[(name, _sort_label(sort), sort == address.sort) for sort, name in SORT_NAMES.items()],
    )


def _links(page: SearchPage, address: Address) -> Links:
    need = next(iter(address.filters.get("category", ())), "")
    gap = {"thema": need, "waar": page.understood.place.split(" (")[-1].rstrip(")")}
    wider = address.link(where="", filters={}, text=_without_place(page, address))
    return Links(
        as_list=address.link(on_map=False),
        on_map=address.link(on_map=True),
        as_typed=address.link(as_typed=True),
        meant=address.link(text=page.suggestion.text) if page.suggestion else "",
        wider=wider if wider != address.link() else "",
        gap=f"{reverse('zoeken:gap')}?{urlencode({name: value for name, value in gap.items() if value})}",
        pages=f"{address.link()[1:]}&" if len(address.link()) > 1 else "",
    )


def _without_place(page: SearchPage, address: Address) -> str:
    return next((chip.rest for chip in page.understood.chips if chip.kind == "where"), address.text)


def _sort_label(sort: str) -> str:
    return {
        "relevance": _("Closest to your question"),
        "distance": pgettext("search", "Nearest"),
        "name": pgettext("search", "Name"),
        "verified": _("Checked last"),
    }[sort]


def _group(group: str, values: list[FacetValue], address: Address) -> Group:
    options = [Option(one.value, one.label, one.count, one.selected) for one in values]
    if group == "language":
        options = [option for option in options if option.count or option.checked]
    return Group(str(LEGENDS[group]), FILTER_NAMES[group], options)


def _chips(page: SearchPage, address: Address) -> Iterator[ScreenChip]:
    for chip in page.understood.chips:
        yield ScreenChip(_chip_kind(chip), chip.label, address.link(text=chip.rest))
    if address.where and page.understood.place:
        shown = [chip for chip in page.understood.chips if chip.kind == "where"]
        if not shown:
            yield ScreenChip(pgettext("search", "Where"), page.understood.place, address.link(where=""))
    for group, values in page.facets.items():
        for one in values:
            if one.selected:
                yield ScreenChip(str(LEGENDS[group]), one.label, address.without(group, one.value))


def _chip_kind(chip: Chip) -> str:
    named = {
        "theme": pgettext("part of a question", "About"),
        "language": pgettext("search", "Language"),
        "where": pgettext("search", "Where"),
        "when": pgettext("search", "When"),
        "cost": pgettext("search", "Cost"),
    }
    return named.get(chip.kind, pgettext("search", "How"))


def _row(hit: Hit, number: int, address: Address, page: SearchPage, reader: Reader) -> Row:
    query = {"n": str(page.total), "van": page.understood.place}
    return Row(
        hit=hit,
        number=number,
        url=f"{hit.card['url']}?{urlencode({name: value for name, value in query.items() if value})}",
        where=_where(hit),
        facts=list(_facts(hit))[:MOST_FACTS],
        why=list(hit.why),
        missing=list(hit.missing),
        pick_url=address.link(page=address.page, chosen=str(number)),
        note=_note(hit, reader.own),
        chosen=str(number) == address.chosen,
        choose_url=_choose_url(hit, reader),
    )


def _choose_url(hit: Hit, reader: Reader) -> str:
    """Give the address that chooses this service; empty for one's own organization and for who takes no questions."""
    own = hit.card.get("organization_id") in reader.own
    if not reader.sign or own or not hit.card.get("accepts_referrals"):
        return ""
    return reader.choose_url.replace(reader.sign, hit.key)


def _where(hit: Hit) -> str:
    """Say 'Het Open Boek · Zedelgem, 0,8 km'."""
    place = str(hit.card.get("place", ""))
    if hit.km is not None:
        distance = _("%(km)s km") % {"km": number_format(hit.km, 1)}
        place = f"{place}, {distance}" if place else distance
    return " · ".join(filter(None, [str(hit.card["organization"]), place]))


def _facts(hit: Hit) -> Iterator[Fact]:
    card = hit.card
    if not card.get("takes_new", True):
        yield Fact("warning", _("takes nobody now"))
    elif card.get("waiting"):
        yield Fact("warning", _("waiting time: %(time)s") % {"time": card["waiting"]})
    if card.get("cost"):
        yield Fact("euro", str(card.get("cost_text") or FIXED["cost"].get(card["cost"], "")).lower())
    how = card.get("how", ())
    if "home_visits" in how:
        yield Fact("person", _("comes to your home"))
    if "walk_in" in how:
        yield Fact("calendar", _("without appointment"))
    if len(card.get("languages", ())) > 1:
        yield Fact("language", _languages(hit))
    if "by_phone" in how:
        yield Fact("phone", _("also by phone"))


def _languages(hit: Hit) -> str:
    """Name three languages: Dutch, the one that was asked for, then others."""
    spoken = list(hit.card["languages"])
    first = [name for name in spoken if name == DUTCH or name in hit.why]
    return ", ".join([*first, *(name for name in spoken if name not in first)][:3])


def _note(hit: Hit, ours: frozenset[str]) -> str:
    if hit.card.get("organization_id") in ours:
        return _("Own organization")
    days = hit.card.get("response_days")
    if hit.card.get("accepts_referrals") and days:
        return ngettext("Answers within %(days)s working day", "Answers within %(days)s working days", days) % {
            "days": days
        }
    return ""

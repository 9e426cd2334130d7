"""What the page of results shows, made from a page of search: rows, chips, filters, ways on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from search.address import DISTANCES, SORT_NAMES, Address
from search.page.refine import FIRST, FOLDED, Group, ScreenChip, chips_of, groups_of
from search.page.rows import NOBODY, Reader, Row, carried, make_rows
from search.query import SearchPage, Sort

SORT_LABELS: dict[Sort, str | Promise] = {
    "relevance": _("Closest to your question"), "distance": pgettext_lazy("search", "Nearest"),
    "name": pgettext_lazy("search", "Name"), "verified": _("Checked last"),
}  # fmt: skip


class Links:
    """The other states of this page, each put together when it is drawn."""

    def __init__(self, page: SearchPage, address: Address) -> None:
        self._page = page
        self._address = address

    @property
    def as_list(self) -> str:
        """Give the results as a list."""
        return self._address.link(on_map=False)

    @property
    def on_map(self) -> str:
        """Give the results on the map."""
        return self._address.link(on_map=True)

    @property
    def as_typed(self) -> str:
        """Give what the words say as they were typed."""
        return self._address.link(as_typed=True)

    @property
    def meant(self) -> str:
        """Give the question that was probably meant."""
        return self._address.link(text=self._page.suggestion.text) if self._page.suggestion else ""

    @property
    def wider(self) -> str:
        """Give the question without its filters and its place; empty when it has none."""
        chips = self._page.understood.chips
        text = next((chip.rest for chip in chips if chip.kind == "where"), self._address.text)
        wider = self._address.link(where="", filters={}, day="", hour="", within=0, text=text)
        return wider if wider != self._address.link() else ""

    @property
    def pages(self) -> str:
        """Give what stands in the address of each page before its number."""
        link = self._address.link()
        return f"{link[1:]}&" if len(link) > 1 else ""


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
    def only_close(self) -> bool:
        """Tell whether no row fits the whole question: then the total counts no answers and is not shown as such."""
        return bool(self.page.level and self.rows)

    @property
    def total(self) -> int:
        """Count what fits; what nearly fits is counted beside it."""
        return self.page.total

    @property
    def all_rows(self) -> list[Row]:
        """Give all rows in the order of their numbers."""
        return [*self.rows, *self.related]

    @property
    def order(self) -> str:
        """Name the order in which the rows really stand."""
        return next((label for _name, label, chosen in self.sorts if chosen), "")

    @property
    def distances(self) -> list[tuple[int, bool]]:
        """Give how far help may be, and which of these is chosen; nothing when it is not known from where."""
        return [(km, km == self.address.within) for km in DISTANCES] if self.page.understood.place else []

    @property
    def nowhere_to_measure(self) -> bool:
        """Tell whether the nearest was asked first, and nobody said from where."""
        return self.address.sort == "distance" and not self.page.understood.place

    @property
    def in_words(self) -> str:
        """Say in one sentence what was found, for who does not see the list change."""
        if self.only_close:
            return f"{gettext('Nothing fits entirely.')} {gettext('This comes close.')}"
        said = ngettext("%(count)s service", "%(count)s services", self.total) % {"count": self.total}
        return f"{said}, {self.less_precise}" if self.related else said

    @property
    def less_precise(self) -> str:
        """Count what nearly fits: it stands in the list and on the map too."""
        less = ngettext("%(count)s less precise", "%(count)s less precise", len(self.related))
        return less % {"count": len(self.related)}


def _together(names: Sequence[str]) -> str:
    """Say 'Arabisch', 'Arabisch en schulden'."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


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
        """Give the page before; beyond the last one that is the last."""
        return min(self.number - 1, self.num_pages)

    @property
    def next_page_number(self) -> int:
        """Give the page after."""
        return self.number + 1

    @property
    def start_index(self) -> int:
        """Give the number of the first result on this page."""
        return min((self.number - 1) * self._size + 1, self.count)

    @property
    def end_index(self) -> int:
        """Give the number of the last result on this page."""
        return min(self.number * self._size, self.count)


# Who writes that they want to die, or are beaten, does not read those words again beside every service.
UNSPOKEN = {"suicide", "violence", "child"}


def make(page: SearchPage, address: Address, reader: Reader = NOBODY, *, size: int = 20) -> Screen:
    """Make the screen of a page."""
    first, told = (page.page - 1) * size + 1, carried(page)
    rows = make_rows(page.hits, first, address, told, reader)
    related = make_rows(page.related, first + len(rows), address, told, reader)
    unspoken = page.understood.danger in UNSPOKEN
    if unspoken:
        rows, related = ([replace(row, why=[], missing=[]) for row in part] for part in (rows, related))
    return Screen(
        page=page,
        address=address,
        rows=rows,
        related=related,
        chips=list(chips_of(page, address)),
        first_groups=groups_of(page, address, FIRST),
        folded_groups=groups_of(page, address, FOLDED),
        missing="" if unspoken else _together(page.missing),
        pages=Pages(page, size),
        links=Links(page, address),
        sorts=[(name, str(SORT_LABELS[sort]), sort == address.sort) for sort, name in SORT_NAMES.items()],
    )

"""What the region lacks, as the coordinator reads it: need × place × times in a period, small numbers kept apart."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.moments import full_date
from search.models import GapStep, GapWords
from search.understanding.places import places
from sociale_kaart.models import Gap, TaxonomyTerm

# Fewer are never told as a number: with need and place beside it, one may be someone.
FEW = 5
MOST_PLACES = 8
ELSEWHERE = ""
# How often, by the code of a need, the NIS code of a municipality and the first day of a month.
Reports = dict[tuple[str, str, date], int]
MONTHS_OF_A_YEAR = 12
QUARTER = 3
PERIODS = {
    "": gettext_lazy("the last twelve months"),
    "jaar": gettext_lazy("this year"),
    "kwartaal": gettext_lazy("this quarter"),
    "vorig-kwartaal": gettext_lazy("the quarter before"),
}
# What a spreadsheet would read as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included. `name` is its word in the address."""

    name: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """Say '1 september 2026 tot 22 november 2026'."""
        return _("%(first)s to %(last)s") % {"first": full_date(self.first), "last": full_date(self.last)}


def period(name: str, today: date) -> Period:
    """Give the period of this name; a name that we do not know is the last twelve months."""
    quarter = date(today.year, (today.month - 1) // QUARTER * QUARTER + 1, 1)
    if name == "jaar":
        return Period(name, date(today.year, 1, 1), today)
    if name == "kwartaal":
        return Period(name, quarter, today)
    if name == "vorig-kwartaal":
        last = quarter - timedelta(days=1)
        return Period(name, date(last.year, last.month - QUARTER + 1, 1), last)
    return Period("", _months_before(today, MONTHS_OF_A_YEAR - 1), today)


def _months_before(day: date, months: int) -> date:
    """Give the first day of the month that many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Cell:
    """How often one thing was reported; `share` is how far its bar reaches, 0 to 100.

    What is `kept_back` is not told although it is no small number.
    """

    count: int
    share: int = 0
    label: str = ""
    kept_back: bool = False

    @property
    def known(self) -> bool:
        """Tell whether the number may be told."""
        return self.count >= FEW and not self.kept_back

    @property
    def words(self) -> str:
        """Say the number, 'geen', 'minder dan 5' or 'niet getoond'."""
        if self.known:
            return str(self.count)
        if self.kept_back:
            return _("not shown")
        return _("fewer than %(few)s") % {"few": FEW} if self.count else pgettext("count", "none")


@dataclass(frozen=True)
class Row:
    """One need in every place, and what the network does about it."""

    need: TaxonomyTerm
    cells: list[Cell]
    step: GapStep | None
    words: list[str]


@dataclass(frozen=True)
class Table:
    """The whole register of a period."""

    period: Period
    places: list[str]
    rows: list[Row]
    quiet: list[str]
    months: list[Cell]

    @property
    def in_months(self) -> bool:
        """Tell whether there is more than one month to compare."""
        return len(self.months) > 1


def table(chosen: Period) -> Table:
    """Count the reports of a period."""
    reports = _reports(chosen)
    columns = _columns(reports)
    counts: Counter[tuple[str, str]] = Counter()
    for (code, nis, _month), count in reports.items():
        counts[code, _column(nis, columns)] += count
    needs = list(TaxonomyTerm.objects.needs())
    by_need: Counter[str] = Counter()
    for (code, _nis), count in counts.items():
        by_need[code] += count
    steps = {step.need_id: step for step in GapStep.objects.all()}
    said = _said(chosen)
    most = max(counts.values(), default=0)
    heard = sorted((need for need in needs if by_need[need.code]), key=lambda need: -by_need[need.code])
    return Table(
        period=chosen,
        places=[_name(nis) for nis in columns],
        rows=[_row(need, columns, counts, most, steps.get(need.pk), said.get(need.pk, [])) for need in heard],
        quiet=[need.name for need in needs if not by_need[need.code]],
        months=_months(chosen, _told(reports, columns, counts)),
    )


def _reports(chosen: Period) -> Reports:
    """Count by the code of the need, the NIS code of the municipality and the month."""
    gaps = Gap.objects.filter(day__range=(chosen.first, chosen.last), need__vocabulary="needs")
    by_month = gaps.order_by().annotate(month=TruncMonth("day"))
    rows = by_month.values_list("need__code", "municipality", "month").annotate(count=Count("pk"))
    return {(code, nis or ELSEWHERE, month): count for code, nis, month, count in rows}


def _columns(reports: Reports) -> list[str]:
    """Give the municipalities of our own zone by name, and one column for all others when there are any."""
    by_place: Counter[str] = Counter()
    for (_code, nis, _month), count in reports.items():
        by_place[nis] += count
    own = sorted(_own_zone(), key=lambda nis: (-by_place[nis], _name(nis)))[:MOST_PLACES]
    rest = [ELSEWHERE] if set(by_place) - set(own) else []
    return [*sorted(own, key=_name), *rest]


def _column(nis: str, columns: Sequence[str]) -> str:
    return nis if nis in columns else ELSEWHERE


def _own_zone() -> set[str]:
    """Give the municipalities of the primary-care zone in which this installation is at home."""
    known = places()
    home = known.gazetteer.named(settings.HOME_MUNICIPALITY)
    zones = [inside for node, inside in known.members.items() if node.startswith("zone:")]
    return {nis for inside in zones if home and home.municipality in inside for nis in inside}


def _name(nis: str) -> str:
    return places().names.get(nis, "") or _("elsewhere")


def _row(
    need: TaxonomyTerm, columns: Sequence[str], counts: Mapping[tuple[str, str], int], most: int,
    step: GapStep | None, words: list[str],
) -> Row:  # fmt: skip
    beside = [(counts.get((need.code, nis), 0), nis) for nis in columns]
    cells = [Cell(count, _share(count, most), _name(nis)) for count, nis in beside]
    return Row(need, cells, step, words)


def _share(count: int, most: int) -> int:
    return min(100, round(100 * count / most)) if count >= FEW else 0


def _told(reports: Reports, columns: Sequence[str], counts: Mapping[tuple[str, str], int]) -> Counter[date]:
    """Count by month what stands in the table as a number: with the others, the difference would tell a small one."""
    told: Counter[date] = Counter()
    for (code, nis, month), count in reports.items():
        if counts[code, _column(nis, columns)] >= FEW:
            told[month] += count
    return told


def _months(chosen: Period, told: Mapping[date, int]) -> list[Cell]:
    """Give the months of the whole region, the quiet ones too."""
    back = _kept_back(told)
    most = max(told.values(), default=0)
    # The register may be younger than the period: months before its first report say nothing.
    months = dropwhile(lambda month: month not in told, _months_of(chosen))
    cells = ((month, told.get(month, 0)) for month in months)
    return [
        Cell(count, 0 if month in back else _share(count, most), date_format(month, "F Y"), month in back)
        for month, count in cells
    ]


def _kept_back(told: Mapping[date, int]) -> set[date]:
    """Give the small months, and so many more that nobody can work out a small one: the table gives away their sum."""
    back: dict[date, int] = {}
    for month, count in sorted(told.items(), key=lambda item: (item[1], item[0])):
        if count >= FEW and (not back or (len(back) > 1 and sum(back.values()) >= 2 * FEW)):
            break
        back[month] = count
    return set(back)


def _months_of(chosen: Period) -> Iterator[date]:
    month = chosen.first.replace(day=1)
    while month <= chosen.last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _said(chosen: Period) -> dict[str, list[str]]:
    """Give the words that came with the reports, by need, in the order of the alphabet: it tells no time."""
    said: dict[str, list[str]] = {}
    rows = GapWords.objects.filter(month__range=(chosen.first.replace(day=1), chosen.last))
    for need, words in rows.values_list("need", "words").distinct().order_by("words"):
        said.setdefault(need, []).append(words)
    return said


def as_csv(shown: Table) -> str:
    """Write the table for a spreadsheet: Dutch heads, semicolons, small numbers in words as on the screen."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Need"), _("Municipality"), _("Times"), _("From"), _("Until"), pgettext("gap", "What now?")])
    first, last = shown.period.first.isoformat(), shown.period.last.isoformat()
    for row in shown.rows:
        for cell in row.cells:
            step = row.step.text if row.step else ""
            writer.writerow(_harmless([row.need.name, cell.label, cell.words, first, last, step]))
    return BOM + lines.getvalue()


def _harmless(values: Iterable[str]) -> list[str]:
    """Let no cell begin a formula when the file is opened."""
    return [f"'{value}" if value.startswith(FORMULA) else value for value in values]

"""What the region lacks, as the coordinator reads it: need × place × times in a period, small numbers kept apart."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.moments import full_date
from search.models import GapStep, GapWords
from search.understanding.places import places
from sociale_kaart.models import Gap, TaxonomyTerm

# Fewer are never told as a number: with need and place beside it, one may be someone.
FEW = 5
MOST_PLACES = 8
ELSEWHERE = ""
# How often, by the code of a need and the NIS code of a municipality.
Reports = Counter[tuple[str, str]]
QUARTER = 3
# This quarter and the four before it: a year to look back on.
QUARTERS = 5
# What a spreadsheet would read as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


@dataclass(frozen=True)
class Period:
    """A quarter, or what has passed of it: from a day to a day, both included."""

    first: date
    last: date

    @property
    def _number(self) -> int:
        return (self.first.month - 1) // QUARTER + 1

    @property
    def name(self) -> str:
        """Give its word in the address: "2026-4"."""
        return f"{self.first.year}-{self._number}"

    @property
    def label(self) -> str:
        """Say '4e kwartaal 2026'."""
        return _("quarter %(number)s of %(year)s") % {"number": self._number, "year": self.first.year}

    @property
    def words(self) -> str:
        """Say '1 oktober 2026 tot 22 november 2026'."""
        return _("%(first)s to %(last)s") % {"first": full_date(self.first), "last": full_date(self.last)}


def periods(today: date) -> list[Period]:
    """Give this quarter up to today and those before it.

    No two share a day: what two overlapping periods differ by may be one person.
    """
    found = [Period(date(today.year, (today.month - 1) // QUARTER * QUARTER + 1, 1), today)]
    while len(found) < QUARTERS:
        last = found[-1].first - timedelta(days=1)
        found.append(Period(date(last.year, last.month - QUARTER + 1, 1), last))
    return found


def period(name: str, offered: Sequence[Period]) -> Period:
    """Give the period of this name; a name that is not offered is the running quarter."""
    return next((one for one in offered if one.name == name), offered[0])


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
    quarters: list[Cell]

    @property
    def in_quarters(self) -> bool:
        """Tell whether there is more than one quarter to compare."""
        return len(self.quarters) > 1


def table(chosen: Period, offered: Sequence[Period]) -> Table:
    """Count the reports of a period, and those of every period that is offered for the chart."""
    reports = _reports(offered)
    columns = _columns(reports[chosen])
    counts = _in_columns(reports[chosen], columns)
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
        quarters=_quarters(reports),
    )


def _reports(offered: Sequence[Period]) -> dict[Period, Reports]:
    """Count by period, the code of the need and the NIS code of the municipality; the oldest period first."""
    counted = {one: Reports() for one in reversed(offered)}
    by_first = {one.first: one for one in offered}
    gaps = Gap.objects.filter(day__range=(offered[-1].first, offered[0].last), need__vocabulary="needs")
    by_quarter = gaps.order_by().annotate(quarter=TruncQuarter("day"))
    rows = by_quarter.values_list("need__code", "municipality", "quarter").annotate(count=Count("pk"))
    for code, nis, quarter, count in rows:
        counted[by_first[quarter]][code, nis or ELSEWHERE] += count
    return counted


def _columns(reports: Reports) -> list[str]:
    """Give the municipalities of our own zone by name, and one column for all others when there are any."""
    by_place: Counter[str] = Counter()
    for (_code, nis), count in reports.items():
        by_place[nis] += count
    own = sorted(_own_zone(), key=lambda nis: (-by_place[nis], _name(nis)))[:MOST_PLACES]
    rest = [ELSEWHERE] if set(by_place) - set(own) else []
    return [*sorted(own, key=_name), *rest]


def _in_columns(reports: Reports, columns: Sequence[str]) -> Reports:
    """Bring together what stands in one cell."""
    counts = Reports()
    for (code, nis), count in reports.items():
        counts[code, nis if nis in columns else ELSEWHERE] += count
    return counts


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


def _quarters(reports: Mapping[Period, Reports]) -> list[Cell]:
    """Give for each quarter the sum of what its own table tells as a number: whoever adds that up knows it already."""
    # The register may be younger: quarters before its first report say nothing.
    begun = list(dropwhile(lambda one: not reports[one], reports))
    told = {one: _told(reports[one]) for one in begun}
    most = max(told.values(), default=0)
    return [Cell(told[one], _share(told[one], most), one.label, bool(reports[one]) and not told[one]) for one in begun]


def _told(reports: Reports) -> int:
    counts = _in_columns(reports, _columns(reports))
    return sum(count for count in counts.values() if count >= FEW)


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

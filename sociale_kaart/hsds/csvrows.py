"""Rows of a CSV file, one by one, with what is wrong about the row itself."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

from sociale_kaart.hsds.decoding import Lines

DELIMITERS = ",;\t|"
LARGEST_FIELD = 4 * 1024 * 1024


@dataclass(slots=True)
class CsvRow:
    """One row: its number in a spreadsheet (the header is row 1), its cells by column, and its faults."""

    number: int
    cells: dict[str, str]
    foreign: bool = False
    remarks: list[str] = field(default_factory=list)
    fault: str = ""


class _Feed:
    """Lines for `csv.reader` that can be given back when a quote was never closed."""

    def __init__(self, lines: Lines) -> None:
        self._lines = iter(lines)
        self._back: deque[tuple[str, bool]] = deque()
        self.start()

    def start(self) -> None:
        """Begin to remember what the next row takes."""
        self.taken: list[tuple[str, bool]] = []
        self.ran_out = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines, None)
        if line is None:
            self.ran_out = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        return line[0]

    def give_back_all_but_the_first(self) -> str:
        """Return the first line of the row; the others will be read again."""
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.taken = [first]
        return first[0]


def columns_of(stream: IO[bytes]) -> list[str]:
    """Give the column names of a CSV file, as written in the standard (lower case, underscores)."""
    feed = _Feed(Lines(stream))
    return _header(feed)[0]


def rows(stream: IO[bytes]) -> Iterator[CsvRow]:
    """Read a CSV file row by row. The delimiter is found in the header; blank rows are passed over."""
    csv.field_size_limit(LARGEST_FIELD)
    feed = _Feed(Lines(stream))
    header, delimiter, number = _header(feed)
    for cells, fault in _parsed(feed, delimiter, len(header)):
        number += 1
        if not any(cells) and not fault:
            continue
        row = CsvRow(number, dict(zip(header, cells, strict=False)), fault=fault)
        row.foreign = any(foreign for _line, foreign in feed.taken)
        _compare_width(row, cells, header)
        yield row


def _header(feed: _Feed) -> tuple[list[str], str, int]:
    """Read the header row; give the column names, the delimiter and the number of that row."""
    for number, line in enumerate(feed, start=1):
        text = line.lstrip("\ufeff").strip("\r\n")
        if text.lower().startswith("sep=") or not text.strip(DELIMITERS + ' "'):
            continue
        delimiter = _delimiter(text)
        names = _names(text, delimiter)
        return _distinct([_plain_name(name, at) for at, name in enumerate(names, start=1)]), delimiter, number
    return [], ",", 0


def _names(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return header.split(delimiter)


def _delimiter(header: str) -> str:
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _plain_name(name: str, at: int) -> str:
    return "_".join(name.replace("-", "_").split()).lower() or f"column_{at}"


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    for at, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            names[at] = f"{name}_{seen[name]}"
    return names


def _parsed(feed: _Feed, delimiter: str, width: int) -> Iterator[tuple[list[str], str]]:
    """Give the cells of each row, and a fault when its quotes cannot be understood."""
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.start()
        try:
            cells = next(reader)
            is_broken = feed.ran_out or (len(feed.taken) > 1 and len(cells) != width)
        except StopIteration:
            return
        except csv.Error:
            is_broken = True
        if is_broken:
            yield _without_quotes(feed, delimiter, width)
            reader = csv.reader(feed, delimiter=delimiter)
        else:
            yield cells, ""


def _without_quotes(feed: _Feed, delimiter: str, width: int) -> tuple[list[str], str]:
    """Read one line of which a quote was never closed; it counts only when the number of cells is right."""
    line = feed.give_back_all_but_the_first().strip("\r\n")
    cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
    fault = "" if len(cells) == width else _("A quotation mark in this row is never closed.")
    return cells, fault


def _compare_width(row: CsvRow, cells: list[str], header: list[str]) -> None:
    extra = cells[len(header) :]
    if any(extra):
        row.cells |= {f"column_{at}": cell for at, cell in enumerate(extra, start=len(header) + 1) if cell}
        row.remarks.append(_("This row has more cells than there are columns."))
    elif len(cells) < len(header) and not row.fault:
        row.remarks.append(_("This row has fewer cells than there are columns."))

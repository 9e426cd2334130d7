"""Records of a JSON file, one by one: a page of a list, a bare list, one object, or a line per object."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from sociale_kaart.hsds.decoding import Lines, chunks, json_encoding, marked_encoding
from sociale_kaart.hsds.sources import Part, UnreadableError

LIST_KEYS = {"contents", "content", "results", "items", "data"}
SNIFF = 256 * 1024
LARGEST_VALUE = 128 * 1024 * 1024
BLANK = " \t\r\n\ufeff"
# What stands around the list of a page: how many there are, and which page this is.
PAGE = "page"
LONGEST_NUMBER = 40


def _whole(digits: str) -> int | str:
    """Read a whole number; one that is too long to be one stays text, so that it costs no more than its own field."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


_decoder = json.JSONDecoder(parse_int=_whole)
_decode = _decoder.raw_decode


@dataclass(slots=True)
class Item:
    """One record with its number in the file. `table` is set when the file says what it is."""

    number: int
    value: Any
    table: str = ""
    fault: str = ""
    foreign: bool = False


class _Text:
    """Text that comes in pieces, with a place where we are."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0

    def _more(self) -> bool:
        """Fetch at least as much as is still open, so that a long value is not tried too often."""
        kept = [self._text[self._at :]]
        wanted, fetched = max(1, len(kept[0])), 0
        while fetched < wanted and (piece := next(self._pieces, "")):
            kept.append(piece)
            fetched += len(piece)
        self._text, self._at = "".join(kept), 0
        if len(self._text) > LARGEST_VALUE:
            raise UnreadableError(_("One record in the JSON is too large to read."))
        return fetched > 0

    def peek(self) -> str:
        """Pass over blanks; give the next character, or "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in BLANK:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def skip(self, expected: str) -> bool:
        """Pass over one character when it is the expected one."""
        if self.peek() != expected:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """Read one whole JSON value. Raises UnreadableError."""
        self.peek()
        while True:
            try:
                value, end = _decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if isinstance(error, RecursionError) or not self._more():
                    raise UnreadableError(_("This is not valid JSON.")) from error
                continue
            # A number may go on in the next piece.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value


def items(part: Part) -> Iterator[Item]:
    """Give the records of one JSON file, also of pages in a list or on a line. Raises UnreadableError."""
    for item in _told_of(part):
        page = None if item.table or item.fault else _page_of(item.value)
        if page is None:
            yield item
            continue
        contents, said = page
        yield from (Item(item.number, value, foreign=item.foreign) for value in contents)
        yield Item(item.number, said, PAGE)


def _told_of(part: Part) -> Iterator[Item]:
    """Give the records of one JSON file; what cannot be read names the file, because there may be many."""
    try:
        yield from _all_items(part)
    except UnreadableError as error:
        raise UnreadableError(f"{part.name}: {error}") from error


def _all_items(part: Part) -> Iterator[Item]:
    if _is_one_per_line(part):
        yield from _line_items(part)
        return
    with part.open() as stream:
        encoding, foreign = json_encoding(stream)
    with part.open() as stream:
        number = 0
        for table, value in _document(_Text(chunks(stream, encoding))):
            number += table != PAGE
            yield Item(number, value, table, foreign=foreign)


def _is_one_per_line(part: Part) -> bool:
    """Tell whether each line is an object by itself: by the name of the file, or by its first two lines."""
    with part.open() as stream:
        first, second = _first_lines(stream)
    if part.path.suffix.lower() in {".ndjson", ".jsonl"}:
        return first not in {"[", "{"} and not first.startswith("[")
    return second.startswith("{") and first.startswith("{") and first.rstrip().endswith("}")


def _first_lines(stream: IO[bytes]) -> tuple[str, str]:
    """Give the first two lines that are not blank, as far as they lie in the first piece of the file."""
    start = stream.read(SNIFF)
    text = start.decode(marked_encoding(start) or "utf-8", "replace")
    found = [line.strip(BLANK) for line in text.splitlines() if line.strip(BLANK)]
    return found[0] if found else "", found[1] if len(found) > 1 else ""


def _line_items(part: Part) -> Iterator[Item]:
    with part.open() as stream:
        for number, (line, foreign) in enumerate(Lines(stream), start=1):
            text = line.strip(BLANK)
            if not text:
                continue
            try:
                yield Item(number, _decoder.decode(text), foreign=foreign)
            except (ValueError, RecursionError):
                yield Item(number, None, fault=_("This line is not valid JSON."), foreign=foreign)


def _page_of(value: Any) -> tuple[list[Any], dict[str, Any]] | None:
    """Give what is in a page that stands in a list or on a line, and what the page says of itself."""
    if not isinstance(value, dict) or "id" in value or "name" in value:
        return None
    key = next((key for key in value if key in LIST_KEYS and isinstance(value[key], list)), None)
    return None if key is None else (value[key], {name: said for name, said in value.items() if name != key})


def _document(text: _Text) -> Iterator[tuple[str, Any]]:
    """Give (table, record) for everything in a file; several values after each other are read too."""
    if not text.peek():
        raise UnreadableError(_("The file is empty."))
    while start := text.peek():
        if start == "[":
            yield from (("", value) for value in _list(text))
            yield PAGE, {}
        elif start == "{":
            yield from _object(text)
        else:
            raise UnreadableError(_("This is not valid JSON."))


def _list(text: _Text) -> Iterator[Any]:
    text.skip("[")
    if text.skip("]"):
        return
    while True:
        yield text.value()
        if text.skip(","):
            continue
        if not text.skip("]"):
            raise UnreadableError(_("This is not valid JSON."))
        return


def _object(text: _Text) -> Iterator[tuple[str, Any]]:
    """Read an object key by key. The list in a page is passed on item by item, the rest is one record."""
    whole: dict[str, Any] = {}
    was_list = False
    text.skip("{")
    while not text.skip("}"):
        key = text.value()
        if not isinstance(key, str) or not text.skip(":"):
            raise UnreadableError(_("This is not valid JSON."))
        is_table = key.lower().endswith(".csv")
        if text.peek() == "[" and (is_table or (key in LIST_KEYS and "id" not in whole)):
            was_list = True
            yield from ((key if is_table else "", value) for value in _list(text))
        else:
            whole[key] = text.value()
        if not text.skip(",") and text.peek() != "}":
            raise UnreadableError(_("This is not valid JSON."))
    yield (PAGE if was_list else ""), whole

"""From bytes to text: UTF-8 as the standard asks, and what one meets in its place."""

import codecs
import io
from collections.abc import Iterator
from typing import IO

PEEK = 64 * 1024
CHUNK = 1024 * 1024
UTF8 = "utf-8"
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(start: bytes) -> str:
    """Give the encoding that the first bytes tell, or "" when they tell nothing."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    if start[1:4:2] == b"\0\0" and start[0:1] != b"\0":
        return "utf-16-le"
    if start[0:3:2] == b"\0\0" and start[1:2] != b"\0":
        return "utf-16-be"
    return ""


def decoded(line: bytes) -> tuple[str, bool]:
    """Read bytes as UTF-8, or else as Windows-1252; the second value tells whether it was the latter."""
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252"), True
    except UnicodeDecodeError:
        return line.decode("latin-1"), True


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return decoded(error.object[error.start : error.end])[0], error.end


AS_WINDOWS = "dorpel_as_windows"
codecs.register_error(AS_WINDOWS, _as_windows)


class Lines:
    """The lines of a file as text, one by one; `foreign` counts those that were not UTF-8."""

    def __init__(self, stream: IO[bytes]) -> None:
        start = stream.read(PEEK).removeprefix(codecs.BOM_UTF8)
        self._stream = io.BufferedReader(_Joined(start, stream))
        self._encoding = marked_encoding(start)
        self._only_cr = b"\n" not in start and b"\r" in start
        self.foreign = 0

    def __iter__(self) -> Iterator[tuple[str, bool]]:
        """Give each line with its line end, and whether it was read as Windows-1252."""
        if self._encoding:
            for line in io.TextIOWrapper(self._stream, self._encoding, errors="replace", newline=""):
                yield line, False
            return
        for raw in self._raw_lines():
            text, foreign = decoded(raw)
            self.foreign += foreign
            yield text, foreign

    def _raw_lines(self) -> Iterator[bytes]:
        if not self._only_cr:
            for raw in self._stream:
                yield from raw.splitlines(keepends=True)
            return
        for line in io.TextIOWrapper(self._stream, "latin-1", newline=None):
            yield line.encode("latin-1")


class _Joined(io.RawIOBase):
    """The bytes that were peeked at, and then the rest of the stream."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._start:
            piece, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        else:
            piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def json_encoding(stream: IO[bytes]) -> tuple[str, bool]:
    """Give the encoding of a whole JSON file, and whether something in it is not UTF-8, as JSON must be."""
    start = stream.read(CHUNK)
    if encoding := marked_encoding(start):
        return encoding, False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while start:
            decoder.decode(start)
            start = stream.read(CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return UTF8, True
    return UTF8, False


def chunks(stream: IO[bytes], encoding: str) -> Iterator[str]:
    """Give the text of a file in pieces."""
    errors = AS_WINDOWS if encoding == UTF8 else "replace"
    text = io.TextIOWrapper(_unclosed(stream), encoding, errors=errors, newline="")
    while piece := text.read(CHUNK):
        yield piece


def _unclosed(stream: IO[bytes]) -> io.BufferedReader:
    return io.BufferedReader(_Joined(b"", stream))

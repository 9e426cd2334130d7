"""Two people in one form: what each of them changed, and where both did. No Django imports."""

import hashlib
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

DIGEST_SIGNS = 16
# A word or a sign, with the space before it.
WORDS = re.compile(r"\s*(?:\w+|[^\w\s])")


class Piece(NamedTuple):
    """A stretch of one of two texts; `own` when the other text does not have it there."""

    text: str
    own: bool


@dataclass(frozen=True)
class Clash:
    """One field that two people wrote differently since it was shown."""

    field: str
    theirs: Any
    mine: Any

    @property
    def together(self) -> Any:
        """Give both texts, theirs first; for anything but texts the newest choice."""
        if not isinstance(self.theirs, str) or not isinstance(self.mine, str):
            return self.mine
        if self.mine in self.theirs:
            return self.theirs
        if self.theirs in self.mine:
            return self.mine
        return woven(self.theirs, self.mine) or f"{self.theirs}\n\n{self.mine}"


def compared(one: str, other: str) -> list[Piece]:
    """Cut the first text into what it shares with the other one and what only stands here."""
    words = WORDS.findall(one)
    steps = _steps(words, WORDS.findall(other))
    pieces: list[Piece] = []
    for tag, start, end, _at, _to in steps:
        text = "".join(words[start:end])
        # The space before a word that only stands here is nobody's: it is not underlined with it.
        gap = "" if tag == "equal" else text[: len(text) - len(text.lstrip())]
        pieces += [Piece(gap, own=False), Piece(text[len(gap) :], tag != "equal")]
    return [piece for piece in pieces if piece.text]


def woven(one: str, other: str) -> str:
    """Give one text with all words of both, or nothing when they say something else in the same place."""
    words, others = WORDS.findall(one), WORDS.findall(other)
    steps = list(_steps(words, others))
    if any(tag == "replace" for tag, *_where in steps):
        return ""
    return "".join("".join(words[start:end] or others[at:to]) for _tag, start, end, at, to in steps)


def _steps(words: list[str], others: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, words, others, autojunk=False).get_opcodes()


def digest(value: object) -> str:
    """Give a short fingerprint of a value; empty and not answered are the same."""
    text = "" if value is None else str(value)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_SIGNS]


def write_stamp(values: Mapping[str, object]) -> str:
    """Write which values a form was shown with, for its hidden field: 'wish:ab12…,goal:…'."""
    return ",".join(f"{name}:{digest(value)}" for name, value in values.items())


def read_stamp(stamp: str) -> dict[str, str]:
    """Read what `write_stamp` wrote; anything else counts as not seen."""
    pairs = (part.partition(":") for part in stamp.split(","))
    return {name: sign for name, found, sign in pairs if found}


def merge(
    seen: Mapping[str, str], current: Mapping[str, Any], mine: Mapping[str, Any], *, own: Container[str] = ()
) -> tuple[dict[str, Any], list[Clash]]:
    """Tell which of my values to keep, and where I must choose.

    `seen` are the fingerprints of what my form was shown with; a field in `own` was last written by this very form.
    Without a fingerprint a value counts as seen when it is empty.
    """
    keep: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name, value in mine.items():
        shown, now, new = seen.get(name, digest("")), digest(current[name]), digest(value)
        if new == now or (new == shown and name not in own):
            continue
        if now == shown or name in own:
            keep[name] = value
        else:
            clashes.append(Clash(name, current[name], value))
    return keep, clashes

"""Turns text into folded words with their stems; documents and questions pass through the same code."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.language.lexicon import word_file
from search.language.stemmer import stem

# Part of the index generation: raise it when the same text gives other tokens.
VERSION = "8"

# Dotted letters (O.C.M.W.), or letters and digits joined by - ' & or +.
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)|[^\W_]+(?:[-‐‑'’&][^\W_]+)*\+?")
JOINTS = re.compile(r"[-‐‑]")
APOSTROPHES = re.compile(r"['’]")
LETTERS = str.maketrans(
    {"ĳ": "ij", "Ĳ": "ij", "œ": "oe", "Œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "ı": "i"}
)
LONGEST_WORD = 60

# Words that say nothing about the help that is sought. Words of denial and place ("geen", "niet",
# "zonder", "uit") are in: phrases of the synonym list are matched before stop words are dropped.
STOP_WORDS = word_file("stop-words.txt")


class Word(NamedTuple):
    """One word of a text: folded, with the span of what was typed. `joined` = the parts of a hyphen in one."""

    text: str
    start: int
    end: int
    joined: bool = False

    @property
    def stem(self) -> str:
        """Give the stem by which it is found."""
        return stem(self.text)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, without accents, with ligatures as letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def words(text: str) -> Iterator[Word]:
    """Every word of the text in order; "ex-partner" gives ex, partner and expartner."""
    for match in TOKEN.finditer(text):
        if match.end() - match.start() > LONGEST_WORD:
            continue
        start, end = match.span()
        for token, joined in _tokens(match.group()):
            yield Word(token, start, end, joined)


def texts(text: str) -> Iterator[str]:
    """Give what `words` gives without where it stands, in half the time: for the many texts of a catalogue."""
    for run in TOKEN.findall(text):
        if len(run) <= LONGEST_WORD:
            for token, _joined in _tokens(run):
                yield token


@lru_cache(maxsize=100_000)
def _tokens(raw: str) -> tuple[tuple[str, bool], ...]:
    """Give the words in one run of letters, and whether a word is made by joining."""
    token = fold(raw)
    if "." in token:
        return ((token.replace(".", ""), False),)
    if token.endswith("+"):
        token = token[:-1] + ("plus" if token[:-1].isdigit() else "")
    if "&" in token:
        letters = token.split("&")
        short = all(len(letter) < 3 for letter in letters)
        return ((token, False),) if short else tuple((letter, False) for letter in letters)
    pieces = [plain for piece in JOINTS.split(token) if (plain := _without_elision(piece))]
    if len(pieces) < 2:
        return tuple((piece, False) for piece in pieces)
    joined = "".join(pieces)
    if any(len(piece) == 1 for piece in pieces):
        return ((joined, False),)
    return (*((piece, False) for piece in pieces), (joined, True))


def _without_elision(piece: str) -> str:
    """Take 's and 'n from the end, and l' and d' from the front."""
    kept = [part for part in APOSTROPHES.split(piece) if len(part) > 1 and part != "qu"]
    if kept:
        return kept[0]
    return APOSTROPHES.sub("", piece)


def is_stop(word: str) -> bool:
    """Whether the word carries no meaning of its own, or is a single letter."""
    return word in STOP_WORDS or (len(word) == 1 and not word.isdigit())


def stems(text: str) -> list[str]:
    """Give the stems of a text's words, stop words left out: what a document field is indexed by."""
    return [word.stem for word in words(text) if not is_stop(word.text)]

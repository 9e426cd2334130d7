"""Reads words that are spelled as they are said: "nie" is niet, "stroat" is straat, "kluske" is klus."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from search.language.analyser import STOP_WORDS, Word
from search.language.lexicon import DATA, lexicon, word_file

VAGUE = word_file("vague-words.txt")
SHORTEST = 4
# "kluske" is klus; of a shorter beginning nobody knows: "Jabeke" is no jab.
SHORTEST_BASE = 3
DIMINUTIVES = ("ekes", "skes", "eke", "ske", "kes", "ke")
# What is said -> what is written; only for words that nobody knows, and only where that gives a Dutch word.
SOUNDS = (
    (re.compile("oa|ao"), "aa"),
    (re.compile("oa|ao"), "a"),
    (re.compile("uu"), "ui"),
    (re.compile("sk"), "sch"),
    (re.compile("([aeou])\\1([bdfgklmpst])n$"), r"\1\2en"),
    (re.compile("(?<=[bdfgklmpstvz])n$"), "en"),
    (re.compile("^(?=[aeiou])"), "h"),
)
# Only after a denial: elsewhere a "mier" is an ant.
MORE, DENIALS = frozenset({"mier", "mer", "mir"}), frozenset({"niet", "geen", "nooit", "niks"})


@cache
def spoken_words() -> dict[str, str]:
    """Give the words of our own list, each with how it is written."""
    lines = (DATA / "spoken-words.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=") for line in lines if line[:1] != "#")
    return {word: written.strip() for said, written in pairs for word in said.split()}


def as_written(asked: Sequence[Word], is_unknown: Callable[[Word], bool]) -> list[Word]:
    """Give the words with those that nobody knows as they are written; where they stand in the text stays."""
    read: list[Word] = []
    for word in asked:
        after_denial = bool(read) and read[-1].text in DENIALS
        written = "meer" if after_denial and word.text in MORE else _written(word, is_unknown)
        # "Niemeer" is two words.
        read += [word._replace(text=part) for part in written.split()]
    return read


def _written(word: Word, is_unknown: Callable[[Word], bool]) -> str:
    listed = spoken_words().get(word.text)
    if listed or len(word.text) < SHORTEST or not is_unknown(word):
        return listed or word.text
    known = lexicon().words
    return next((form for form in _forms(word.text) if form in known), word.text)


def _forms(text: str) -> Iterator[str]:
    """Give what may have been meant, the surest first."""
    if text[0] == "k" and (text[1:] in STOP_WORDS or text[1:] in VAGUE):
        yield text[1:]
    for said, written in SOUNDS:
        form = said.sub(written, text)
        if form != text:
            yield form
    for ending in DIMINUTIVES:
        if text.endswith(ending) and len(text) - len(ending) > SHORTEST_BASE:
            yield text.removesuffix(ending)

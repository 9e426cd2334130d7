"""The Dutch word lists that stemming, splitting and spelling lean on, read once per process."""

import lzma
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
CHUNK = 64
COMPOUND_RULES = "compound-rules.txt"


class WordList:
    """A large sorted list of words that answers `in` and takes 2 MB where a set would take 18."""

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted(words)
        self._firsts = ordered[::CHUNK]
        self._chunks = ["\n".join(["", *ordered[at : at + CHUNK], ""]) for at in range(0, len(ordered), CHUNK)]

    def __contains__(self, word: str) -> bool:
        at = bisect_right(self._firsts, word) - 1
        return at >= 0 and f"\n{word}\n" in self._chunks[at]


@dataclass(frozen=True)
class Lexicon:
    """`words` are base forms; `left` may begin a compound, `right` end it; `verbs` take a -t.

    `parts` and `whole` are what we add to the dictionary: words that build compounds, and words that are never split.
    `left` and `right` hold these parts too; `only_ours` are those that the dictionary does not have on that side.
    """

    words: WordList
    left: frozenset[str]
    right: frozenset[str]
    verbs: frozenset[str]
    parts: frozenset[str]
    whole: frozenset[str]
    only_ours_left: frozenset[str]
    only_ours_right: frozenset[str]


def read_rules(text: str) -> tuple[set[str], set[str]]:
    """Read "+ part" and "- never split" lines; return both sets."""
    parts, whole = set(), set()
    for line in text.splitlines():
        sign, _space, word = line.strip().partition(" ")
        if sign == "+":
            parts.add(word.strip())
        elif sign == "-":
            whole.add(word.strip())
    return parts, whole


@cache
def word_file(name: str) -> frozenset[str]:
    """Read one of our own lists: words between spaces, lines with # are remarks."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def lexicon() -> Lexicon:
    """Read the shipped lists and our own additions."""
    lists: dict[str, list[str]] = {}
    for line in lzma.decompress((DATA / "lexicon-nl.xz").read_bytes()).decode().splitlines():
        if line.startswith("#"):
            current = lists.setdefault(line[1:], [])
        else:
            current.append(line)
    parts, whole = read_rules((DATA / COMPOUND_RULES).read_text(encoding="utf-8"))
    return Lexicon(
        words=WordList(lists["words"]),
        left=frozenset(lists["left"]) | parts,
        right=frozenset(lists["right"]) | parts,
        verbs=frozenset(lists["verbs"]),
        parts=frozenset(parts),
        whole=frozenset(whole),
        only_ours_left=frozenset(parts.difference(lists["left"])),
        only_ours_right=frozenset(parts.difference(lists["right"])),
    )

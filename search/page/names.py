"""Names by which people look while they type: sorted once, then found by the beginning of any of their words."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from search.language.analyser import fold, is_stop, words

# Of very common beginnings only so many names are looked at.
MOST_LOOKED_AT = 400
MOST_READ = 3000


class Name(NamedTuple):
    """One name: of what ("service", "organization"), of which one, its weight, and words that find it as well."""

    kind: str
    key: str
    name: str
    weight: int = 1
    also: str = ""


def spoken(text: str) -> list[str]:
    """Give the folded words of a text as people type them; the parts of "ex-partner" apart."""
    return [word.text for word in words(text) if not word.joined]


class Names:
    """A list of names that never changes once made."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = sorted(names, key=lambda one: (fold(one.name), one.key))
        self._folded = [fold(one.name) for one in self._names]
        found: dict[str, array[int]] = defaultdict(lambda: array("L"))
        for at, one in enumerate(self._names):
            for word in {*spoken(one.name), *spoken(one.also)}:
                found[word].append(at)
        self._words = sorted(found)
        self._at = [found[word] for word in self._words]

    def __len__(self) -> int:
        return len(self._names)

    def all(self) -> list[Name]:
        """Give all names in order."""
        return list(self._names)

    def heaviest(self, start: str, limit: int) -> list[Name]:
        """Give names with a word that begins like this, those of the most weight first."""
        found = [self._names[at] for at in dict.fromkeys(self._starting(start))]
        return sorted(found, key=lambda one: -one.weight)[:limit]

    def beginning_with(self, text: str, limit: int) -> list[Name]:
        """Give names in which every telling word of the text stands, the last one perhaps unfinished.

        Those that begin like the text come first, then the shortest.
        """
        asked = spoken(text)
        if not asked or limit < 1:
            return []
        first = self._whole(fold(text).strip(), limit)
        others = [at for at in self._candidates(asked) if at not in first]
        others.sort(key=lambda at: (len(self._folded[at]), self._folded[at]))
        return [self._names[at] for at in [*first, *others][:limit]]

    def _whole(self, start: str, limit: int) -> list[int]:
        at = bisect_left(self._folded, start)
        found: list[int] = []
        while at < len(self._folded) and len(found) < limit and self._folded[at].startswith(start):
            found.append(at)
            at += 1
        return found

    def _candidates(self, asked: Sequence[str]) -> list[int]:
        """Give names with all of these words, looking through those of the rarest whole word."""
        start = asked[-1]
        sure = sorted((self._exactly(word) for word in asked[:-1] if not is_stop(word)), key=len)
        if not sure:
            return list(dict.fromkeys(islice(self._starting(start), MOST_LOOKED_AT)))
        rarest, others = sure[0], sure[1:]
        found = (at for at in rarest[:MOST_READ] if self._has_start(at, start))
        return [at for at in islice(found, MOST_LOOKED_AT) if all(_holds(other, at) for other in others)]

    def _has_start(self, at: int, start: str) -> bool:
        return f" {start}" in f" {self._folded[at]}" or any(
            word.startswith(start) for word in spoken(self._names[at].also)
        )

    def _exactly(self, word: str) -> Sequence[int]:
        at = bisect_left(self._words, word)
        return self._at[at] if at < len(self._words) and self._words[at] == word else ()

    def _starting(self, start: str) -> Iterator[int]:
        at = bisect_left(self._words, start)
        while at < len(self._words) and self._words[at].startswith(start):
            yield from self._at[at]
            at += 1


def _holds(postings: Sequence[int], at: int) -> bool:
    """Tell whether a sorted list of numbers holds this one."""
    place = bisect_left(postings, at)
    return place < len(postings) and postings[place] == at

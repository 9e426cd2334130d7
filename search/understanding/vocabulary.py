"""The words that the index knows, for completion and correction; drawn from the index itself."""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from math import log

from search.language.spelling import Candidate, Speller

MOST_COMPLETIONS = 25
# Words of which it is remembered what may have been meant.
MOST_NEAR = 2000


class Vocabulary:
    """Folded words and stems with the number of records that hold them; never changes once made."""

    def __init__(
        self, words: Mapping[str, int], stems: Mapping[str, int], total: int = 0, about: Mapping[str, int] | None = None
    ) -> None:
        self._total = max(total, *stems.values(), 1) if stems else max(total, 1)
        self._words = dict(words)
        self._stems = dict(stems)
        self._about = dict(about or {})
        self._sorted = sorted(self._words)
        self._speller: Speller | None = None
        self._rarities: dict[int, float] = {}
        self._near: dict[tuple[str, Speller | None], list[Candidate]] = {}

    @property
    def words(self) -> Collection[str]:
        """Give every form that stands somewhere."""
        return self._words.keys()

    def count(self, stem: str) -> int:
        """In how many records this stem stands, as a word or as part of one."""
        return self._stems.get(stem, 0)

    def named(self, stem: str) -> float:
        """Give the share of the records that call themselves by this stem."""
        return self._about.get(stem, 0) / self._total

    def rarity(self, count: int) -> float:
        """Give the weight of a word that stands in so many records, as BM25 counts it."""
        known = self._rarities.get(count)
        if known is None:
            known = self._rarities[count] = log(1 + (self._total - count + 0.5) / (count + 0.5))
        return known

    def has_word(self, word: str) -> bool:
        """Whether exactly this form stands somewhere."""
        return word in self._words

    def completions(self, start: str, limit: int = MOST_COMPLETIONS) -> list[str]:
        """Give the most frequent longer words that begin like this."""
        at = bisect_left(self._sorted, start)
        found = []
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            found.append(self._sorted[at])
            at += 1
        longer = [word for word in found if word != start]
        return sorted(longer, key=lambda word: (-self._words[word], word))[:limit]

    def near(self, word: str, also: Speller | None = None) -> list[Candidate]:
        """Give known words that may have been meant; `also` knows words that stand in no record.

        While someone types, each key asks the same words again.
        """
        known = self._near.get((word, also))
        if known is None:
            if self._speller is None:
                self._speller = Speller(self._words)
            if len(self._near) >= MOST_NEAR:
                self._near.clear()
            known = self._near[word, also] = self._speller.near(word, also)
        return known

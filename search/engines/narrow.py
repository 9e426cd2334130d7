"""What need not be looked for, and what need be looked for in a few records only: the same answers for less."""

from collections.abc import Iterable, Sequence

import tantivy

from search.engines.base import Condition
from search.understanding.plan import PARTS, WHOLE, Alternative

# A condition is narrow where at most one record in so many meets it.
NARROW = 8
# To look only there pays for a term by itself that so many times as many records have, and for several together as soon
# as the rarest of them stands in this share of as many.
ALONE, TOGETHER = 6, 0.25
MOST_COUNTED = 5_000


class Few:
    """How many records have what, in one committed state."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._counts: dict[tuple[str, str], int] = {}

    def narrowest(self, conditions: Iterable[Condition]) -> Condition | None:
        """Give the condition that the fewest records meet, where it is narrow."""
        sizes = [(self._size(condition), condition) for condition in conditions]
        size, narrow = min(sizes, default=(0, None))
        return narrow if size * NARROW <= self._searcher.num_docs else None

    def pays(self, one: Alternative, narrow: Condition) -> bool:
        """Tell whether an alternative is found quicker among the few than among all."""
        size, rarest = self._size(narrow), min(self._count(one.field, term) for term in one.terms)
        return rarest > size * (ALONE if len(one.terms) == 1 else TOGETHER)

    def _size(self, condition: Condition) -> int:
        return sum(self._count(condition.field, value) for value in condition.values)

    def _count(self, field: str, value: str) -> int:
        count = self._counts.get((field, value))
        if count is None:
            if len(self._counts) >= MOST_COUNTED:
                self._counts.clear()
            count = self._counts[field, value] = self._searcher.doc_freq(field, value)
        return count


def proving(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """Leave out what proves nothing beside the others: whatever says "gratis eten" says "eten"."""
    told = {(one.field, one.terms) for one in alternatives if not one.phrase}
    return [one for one in alternatives if told.isdisjoint(_implied(one))]


def _implied(one: Alternative) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Give what each record with this alternative has as well; whole words stand among the parts of words too."""
    fields = (WHOLE, PARTS) if one.field == WHOLE else (one.field,)
    for field in fields:
        if len(one.terms) > 1:
            yield from ((field, (term,)) for term in one.terms)
        if one.phrase or field != one.field:
            yield field, one.terms

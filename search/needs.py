"""What the best answers have in common: the needs they stand under, and what that is worth to the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from operator import mul

from search.engines.base import Row

# So many of the best answers tell which needs are meant, and a need counts from this share of the leading one.
BEST, MEANT = 5, 0.3
# What standing under the same needs lifts at most.
LIFT = 0.3
# Of several needs in one question: what a need that was answered is still worth to the next answer, and how many
# answers are chosen so.
ANSWERED, CHOSEN = 0.85, 20


class Needs:
    """How much each need weighs among the best answers; the leading one counts 1."""

    def __init__(self, scored: Iterable[tuple[float, Row]]) -> None:
        weights: Counter[str] = Counter()
        for score, row in sorted(scored, key=lambda one: (-one[0], one[1].key))[:BEST]:
            weights.update(dict.fromkeys(row.needs, score))
        most = max(weights.values(), default=0.0)
        self._weights = {need: weight / most for need, weight in weights.items()} if most else {}
        # Many records stand under the same needs.
        self._shares: dict[tuple[str, ...], float] = {}
        self._fits: dict[tuple[str, ...], bool] = {}

    @cached_property
    def meant(self) -> tuple[str, ...]:
        """Give the needs that the question is about."""
        return tuple(sorted(need for need, weight in self._weights.items() if weight >= MEANT))

    def fits(self, row: Row) -> bool:
        """Tell whether a record stands under a need that the question is about."""
        fits = self._fits.get(row.needs)
        if fits is None:
            fits = self._fits[row.needs] = not set(self.meant).isdisjoint(row.needs)
        return fits

    def share(self, row: Row) -> float:
        """Give how well a record stands under these needs: halfway between its best need and the mean of its needs."""
        share = self._shares.get(row.needs)
        if share is None:
            shares = [self._weights.get(need, 0.0) for need in row.needs]
            share = self._shares[row.needs] = (max(shares) + sum(shares) / len(shares)) / 2 if shares else 0.0
        return share

    def lift(self, row: Row) -> float:
        """Give by what a score is multiplied."""
        return 1 + LIFT * self.share(row)


def alternated(rows: Sequence[Row], scores: Mapping[str, float], has_each: Callable[[Row], list[float]]) -> list[Row]:
    """Put first what adds most to the answers before it: of a need that is answered already, more is worth less.

    `rows` stand in order; `has_each` tells how far a row answers each of several needs.
    """
    has = {row.key: has_each(row) for row in rows}
    worth = {row.key: [scores[row.key] * one / (sum(has[row.key]) or 1) for one in has[row.key]] for row in rows}
    for at in range(len(next(iter(has.values()), ()))):
        needs = Needs((worth[row.key][at], row) for row in rows)
        for row in rows:
            worth[row.key][at] *= needs.lift(row)
    left, ordered = list(rows), list[Row]()
    while left and len(ordered) < CHOSEN:
        fading = [ANSWERED**had for had in map(sum, zip(*(has[row.key] for row in ordered), strict=True))]
        best = max(left, key=lambda row: sum(map(mul, worth[row.key], fading or repeat(1.0))))
        left.remove(best)
        ordered.append(best)
    return [*ordered, *left]

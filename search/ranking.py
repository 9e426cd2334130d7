"""What lifts or lowers a candidate beyond its words: coverage, age of the check, room for people, place, opening."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from search.engines.base import Condition, Row
from search.records.doc import EPOCH
from search.understanding.plan import Concept, Plan, Where

# Of several needs: what a record is made for, what it says something of, and a trace; evened out over the needs.
MADE_FOR, SPEAKS_OF, TRACE, EVENED = 1.0, 0.4, 0.2, 0.4
# Of one need, the same.
ALONE_SPEAKS_OF, ONLY_A_TRACE = 0.85, 0.35
CHECKED_BONUS, CHECKED_DAYS = 0.10, 365
POPULAR_BONUS = 0.15
SMALL_AREA = 5
# A stem that no record has.
NOTHING = "-"
FULL = 0.85  # a service that takes nobody now still answers, but not first


@dataclass(frozen=True)
class PlaceWeights:
    """What serving the client's municipality is worth."""

    not_served: float
    served: float
    few: float
    only: float
    located: float
    part: float


TYPED = PlaceWeights(0.30, 1.0, 1.15, 1.5, 1.25, 1.3)
SESSION = PlaceWeights(0.60, 1.0, 1.15, 1.35, 1.0, 1.0)
OPEN, NOT_OPEN = 1.7, 0.6
WISHED, NOT_WISHED = 1.15, 0.8


class Ranking:
    """The arithmetic of one plan. `conditions` are the flags that it wants to know of each row."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan = plan
        self._today = (today - EPOCH).days
        self._needed = [at for at, concept in enumerate(plan.concepts) if concept in plan.needed]
        self.conditions, meanings = _conditions(plan)
        self._bits = {meaning: 1 << at for at, meaning in enumerate(meanings)}
        self._about = [self._bits.get(f"about {at}", 0) for at, _concept in enumerate(plan.concepts)]
        self._wished = [self._bits[f"wish {at}"] for at, _wish in enumerate(plan.wishes)]
        self._needed_bits = sum(1 << at for at in self._needed)
        self._factors: dict[tuple[int, int, int, int], float] = {}

    def score(self, row: Row) -> float:
        """Give the final score of a candidate; only its order means something."""
        # Many candidates have the same parts of the question and the same flags: what these make is kept.
        alike = row.strong, row.some, row.flags, row.area_size
        factor = self._factors.get(alike)
        if factor is None:
            factor = self._factors[alike] = self._coverage(row) * self._around(row)
        return row.score * factor * self._prior(row)

    def has(self, row: Row, meaning: str) -> bool:
        """Whether the row has a flag: "takes", "serves", "located", "part", "open" or "wish 0"."""
        return bool(row.flags & self._bits.get(meaning, 0))

    def strong_count(self, row: Row) -> int:
        """How many needed concepts the row has."""
        return (row.strong & self._needed_bits).bit_count()

    def has_each(self, row: Row) -> list[float]:
        """Give how far a row answers each of several needs."""
        return [sum(self._share(row, at) for at in need) / len(need) for need in self._plan.several]

    def is_made_for_one(self, row: Row) -> bool:
        """Tell whether a row calls itself by one of the needed concepts."""
        return any(row.flags & self._about[at] for at in self._needed)

    def worth(self, row: Row) -> float:
        """Give what a row is worth apart from its words: place, opening and wishes, age of the check."""
        return self._around(row) * self._prior(row)

    def _around(self, row: Row) -> float:
        room = 1.0 if self.has(row, "takes") else FULL
        return room * self._place(row) * self._intent(row)

    def _prior(self, row: Row) -> float:
        checked = _fresh(self._today - row.verified_day) if row.verified_day else 0.0
        return 1 + CHECKED_BONUS * checked + POPULAR_BONUS * row.popularity

    def _coverage(self, row: Row) -> float:
        if not self._needed:
            return 1.0
        if len(self._needed) == 1:
            return self._alone(row, self._needed[0])
        return float((sum(self._share(row, at) for at in self._needed) / len(self._needed)) ** EVENED)

    def _alone(self, row: Row, at: int) -> float:
        if not row.strong >> at & 1:
            return ONLY_A_TRACE
        return MADE_FOR if row.flags & self._about[at] else ALONE_SPEAKS_OF

    def _share(self, row: Row, at: int) -> float:
        if row.strong >> at & 1:
            return MADE_FOR if row.flags & self._about[at] else SPEAKS_OF
        return TRACE if row.some >> at & 1 else 0.0

    def _place(self, row: Row) -> float:
        where = self._plan.where
        if where is None:
            return 1.0
        weights = TYPED if where.typed else SESSION
        located = weights.located if self.has(row, "located") else 1.0
        part = weights.part if self.has(row, "part") else 1.0
        return self._served(row, weights) * located * part

    def _served(self, row: Row, weights: PlaceWeights) -> float:
        if not self.has(row, "serves"):
            return weights.not_served
        if row.area_size == 1:
            return weights.only
        return weights.few if row.area_size <= SMALL_AREA else weights.served

    def _is_open(self, row: Row) -> bool:
        """Tell whether it is open then, or calls itself by that time: "weekend", "nacht"."""
        return (self.has(row, "open") or self.has(row, "says")) and not self.has(row, "shut")

    def _intent(self, row: Row) -> float:
        factor = 1.0
        if self._plan.opening:
            factor *= OPEN if self._is_open(row) else NOT_OPEN
        for bit in self._wished:
            factor *= WISHED if row.flags & bit else NOT_WISHED
        return factor


@cache
def _fresh(days: int) -> float:
    """Give what is left of a check after so many days."""
    return math.exp(-max(0, days) / CHECKED_DAYS)


def serves(where: Where) -> Condition:
    """Give the condition that a record's area covers this place."""
    return Condition("areas", where.nodes)


def closed_on(*days: date) -> Condition:
    """Give the condition that a record is closed on one of these days, whatever its week says."""
    return Condition("closed", tuple(day.isoformat() for day in days))


def about(concept: Concept) -> Condition:
    """Give the condition that a record is made for this: it stands in its names or its headings."""
    return Condition("about", tuple(sorted(concept.names)) or (NOTHING,))


def _conditions(plan: Plan) -> tuple[tuple[Condition, ...], Sequence[str]]:
    """Give the flags of a plan and what each bit means."""
    found: list[tuple[str, Condition]] = [("takes", Condition("access", ("takes_new",)))]
    if plan.where:
        found.append(("serves", serves(plan.where)))
        found.append(("located", Condition("at", (plan.where.municipality,))))
        if plan.where.exact:
            found.append(("part", Condition("parts", (plan.where.exact.casefold(),))))
    if plan.opening:
        found.append(("open", Condition("slot", tuple(str(slot) for slot in sorted(plan.opening.slots)))))
        if plan.opening.says:
            found.append(("says", Condition("about", plan.opening.says)))
        if plan.opening.days:
            found.append(("shut", closed_on(*plan.opening.days)))
    found += [(f"about {at}", about(one)) for at, one in enumerate(plan.concepts) if one in plan.needed]
    for at, wish in enumerate(plan.wishes):
        found.append((f"wish {at}", Condition(wish.facet, (wish.value,))))
    return tuple(condition for _name, condition in found), [name for name, _condition in found]

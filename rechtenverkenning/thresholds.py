"""Legal ceilings with their dates, and how an income compares with one. Pure: no Django, no storage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from rechtenverkenning.household import Household


class For(StrEnum):
    """For which household an amount holds; the last two are added per extra person or child."""

    ANY = "any"
    SINGLE = "single"
    COHABITING = "cohabiting"
    COUPLE = "couple"  # two who live together, where the amount of COHABITING is per person
    FAMILY = "family"
    EXTRA_PERSON = "extra_person"
    EXTRA_CHILD = "extra_child"


class Unit(StrEnum):
    """What the amount counts."""

    MONTH_NET = "month_net"
    YEAR_TAXABLE = "year_taxable"


class Position(StrEnum):
    """Where an income stands against a ceiling."""

    BELOW = "below"
    ABOVE = "above"
    NEAR = "near"


@dataclass(frozen=True)
class Threshold:
    """One amount in euro for one kind of household, from one day on."""

    key: str
    household: For
    amount: float
    valid_from: date
    unit: Unit
    source: str


class Limit(NamedTuple):
    """The ceiling for one household: a range as long as we do not know who lives together."""

    low: float
    high: float
    unit: Unit
    valid_from: date
    old: bool


# Net income is never above taxable income; for incomes near these ceilings the tax and
# contributions in between stay under 35 %. Between the two the competent body has to count.
MOST_TAX = 1.35
# People say "about": five percent on either side is no difference.
ROUNDING = 0.05
# Ceilings follow the index. An amount older than a year is not shown as current and is
# taken to have risen by at most this much a year.
RISE_PER_YEAR = 0.08
YEAR = 365.25
FRESH_DAYS = 366

# The fewest, the first that makes a family, and more than anyone has: the ends of every range.
_CHILDREN_WHEN_UNKNOWN = (0, 1, 20)
_ROWS = {"alone": [For.SINGLE], "partner": [For.COUPLE, For.COHABITING], "others": [For.COHABITING]}


def _compositions(answers: Household) -> list[tuple[str, int]]:
    """Give every household that the answers leave possible; of others it is not known whose income was counted."""
    unsure = {"": ["alone", "partner", "others"], "others": ["partner", "others"]}
    given = answers.household or ""
    together = unsure.get(given, [given])
    children = [answers.children] if answers.children is not None else _CHILDREN_WHEN_UNKNOWN
    return list(product(together, children))


def _amount(amounts: dict[For, float], together: str, children: int) -> float | None:
    """Find the ceiling for one composition, or None when the table has no row for it."""
    rows = [For.FAMILY] if children else []
    rows += _ROWS[together]
    base = next((amounts[row] for row in (*rows, For.ANY) if row in amounts), None)
    if base is None:
        return None
    others = children + (together != "alone")
    return base + others * amounts.get(For.EXTRA_PERSON, 0) + children * amounts.get(For.EXTRA_CHILD, 0)


def limit_for(key: str, answers: Household, thresholds: Iterable[Threshold], on: date) -> Limit | None:
    """Find the ceiling `key` that holds on a day; None when none is known.

    Takes the newest set of amounts that had started by then; sets are never mixed.
    """
    known = [row for row in thresholds if row.key == key and row.valid_from <= on]
    if not known:
        return None
    start = max(row.valid_from for row in known)
    newest = [row for row in known if row.valid_from == start]
    amounts = {row.household: row.amount for row in newest}
    found = [_amount(amounts, together, children) for together, children in _compositions(answers)]
    possible = [amount for amount in found if amount is not None]
    if not possible:
        return None
    return Limit(min(possible), max(possible), newest[0].unit, start, (on - start).days > FRESH_DAYS)


def compare(income: int, limit: Limit, on: date) -> Position:
    """Compare net income per month with a ceiling; NEAR whenever the competent body has to count.

    An old ceiling still shows who is surely below, since ceilings rise; who is above it may be below today's.
    """
    taxed = limit.unit is Unit.YEAR_TAXABLE
    factor = 12 if taxed else 1
    lowest = income * factor * (1 - ROUNDING)
    highest = income * factor * (MOST_TAX if taxed else 1 + ROUNDING)
    years = (on - limit.valid_from).days / YEAR if limit.old else 0
    if highest <= limit.low or income == 0:
        return Position.BELOW
    return Position.ABOVE if lowest > limit.high * (1 + RISE_PER_YEAR * years) else Position.NEAR

"""Conditions of a right as data, with a closed set of operators. Pure: no Django, no storage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from rechtenverkenning.household import FACTS, Kind, Shape


class Op(StrEnum):
    """How a fact is compared."""

    IS = "is"  # yes or no
    ONE_OF = "one_of"  # a choice, or at least one of the ticks
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANY_BETWEEN = "any_between"  # at least one of the ages
    BELOW = "below"  # an income, against a dated ceiling
    JUDGED = "judged"  # only the competent body can tell; never asked


class Certainty(StrEnum):
    """HARD: who surely misses it will not get the right. SOFT: a reason for doubt, the body weighs it."""

    HARD = "hard"
    SOFT = "soft"


OPS_OF_SHAPE: Mapping[Shape, frozenset[Op]] = {
    Shape.YES_NO: frozenset({Op.IS}),
    Shape.CHOICE: frozenset({Op.ONE_OF, Op.NONE_OF}),
    Shape.MANY: frozenset({Op.ONE_OF, Op.NONE_OF}),
    Shape.NUMBER: frozenset({Op.AT_LEAST, Op.AT_MOST}),
    Shape.AGES: frozenset({Op.ANY_BETWEEN}),
}


class BadCondition(ValueError):
    """Refuses data as a condition; the message says what is wrong, for who writes the data."""


@dataclass(frozen=True)
class Condition:
    """One comparison.

    `value` is a bool (IS), codes (ONE_OF, NONE_OF), a number (AT_LEAST, AT_MOST), a pair of ages
    (ANY_BETWEEN) or the key of a ceiling (BELOW). `entry` marks what nearly everyone meets: it can send
    away, but it tells nothing yet. `note` is what JUDGED shows, and what others show when they are not met.
    `change` says how someone would come to meet it.
    """

    op: Op
    fact: str = ""
    value: Any = None
    kind: Kind = Kind.OTHER
    certainty: Certainty = Certainty.HARD
    entry: bool = False
    note: str = ""
    change: str = ""


@dataclass(frozen=True)
class AllOf:
    """Every part must be met. The root of a right; also an alternative inside AnyOf."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """One of the parts is enough. `missed` says in a few words that none of them is met."""

    parts: tuple["Node", ...] = field(default=())
    missed: str = ""


Node: TypeAlias = Condition | AllOf | AnyOf


def leaves(node: Node) -> Iterator[Condition]:
    """Yield every comparison under a node."""
    if isinstance(node, Condition):
        yield node
        return
    for part in node.parts:
        yield from leaves(part)


def _check(condition: Condition) -> None:
    """Raise BadCondition when the operator or the value does not fit the fact."""
    fact = FACTS.get(condition.fact)
    if fact is None:
        raise BadCondition(f"unknown fact {condition.fact!r}")
    if condition.op is Op.BELOW:
        fits = condition.fact == "income" and bool(condition.value) and isinstance(condition.value, str)
    else:
        fits = condition.op in OPS_OF_SHAPE[fact.shape] and _value_fits(condition)
    if not fits:
        raise BadCondition(f"{condition.fact} cannot be {condition.op} {condition.value!r}")


def _value_fits(condition: Condition) -> bool:
    match condition.op:
        case Op.IS:
            return isinstance(condition.value, bool)
        case Op.AT_LEAST | Op.AT_MOST:
            return isinstance(condition.value, int) and condition.value >= 0
        case Op.ANY_BETWEEN:
            low, high = condition.value
            return bool(0 <= low <= high)
    return bool(condition.value) and set(condition.value) <= set(FACTS[condition.fact].options)


def _leaf(data: Mapping[str, Any]) -> Condition:
    op = Op(data["op"])
    if op is Op.JUDGED:
        if not data.get("note"):
            raise BadCondition("a condition that the body judges needs a note")
        return Condition(op, note=data["note"], certainty=Certainty.SOFT)
    name = data.get("fact", "")
    value = data.get("value")
    if isinstance(value, list):
        value = tuple(value)
    default_kind = FACTS[name].kind if name in FACTS else Kind.OTHER
    condition = Condition(
        op,
        name,
        value,
        kind=Kind(data.get("kind") or default_kind),
        certainty=Certainty(data.get("certainty") or Certainty.HARD),
        entry=bool(data.get("entry")),
        note=data.get("note", ""),
        change=data.get("change", ""),
    )
    _check(condition)
    return condition


def from_data(data: Mapping[str, Any]) -> Node:
    """Read one node: {"any": […]}, {"all": […]} or {"fact", "op", "value", …}. Raises BadCondition."""
    if "any" in data:
        return AnyOf(tuple(from_data(part) for part in data["any"]), data.get("missed", ""))
    if "all" in data:
        return AllOf(tuple(from_data(part) for part in data["all"]))
    try:
        return _leaf(data)
    except (KeyError, TypeError, ValueError) as error:
        raise error if isinstance(error, BadCondition) else BadCondition(f"{data!r}: {error}") from error

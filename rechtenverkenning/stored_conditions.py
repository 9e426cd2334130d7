"""How a condition lies in the editors' form, and back. Pure: knows the shape of the blocks, not Wagtail."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from rechtenverkenning.conditions import AllOf, AnyOf, Certainty, Condition, Node, Op, from_data
from rechtenverkenning.household import FACTS, Kind, Shape

Block: TypeAlias = Mapping[str, Any]


class Form(StrEnum):
    """Which fields a block shows."""

    NUMBER = "number"
    AGES = "ages"
    OPTIONS = "options"
    YES_NO = "yes_no"
    CEILING = "ceiling"


class BlockSpec(NamedTuple):
    """One block of the editors' form: one kind of condition with the facts that it may ask about."""

    form: Form
    kind: Kind
    facts: tuple[str, ...]


FORM_OF_SHAPE: Mapping[Shape, Form] = {
    Shape.NUMBER: Form.NUMBER,
    Shape.AGES: Form.AGES,
    Shape.CHOICE: Form.OPTIONS,
    Shape.MANY: Form.OPTIONS,
    Shape.YES_NO: Form.YES_NO,
}


def _spec(kind: Kind, *facts: str) -> BlockSpec:
    return BlockSpec(FORM_OF_SHAPE[FACTS[facts[0]].shape], kind, facts)


# The names are stored with every condition: renaming one needs a migration of the stored rows.
BLOCKS: Mapping[str, BlockSpec] = MappingProxyType(
    {
        "age": _spec(Kind.AGE, "age"),
        "residence": _spec(Kind.RESIDENCE, "residence"),
        "legal_stay": _spec(Kind.LEGAL_STAY, "stay"),
        "nationality_group": _spec(Kind.NATIONALITY_GROUP, "stay"),
        "household": _spec(Kind.HOUSEHOLD, "household"),
        "children": _spec(Kind.CHILDREN, "children"),
        "child_ages": _spec(Kind.CHILDREN, "child_ages"),
        "income": BlockSpec(Form.CEILING, Kind.INCOME, ("income",)),
        "income_amount": _spec(Kind.INCOME, "income"),
        "income_change": _spec(Kind.INCOME, "income_dropped"),
        "assets": _spec(Kind.ASSETS, "owns_home"),
        "benefit": _spec(Kind.BENEFIT_STATUS, "sources"),
        "benefit_status": _spec(Kind.BENEFIT_STATUS, "vt", "leefloon_3m", "benefit_ends", "waiting"),
        "health_status": _spec(Kind.HEALTH_STATUS, "insured", "unfit", "chronic", "low", "child_need"),
        "disability_points": _spec(Kind.DISABILITY_POINTS, "disability"),
        "care_score": _spec(Kind.CARE_SCORE, "care"),
        "housing_tenure": _spec(Kind.HOUSING_TENURE, "tenure"),
        "housing_state": _spec(Kind.HOUSING_STATE, "bad_home", "moving"),
        "energy_type": _spec(Kind.ENERGY_TYPE, "heating"),
        "waiting_list": _spec(Kind.WAITING_LIST, "wait_years"),
        "debt": _spec(Kind.DEBT, "debts"),
        "work_history": _spec(Kind.WORK_HISTORY, "worked"),
        "student": _spec(Kind.STUDENT, "student"),
        "loss": _spec(Kind.OTHER, "loss"),
        "other": _spec(Kind.OTHER, "carer", "travel", "alimony", "court", "newcomer"),
    }
)


def _block_name(condition: Condition) -> str:
    """Find the block that holds a condition."""
    form = Form.CEILING if condition.op is Op.BELOW else FORM_OF_SHAPE[FACTS[condition.fact].shape]
    for name, spec in BLOCKS.items():
        if spec.form is form and spec.kind is condition.kind and condition.fact in spec.facts:
            return name
    raise KeyError(f"no block holds {condition.kind} about {condition.fact}")


def _own_fields(condition: Condition, spec: BlockSpec) -> dict[str, Any]:
    """Write what only this kind of block has."""
    match spec.form:
        case Form.CEILING:
            return {"threshold": condition.value}
        case Form.NUMBER:
            return {"op": str(condition.op), "number": condition.value}
        case Form.AGES:
            low, high = condition.value
            return {"low": low, "high": high}
        case Form.OPTIONS:
            return {"op": str(condition.op), "options": list(condition.value)}
    return {"fact": condition.fact, "answer": "yes" if condition.value else "no"}


def to_block(node: Node) -> dict[str, Any]:
    """Write one condition or group as the block that an editor sees."""
    if isinstance(node, AnyOf):
        return {"type": "any_of", "value": {"missed": node.missed, "parts": [to_block(part) for part in node.parts]}}
    if isinstance(node, AllOf):
        return {"type": "all_of", "value": {"parts": [to_block(part) for part in node.parts]}}
    if node.op is Op.JUDGED:
        return {"type": "judged", "value": {"note": node.note}}
    name = _block_name(node)
    shared = {
        "weighed": node.certainty is Certainty.SOFT,
        "entry": node.entry,
        "note": node.note,
        "change": node.change,
    }
    return {"type": name, "value": _own_fields(node, BLOCKS[name]) | shared}


def _comparison(spec: BlockSpec, value: Mapping[str, Any]) -> dict[str, Any]:
    """Read what only this kind of block has."""
    fact = value.get("fact") or spec.facts[0]
    match spec.form:
        case Form.CEILING:
            return {"fact": fact, "op": "below", "value": value["threshold"]}
        case Form.NUMBER:
            return {"fact": fact, "op": value["op"], "value": value["number"]}
        case Form.AGES:
            return {"fact": fact, "op": "any_between", "value": [value["low"], value["high"]]}
        case Form.OPTIONS:
            return {"fact": fact, "op": value["op"], "value": list(value["options"])}
    return {"fact": fact, "op": "is", "value": value["answer"] == "yes"}


def from_block(block: Block) -> Node:
    """Read one stored block. Raises BadCondition when it makes no sense."""
    name, value = block["type"], block["value"]
    match name:
        case "any_of":
            return AnyOf(from_blocks(value["parts"]), value.get("missed") or "")
        case "all_of":
            return AllOf(from_blocks(value["parts"]))
        case "judged":
            return from_data({"op": "judged", "note": value["note"]})
    spec = BLOCKS[name]
    shared = {
        "kind": str(spec.kind),
        "certainty": "soft" if value.get("weighed") else "hard",
        "entry": bool(value.get("entry")),
        "note": value.get("note") or "",
        "change": value.get("change") or "",
    }
    return from_data(_comparison(spec, value) | shared)


def from_blocks(blocks: Iterable[Block]) -> tuple[Node, ...]:
    """Read a list of stored blocks."""
    return tuple(from_block(block) for block in blocks)


def to_blocks(conditions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Write conditions as plain data into blocks."""
    return [to_block(from_data(condition)) for condition in conditions]

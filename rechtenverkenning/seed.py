"""The rights, questions and ceilings that travel along with the code, read from `data/`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rechtenverkenning.conditions import AllOf, Node, from_data
from rechtenverkenning.rules import Rule, Sureness
from rechtenverkenning.thresholds import For, Threshold, Unit
from rechtenverkenning.wording import Option, Question

DATA = Path(__file__).parent / "data"


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _shared() -> dict[str, Any]:
    return _read(DATA / "shared.toml")


def expand(condition: str | Mapping[str, Any]) -> dict[str, Any]:
    """Put shared conditions in their place: a bare name, or {"use": name} with something changed."""
    if isinstance(condition, str):
        return dict(_shared()[condition])
    if "use" in condition:
        return {**_shared()[condition["use"]], **{key: part for key, part in condition.items() if key != "use"}}
    nested = {key: [expand(part) for part in condition[key]] for key in ("any", "all") if key in condition}
    return {**condition, **nested}


def right_rows() -> list[dict[str, Any]]:
    """Give every right of the seed as plain data with its conditions written out, in the order of the codes."""
    found = [right for path in sorted((DATA / "rights").glob("*.toml")) for right in _read(path)["right"]]
    for right in found:
        for name in ("conditions", "already", "hint_when"):
            right[name] = [expand(condition) for condition in right.get(name, [])]
    return sorted(found, key=lambda right: str(right["code"]))


def nodes(conditions: list[dict[str, Any]]) -> tuple[Node, ...]:
    """Read a list of conditions."""
    return tuple(from_data(condition) for condition in conditions)


def rule_of(right: Mapping[str, Any]) -> Rule:
    """Give what the engine needs of one right of the seed."""
    return Rule(
        right["code"],
        AllOf(nodes(right["conditions"])),
        already=nodes(right["already"]),
        hint_when=nodes(right["hint_when"]),
        checked_on=right["checked_on"],
        sureness=Sureness(right["sureness"]),
    )


def rules() -> list[Rule]:
    """Give every right of the seed, ready for the engine."""
    return [rule_of(right) for right in right_rows()]


def question_rows() -> list[dict[str, Any]]:
    """Give every question of the seed as plain data."""
    rows: list[dict[str, Any]] = _read(DATA / "questions.toml")["question"]
    return rows


def questions() -> dict[str, Question]:
    """Give every question of the seed by its fact."""
    return {row["fact"]: _question(row) for row in question_rows()}


def _question(row: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in row.get("options", ()))
    return Question(**{**row, "options": options, "phrases": row.get("phrases", {})})


def threshold_rows() -> list[dict[str, Any]]:
    """Give every ceiling of the seed, one row per kind of household."""
    return [
        {**{key: part for key, part in table.items() if key != "amounts"}, "household": household, "amount": amount}
        for table in _read(DATA / "thresholds.toml")["threshold"]
        for household, amount in table["amounts"].items()
    ]


def thresholds() -> list[Threshold]:
    """Give every ceiling of the seed, ready for the engine."""
    return [
        Threshold(
            row["key"], For(row["household"]), float(row["amount"]), row["valid_from"], Unit(row["unit"]), row["source"]
        )
        for row in threshold_rows()
    ]

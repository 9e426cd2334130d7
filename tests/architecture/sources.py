"""The Python files of this project, for the tests of the house rules."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PYPROJECT["tool"]["importlinter"]["root_packages"]
APPS = [room for room in ROOMS if room != "config"]
OWN = [*ROOMS, "bench", "tests", "tools"]


def files(*folders: str) -> list[Path]:
    """Give the Python files of some folders, without migrations."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def short(path: Path) -> str:
    """Name a file the way people do."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    """Read a file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def floors() -> dict[str, int]:
    """Give the floor of each room, the lowest is 0, from the contract of import-linter."""
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {room.strip(): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")}

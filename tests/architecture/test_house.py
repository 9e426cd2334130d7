"""The habits of the house: small files, short functions, no forbidden names, nothing swallowed."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import APPS, OWN, PYPROJECT, ROOMS, ROOT, files, short, tree

FORBIDDEN = {"services.py", "utils.py", "helpers.py", "common.py", "misc.py"}
FILE_LINES, FUNCTION_LINES, SETTINGS_LINES = 400, 30, 300
# A test may tell a longer story.
STORY_LINES = 45
NOQA = re.compile(r"#\s*noqa(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<reason>.*)")
EVERY_FILE = files(*OWN)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    end = function.end_lineno or function.lineno
    first = function.body[0]
    said = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return end - function.lineno + 1 - docstring


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function and method of a file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_has_a_name_that_says_nothing():
    assert [short(path) for path in EVERY_FILE if path.name in FORBIDDEN] == []


def test_no_file_is_longer_than_400_lines():
    long = {short(path): count for path in EVERY_FILE if (count := len(path.read_text().splitlines())) > FILE_LINES}

    assert long == {}


def is_text(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function does nothing but give a text or a table."""
    return isinstance(function.body[-1], ast.Return) and len(function.body) == 1


def too_long(folders: list[str], lines: int) -> list[str]:
    """Name the functions with more than so many lines."""
    return [
        f"{short(path)}: {function.name}, {length(function)} lines"
        for path in files(*folders)
        for function in functions(path)
        if length(function) > lines and not is_text(function)
    ]


def test_no_function_is_longer_than_30_lines():
    assert too_long([folder for folder in OWN if folder != "tests"], FUNCTION_LINES) == []


def test_no_test_is_longer_than_a_story():
    assert too_long(["tests"], STORY_LINES) == []


def test_the_settings_stay_readable():
    assert len((ROOT / "config/settings/base.py").read_text().splitlines()) < SETTINGS_LINES


def test_every_module_opens_with_what_lives_in_it():
    empty = [path for path in EVERY_FILE if path.read_text().strip()]

    assert [short(path) for path in empty if not ast.get_docstring(tree(path))] == []


def test_no_fault_is_swallowed_whole():
    broad = [
        f"{short(path)}:{node.lineno}"
        for path in EVERY_FILE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ]

    assert broad == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Tell whether an except clause catches more than its writer can know."""
    caught = handler.type
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(kind is None or getattr(kind, "id", "") in {"Exception", "BaseException"} for kind in kinds)


def test_signals_are_heard_in_one_place():
    """Announcing is free; hearing is what hides. Granting rights after a migration is Django's own way."""
    hearing = {
        short(path)
        for path in files(*APPS)
        if re.search(r"^@receiver|(?<!post_migrate)\.connect\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert hearing == {"search/receivers.py"}


def test_every_rule_that_is_switched_off_says_why():
    silent = []
    for path in EVERY_FILE:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = NOQA.search(line)
            if found and path != Path(__file__) and not (found["codes"] and found["reason"].strip()):
                silent.append(f"{short(path)}:{number}")

    assert silent == []


def test_nothing_is_imported_inside_a_function_without_a_reason():
    """`# noqa: PLC0415 (reason)` is the only way, and ruff refuses the rest."""
    ignored = [name for names in per_file_ignores() for name in names]

    assert "PLC0415" not in ignored
    assert "PL" not in ignored


def per_file_ignores() -> list[list[str]]:
    """Give what ruff ignores, in all files or in some."""
    lint = PYPROJECT["tool"]["ruff"]["lint"]
    return [lint["ignore"], *lint["per-file-ignores"].values()]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_known_to_the_checks(room):
    check = (ROOT / "tools/check.sh").read_text(encoding="utf-8")
    rooms = re.search(r"^rooms=\((.*)\)$", check, re.MULTILINE)
    code = re.search(r"^code=\((.*)\)$", check, re.MULTILINE)

    assert rooms is not None
    assert code is not None
    assert room in rooms[1].split()
    assert room in code[1].split()

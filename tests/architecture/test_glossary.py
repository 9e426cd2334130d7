"""Every name in the glossary exists in the code, in the room that it says."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
NAMES = re.findall(r"`([a-z_]+(?:\.\w+)+)`", GLOSSARY)


@cache
def _source_of(room: str) -> str:
    files = [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _is_defined(name: str, source: str) -> bool:
    """Tell whether a class, a function, a field or a constant of this name is written there."""
    return bool(re.search(rf"^\s*(?:class|def) {name}\b|^\s*{name}(?::[^=\n]+)? = ", source, re.MULTILINE))


def test_glossary_names_each_thing_once() -> None:
    assert len(NAMES) >= 90
    assert sorted(NAMES) == sorted(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_name_in_the_glossary_exists(name: str) -> None:
    room, *parts = name.split(".")

    source = _source_of(room)

    assert [part for part in parts if not _is_defined(part, source)] == []

"""Every line of the threat model names a test, and each of those tests exists."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, tree

MODEL = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
STRIDE = (
    "Spoofing", "Tampering", "Repudiation", "Information disclosure", "Denial of service", "Elevation of privilege",
)  # fmt: skip
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def lines(kind):
    """Give the rows of the table under a heading."""
    part = MODEL.partition(f"## {kind}")[2].partition("\n## ")[0]
    return [row for row in part.splitlines() if row.startswith("| ") and not row.startswith("| What could")]


@pytest.mark.parametrize("kind", STRIDE)
def test_each_kind_of_threat_has_lines_and_each_line_a_test(kind):
    assert lines(kind)
    assert [row for row in lines(kind) if not TEST.search(row)] == []


def test_every_test_that_it_names_exists():
    named = set(TEST.findall(MODEL))
    gone = {
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists()
        or (
            name and not any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree(ROOT / path).body)
        )
    }

    assert len(named) > 40
    assert gone == set()

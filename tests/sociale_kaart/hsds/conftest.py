"""What the import tests share: a run that gives its report, and folders of tables written on the spot."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

EXAMPLES = Path(__file__).parents[2] / "data" / "hsds"
COUNTS = ("read", "created", "changed", "unchanged", "mended", "rejected", "records")


@pytest.fixture
def run_import(db, tmp_path, capsys) -> Callable[..., dict[str, Any]]:
    """Run the command and give the report."""

    def run(path: Path, **options: Any) -> dict[str, Any]:
        report = tmp_path / "report.json"
        call_command("hsds_import", path, report=report, **options)
        return json.loads(report.read_text())

    return run


@pytest.fixture
def tables(tmp_path) -> Callable[..., Path]:
    """Write CSV tables, given by name, into a folder and give the folder."""

    def write(**files: str | bytes) -> Path:
        folder = tmp_path / "tables"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(raw)
        return folder

    return write


@pytest.fixture
def as_json(tmp_path) -> Callable[..., Path]:
    """Write a value as JSON, or text as it is, and give the file."""

    def write(value: Any, name: str = "source.json") -> Path:
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    return write


def counts(report: dict[str, Any]) -> dict[str, int]:
    """Give the counts that are not zero."""
    return {name: report[name] for name in COUNTS if report[name]}


def reasons(report: dict[str, Any], field: str | None = None) -> list[str]:
    """Give the sentences of a report, those of one field if asked."""
    return [problem["reason"] for problem in report["problems"] if field in (None, problem["field"])]

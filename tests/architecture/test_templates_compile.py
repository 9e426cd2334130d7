"""Every template compiles and extends and includes only what exists."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.architecture.sources import ROOT

TEMPLATES = ROOT / "templates"
ALL = sorted(path for path in TEMPLATES.rglob("*.*") if path.suffix in {".html", ".txt"})
NAMED = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")


def short(path: Path) -> str:
    """Name a template the way an include does."""
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", ALL, ids=short)
def test_template_compiles(path):
    get_template(short(path))


@pytest.mark.parametrize("path", ALL, ids=short)
def test_template_leans_on_what_exists(path):
    for name in NAMED.findall(path.read_text(encoding="utf-8")):
        get_template(name)

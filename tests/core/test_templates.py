"""House rules of the templates: nothing inline, a comment that names the needs, one way to draw an icon."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
OPENING = re.compile(r"\A(\{% extends [^%]+%\}\s*)?\{% comment %\}")


def short(path: Path) -> str:
    """Name a template the way an include does."""
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", ALL, ids=short)
def test_template_holds_no_inline_style_or_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert "<style" not in source
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=short)
def test_component_opens_with_what_it_needs(path: Path) -> None:
    assert OPENING.match(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=short)
def test_component_is_in_the_docs(path: Path) -> None:
    docs = (TEMPLATES.parent / "docs" / "components.md").read_text(encoding="utf-8")

    parts_of_the_field = {"field_hint.html", "field_error.html", "gallery.html"}

    assert path.name in parts_of_the_field or f"`{path.name}`" in docs


def test_own_script_modules_stay_small() -> None:
    modules = [path for path in (TEMPLATES.parent / "static" / "js").glob("*.js") if path.name != "htmx.min.js"]

    assert {path.name for path in modules if len(path.read_text(encoding="utf-8").splitlines()) >= 60} == set()

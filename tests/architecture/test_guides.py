"""The documents point at things that exist, and the guides use the words of the screens."""

import gettext
import re
from functools import cache
from pathlib import Path

import pytest
import wagtail

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = sorted((ROOT / "docs" / "gidsen").glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
TAG = re.compile(r"</?[a-z][^>]*>")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
# A text with a name in it is a pattern when this many letters of its own are left.
OWN_LETTERS = 8


def _anchors(path: Path) -> set[str]:
    """Give the anchors of the headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(document: Path) -> list[str]:
    broken = []
    for link in LINK.findall(CODE.sub("", document.read_text(encoding="utf-8"))):
        name, _sign, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    return broken


@cache
def _texts_on_screen() -> frozenset[str]:
    """Give every Dutch text of the site and of the editors' screens."""
    found: set[str] = set()
    for folder in [ROOT / "locale", *Path(wagtail.__file__).parent.rglob("locale")]:
        file = folder / "nl" / "LC_MESSAGES" / "django.mo"
        if file.exists():
            with file.open("rb") as opened:
                found |= set(gettext.GNUTranslations(opened)._catalog.values())
    return frozenset(TAG.sub("", text) for text in found)


@cache
def _patterns_on_screen() -> list[re.Pattern[str]]:
    """Give the texts in which a name comes, as patterns."""
    texts = [text for text in _texts_on_screen() if len(PLACEHOLDER.sub("", text)) >= OWN_LETTERS]
    return [
        re.compile(".+".join(map(re.escape, PLACEHOLDER.split(text)))) for text in texts if PLACEHOLDER.search(text)
    ]


def _is_on_screen(words: str) -> bool:
    """Tell whether a screen shows these words; a label may get its capital there."""
    return bool({words, words[:1].lower() + words[1:]} & _texts_on_screen()) or any(
        pattern.fullmatch(words) for pattern in _patterns_on_screen()
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_link_in_a_document_leads_somewhere(document: Path) -> None:
    assert _broken(document) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_guide_uses_the_words_of_the_screens(guide: Path) -> None:
    said = set(re.findall(r"\*\*([^*\n]+)\*\*", CODE.sub("", guide.read_text(encoding="utf-8"))))

    assert sorted(words for words in said if not _is_on_screen(words)) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_guide_shows_the_four_kinds(guide: Path) -> None:
    headings = re.findall(r"^## (\w+)", guide.read_text(encoding="utf-8"), re.MULTILINE)

    assert set(headings) <= {"Leren", "Doen", "Opzoeken", "Begrijpen"}
    assert {"Doen", "Opzoeken", "Begrijpen"} <= set(headings)

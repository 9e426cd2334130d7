"""The contrast table of the design, computed again from tokens.css for both themes."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
DECLARED = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
FALLBACK = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
STRAY_COLOUR = re.compile(r"#(?!000\b|fff\b)[0-9a-fA-F]{3,8}\b(?=[^{}]*;)")
LIGHT, DARK = 0, 1
TEXT, UI = 4.5, 3.0

# foreground, ground, least, light, dark: the figures are those of the design.
PAIRS = [
    ("ink", "page", TEXT, 16.5, 15.6),
    ("ink", "sunken", TEXT, 15.0, 16.6),
    ("ink", "raised", TEXT, 16.5, 13.9),
    ("ink", "door-soft", TEXT, 14.2, 11.6),
    ("ink", "turn-soft", TEXT, 14.8, 11.8),
    ("ink", "moving-soft", TEXT, 14.0, 12.4),
    ("ink", "stuck-soft", TEXT, 14.1, 13.4),
    ("ink-soft", "page", TEXT, 7.9, 10.0),
    ("ink-soft", "sunken", TEXT, 7.1, 10.6),
    ("ink-soft", "raised", TEXT, 7.9, 8.9),
    ("ink-soft", "door-soft", TEXT, 6.7, 7.4),
    ("ink-soft", "turn-soft", TEXT, 7.0, 7.6),
    ("line-strong", "page", UI, 4.2, 5.4),
    ("line-strong", "sunken", UI, 3.8, 5.7),
    ("line-strong", "raised", UI, 4.2, 4.8),
    ("on-plinth", "plinth", TEXT, 15.0, 17.3),
    ("on-plinth", "plinth-up", TEXT, 11.5, 13.3),
    ("on-plinth-soft", "plinth", TEXT, 9.3, 9.7),
    ("on-plinth-soft", "plinth-up", TEXT, 7.1, 7.4),
    ("door", "page", TEXT, 8.0, 10.3),
    ("door", "sunken", TEXT, 7.3, 10.9),
    ("door", "raised", TEXT, 8.0, 9.1),
    ("door", "door-soft", TEXT, 6.9, 7.7),
    ("door", "turn-soft", TEXT, 7.2, 7.8),
    ("door-hover", "page", TEXT, 11.5, 12.3),
    ("on-door", "door", TEXT, 8.0, 9.4),
    ("on-door", "door-hover", TEXT, 11.5, 11.3),
    ("turn", "plinth", TEXT, 10.3, 12.1),
    ("turn", "plinth-up", TEXT, 7.9, 9.3),
    ("on-turn", "turn", TEXT, 10.5, 10.1),
    ("turn-ink", "turn-soft", TEXT, 6.9, 9.3),
    ("turn-ink", "page", TEXT, 7.7, 12.2),
    ("turn-ink", "sunken", TEXT, 7.0, 13.0),
    ("moving", "page", TEXT, 8.7, 10.1),
    ("moving", "moving-soft", TEXT, 7.4, 8.1),
    ("moving", "sunken", TEXT, 7.9, 10.8),
    ("stuck", "page", TEXT, 7.4, 7.3),
    ("stuck", "stuck-soft", TEXT, 6.3, 6.3),
    ("stuck", "sunken", TEXT, 6.8, 7.8),
    ("stuck", "turn-soft", TEXT, 6.7, 5.6),
    ("on-stuck", "stuck", TEXT, 7.4, 7.5),
    ("focus", "page", UI, 16.5, 11.0),
    ("focus", "sunken", UI, 15.0, 11.7),
    ("focus", "focus-gap", UI, 10.5, 11.8),
]


def declared() -> dict[str, tuple[str, str]]:
    """Read every colour with its light and dark half."""
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    return {match[1]: (match[2], match[3]) for match in DECLARED.finditer(css)}


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of WCAG 2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("front", "ground", "least", "light", "dark"), PAIRS)
def test_colour_pair_is_readable_and_as_documented(
    front: str, ground: str, least: float, light: float, dark: float
) -> None:
    colours = declared()

    measured = [contrast(colours[front][theme], colours[ground][theme]) for theme in (LIGHT, DARK)]

    assert min(measured) >= least
    assert measured == pytest.approx([light, dark], abs=0.1)


def test_table_holds_the_44_pairs_of_the_design() -> None:
    assert len({pair[:2] for pair in PAIRS}) == 44


def test_old_browsers_get_exactly_the_light_half() -> None:
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    fallback = css.split("@supports not")[1].split("@media")[0]

    spare = dict(FALLBACK.findall(fallback))

    assert spare == {name: halves[LIGHT] for name, halves in declared().items()}


def test_no_style_sheet_names_a_colour_that_is_not_a_token() -> None:
    # Sheets for paper are black on white in every theme; the editors' screens speak Wagtail's own tokens.
    free = {"tokens.css", "print.css", "receipt.css", "paper.css", "catalogue.css", "admin.css"}

    strays = {
        sheet.name: found
        for sheet in CSS.glob("*.css")
        if sheet.name not in free and (found := STRAY_COLOUR.findall(sheet.read_text(encoding="utf-8")))
    }

    assert strays == {}


def test_every_token_that_is_used_exists() -> None:
    sheets = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in CSS.glob("*.css")}
    known = {name for css in sheets.values() for name in re.findall(r"--([a-z0-9-]+):", css)}

    used = {(sheet, name) for sheet, css in sheets.items() for name in re.findall(r"var\(--([a-z0-9-]+)", css)}
    unknown = {(sheet, name) for sheet, name in used if name not in known and not name.startswith("w-")}

    assert unknown == set()

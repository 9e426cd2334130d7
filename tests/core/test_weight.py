"""What a first visit weighs: the style sheets of a public page and the font."""

import gzip
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CSS_BUDGET, FONT_BUDGET = 14 * 1024, 17 * 1024


def test_style_of_a_public_page_stays_light() -> None:
    layouts = "".join(
        (ROOT / "templates" / "layouts" / name).read_text(encoding="utf-8") for name in ("base.html", "public.html")
    )

    sheets = re.findall(r'"(css/[a-z-]+\.css)"', layouts)
    weight = sum(len(gzip.compress((ROOT / "static" / sheet).read_bytes(), 9)) for sheet in sheets)

    assert len(sheets) == 6
    assert weight <= CSS_BUDGET


def test_font_stays_light_and_brings_its_licence() -> None:
    fonts = ROOT / "static" / "fonts"

    assert (fonts / "atkinson-hyperlegible-next.woff2").stat().st_size <= FONT_BUDGET
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text(encoding="utf-8")

"""The letters that travel along: what our own fonts can draw, so that no sheet of paper shows empty boxes."""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

FONTS = Path(settings.BASE_DIR) / "static" / "fonts"
# One family stands for the other where it has no drawing; both weights must have it.
LATIN = ("atkinson-hyperlegible-next.woff2",)
OTHERS = ("dejavu-sans-helper.woff2", "dejavu-sans-helper-bold.woff2")
# Marks of direction, joiners, spaces and line ends are never drawn.
UNSEEN = {"Cf", "Cc", "Zs", "Zl", "Zp"}


@cache
def _drawn_by(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 (slow library)

    with TTFont(FONTS / name, lazy=True) as font:
        return frozenset(font.getBestCmap())


def lacking(text: str) -> str:
    """Give the signs of a text that our letters cannot draw, each once; empty when all of it prints."""
    needed = {sign for sign in text if unicodedata.category(sign) not in UNSEEN}
    drawn = frozenset.union(*(_drawn_by(name) for name in LATIN)) | frozenset.intersection(
        *(_drawn_by(name) for name in OTHERS)
    )
    return "".join(sorted(sign for sign in needed if ord(sign) not in drawn))

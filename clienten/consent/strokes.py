"""A signature as lines on a small sheet of 600 by 200: checked when it comes in, drawn again when it is shown."""

import json
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Refusal

WIDTH, HEIGHT = 600, 200
MOST_SIGNS = 40_000
# One dot is no signature: a finger slipped.
LEAST_POINTS = 4

Line = list[tuple[int, int]]


def read(text: str) -> list[Line]:
    """Read the lines. Raises Refusal when this is not a drawing of ours."""
    if len(text) > MOST_SIGNS:
        raise Refusal(_("This drawing is too large. Clear it, and sign again."))
    try:
        lines = [[_point(point) for point in line] for line in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise Refusal(_("We cannot read this drawing. Clear it, and sign again.")) from error
    if sum(len(line) for line in lines) < LEAST_POINTS:
        raise Refusal(_("The drawing is empty. Sign in the frame, or leave it out."))
    return lines


def _point(point: Any) -> tuple[int, int]:
    x, y = point
    return min(max(int(x), 0), WIDTH), min(max(int(y), 0), HEIGHT)


def cleaned(text: str) -> str:
    """Give the drawing in the one form in which it is kept; nothing for nothing. Raises Refusal."""
    return json.dumps(read(text), separators=(",", ":")) if text.strip() not in ("", "[]") else ""


def path(text: str) -> str:
    """Give the drawing as the path of an SVG."""
    return " ".join("M" + " L".join(f"{x} {y}" for x, y in line) for line in read(text)) if text else ""

"""Numbers as people write them: a comma, a currency sign, a number in quotes."""

import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sociale_kaart.hsds.outcomes import Mended

LARGEST_COUNT = 2_147_483_647
LARGEST_AMOUNT = Decimal(10) ** 10
_PLAIN = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$")
_AROUND = re.compile(r"[\s€$£]|EUR|euro", re.IGNORECASE)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$")
_COMMA = re.compile(r"^[+-]?\d+,\d+$")


def _digits(value: Any) -> tuple[str, bool]:
    """Give the number as Python writes it, or "", and whether it had to be rewritten."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "", value not in (None, "")
    text = str(value).strip()
    if _PLAIN.match(text) or not text:
        return text, False
    bare = _AROUND.sub("", text).removesuffix(",-")
    if _THOUSANDS.match(bare):
        bare = bare.replace(".", "")
    if _COMMA.match(bare):
        bare = bare.replace(",", ".")
    return (bare if _PLAIN.match(bare) else ""), True


def clean_float(value: Any) -> Any:
    """Give a finite float or nothing."""
    digits, rewritten = _digits(value)
    number = float(digits) if digits else None
    if number is not None and not math.isfinite(number):
        number, rewritten = None, True
    return _told(number, rewritten)


def clean_count(value: Any) -> Any:
    """Give a whole number from zero up, or nothing."""
    number = clean_float(value)
    rewritten = isinstance(number, Mended)
    plain = number.value if isinstance(number, Mended) else number
    if plain is None:
        return number
    if plain != int(plain) or not 0 <= plain <= LARGEST_COUNT:
        return _told(None, rewritten=True)
    return _told(int(plain), rewritten)


def clean_amount(value: Any) -> Any:
    """Give an amount in two decimals, or nothing."""
    digits, rewritten = _digits(value)
    if not digits:
        return _told(None, rewritten)
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        return _told(None, rewritten=True)
    if abs(amount) >= LARGEST_AMOUNT:
        return _told(None, rewritten=True)
    rounded = amount.quantize(Decimal("0.01"))
    return _told(rounded, rewritten or rounded != amount)


def _told(number: float | int | Decimal | None, rewritten: bool) -> Any:
    if not rewritten:
        return number
    reason = _("This is not a number.") if number is None else _("The number was written differently.")
    return Mended(number, reason)

"""What a phone must dial for a number as people write it."""

import re

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

HERE, OURS = "BE", 32
# 112 has three.
FEWEST_DIGITS = 3
# As most are written. A page of results has twenty of them, and the library takes fifteen times as long.
_PLAIN = re.compile(r"0[1-9](?:[ ./-]?[0-9]){7,8}")
# Letters on the keys, as in 0800-HULP.
_IN_LETTERS = re.compile(r"^[\d ./-]+[A-Z]{3,}$")
# What stands behind a short number, as in "1712 (9-17u)".
_BESIDE = re.compile(r"[(,;]")


def digits(written: str) -> str:
    """Give the digits of a text, with the plus of a country."""
    return "".join(sign for sign in written if sign.isdigit() or sign == "+")


def is_callable(written: str) -> bool:
    """Tell whether a text can be a number to call at all."""
    return sum(sign.isdigit() for sign in written) >= FEWEST_DIGITS


def dialled(written: str) -> str:
    """Give what to dial: the first number only, without hours, an extension or a nought in brackets behind a country.

    A short number, such as 112 or 1712, is its digits; "" when nothing can be dialled.
    """
    if _PLAIN.fullmatch(written):
        return digits(written)
    found = next(iter(PhoneNumberMatcher(written, HERE, leniency=Leniency.POSSIBLE)), None)
    if found is None:
        if _IN_LETTERS.match(written):
            return digits(phonenumbers.convert_alpha_characters_in_number(written))
        first = _BESIDE.split(written)[0]
        return digits(first if is_callable(first) else written)
    if found.number.country_code == OURS and re.match(r"\(?0(?!0)", found.raw_string):
        return "0" + phonenumbers.national_significant_number(found.number)
    return str(phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164))

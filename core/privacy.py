"""Personal data: which fields hold it, and the number that nobody may write down."""

import re
import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _

# Eleven digits in the grouping of a national number, whatever the signs between the groups.
_SIGN = r"[\s.,:/_·|\-‐-―−]"
_GROUPED = re.compile(
    rf"(?<![\d+])(\d\d){_SIGN}{{0,2}}(\d\d){_SIGN}{{0,2}}(\d\d){_SIGN}{{0,3}}(\d\d\d){_SIGN}{{0,2}}(\d\d)(?!\d)"
)
_SPELLED = re.compile(r"(?<![\d+])\d(?: \d){10}(?! ?\d)")
# Our own ids, as they stand in links: one in a thousand has eleven digits that could be such a number.
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
# Signs that nobody sees, as a text carries them that was copied out of a chat or a letter.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
NATIONAL_NUMBER_MESSAGE = _("This looks like a national register number. We do not keep it. Take it out.")


def _is_date(month: str, day: str) -> bool:
    """Tell whether the second and third pair can be a date; a bis number adds 20 or 40 to the month."""
    return int(month) % 20 <= 12 and int(month) <= 52 and int(day) <= 31


def _plain(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def holds_national_number(text: str) -> bool:
    """Tell whether a text holds what looks like a Belgian national or bis number, check digits right or not.

    A phone number with its country code ("+32 470 00 00 62"), an enterprise number (ten digits) and the id in one of
    our links are not.
    """
    plain = _ID.sub("id", _plain(text))
    plain = _SPELLED.sub(lambda digits: digits[0].replace(" ", ""), plain)
    return any(_is_date(month, day) for _year, month, day, _serial, _check in _GROUPED.findall(plain))


def without_national_number(text: str) -> str:
    """Give a text with what looks like a national number taken out; a text without one stays as it is."""
    if not holds_national_number(text):
        return text
    plain = _plain(text)
    parts, ids = [_masked(part) for part in _ID.split(plain)], [*_ID.findall(plain), ""]
    return "".join(part + one for part, one in zip(parts, ids, strict=True))


def _masked(text: str) -> str:
    plain = _SPELLED.sub(lambda digits: digits[0].replace(" ", ""), text)
    return _GROUPED.sub(lambda found: "(…)" if _is_date(found[2], found[3]) else found[0], plain)


def unlisted_fields(model: type[models.Model]) -> set[str]:
    """Name the fields of a model that its `Privacy` lists neither as personal nor as retained."""
    privacy = model.__dict__.get("Privacy")
    listed = {*privacy.personal, *privacy.retained} if privacy else set()
    own = {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}
    return own - listed

"""From what a source says to what a field can hold: each cleaner gives a value, a repair or a refusal."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext as _

from core.phones import is_callable
from core.privacy import without_national_number
from sociale_kaart.hsds import moments, numbers
from sociale_kaart.hsds.outcomes import Mended, Refused
from sociale_kaart.hsds.words import CODES, SYNONYMS, plain_word

Cleaner = Callable[[Any], Any]

_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff<&ÃÂ]|â€")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DOUBLE = re.compile("[ÃÂ][\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>|<!--")
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LINE_TAG = re.compile(r"<(br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")
_GLUED_LABEL = re.compile(r"^e-?mail(?=(info|contact|onthaal|welkom)[^@]*@)|^e-mail[^@\s]+@", re.IGNORECASE)
_OTHER_URI = re.compile(r"^(urn|tag|info|doi|ark|oid):[^\s<>\"]+$", re.IGNORECASE)
_DIGITS = re.compile(r"\d\D{0,3}\d\D{0,3}\d\D{0,3}\d")
# Eleven digits in these are another number, or days of a year.
_NUMBERS = {"identifier", "tax_id", "external_identifier", "byweekno", "bymonthday", "byyearday"}
_HOST = re.compile(r"^[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?$")
_is_url = URLValidator(schemes=["http", "https", "ftp", "ftps"])


@dataclass(frozen=True)
class _Text:
    """Text of any length, or cut at `limit`; one line when the field is a short one."""

    limit: int | None
    one_line: bool
    is_number: bool = False

    def __call__(self, value: Any) -> Any:
        given = _as_text(value)
        if isinstance(given, Mended):
            return given
        reason = ""
        if _SUSPECT.search(given):
            given, reason = readable(given)
        text = " ".join(given.split()) if self.one_line else given.strip()
        is_secret = not self.is_number and _DIGITS.search(text) is not None and without_national_number(text) != text
        if is_secret:
            text, reason = without_national_number(text), _("What looks like a national register number was taken out.")
        if self.limit and len(text) > self.limit:
            text = text[: self.limit - 1].rstrip() + "…"
            reason = _("The text is longer than %(limit)s characters and was cut.") % {"limit": self.limit}
        return Mended(text, reason, is_secret) if reason else text


def _as_text(value: Any) -> Any:
    if value.__class__ is str:
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(item) for item in value)
    return Mended("", _("Here stands something that is not text."))


def readable(text: str) -> tuple[str, str]:
    """Take out what a reader cannot read: control characters, HTML, letters that were decoded twice."""
    reason = ""
    if _UNPRINTABLE.search(text):
        text, reason = _UNPRINTABLE.sub("", text), _("Unreadable characters were taken out.")
    if _DOUBLE.search(text):
        text, reason = _decoded_again(text, reason)
    for _round in range(2):
        if _TAG.search(text) or _ENTITY.search(text):
            text, reason = _without_html(text), _("HTML was turned into plain text.")
    return text, reason


def _decoded_again(text: str, reason: str) -> tuple[str, str]:
    """Undo UTF-8 that was once read as Windows-1252 ("caf" + "Ã©")."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8"), _("Letters that were stored wrongly were restored.")
        except UnicodeError:
            continue
    return text, reason


def _without_html(text: str) -> str:
    if _TAG.search(text):
        text = nh3.clean(_LINE_TAG.sub("\n", text), tags=set())
    return _EMPTY_LINES.sub("\n\n", html.unescape(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text)))


def clean_email(value: Any) -> Any:
    """Give one e-mail address; what is not one is left out."""
    given = _as_text(value)
    if isinstance(given, Mended):
        return given
    text = given.strip()
    if not text or (_is_email(text) and not _GLUED_LABEL.match(text)):
        return text
    for part in re.split(r"[\s;,]+", text.removeprefix("mailto:").strip("<>")):
        if _is_email(part) and not _GLUED_LABEL.match(part):
            return Mended(part, _("From this field one e-mail address was taken."))
    return Mended("", _("This is not an e-mail address."))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


@dataclass(frozen=True)
class _Url:
    """A web address; fields that hold a URI also take a urn."""

    limit: int
    any_uri: bool

    def __call__(self, value: Any) -> Any:
        given = _as_text(value)
        if isinstance(given, Mended):
            return given
        text = given.strip()
        if not text or self._fits(text):
            return text
        guess = text.replace(" ", "%20") if "://" in text else f"https://{text}"
        if (("://" in text and " " in text) or _HOST.match(text)) and self._fits(guess):
            return Mended(guess, _("The web address was completed."))
        return Mended("", _("This is not a web address."))

    def _fits(self, text: str) -> bool:
        if len(text) > self.limit:
            return False
        if self.any_uri and _OTHER_URI.match(text):
            return True
        try:
            _is_url(text)
        except ValidationError:
            return False
        return True


@dataclass(frozen=True)
class _Choice:
    """One word of a closed list; other spellings that we know are translated, the rest is refused."""

    name: str
    allowed: frozenset[str]

    def __call__(self, value: Any) -> Any:
        given = _as_text(value)
        text = "" if isinstance(given, Mended) else given.strip()
        if text in self.allowed or (given == "" and value is None):
            return text
        known = SYNONYMS[self.name].get(plain_word(text))
        if known:
            return Mended(known, _("“%(word)s” was read as “%(known)s”.") % {"word": text[:60], "known": known})
        facts = {"word": str(value)[:60], "allowed": ", ".join(sorted(self.allowed - {""}))}
        return Refused(_("The standard does not know “%(word)s” here; it knows: %(allowed)s.") % facts)


@dataclass(frozen=True)
class _Code:
    """A short code, such as a country; a name that we know becomes its code, what is too long is left out."""

    name: str
    limit: int

    def __call__(self, value: Any) -> Any:
        given = _as_text(value)
        text = "" if isinstance(given, Mended) else given.strip()
        if len(text) <= self.limit and text.isascii():
            return text
        known = CODES[self.name].get(plain_word(text), "")
        return Mended(known, _("“%(word)s” is not a code.") % {"word": text[:60]})


def clean_number_of_phone(value: Any) -> Any:
    """Give the number as it is written; quotation marks around it are no part of it. "n.v.t." is no number."""
    text = _Text(60, one_line=True, is_number=True)(value)
    written = text.value if isinstance(text, Mended) else text
    if written and not is_callable(written):
        return Refused(_("This is no number to call. Write it like: 050 00 00 00."))
    if isinstance(text, str) and text[:1] in {'"', "'"}:
        return Mended(text.strip("\"' "), _("Quotation marks around the number were taken off."))
    return text


def _choice_of(field: models.Field[Any, Any]) -> Cleaner:
    words = frozenset(str(value) for value, _label in field.flatchoices) | {""}
    return _Choice("location_type" if field.name == "address_type" else field.name, words)


def _text_of(field: models.Field[Any, Any]) -> Cleaner:
    if field.name in CODES:
        return _Code(field.name, field.max_length or 3)
    return _Text(field.max_length, isinstance(field, models.CharField), is_number=field.name in _NUMBERS)


def cleaner_of(field: models.Field[Any, Any]) -> Cleaner:
    """Choose the cleaner of a model field."""
    if field.name == "number":
        return clean_number_of_phone
    if field.name in {"byday", "wkst"}:
        return moments.clean_days if field.name == "byday" else moments.clean_day
    if field.choices:
        return _choice_of(field)
    for kind, cleaner in _BY_KIND:
        if isinstance(field, kind):
            return cleaner
    if isinstance(field, models.URLField):
        return _Url(field.max_length or 500, any_uri=field.name in {"uri", "term_uri"})
    return _text_of(field)


_BY_KIND: tuple[tuple[type[models.Field[Any, Any]], Cleaner], ...] = (
    (models.EmailField, clean_email),
    (models.FloatField, numbers.clean_float),
    (models.DecimalField, numbers.clean_amount),
    (models.PositiveIntegerField, numbers.clean_count),
    (models.DateTimeField, moments.clean_datetime),
    (models.DateField, moments.clean_date),
    (models.TimeField, moments.clean_time),
)

"""What in a few typed words may point to one person: numbers, addresses, days of birth, names. Knows no database."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise

from search.language.analyser import Word, is_stop, words
from search.language.lexicon import lexicon, word_file

NAMES = word_file("given-names.txt") | word_file("family-names.txt")
# Six digits in one text are a phone, a national number, an account or a day; "24/7" and "65+" stay far below.
MOST_DIGITS = 5
LONGEST_NUMBER = 3
LONGEST_DAY = 8
# Four digits that everyone may type: help lines and public numbers.
PUBLIC_NUMBERS = frozenset({"1207", "1700", "1712", "1722", "1733", "1766", "1771", "1813", "2748"})
TITLES = frozenset(
    {"dhr", "heer", "meneer", "mevr", "mevrouw", "mw", "mr", "mrs", "miss", "monsieur", "madame", "mme", "dokter", "dr"}
)
# More than one word that neither the catalogue nor the language knows may well be a name.
MOST_UNKNOWN = 1

_MAIL = re.compile(
    r"@|\[at\]|\(at\)|apenstaart|\bwww\.|https?:|\w\.(?:be|com|net|org|eu|nl|fr|example)\b", re.IGNORECASE
)
_ACCOUNT = re.compile(r"\b[a-z]{2}\s?\d{2}(?:\s?[a-z0-9]{2,4}){2,}", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|m(?:aa)?rt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sep(?:t(?:ember)?)?|"
    r"okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = re.compile(
    rf"(?<!\d)\d{{1,4}}\s?[./\-–]\s?\d{{1,2}}\s?[./\-–]\s?\d{{2,4}}(?!\d)|\d{{1,2}}\s*{_MONTH}\s*(?:\d\d)?\d\d|"
    rf"\bgeb(?:oren|\.)\s*(?:op\s*)?\d|\bgeboortedatum\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b\w*(?:straat|steenweg|laan|weg|plein|dreef|lei|kaai|dijk|hof|pad|markt|str\.)\s*(?:nr\.?|nummer)?\s*\d",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<!\w)(?=\w*\d\w*\d\w*\d)(?=\w*[^\W\d_])\w{5,}(?!\w)")

Knows = Callable[[Word], bool]


class Sign(StrEnum):
    """Why a text may point to one person."""

    MAIL = "mail"
    ACCOUNT = "account"
    DAY = "day"
    HOUSE = "house"
    NUMBER = "number"
    NAME = "name"


def sign_of_person(text: str) -> Sign | None:
    """Tell what in the text may point to one person, names apart; None when nothing does."""
    plain = _plain(text)
    if _MAIL.search(plain):
        return Sign.MAIL
    if _ACCOUNT.search(plain) and _digits(plain) > LONGEST_DAY:
        return Sign.ACCOUNT
    if _digits(plain) > LONGEST_DAY:
        return Sign.NUMBER
    if _DAY.search(plain):
        return Sign.DAY
    if _HOUSE.search(plain):
        return Sign.HOUSE
    return Sign.NUMBER if _holds_number(plain) else None


def _plain(text: str) -> str:
    """Write digits of every script as our own, and take out what cannot be seen."""
    shown = (
        letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) not in {"Cf", "Cc"}
    )
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in shown)


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _holds_number(text: str) -> bool:
    """Tell whether there is a phone, a national number (right or wrong), a number of a file, or a year."""
    runs = re.findall(r"\d+", text)
    long = [run for run in runs if len(run) > LONGEST_NUMBER and run not in PUBLIC_NUMBERS]
    return bool(long) or _digits(text) > MOST_DIGITS or bool(_CODE.search(text))


def names_someone(text: str, knows: Knows, most_unknown: int = MOST_UNKNOWN) -> bool:
    """Tell whether the text may hold the name of a person. `knows` tells whether a word is one of the language."""
    typed = [word for word in words(text) if not word.joined]
    unknown = {word.start for word in typed if _is_strange(word, knows)}
    if len(unknown) > most_unknown or _follows_a_title(typed, unknown):
        return True
    names = [word for word in typed if word.text in NAMES]
    # "Roos" and "Bart" are words too: then only a stranger beside them makes a name.
    return any(word.text not in lexicon().words for word in names) or bool(names and unknown)


def _is_strange(word: Word, knows: Knows) -> bool:
    return not is_stop(word.text) and not word.text.isdigit() and not knows(word)


def _follows_a_title(typed: Sequence[Word], unknown: set[int]) -> bool:
    return any(title.text in TITLES and after.start in unknown for title, after in pairwise(typed))

"""Reads from the words of a listing what its fields leave open: cost, way in, and how help is given."""

import re
from collections.abc import Collection, Iterable, Iterator

from search.language.analyser import fold
from search.understanding.wishes import LANGUAGE_NAMES, LANGUAGES
from sociale_kaart.models import Accessibility, CostOption, Language, Service

FREE = re.compile(r"\b(gratis|kosteloos|kosteloze|geen kosten|free|0 euro|niets betalen|kost niets)\b")
INCOME = re.compile(r"\b(inkomen|inkomsten|draagkracht|sociaal tarief)\b")
# Three-letter codes of ISO 639-2 that the exchange format also allows.
THREE_LETTERS = {
    "nld": "nl", "dut": "nl", "fra": "fr", "fre": "fr", "eng": "en", "deu": "de", "ger": "de", "ara": "ar",
    "tur": "tr", "ukr": "uk", "rus": "ru", "fas": "fa", "per": "fa", "pus": "ps", "bul": "bg", "ron": "ro",
    "rum": "ro", "pol": "pl", "spa": "es", "por": "pt", "ita": "it", "tir": "ti", "som": "so", "sqi": "sq",
    "alb": "sq", "zho": "zh", "chi": "zh", "urd": "ur", "hin": "hi", "kur": "ku", "swa": "sw", "lin": "ln",
}  # fmt: skip
HOW = {
    "walk_in": re.compile(r"\b(zonder afspraak|vrije inloop|geen afspraak nodig|loop binnen|zomaar binnen)"),
    "home_visits": re.compile(r"\b(huisbezoek|aan huis|bij je thuis|bij jou thuis|bij u thuis|bij mensen thuis)"),
    "by_phone": re.compile(r"\b(telefonisch|per telefoon|aan de telefoon)\b"),
    "online": re.compile(r"\b(online|chat|videogesprek|beeldbellen)\b"),
}
# What a place is like for a body, read from the free words of its rows.
BARRIERS = re.compile(r"\b(een trede|twee treden|drie treden|niet toegankelijk|geen lift)\b")
EASE = {
    "step_free": re.compile(
        r"zonder trap|gelijkvloers|drempelvrij|oprijplaat|\bhelling|rolstoel|automatische deur|zonder drempel"
    ),
    "toilet": re.compile(r"(aangepast|rolstoel|toegankelijk)\w* (toilet|wc|sanitair)"),
    "lift": re.compile(r"\blift"),
    "hearing": re.compile(r"ringleiding|gebarentaal|\bdoven?\b|slechthorend"),
    "sight": re.compile(r"voelpad|braille|\bblind|niet ziet|slechtziend"),
    "parking": re.compile(r"parkeerplaats (voor|aangepast)|aangepaste parkeerplaats"),
    "quiet": re.compile(r"rustige|prikkelarm|zonder muziek|snoezel"),
}
NO_REFERRAL = re.compile(r"\bzonder (door)?verwijz|\bgeen (door)?verwijz|\brechtstreeks")
REFERRAL = re.compile(r"\b(door)?verwijz|\bverwijsbrief|\bvia (je|de|een) (huisarts|ocmw|maatschappelijk)")
SMALL_AMOUNT = 10


def cost_of(service: Service, options: Collection[CostOption]) -> str:
    """Free, low, income, paid, or nothing when the listing does not say."""
    if service.cost_kind:
        return str(service.cost_kind)
    words = fold(" ".join([service.fees_description, *(f"{one.option} {one.amount_description}" for one in options)]))
    amounts = [one.amount for one in options if one.amount is not None]
    if amounts and max(amounts) > 0:
        return "low" if max(amounts) <= SMALL_AMOUNT else "paid"
    if amounts or FREE.search(words):
        return "free"
    if INCOME.search(words):
        return "income"
    return "paid" if re.search(r"\d", words) else ""


def referral_of(service: Service) -> str:
    """How someone gets in."""
    if service.referral_way:
        return str(service.referral_way)
    words = fold(service.application_process)
    if not words:
        return ""
    if REFERRAL.search(words) and not NO_REFERRAL.search(words):
        return "worker"
    return "self"


def how_of(service: Service) -> frozenset[str]:
    """In which ways help is given: the ticked ones, and those that the words name."""
    ticked = {
        name for name in ("walk_in", "home_visits", "by_phone", "online", "undocumented_ok") if getattr(service, name)
    }
    if ticked:
        return frozenset(ticked)
    words = fold(f"{service.description} {service.application_process} {service.eligibility_description}")
    return frozenset(name for name, pattern in HOW.items() if pattern.search(words))


def ease_of(rows: Iterable[Accessibility]) -> frozenset[str]:
    """Give what makes a place easy to use; steps count as such unless the same row says how to get past them."""
    texts = [fold(f"{row.description} {row.details}") for row in rows]
    found = {name for text in texts for name, pattern in EASE.items() if pattern.search(text)}
    if any(BARRIERS.search(text) and not EASE["step_free"].search(text) for text in texts):
        found.discard("step_free")
    return frozenset(found)


def language_codes(rows: Iterable[Language]) -> list[str]:
    """Give ISO codes of rows of languages, Dutch first, then in their own order."""
    found = dict.fromkeys(code for row in rows for code in _codes(row.code, row.name))
    return sorted(found, key=lambda code: code != "nl")


def _codes(code: str, name: str) -> Iterator[str]:
    short = code.split("-", maxsplit=1)[0].strip().lower()
    short = THREE_LETTERS.get(short, short)
    if short:
        yield short
    elif fold(name).strip() in LANGUAGES:
        yield LANGUAGES[fold(name).strip()]


def language_names(codes: Iterable[str]) -> list[str]:
    """Give the names by which people read them."""
    return [LANGUAGE_NAMES.get(code, code) for code in codes]


def sentence(text: str, longest: int = 200) -> str:
    """Give the first sentence of a text, cut at a word when it is long."""
    first = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    return first if len(first) <= longest else f"{first[: first.rfind(' ', 0, longest)]} …"

"""Brings the forms of a Dutch word together: plural, small form, verb form and spelling of the last letter."""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

from search.language.lexicon import lexicon

VOWELS = "aeiouy"
# Forms that no rule reaches.
IRREGULAR = {
    "kinder": "kind", "kinderen": "kind", "kinders": "kind", "kids": "kind", "kid": "kind", "kindjes": "kind",
    "steden": "stad", "leden": "lid", "schepen": "schip", "eieren": "ei", "kleren": "kleed",
    "klederen": "kleed", "kledij": "kleding", "goederen": "goed", "volkeren": "volk", "eier": "ei", "rechtse": "rechts",
    "uren": "uur",
    "oren": "oor", "cafes": "cafe", "ogen": "oog", "uurtje": "uur", "medici": "medicus", "gaat": "gaan", "ga": "gaan",
    "staat": "staan", "sta": "staan", "slaat": "slaan", "slagen": "slaan", "slaagt": "slaan",
    "geslagen": "slaan", "sloeg": "slaan", "komt": "komen", "kom": "komen", "krijgt": "krijgen",
    "betaald": "betalen", "betaalde": "betalen", "gedronken": "drinken", "verloren": "verliezen",
    "verloor": "verliezen", "gesproken": "spreken", "spreekt": "spreken", "sprak": "spreken",
    "gevonden": "vinden", "vond": "vinden", "gesloten": "sluiten", "gestorven": "sterven",
    "stierf": "sterven", "sterft": "sterven", "gepest": "pesten", "geleend": "lenen", "gescheiden": "scheiden",
    "bedrogen": "bedriegen", "gestolen": "stelen", "geschreven": "schrijven", "schreef": "schrijven",
    "gelezen": "lezen", "geholpen": "helpen", "hielp": "helpen", "gegeten": "eten", "eet": "eten",
    "ouwe": "oud", "oude": "oud", "ouder": "ouder",
    "oudere": "senior", "ouderen": "senior",  # a parent is "ouder" as well
    "zat": "zitten", "zit": "zitten", "moe": "moe",
}  # fmt: skip
# Past forms of strong verbs; with a particle before it, "geschreven" is also in "ingeschreven".
STRONG = {
    "genomen": "nemen", "gelaten": "laten", "gehouden": "houden", "gebleven": "blijven", "gevallen": "vallen",
    "geslapen": "slapen", "gewezen": "wijzen", "verwezen": "verwijzen", "gebracht": "brengen", "gezocht": "zoeken",
    "gekocht": "kopen", "verkocht": "verkopen", "getrokken": "trekken", "vertrokken": "vertrekken",
    "begrepen": "begrijpen", "overleden": "overlijden", "gereden": "rijden", "gestreken": "strijken",
    "gekeken": "kijken", "gebeten": "bijten", "gevochten": "vechten", "gescholden": "schelden", "gevangen": "vangen",
    "gegeven": "geven", "gemeten": "meten", "geboden": "bieden", "gewassen": "wassen", "geroepen": "roepen",
    "gebroken": "breken", "gewonnen": "winnen", "begonnen": "beginnen", "gedwongen": "dwingen",
    "gezwommen": "zwemmen", "gekozen": "kiezen", "gelogen": "liegen", "gelopen": "lopen", "gegaan": "gaan",
    "gebonden": "binden", "gezeten": "zitten", "verdwenen": "verdwijnen", "geworven": "werven",
    "gestoken": "steken", "doorverwezen": "doorverwijzen",
}  # fmt: skip
# What stands before the "ge" of a verb in two parts: "opgevoed" comes from "opvoeden".
PARTICLE = re.compile(
    r"(aan|achter|af|bij|binnen|buiten|dicht|door|in|klaar|los|mee|na|om|op|over|samen|terug|thuis|toe|uit|vast|voor"
    r"|weg)(?=ge)"
)
# The ending of a small form and what it hides ("leninkje" comes from "lening").
DIMINUTIVES = (
    ("je", ""), ("jes", ""), ("tje", ""), ("tjes", ""), ("pje", ""), ("pjes", ""), ("etje", ""), ("etjes", ""),
    ("kje", "g"), ("kjes", "g"),
)  # fmt: skip

# Endings of nouns that take an -s for more than one.
PLURALS = ("ers", "els", "ens", "aus")

# It keeps the word that it works on in itself: two requests at once would cut each other's words.
_porter = snowballstemmer.stemmer("dutch_porter")
_one_word_at_a_time = Lock()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Give the stem of one folded word; the same word always gives the same stem."""
    return _finish(_lemma(word))


def _lemma(word: str) -> str:
    if word in IRREGULAR or word in STRONG:
        return IRREGULAR.get(word) or STRONG[word]
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith(("ieen", "eeen")):
        return word[:-2]
    if word.endswith("ien") and word[:-1] in lexicon().words:
        return word[:-1]  # premiën
    return _without_plural_s(_small_form(word) or _third_person(word) or _of_two_parts(word) or word)


def _small_form(word: str) -> str:
    """Give the noun behind a diminutive, or nothing when there is none in the dictionary."""
    words = lexicon().words
    if not word.endswith(("je", "jes")) or len(word) < 5:
        return ""
    for ending, restored in DIMINUTIVES:
        base = word.removesuffix(ending)
        if base == word or len(base) < 2:
            continue
        base += restored
        undoubled = base[:-1] if base[-1] == base[-2] and base[-1] not in VOWELS else base
        for noun in (base, undoubled):
            if len(noun) > 2 and noun in words:
                return noun
    return ""


def _is_noun(word: str) -> bool:
    """Whether the word, or what is left without a plural, is a noun that builds compounds."""
    known = lexicon()
    forms = (word, word[:-1], word[:-2]) if word.endswith("n") else (word,)
    return any(form in known.right or form in known.left for form in forms)


def _third_person(word: str) -> str:
    """Give the verb stem behind "werkt", "werkte" or "gewerkt"; a word that is its own noun stays."""
    root = word.removesuffix("n").removesuffix("e")
    if _is_noun(root) or (_is_noun(word) and root not in lexicon().words):
        return ""
    verbs = lexicon().verbs
    for ending in ("te", "de", "t", "d", ""):
        base = (root + "e" if root != word else root).removesuffix(ending)
        active = base.removeprefix("ge")
        if ending and len(base) >= 3 and base in verbs:
            return base
        if active != base and len(active) > 2 and active in verbs and (ending or active[-1] in "td"):
            return active
    return ""


def _of_two_parts(word: str) -> str:
    """Give the verb behind "opgevoed" and "ingeschreven"; nothing when what follows the particle is no past form."""
    particle = PARTICLE.match(word)
    if not particle:
        return ""
    past = word[particle.end() :]
    known = IRREGULAR.get(past) or STRONG.get(past) or STRONG.get(past.removesuffix("e")) or _third_person(past)
    return particle.group() + known if known else ""


def _without_plural_s(word: str) -> str:
    """Take the -s of a plural away, and keep the one that belongs to the word ("advies", "arts")."""
    if not word.endswith("s") or word.endswith("ss"):
        return word
    if _own_s(word):
        return word + "en"
    return word[:-1] if len(word) > 4 else word


def _own_s(word: str) -> bool:
    """Whether the last s is part of the word itself or of the word that ends this compound."""
    known = lexicon()
    if len(word) > 5 and word.endswith(PLURALS) and word[:-1] in known.words and _is_noun(word[:-1]):
        return False  # "kamers" stands in the dictionary by itself
    if word in known.words:
        return True
    return any(word[at:] in known.right and word[:at] in known.left for at in range(len(word) - 3, 2, -1))


def _finish(word: str) -> str:
    with _one_word_at_a_time:
        root: str = _porter.stemWord(word)
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in VOWELS:
        root = root[:-1]
    if len(root) > 3 and root[-2] == root[-3] and root[-2] in "aeou" and root[-1] not in VOWELS:
        root = root[:-2] + root[-1]
    if len(root) > 2 and root[-1] in "zv":
        root = root[:-1] + {"z": "s", "v": "f"}[root[-1]]
    return root

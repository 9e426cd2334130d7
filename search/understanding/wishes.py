"""Understands "gratis", "zonder afspraak", "aan huis" and "in het Turks", and words that point to danger."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from search.language.analyser import Word

# Phrase -> (facet, value). Longest first; a phrase inside a synonym is left to the synonym.
PHRASES: dict[tuple[str, ...], tuple[str, str]] = {
    ("zonder", "afspraak"): ("how", "walk_in"),
    ("geen", "afspraak"): ("how", "walk_in"),
    ("vrije", "inloop"): ("how", "walk_in"),
    ("walk", "in"): ("how", "walk_in"),
    ("aan", "huis"): ("how", "home_visits"),
    ("bij", "mij", "thuis"): ("how", "home_visits"),
    ("bij", "ons", "thuis"): ("how", "home_visits"),
    ("bij", "je", "thuis"): ("how", "home_visits"),
    ("huisbezoek",): ("how", "home_visits"),
    ("huisbezoeken",): ("how", "home_visits"),
    ("per", "telefoon"): ("how", "by_phone"),
    ("via", "telefoon"): ("how", "by_phone"),
    ("telefonisch",): ("how", "by_phone"),
    ("online",): ("how", "online"),
    ("chat",): ("how", "online"),
    ("chatten",): ("how", "online"),
    ("via", "internet"): ("how", "online"),
    ("zonder", "verwijzing"): ("referral", "self"),
    ("zonder", "doorverwijzing"): ("referral", "self"),
    ("zonder", "verwijsbrief"): ("referral", "self"),
    ("rechtstreeks", "toegankelijk"): ("referral", "self"),
    ("zonder", "wachtlijst"): ("access", "takes_new"),
    ("geen", "wachtlijst"): ("access", "takes_new"),
    ("zonder", "wachttijd"): ("access", "takes_new"),
    ("gratis",): ("cost", "free"),
    ("kosteloos",): ("cost", "free"),
    ("kosteloze",): ("cost", "free"),
    ("zonder", "kosten"): ("cost", "free"),
    ("gratuit",): ("cost", "free"),
    ("gratuite",): ("cost", "free"),
    ("for", "free"): ("cost", "free"),
    ("free",): ("cost", "free"),
    ("zonder", "papieren"): ("how", "undocumented_ok"),
    ("zonder", "verblijfsvergunning"): ("how", "undocumented_ok"),
}

# Name of a language as people type it -> ISO 639-1 (or -3 where there is none).
LANGUAGES = {
    "nederlands": "nl", "nederlandstalig": "nl", "frans": "fr", "francais": "fr", "french": "fr", "engels": "en",
    "english": "en", "anglais": "en", "duits": "de", "german": "de", "arabisch": "ar", "arabic": "ar", "arabe": "ar",
    "turks": "tr", "turkish": "tr", "turc": "tr", "oekraiens": "uk", "ukrainian": "uk", "russisch": "ru",
    "russian": "ru", "farsi": "fa", "perzisch": "fa", "dari": "prs", "pasjtoe": "ps", "pashto": "ps", "pashtu": "ps",
    "bulgaars": "bg", "roemeens": "ro", "romanian": "ro", "pools": "pl", "polish": "pl", "spaans": "es",
    "spanish": "es", "portugees": "pt", "italiaans": "it", "tigrinya": "ti", "somalisch": "so", "somali": "so",
    "albanees": "sq", "chinees": "zh", "urdu": "ur", "hindi": "hi", "armeens": "hy", "koerdisch": "ku",
    "kurdish": "ku", "berbers": "ber", "tamazight": "ber", "swahili": "sw", "lingala": "ln", "grieks": "el",
    "servisch": "sr", "kroatisch": "hr", "bosnisch": "bs", "tsjechisch": "cs", "slovaaks": "sk", "hongaars": "hu",
    "gebarentaal": "vgt", "vgt": "vgt", "tsjetsjeens": "ce", "nepalees": "ne", "vietnamees": "vi", "thai": "th",
    "amhaars": "am", "georgisch": "ka", "punjabi": "pa", "bengaals": "bn", "tamil": "ta",
}  # fmt: skip
LANGUAGE_NAMES = {
    "nl": "Nederlands", "fr": "Frans", "en": "Engels", "de": "Duits", "ar": "Arabisch", "tr": "Turks",
    "uk": "Oekraïens", "ru": "Russisch", "fa": "Farsi", "prs": "Dari", "ps": "Pasjtoe", "bg": "Bulgaars",
    "ro": "Roemeens", "pl": "Pools", "es": "Spaans", "pt": "Portugees", "it": "Italiaans", "ti": "Tigrinya",
    "so": "Somali", "sq": "Albanees", "zh": "Chinees", "ur": "Urdu", "hi": "Hindi", "hy": "Armeens", "ku": "Koerdisch",
    "ber": "Berbers", "sw": "Swahili", "ln": "Lingala", "el": "Grieks", "sr": "Servisch", "hr": "Kroatisch",
    "bs": "Bosnisch", "cs": "Tsjechisch", "sk": "Slovaaks", "hu": "Hongaars", "vgt": "Vlaamse Gebarentaal",
    "ce": "Tsjetsjeens", "ne": "Nepalees", "vi": "Vietnamees", "th": "Thai", "am": "Amhaars", "ka": "Georgisch",
    "pa": "Punjabi", "bn": "Bengaals", "ta": "Tamil",
}  # fmt: skip
# Languages that people come to learn here: then the word is the subject, not the language of the talk.
TAUGHT = {"nl", "fr", "en", "de"}
LESSON_STEMS = (
    "les",
    "leer",
    "ler",
    "cursus",
    "oefen",
    "taal",
    "tal",
    "praat",
    "prat",
    "conversatie",
    "school",
    "lesson",
)
SPEAKING = {
    "in",
    "het",
    "spreekt",
    "spreken",
    "sprekend",
    "sprekende",
    "talig",
    "talige",
    "die",
    "taal",
    "speak",
    "speaks",
    "parle",
}
# After a language these say nothing more: "iemand die Turks kan".
SPOKEN = {"sprekend", "sprekende", "talig", "talige", "spreekt", "spreken", "kan", "kent", "praat", "verstaat"}
ENDINGS = ("talige", "talig", "sprekende", "sprekend", "tallig")

# Phrases that point to danger, by what kind of help line comes first.
DANGER: dict[str, tuple[str, ...]] = {
    "suicide": (
        "zelfmoord", "zelfdoding", "suicide", "suicidaal", "levensmoe", "niet meer leven", "wil dood", "dood willen",
        "niet meer verder leven", "niet verder leven",
        "einde aan maken", "uit het leven stappen", "niet meer zitten", "kill myself", "mezelf iets aandoen",
        "me suicider", "zelf van kant", "er niet meer zijn", "wil sterven", "beter zonder mij", "want to die",
        "mij ophangen", "mezelf ophangen", "zich ophangen",
        "veux mourir", "envie de mourir", "me tuer", "end my life", "en finir avec la vie",
    ),
    "violence": (
        "slaat", "sloeg", "geslagen", "krijg slaag", "gewurgd", "blauwe plekken",
        "gewelddadig", "gewelddadige", "slaan", "verkracht", "verkrachting", "aanranding", "aangerand", "mishandeld",
        "mishandelt", "mishandeling", "partnergeweld", "familiaal geweld", "huiselijk geweld", "geweld thuis",
        "bedreigt", "bedreigd", "vermoorden", "bang thuis",
        "bang van mijn", "bang voor mijn", "steekt mij", "wurgt", "violence conjugale",
        "domestic violence", "eergeweld", "misbruikt", "vluchthuis", "gestalkt", "seksueel misbruik",
        "mari me frappe", "mari me bat", "me frappe", "hits me", "beats me", "afraid of my husband", "peur de mon mari",
    ),
    "shelter": (
        "slaapplaats vannacht", "slapen vannacht", "vannacht slapen", "nergens slapen", "geen slaapplaats",
        "op straat slapen", "slaap op straat", "buiten slapen", "slaap in mijn auto", "slaapt in zijn auto",
        "nowhere to sleep", "geen dak boven", "sleep on the street", "sleeping outside", "place to sleep tonight",
        "dormir dehors", "dors dehors", "ou dormir ce soir", "no place to sleep",
        "vannacht op straat", "op straat vannacht", "slapen in de auto", "slaap in de auto", "slapen in mijn auto",
        "slapen in onze auto", "slaap in mijn wagen", "slapen in de wagen", "sta op straat", "staan op straat",
        "sta ik op straat", "staan we op straat", "staan wij op straat", "nulle part ou dormir",
    ),
    "child": ("kindermishandeling", "kind mishandeld", "kind geslagen", "baby geschud", "kind misbruikt", "child abuse",
              "frappe mon enfant", "enfant battu", "hits my child"),
}  # fmt: skip
# What rules of words lead to when something points to danger.
MEANS_DANGER: dict[str, frozenset[str]] = {
    "suicide": frozenset({"zelfmoord", "zelfdoding", "zelfmoordlijn", "zelfmoordpreventie", "suicidepreventie"}),
    "child": frozenset({"kindermishandeling"}),
    "violence": frozenset({
        "partnergeweld", "familiaal geweld", "intrafamiliaal geweld", "huiselijk geweld", "mishandeling", "stalking",
        "seksueel geweld", "verkrachting", "aanranding", "ouderenmisbehandeling", "eergerelateerd geweld",
    }),
}  # fmt: skip
# By themselves these are no danger, whatever a rule takes them for: "slagen voor mijn examen", "razend hoge factuur".
HARMLESS_ALONE = frozenset({
    "slagen", "slaagt", "klop", "razend", "woest", "jaloers", "buurjongen", "buurkind", "buurmeisje", "verwaarloosde",
})  # fmt: skip
# Who asks for these for tonight has no bed.
SHELTERS = frozenset({"nachtopvang", "daklozenopvang", "slaapplaats", "daklozen"})

LONGEST_FIRST = sorted(PHRASES.items(), key=lambda item: -len(item[0]))


class Found(NamedTuple):
    """A wish in the question and the positions of its words."""

    facet: str
    value: str
    at: tuple[int, ...]


def find_phrases(asked: Sequence[Word], free: set[int]) -> Iterator[Found]:
    """Every phrase of the table among the free words, longest first, no word twice."""
    texts = [word.text for word in asked]
    taken: set[int] = set()
    for phrase, (facet, value) in LONGEST_FIRST:
        if phrase[0] not in texts:
            continue
        for at in range(len(texts) - len(phrase) + 1):
            span = set(range(at, at + len(phrase)))
            if span <= free - taken and tuple(texts[at : at + len(phrase)]) == phrase:
                taken |= span
                yield Found(facet, value, tuple(sorted(span)))


def find_languages(asked: Sequence[Word], free: set[int]) -> Iterator[Found]:
    """Languages in which the talk should be; "Nederlands leren" is a lesson and stays a word."""
    texts = [word.text for word in asked]
    lesson = any(word.stem.startswith(LESSON_STEMS) for word in asked)
    for at in sorted(free):
        code = _language(texts[at])
        led = at > 0 and texts[at - 1] in {"in", "het", "t", "spreekt", "spreken"}
        if not code or (code in TAUGHT and not led and (lesson or code == "nl")):
            continue
        yield Found("language", code, (at, *_around(texts, at, free)))


def _language(word: str) -> str:
    if word in LANGUAGES:
        return LANGUAGES[word]
    for ending in ENDINGS:
        base = word.removesuffix(ending)
        if base != word:
            return LANGUAGES.get(base, "")
    return ""


def _around(texts: Sequence[str], at: int, free: set[int]) -> tuple[int, ...]:
    """Give the small words beside a language that say nothing more: "in het", "sprekende"."""
    found = []
    before = at - 1
    while before in free and texts[before] in SPEAKING:
        found.append(before)
        before -= 1
    if at + 1 in free and texts[at + 1] in SPOKEN:
        found.append(at + 1)
    return tuple(found)


def danger_in(asked: Sequence[Word], meant: Mapping[str, str]) -> str:
    """Which kind of danger the words point to, or nothing; `meant` = misspelt words. Nobody writes this down."""
    spoken = (word.text for word in asked if not word.joined)
    text = f" {' '.join(meant.get(word, word) for word in spoken)} "
    for kind, phrases in DANGER.items():
        if any(f" {phrase} " in text for phrase in phrases):
            return kind
    return ""


def danger_meant(labels: Collection[str], *, tonight: bool) -> str:
    """Which kind of danger the rules of words take it for: "keel dichtgeknepen" is partnergeweld."""
    for kind, words in MEANS_DANGER.items():
        if not words.isdisjoint(labels):
            return kind
    return "shelter" if tonight and not SHELTERS.isdisjoint(labels) else ""

"""The languages that a service can be had in, with their Dutch names."""

from django.utils.translation import get_language_info

# Languages that Django has no word for.
MORE = {
    "am": "Amhaars", "ku": "Koerdisch", "ps": "Pasjtoe", "rn": "Kirundi", "rom": "Romani", "rw": "Kinyarwanda",
    "so": "Somalisch", "ti": "Tigrinya", "vgt": "Vlaamse Gebarentaal", "yo": "Yoruba",
}  # fmt: skip
KNOWN = ("nl", "fr", "en", "de", "ar", "bg", "es", "fa", "hy", "it", "ka", "pl", "pt", "ro", "ru", "sk", "sq", "sr",
         "sw", "tr", "uk", "ur", "zh-hans")  # fmt: skip


def name_of(code: str) -> str:
    """Give the Dutch name of a language code ("nl", "ar-MA"); the code itself when we have no name."""
    short = code.strip().lower()
    for form in (short, short.split("-")[0]):
        if form in MORE:
            return MORE[form]
        try:
            return get_language_info(form)["name_translated"]
        except KeyError:
            continue
    return code


def choices() -> list[tuple[str, str]]:
    """Give the languages to choose from: Dutch, French and English first, then by name."""
    rest = sorted(((code, name_of(code)) for code in (*KNOWN[3:], *MORE)), key=lambda pair: pair[1])
    return [("", "")] + [(code, name_of(code)) for code in KNOWN[:3]] + rest

"""From what someone types to the stems that the library looks for."""

import re
import unicodedata

import snowballstemmer
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WORDS_ON_A_CARD_LINE = 15
# Slow: read with attention, on the way to a conversation.
WORDS_A_MINUTE = 100
_SHORTEST = 3
_WORD = re.compile(r"\w+", re.UNICODE)
_stemmer = snowballstemmer.stemmer("dutch_porter")
# Words that say nothing about the method that someone looks for.
_EMPTY_WORDS = """
    aan als bij dat deze die dit doe doet een ene haar heb hebben heeft hem het hij hoe iemand iets ik in is je
    jij kan met mijn naar niet nog nu of om ons onze ook op over te tot uit van voor waar wat we weer wel werken
    wie wil worden wordt zich zij zijn zo zonder
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def plain(text: str) -> str:
    """Give a text in small letters without accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def stems(query: str) -> list[str]:
    """Give the stems of the words that count, in their order; of all words when none counts."""
    words = [word for word in _WORD.findall(plain(query)) if len(word) >= _SHORTEST]
    telling = [word for word in words if word not in _EMPTY] or words
    return list(dict.fromkeys(_stemmer.stemWord(word) for word in telling))


def minutes(text: str) -> int:
    """Give how long it takes to read a text with attention."""
    return max(1, -(-len(text.split()) // WORDS_A_MINUTE))


def fits_on_the_card(text: str) -> None:
    """Raise ValidationError when a line of the card is too long to take in during a conversation."""
    count = len(text.split())
    if count > WORDS_ON_A_CARD_LINE:
        message = _("At most %(most)s words fit here. Now there are %(count)s.")
        raise ValidationError(message, params={"most": WORDS_ON_A_CARD_LINE, "count": count})

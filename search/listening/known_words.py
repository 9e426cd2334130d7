"""Tells whether a word belongs to the language or to the catalogue; what does not may be a name."""

from search.engines import index
from search.engines.base import EngineDownError
from search.language.analyser import Word
from search.language.compounds import split
from search.language.lexicon import lexicon
from search.understanding.known import lately
from search.understanding.places import places


def is_known(word: Word) -> bool:
    """Tell whether the lexicon, the index, the synonyms or the map know this word, or the parts of it."""
    if word.text in lexicon().words or word.stem in lexicon().words or places().gazetteer.is_name(word.text):
        return True
    rules = lately()
    if rules.of((word.stem,)) or word.stem in rules.kept or split(word.text, rules.splits):
        return True
    try:
        vocabulary = index.engine().vocabulary()
    except EngineDownError:
        return False
    return vocabulary.has_word(word.text) or bool(vocabulary.count(word.stem))

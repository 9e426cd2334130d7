"""Tells whether a word belongs to the language or to the catalogue; what does not may be a name."""

from search import index
from search.analyser import Word
from search.compounds import split
from search.engines.base import EngineDownError
from search.lexicon import lexicon
from search.places import places
from search.words.known import lately


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

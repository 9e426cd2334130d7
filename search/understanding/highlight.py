"""Marks the words of a text that answer the question."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.language.analyser import is_stop, words
from search.language.compounds import Splits, all_parts
from search.language.stemmer import stem
from search.understanding.plan import Concept

LONGEST_EXCERPT = 220


def roots_of(concepts: Iterable[Concept]) -> frozenset[str]:
    """Give the stems that prove a match: those of the strong alternatives."""
    return frozenset(term for concept in concepts for one in concept.alternatives if one.strong for term in one.terms)


@lru_cache(maxsize=100_000)
def _roots(word: str, splits: Splits | None) -> frozenset[str]:
    """Give the stems that a word is found by."""
    return frozenset((stem(word), *all_parts(word, splits)))


def highlight(text: str, roots: frozenset[str], splits: Splits | None = None) -> SafeString:
    """Give the text as safe HTML with <mark> around what was found."""
    made: list[str] = []
    at = 0
    for word in words(text):
        if word.start < at or is_stop(word.text) or _roots(word.text, splits).isdisjoint(roots):
            continue
        made.append(escape(text[at : word.start]))
        made.append(f"<mark>{escape(text[word.start : word.end])}</mark>")
        at = word.end
    made.append(escape(text[at:]))
    return mark_safe("".join(made))  # noqa: S308  every piece was escaped above

"""Marks the words of a text that answer the question."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.language.analyser import is_stop, words
from search.language.compounds import Splits, all_parts
from search.language.stemmer import stem
from search.understanding.plan import Concept


def roots_of(concepts: Iterable[Concept]) -> frozenset[str]:
    """Give the stems that prove a match: those of the strong alternatives."""
    return frozenset(term for concept in concepts for one in concept.alternatives if one.strong for term in one.terms)


@lru_cache(maxsize=100_000)
def _roots(word: str, splits: Splits | None) -> frozenset[str]:
    """Give the stems that a word is found by."""
    return frozenset((stem(word), *all_parts(word, splits)))


@lru_cache(maxsize=4096)
def _telling(text: str, splits: Splits | None) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """Give where the words that say something stand, and what each is found by; the same cards show often."""
    return tuple((word.start, word.end, _roots(word.text, splits)) for word in words(text) if not is_stop(word.text))


def highlight(text: str, roots: frozenset[str], splits: Splits | None = None) -> SafeString:
    """Give the text as safe HTML with <mark> around what was found."""
    made: list[str] = []
    at = 0
    for start, end, stems in _telling(text, splits):
        if start < at or stems.isdisjoint(roots):
            continue
        made.append(escape(text[at:start]))
        made.append(f"<mark>{escape(text[start:end])}</mark>")
        at = end
    made.append(escape(text[at:]))
    return mark_safe("".join(made))  # noqa: S308  every piece was escaped above

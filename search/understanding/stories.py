"""Tells the need from the story around it: whom it is for, what cannot be paid, and words that only talk."""

from collections.abc import Sequence
from dataclasses import replace

from search.language.lexicon import lexicon, word_file
from search.language.stemmer import stem
from search.understanding.plan import Alternative, Concept, Kind
from search.understanding.vocabulary import Vocabulary

GROUPS, PERSONS = word_file("groups.txt"), word_file("persons.txt")
# Beside what has to be paid these say why help is needed, not which help.
TOO_DEAR = frozenset({"niet betalen", "niet betaal", "niet betaald", "niet te betalen", "te duur", "duur"})
LITTLE_MONEY = ("weinig geld", "klein inkomen", "laag inkomen", "beperkt inkomen")
# From so many words a question tells a story.
STORY_WORDS = 6
# What only lifts weighs so much less in a story, where there are many such words.
ASIDE = 0.5
# A word that at most this share of the records calls itself by, and of which no rule says what it means, is talk.
HARDLY_NAMED = 0.04


def for_whom(concepts: Sequence[Concept]) -> list[Concept]:
    """Let a group of people only lift beside what it needs; "erkende vluchtelingen" is one thing that is asked."""
    needs = [concept for concept in concepts if not concept.optional and concept.label not in GROUPS]
    if not needs:
        return list(concepts)
    alone = needs[0] if len(needs) == 1 and needs[0].label.endswith("e") else None
    described = alone.spans[-1][1] + 1 if alone else -1
    lifts = [one.label in GROUPS and one.spans[0][0] != described for one in concepts]
    return [replace(one, optional=one.optional or lift) for one, lift in zip(concepts, lifts, strict=True)]


def to_be_paid(concepts: Sequence[Concept]) -> list[Concept]:
    """Let "niet betalen" only lift beside what it is about: "sporten met weinig geld"."""
    if not any(one.synonyms and not one.optional and not _is_about_money(one) for one in concepts):
        return list(concepts)
    return [replace(one, optional=True) if _is_about_money(one) else one for one in concepts]


def _is_about_money(concept: Concept) -> bool:
    return concept.label in TOO_DEAR or concept.label.endswith(LITTLE_MONEY)


def without_talk(concepts: Sequence[Concept], length: int, vocabulary: Vocabulary) -> list[Concept]:
    """In a story let what no rule and hardly a name knows only lift, and all that only lifts weigh less."""
    if length < STORY_WORDS or not any(concept.synonyms and not concept.optional for concept in concepts):
        return list(concepts)
    return [_aside(one) if one.optional or _is_talk(one, vocabulary) else one for one in concepts]


def _is_talk(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Tell whether this is a word of the story; what is put together or spelt wrong may mean anything."""
    kinds = {one.kind for one in concept.alternatives}
    wrong = Kind.CORRECTED in kinds and concept.label not in lexicon().words
    if len(concept.spans) != 1 or concept.synonyms or Kind.COMPOUND in kinds or wrong:
        return False
    return vocabulary.named(stem(concept.label)) <= HARDLY_NAMED


def _aside(concept: Concept) -> Concept:
    lighter = (
        Alternative(one.terms, one.weight * ASIDE, one.kind, one.field, one.strong, one.phrase)
        for one in concept.alternatives
    )
    return replace(concept, optional=True, alternatives=tuple(lighter))

"""Makes weighted alternatives of one word, one pair of words or one phrase."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import sqrt

from search.language.analyser import Word, is_stop
from search.language.compounds import split
from search.language.lexicon import lexicon, word_file
from search.language.spelling import Candidate
from search.language.stemmer import stem
from search.rules.synonyms import Expansion, SynonymTable
from search.understanding.plan import PARTS, WEIGHTS, WHOLE, Alternative, Concept, Correction, Kind
from search.understanding.vocabulary import Vocabulary

# Words that nearly every listing could carry: they lift, but nothing has to have them.
VAGUE = word_file("vague-words.txt")
# Alternatives that say the same as what was typed.
SAME_THING = frozenset({Kind.WORD, Kind.JOINED, Kind.SYNONYM, Kind.CORRECTED})
PREFIX_FROM = 3
# Of so many completions the synonyms are looked for as well.
LIKELY_COMPLETIONS = 3
# So many words that synonyms also mean are looked for.
MOST_FURTHER = 8
# Synonyms of a part of a compound are further away than synonyms of the word.
PART_OF_SYNONYM = 0.5
LOOSE_PHRASE = 0.55
# How far a rare synonym is brought down to the most common one: 1 is wholly (docs/search.md).
LEVELLED = 0.75


class ConceptMaker:
    """Knows what the index knows (`vocabulary`) and what words also mean (`synonyms`)."""

    def __init__(self, vocabulary: Vocabulary, synonyms: SynonymTable, *, correct: bool) -> None:
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._correct = correct
        self.corrections: list[Correction] = []

    def word(self, asked: Word, *, last: bool, optional: bool = False) -> Concept:
        """Make a concept of one word; the last word of a question may be unfinished."""
        text, root = asked.text, asked.stem
        synonyms = self._synonyms.of((root,))
        found = [*_own(root, WEIGHTS.word, Kind.WORD), *self._meaning(synonyms, WEIGHTS.synonym)]
        found.extend(self._further(synonyms))
        known = self._vocabulary.count(root) > 0
        found.extend(self._compound(text, known=known))
        unfinished = last and self.is_unfinished(text)
        if not (known or synonyms or unfinished or root in self._synonyms.kept) and self._correct:
            found.extend(self._corrected(text))
        if last and len(text) >= PREFIX_FROM:
            found.extend(self._completed(text, known=not unfinished and (known or bool(synonyms))))
        if _is_age(text):
            found = list(_scaled(found, WEIGHTS.age))
        return Concept(
            text, self._fair(found), ((asked.start, asked.end),), optional=optional or text in VAGUE or _is_age(text),
            synonyms=tuple(expansion.label for expansion in synonyms),
        )  # fmt: skip

    def is_unfinished(self, text: str) -> bool:
        """Tell whether this is the beginning of words that exist and no word itself."""
        if len(text) < PREFIX_FROM or self._vocabulary.has_word(text) or text in self._synonyms.words:
            return False
        return bool(self._vocabulary.completions(text, 1))

    def phrase(self, asked: Sequence[Word], expansions: Sequence[Expansion]) -> Concept:
        """Make a concept of words that mean something together: "uit huis gezet"."""
        telling = [word for word in asked if not is_stop(word.text)]
        roots = tuple(dict.fromkeys(word.stem for word in telling))
        found: list[Alternative] = []
        if len(roots) > 1:
            found += [
                Alternative(roots, WEIGHTS.word, Kind.WORD, phrase=True),
                Alternative(roots, WEIGHTS.apart, Kind.APART, PARTS),
            ]
        elif roots:
            whole = len(telling) == len(asked)
            found += _own(roots[0], WEIGHTS.word if whole else WEIGHTS.loose, Kind.WORD, strong=whole)
        found.extend(self._meaning(expansions, WEIGHTS.synonym))
        found.extend(self._further(expansions))
        for word in telling:
            found.extend(self._inside_a_phrase(word))
        label = " ".join(word.text for word in asked)
        return Concept(
            label, self._fair(found), tuple((word.start, word.end) for word in asked),
            synonyms=tuple(expansion.label for expansion in expansions),
        )  # fmt: skip

    def _inside_a_phrase(self, word: Word) -> Iterator[Alternative]:
        """Take one word of a phrase by itself: it ranks, but is no answer."""
        if word.text not in VAGUE:
            own = [*_own(word.stem, WEIGHTS.word, Kind.PIECE)]
            meant = self._meaning(self._synonyms.of((word.stem,)), WEIGHTS.synonym)
            yield from _weak(_scaled([*own, *meant], WEIGHTS.in_a_phrase))

    def pair(self, one: Word, other: Word, *, last: bool) -> Concept | None:
        """Two typed words that are one word here: "thuis zorg"."""
        joined = next(
            (
                form
                for form in (one.text + other.text, f"{one.text}s{other.text}", f"{one.text}en{other.text}")
                if self._is_one_word(form)
            ),
            "",
        )
        if not joined:
            return None
        whole = Word(joined, one.start, other.end)
        concept = self.word(whole, last=last)
        apart = Alternative((one.stem, other.stem), WEIGHTS.apart, Kind.APART, PARTS)
        return Concept(
            f"{one.text} {other.text}", self._fair([*concept.alternatives, apart]),
            ((one.start, one.end), (other.start, other.end)), synonyms=concept.synonyms,
        )  # fmt: skip

    def _is_one_word(self, form: str) -> bool:
        return self._vocabulary.has_word(form) or bool(self._synonyms.of((stem(form),)))

    def _meaning(self, expansions: Iterable[Expansion], weight: float) -> Iterator[Alternative]:
        """Synonyms; those of several words as a phrase, or more loosely apart."""
        listed = list(expansions)
        if listed and not any(self._occurs(expansion) for expansion in listed):
            listed += [further for expansion in listed for further in self._synonyms.of(expansion.stems)]
        for expansion in listed:
            roots = expansion.stems
            if len(roots) > 1:
                yield Alternative(roots, weight, Kind.SYNONYM, phrase=True)
                yield Alternative(roots, weight * LOOSE_PHRASE, Kind.SYNONYM, PARTS, strong=False)
            else:
                yield Alternative(roots, weight, Kind.SYNONYM)
                yield Alternative(roots, weight * PART_OF_SYNONYM, Kind.SYNONYM, PARTS)

    def _further(self, expansions: Sequence[Expansion]) -> Iterator[Alternative]:
        """Take what the synonyms themselves also mean: it ranks, but is no answer."""
        steps = (another.stems for one in expansions for another in self._synonyms.of(one.stems))
        known = (roots for roots in dict.fromkeys(steps) if len(roots) == 1 and self._vocabulary.count(roots[0]))
        own = {one.stems for one in expansions}
        for roots in islice((roots for roots in known if roots not in own), MOST_FURTHER):
            yield Alternative(roots, WEIGHTS.further, Kind.FURTHER, strong=False)

    def is_heard(self, expansions: Sequence[Expansion]) -> bool:
        """Tell whether the catalogue has words for what a phrase means, at once or one step further."""
        further = (another for one in expansions for another in self._synonyms.of(one.stems))
        return any(map(self._occurs, expansions)) or any(map(self._occurs, further))

    def _occurs(self, expansion: Expansion) -> bool:
        return all(self._vocabulary.count(root) for root in expansion.stems)

    def _compound(self, text: str, *, known: bool) -> Iterator[Alternative]:
        """Look for the parts of a typed compound: all of them, the last with another, or weakly one of them."""
        pieces = split(text, self._synonyms.splits)
        parts = tuple(dict.fromkeys(stem(piece) for piece in pieces))
        if len(parts) < 2:
            return
        # What one record happens to use says no more than its parts.
        is_used = self._vocabulary.count(stem(text)) > 1
        weight = WEIGHTS.compound_known if known and is_used else WEIGHTS.compound
        yield Alternative(parts, weight, Kind.COMPOUND, PARTS)
        if len(parts) > 2:
            for part in parts[:-1]:
                yield Alternative((part, parts[-1]), weight * WEIGHTS.apart, Kind.COMPOUND, PARTS)
        for at, part in enumerate(parts):
            piece = WEIGHTS.first_piece if at == 0 else WEIGHTS.later_piece
            yield Alternative((part,), piece, Kind.PIECE, PARTS, strong=False)
        if not (known and is_used):
            yield from self._piece_synonyms(parts)
            if pieces[-1] in VAGUE:
                yield from self._without_vague_end(parts[:-1])

    def _without_vague_end(self, parts: tuple[str, ...]) -> Iterator[Alternative]:
        """Take "drinkprobleem" as drinken: the end says nothing."""
        yield Alternative(parts, WEIGHTS.loose, Kind.COMPOUND, PARTS)
        if len(parts) == 1:
            yield from self._meaning(self._synonyms.of(parts), WEIGHTS.loose * WEIGHTS.synonym)

    def _piece_synonyms(self, parts: tuple[str, ...]) -> Iterator[Alternative]:
        """Say one part of an unknown compound otherwise: "kuishulp" where the list says "poetshulp"."""
        for at, part in enumerate(parts):
            for expansion in self._synonyms.of((part,)):
                if len(expansion.stems) == 1:
                    other = (*parts[:at], expansion.stems[0], *parts[at + 1 :])
                    yield Alternative(other, WEIGHTS.compound_known, Kind.COMPOUND, PARTS)

    def _corrected(self, text: str) -> Iterator[Alternative]:
        """Words that were probably meant, and what those also mean."""
        if text.isdigit() or self._plausible(text):
            return
        near = self._vocabulary.near(text, self._synonyms.speller)
        if near:
            self._note(text, near[0])
        for candidate in near:
            if candidate.cost > near[0].cost + 1:
                continue
            weight = WEIGHTS.one_edit if candidate.distance < 2 else WEIGHTS.two_edits
            root = stem(candidate.word)
            yield from _own(root, weight, Kind.CORRECTED)
            yield from self._meaning(self._synonyms.of((root,)), weight * WEIGHTS.synonym)
            yield from _scaled(self._compound(candidate.word, known=True), weight)

    def _plausible(self, text: str) -> bool:
        """Tell whether it is a compound whose parts all occur here: that needs no correction."""
        parts = split(text, self._synonyms.splits)
        return len(parts) > 1 and all(self._vocabulary.count(stem(part)) for part in parts)

    def _note(self, typed: str, near: Candidate) -> None:
        sure = near.distance < 2 and typed not in lexicon().words and not split(typed, self._synonyms.splits)
        self.corrections.append(Correction(typed, near.word, near.distance, sure))

    def _completed(self, text: str, *, known: bool) -> Iterator[Alternative]:
        """Tell what an unfinished word may become."""
        weight = WEIGHTS.prefix_known if known else WEIGHTS.prefix
        longer = self._vocabulary.completions(text)
        roots = list(dict.fromkeys(stem(word) for word in longer))
        for root in roots:
            yield Alternative((root,), weight, Kind.PREFIX, PARTS, strong=not known)
        for root in [] if known else roots[:LIKELY_COMPLETIONS]:
            yield from _weak(self._meaning(self._synonyms.of((root,)), weight * WEIGHTS.synonym))
        if not longer and not known:
            yield from self._completed_compound(text)

    def _completed_compound(self, text: str) -> Iterator[Alternative]:
        """Complete "budgetbeg": a known beginning and the start of a known word."""
        for at in range(len(text) - 2, 2, -1):
            if text[:at] in lexicon().left and self._vocabulary.count(stem(text[:at])):
                for word in self._vocabulary.completions(text[at:], 8):
                    yield Alternative((stem(text[:at]), stem(word)), WEIGHTS.prefix, Kind.PREFIX, PARTS)
                return

    def _fair(self, alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
        """Let all words for one thing be as rare as the most common of them: a rare synonym is no better proof."""
        found = tuple(
            replace(one, strong=False) if one.strong and one.weight < WEIGHTS.match else one
            for one in _best_of(alternatives)
        )
        counts = [self._count(one) for one in found if one.strong and one.kind in SAME_THING]
        most = max(counts, default=0)
        is_used = any(one.kind is Kind.WORD and not one.phrase and one.strong and self._count(one) for one in found)
        return tuple(self._levelled(one, most, phrases=is_used) for one in found)

    def _count(self, one: Alternative) -> int:
        if len(one.terms) == 1:
            return self._vocabulary.count(one.terms[0])
        return min(map(self._vocabulary.count, one.terms), default=0)

    def _levelled(self, one: Alternative, most: int, *, phrases: bool) -> Alternative:
        """Bring a rare alternative down; a phrase only where the word itself is in use: "sociale dienst" for "ocmw"."""
        if len(one.terms) == 1:
            if not 0 < self._count(one) < most:
                return one
        elif not (phrases and one.phrase and one.kind is Kind.SYNONYM):
            return one
        # Several words count as their sum divided by the root of their number, as an engine counts them.
        rarity = sum(map(self._vocabulary.rarity, map(self._vocabulary.count, one.terms))) / sqrt(len(one.terms))
        return _weighing(one, one.weight * min(1.0, self._vocabulary.rarity(most) / rarity) ** LEVELLED)


def _is_age(text: str) -> bool:
    return text.isdigit() and len(text) < 3


def _own(root: str, weight: float, kind: Kind, *, strong: bool = True) -> list[Alternative]:
    """Give a word itself, and the same word as part of a longer one."""
    part = Kind.PART if kind is Kind.WORD else kind
    return [
        Alternative((root,), weight, kind, WHOLE, strong),
        Alternative((root,), weight * WEIGHTS.part, part, PARTS, strong),
    ]


def _weak(alternatives: Iterable[Alternative]) -> Iterator[Alternative]:
    return (replace(one, strong=False) for one in alternatives)


def _scaled(alternatives: Iterable[Alternative], factor: float) -> Iterator[Alternative]:
    for one in alternatives:
        yield _weighing(one, one.weight * factor)


def _weighing(one: Alternative, weight: float) -> Alternative:
    """Give the same alternative with another weight; `replace` takes longer, and there are hundreds."""
    return Alternative(one.terms, weight, one.kind, one.field, one.strong, one.phrase)


def _best_of(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Each way to find something once, with its best weight; strong if it ever was."""
    best: dict[tuple[str, tuple[str, ...], bool], Alternative] = {}
    for one in alternatives:
        key = (one.field, one.terms, one.phrase)
        other = best.get(key)
        if other is None or (one.strong, one.weight) > (other.strong, other.weight):
            best[key] = one
    return tuple(best.values())

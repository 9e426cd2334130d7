"""Turns a typed question into a plan: what is asked, where, when and how; no engine and no database."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from search.language.analyser import Word, fold, is_stop, words
from search.language.lexicon import lexicon, word_file
from search.language.stemmer import stem
from search.rules.synonyms import Match, SynonymTable
from search.understanding.concepts import ConceptMaker
from search.understanding.gazetteer import FoundPlace, Gazetteer
from search.understanding.moments import MomentReader
from search.understanding.plan import PARTS, Alternative, Concept, Correction, Kind, Opening, Plan, Where, Wish
from search.understanding.spoken import as_written
from search.understanding.stories import PERSONS, for_whom, to_be_paid, without_talk
from search.understanding.vocabulary import Vocabulary
from search.understanding.wishes import (
    HARMLESS_ALONE,
    LANGUAGE_NAMES,
    Found,
    danger_in,
    danger_meant,
    find_languages,
    find_phrases,
)

MOST_WORDS = 24
# What stands between two needs; what is lacking ("geen inkomen") is a need of its own.
JOINT = re.compile(r"[,;+/&]|\b(?:en|et|and|maar|mais|but|ook|plus|geen)\b", re.IGNORECASE)
LACKING = re.compile(r"geen\b", re.IGNORECASE)
POSSESSIVES = word_file("possessives.txt")
# Words about time that say nothing of what a record is made for, as "weekend" and "nacht" do.
ANY_TIME = {"nu", "open", "dag", "vandaag", "morgen", "uur"}
TONIGHT = frozenset({"vannacht", "vanavond", "vandaag", "nu open"})
LANGUAGE_FIELD = "language"
# A language that is asked for counts like a rare word.
LANGUAGE_WEIGHT = 1.0


@dataclass(frozen=True)
class Planner:
    """The knowledge of one moment; a plan is a pure function of the text, the place and the time."""

    vocabulary: Vocabulary
    synonyms: SynonymTable
    gazetteer: Gazetteer

    def plan(self, text: str, *, now: datetime, home: Where | None = None, correct: bool = True) -> Plan:
        """Read one question. `home` is the client's municipality; a place in the text wins over it."""
        reading = _Reading(self, text, now, home, correct=correct)
        return reading.plan()


class _Reading:
    """One question being read; `free` are the positions of words that nothing has claimed yet."""

    def __init__(self, planner: Planner, text: str, now: datetime, home: Where | None, *, correct: bool) -> None:
        self._planner = planner
        self._text = text
        self._now = now
        self._home = home
        self._asked = [word for word in words(text) if not word.joined][:MOST_WORDS]
        self._maker = ConceptMaker(planner.vocabulary, planner.synonyms, correct=correct)
        self._has_place = False
        if correct:
            self._asked = as_written(self._asked, self._is_strange)
        self._free = set(range(len(self._asked)))

    def _is_strange(self, word: Word) -> bool:
        """Tell whether no record, rule, place or dictionary knows this word, also not as a beginning."""
        planner = self._planner
        if is_stop(word.text) or word.text in planner.synonyms.words or planner.gazetteer.is_name(word.text):
            return False
        unfinished = self._last >= 0 and word.end == len(self._text) and self._maker.is_unfinished(word.text)
        return self._is_unknown(word) and not unfinished

    def plan(self) -> Plan:
        found = self._planner.synonyms.find(self._asked)
        said = {one.label for match in found if len(match.at) > 1 for one in match.expansions}
        matches = [match for match in found if len(match.at) > 1 and self._maker.is_heard(match.expansions)]
        self._take(at for match in matches for at in match.at)
        opening, opening_spans = self._opening()
        wishes = tuple(self._wishes())
        place = self._place()
        self._has_place = place is not None
        languages = list(find_languages(self._asked, self._free))
        self._take(at for found in languages for at in found.at)
        concepts = [*self._asked_for(matches), *(self._language(found) for found in languages)]
        corrections = tuple(self._corrections(place))
        return Plan(
            text=self._text,
            concepts=tuple(concepts),
            where=place.spot.where(typed=True) if place else self._home,
            where_spans=self._spans(place.at) if place else (),
            opening=opening,
            opening_spans=opening_spans,
            wishes=wishes,
            corrections=corrections,
            danger=self._danger(concepts, corrections, opening, said),
            splits=self._planner.synonyms.splits,
            several=_several(self._text, concepts),
        )

    def _danger(
        self, concepts: Sequence[Concept], corrections: Sequence[Correction], opening: Opening | None, said: set[str]
    ) -> str:
        """Tell which danger it points to; `said` are what rules take phrases for, also of which no listing speaks."""
        meant = {one.typed: one.meant for one in corrections if one.sure}
        labels = said.union(*(one.synonyms for one in concepts if one.label not in HARMLESS_ALONE))
        tonight = bool(opening and opening.label in TONIGHT)
        return danger_in(self._asked, meant) or danger_meant(labels, tonight=tonight)

    def _take(self, positions: Iterable[int]) -> None:
        self._free.difference_update(positions)

    def _spans(self, positions: Iterable[int]) -> tuple[tuple[int, int], ...]:
        return tuple((self._asked[at].start, self._asked[at].end) for at in positions)

    def _opening(self) -> tuple[Opening | None, tuple[tuple[int, int], ...]]:
        reader = MomentReader(self._asked, self._free, self._now)
        opening = reader.read()
        self._take(reader.used)
        used = sorted(reader.used)
        telling = [self._asked[at] for at in used if self._asked[at].text not in ANY_TIME]
        says = tuple(word.stem for word in telling if not is_stop(word.text))
        return opening and replace(opening, says=says), self._spans(used)

    def _wishes(self) -> Iterator[Wish]:
        for found in list(find_phrases(self._asked, self._free)):
            self._take(found.at)
            label = " ".join(self._asked[at].text for at in found.at)
            yield Wish(found.facet, found.value, label, self._spans(found.at))

    def _place(self) -> FoundPlace | None:
        home = self._home.municipality if self._home else ""
        gazetteer = self._planner.gazetteer
        found = gazetteer.find(self._asked, self._free, self._text, home, self._is_need)
        place = found or self._misspelt_place(home)
        if place:
            self._take(place.at)
            # "Sint-Joris Beernem", "8730 Beernem": the village or the postcode and what it lies in.
            named = not self._asked[place.at[-1]].text.isdigit()
            whole = "" if named and not place.spot.part else place.spot.municipality
            self._take([at for at in self._free if gazetteer.is_whole(self._asked[at].text, whole)])
        return place

    def _misspelt_place(self, home: str) -> FoundPlace | None:
        """Find an unknown word that is nearer to a place than to any word of the index."""
        for at in sorted(self._free):
            word = self._asked[at]
            if is_stop(word.text) or self._is_spelt_right(word) or self._is_unfinished(at):
                continue
            place = self._planner.gazetteer.near_miss(at, self._asked, self._free, home)
            if place and self._is_misspelt(word, place) and not self._is_nearer_word(word):
                return place
        return None

    def _is_spelt_right(self, word: Word) -> bool:
        """Tell whether this form stands somewhere; asked first, for to look for a place that is near takes long."""
        return self._planner.vocabulary.has_word(word.text) or word.text in lexicon().words

    def _is_need(self, word: Word) -> bool:
        """Tell whether the catalogue or a rule knows this word."""
        rules = self._planner.synonyms
        return bool(self._planner.vocabulary.count(word.stem) or rules.of((word.stem,))) or word.text in rules.words

    def _is_misspelt(self, word: Word, place: FoundPlace) -> bool:
        """Tell whether this is no word, or only known because it ends like the place: "Jabbekke"."""
        name = place.spot.part or place.spot.municipality_name
        return self._is_unknown(word) or word.stem == stem(fold(name))

    def _is_nearer_word(self, word: Word) -> bool:
        """Tell whether a word that is no place may have been meant."""
        near = self._planner.vocabulary.near(word.text, self._planner.synonyms.speller)
        return bool(near) and not self._planner.gazetteer.is_name(near[0].word)

    def _is_unknown(self, word: Word) -> bool:
        rules = self._planner.synonyms
        if self._planner.vocabulary.count(word.stem) or rules.of((word.stem,)) or word.stem in rules.kept:
            return False
        return word.text not in lexicon().words

    def _asked_for(self, matches: Sequence[Match]) -> list[Concept]:
        """Give the concepts, with the need told from the story around it."""
        concepts = to_be_paid(for_whom(self._concepts(matches)))
        return without_talk(concepts, len(self._asked), self._planner.vocabulary)

    def _concepts(self, matches: Sequence[Match]) -> list[Concept]:
        """Phrases and single words in the order in which they were typed."""
        found = [(match.at[0], self._phrase(match)) for match in matches]
        left = [at for at in sorted(self._free) if not is_stop(self._asked[at].text)]
        unfinished = self._last
        if not left and not matches and unfinished in self._free:
            left = [unfinished] if self._planner.vocabulary.completions(self._asked[unfinished].text, 1) else []
        at = 0
        while at < len(left):
            here = left[at]
            pair = self._pair(left, at, unfinished)
            if pair:
                found.append((here, pair))
                at += 2
                continue
            word = self._asked[here]
            optional = self._is_someone(here) or (self._has_place and self._planner.gazetteer.is_name(word.text))
            found.append((here, self._maker.word(word, last=here == unfinished, optional=optional)))
            at += 1
        return _dedupe(concept for _at, concept in sorted(found, key=lambda item: item[0]))

    def _is_someone(self, at: int) -> bool:
        """Tell whether this is "mijn man": the person of the story, not the help that is sought."""
        return at > 0 and self._asked[at].text in PERSONS and self._asked[at - 1].text in POSSESSIVES

    @property
    def _last(self) -> int:
        """The word that is still being typed, or -1 after a space."""
        return len(self._asked) - 1 if self._text and not self._text[-1].isspace() else -1

    def _is_unfinished(self, at: int) -> bool:
        return at >= 0 and at == self._last and self._maker.is_unfinished(self._asked[at].text)

    def _phrase(self, match: Match) -> Concept:
        return self._maker.phrase([self._asked[at] for at in match.at], match.expansions)

    def _pair(self, left: Sequence[int], at: int, unfinished: int) -> Concept | None:
        if at + 1 >= len(left) or left[at + 1] != left[at] + 1:
            return None
        one, other = self._asked[left[at]], self._asked[left[at + 1]]
        return self._maker.pair(one, other, last=left[at + 1] == unfinished)

    def _language(self, found: Found) -> Concept:
        name = LANGUAGE_NAMES.get(found.value, found.value)
        typed = self._asked[found.at[0]].stem
        return Concept(
            name,
            (
                Alternative((found.value,), LANGUAGE_WEIGHT, Kind.FACET, LANGUAGE_FIELD),
                Alternative((typed,), LANGUAGE_WEIGHT / 2, Kind.WORD, PARTS, strong=False),
            ),
            self._spans(found.at),
            kind="language",
        )

    def _corrections(self, place: FoundPlace | None) -> Iterator[Correction]:
        yield from self._maker.corrections
        if place and place.near_miss:
            typed = self._asked[place.at[-1]].text
            yield Correction(typed, place.spot.part or place.spot.municipality_name, 1, sure=True)


def _several(text: str, concepts: Sequence[Concept]) -> tuple[tuple[int, ...], ...]:
    """Give the concepts of each need, where "en", "geen" or a comma parts them; nothing when there is one need."""
    needed = [at for at, concept in enumerate(concepts) if concept.spans and not concept.optional]
    needed.sort(key=lambda at: concepts[at].spans)
    needs = [needed[:1]]
    for before, at in pairwise(needed):
        start, done = concepts[at].spans[0][0], max(end for _start, end in concepts[before].spans)
        if JOINT.search(text, done, start) or LACKING.match(text, start):
            needs.append([at])
        else:
            needs[-1].append(at)
    return tuple(map(tuple, needs)) if len(needs) > 1 else ()


def _dedupe(concepts: Iterable[Concept]) -> list[Concept]:
    """Ask the same thing once, though it was said twice."""
    seen: dict[tuple[Alternative, ...], Concept] = {}
    for concept in concepts:
        seen.setdefault(concept.alternatives, concept)
    return list(seen.values())

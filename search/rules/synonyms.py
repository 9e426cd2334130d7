"""What words also mean: rules of synonyms, found in a question, longest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from search.language.analyser import Word, is_stop
from search.language.compounds import Splits, shipped
from search.language.lexicon import DATA, word_file
from search.language.spelling import Speller
from search.rules import solr
from search.rules.draft import EQUAL, SYNONYM_KINDS, Draft, Key, key_of, spoken_in, stems_of

LONGEST_RULE = 6
GAP = 3
# Between the words of a rule may stand what says little: "man is ernstig ziek" holds "man ziek".
VAGUE = word_file("vague-words.txt")
COUNTRIES = word_file("countries.txt")
SHORTEST_MEANT = 3
SEEDS = ("synonyms-nl.txt", "everyday-nl.txt", "languages.txt")


@dataclass(frozen=True)
class Expansion:
    """What a key also stands for: stems that belong together, and the words for people."""

    stems: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Match:
    """A key found in the question: which of its words, and what they also mean."""

    at: tuple[int, ...]
    expansions: tuple[Expansion, ...]


@dataclass(frozen=True)
class Rule:
    """One line: every left side also finds every right side; both ways when `equal`."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    equal: bool


def rule_of(draft: Draft) -> Rule:
    """Give a rule of synonyms as the table takes it."""
    equal = draft.kind == EQUAL
    return Rule(draft.sides if equal else draft.left, draft.found, equal=equal)


def parse(text: str) -> list[Rule]:
    """Read Solr synonym lines; what is no synonym is left out."""
    lines = (line.draft for line in solr.read(text) if isinstance(line, solr.Line))
    return [rule_of(draft) for draft in lines if draft.kind in SYNONYM_KINDS]


class SynonymTable:
    """All rules, ready to be matched against a list of words.

    `kept` are stems of words that are never corrected; `splits` say how compounds are taken apart.
    """

    def __init__(self, rules: Iterable[Rule], kept: Iterable[str] = (), splits: Splits | None = None) -> None:
        self.kept = frozenset(kept)
        self.splits = splits or shipped()
        found: dict[Key, dict[Key, str]] = defaultdict(dict)
        self.words: set[str] = set()
        for rule in rules:
            others = [(stems, other) for other in rule.right if (stems := stems_of(other))]
            for side in rule.left:
                self._add(found, side, others)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[Expansion, ...]]]] = defaultdict(list)
        for key, meant in found.items():
            expansions = tuple(Expansion(stems, label) for stems, label in meant.items())
            self._by_first[key[0]].append((key, expansions))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def _add(self, found: dict[Key, dict[Key, str]], side: str, others: Iterable[tuple[Key, str]]) -> None:
        key = key_of(side)
        if not key or len(key) > LONGEST_RULE or (len(key) == 1 and is_stop(side)):
            return
        self.words.update(text for text in spoken_in(side) if len(text) > SHORTEST_MEANT)
        own = stems_of(side)
        for stems, other in others:
            if stems != own:
                found[key].setdefault(stems, other)

    @cached_property
    def speller(self) -> Speller:
        """Give the words of the rules as words that may have been meant; made when someone makes a slip."""
        return Speller(dict.fromkeys(self.words, 0))

    def find(self, asked: Sequence[Word]) -> list[Match]:
        """Give the keys in the question, longest first, no word used twice."""
        stems = [word.stem for word in asked]
        there = frozenset(stems)
        candidates = [match for at in range(len(asked)) for match in self._at(at, asked, stems, there)]
        candidates.sort(key=lambda match: (-len(match.at), match.at))
        taken: set[int] = set()
        chosen = []
        for match in candidates:
            if taken.isdisjoint(match.at):
                taken.update(match.at)
                chosen.append(match)
        return sorted(chosen, key=lambda match: match.at)

    def of(self, stems: tuple[str, ...]) -> tuple[Expansion, ...]:
        """Tell what exactly these stems also mean."""
        options = self._by_first.get(stems[0], []) if stems else []
        return next((expansions for key, expansions in options if key == stems), ())

    def _at(self, start: int, asked: Sequence[Word], stems: Sequence[str], there: frozenset[str]) -> Iterable[Match]:
        for key, expansions in self._by_first.get(stems[start], ()):
            # Of hundreds of keys that begin so, nearly all have a word that was not typed.
            positions = _walk(key, start, asked, stems) if there.issuperset(key) else ()
            if positions:
                yield Match(positions, expansions)


def _walk(key: tuple[str, ...], start: int, asked: Sequence[Word], stems: Sequence[str]) -> tuple[int, ...]:
    """Give the positions of the key from `start`, stepping over at most three words that say little in between."""
    found, at = [start], start
    for wanted in key[1:]:
        before = asked[at].text
        at += 1
        skipped = 0
        while at < len(asked) and stems[at] != wanted and skipped < GAP and _says_little(asked[at].text, before):
            at += 1
            skipped += 1
        if at >= len(asked) or stems[at] != wanted:
            return ()
        found.append(at)
    return tuple(found)


def _says_little(word: str, before: str) -> bool:
    """Tell whether a word may be stepped over; after "mijn" comes what it is about."""
    return is_stop(word) or word in COUNTRIES or (word in VAGUE and not is_stop(before))


@cache
def seed_table() -> SynonymTable:
    """Give the rules that the product ships with."""
    rules = [rule for name in SEEDS for rule in parse((DATA / name).read_text(encoding="utf-8"))]
    return SynonymTable(rules)

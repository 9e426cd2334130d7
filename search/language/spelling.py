"""Finds the word that was meant: by edits, by sound and by the parts of a compound."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from search.language.lexicon import lexicon

ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8
BEST = 3
# How much a different first letter counts; people nearly always get it right.
FIRST_LETTER = 0.6
# Spellings that sound alike in Dutch, longest first.
SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ck", "k"), ("qu", "kw"), ("ph", "f"), ("th", "t"), ("dt", "t"),
    ("ei", "y"), ("ij", "y"), ("ey", "y"), ("ou", "au"), ("ae", "aa"), ("tie", "sie"), ("eau", "o"), ("x", "ks"),
    ("c", "k"), ("v", "f"), ("z", "s"), ("q", "k"), ("ie", "i"), ("uw", "u"), ("j", "y"),
)  # fmt: skip


class Candidate(NamedTuple):
    """A known word near the typed one; `distance` in whole edits, `cost` for ranking."""

    word: str
    distance: int
    cost: float


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Give a key that is the same for spellings that sound alike: sygoloog and psycholoog nearly are."""
    text = "s" + word[2:] if word.startswith("ps") else word
    for spelled, heard in SOUNDS:
        text = text.replace(spelled, heard)
    kept = [letter for at, letter in enumerate(text) if at == 0 or letter != text[at - 1]]
    ending = "".join(kept)
    return ending[:-1] + "t" if ending.endswith("d") else ending


def distance(one: str, other: str, limit: int) -> int:
    """Damerau-Levenshtein (neighbours swapped count once); `limit + 1` as soon as it is more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    one, other = _without_ends(one, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        current = [i]
        for j, with_ in enumerate(other, start=1):
            best = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != with_))
            if before and i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == with_:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return min(row[-1], limit + 1)


def _without_ends(one: str, other: str) -> tuple[str, str]:
    """Take off how both begin and end: it costs no edit, and typing errors leave little else."""
    start, end, most = 0, 0, min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def allowed(word: str) -> int:
    """How many edits a word of this length may be away."""
    if len(word) < ONE_EDIT_FROM or any(letter.isdigit() for letter in word):
        return 0
    return 2 if len(word) >= TWO_EDITS_FROM else 1


def _letters(word: str) -> int:
    """One bit per letter: words whose bits differ much cannot be near."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


class Speller:
    """The words that exist here, by length and by sound. `counts` = word -> in how many records."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            if len(word) >= ONE_EDIT_FROM - 1 and word.isalpha():
                self._by_length[len(word)].append((_letters(word), word))
                self._by_sound[sound(word)].append(word)

    def near(self, word: str, also: "Speller | None" = None) -> list[Candidate]:
        """Give the best three words that may have been meant, nearest and most used first; `also` knows more words."""
        limit = allowed(word)
        if not limit:
            return []
        known = [self, also] if also else [self]
        found = {near.word: near for speller in known for near in speller._alike(word, limit)}
        if not found:
            found = {near.word: near for speller in known for near in speller._by_parts(word)}

        def order(near: Candidate) -> tuple[float, int, str]:
            return near.cost, -max(speller._counts.get(near.word, 0) for speller in known), near.word

        return [near for near in sorted(found.values(), key=order) if near.word != word][:BEST]

    def _alike(self, word: str, limit: int) -> Iterable[Candidate]:
        yield from self._by_edits(word, limit)
        yield from (Candidate(twin, 1, 0.5) for twin in self._by_sound.get(sound(word), ()))

    def _by_edits(self, word: str, limit: int) -> Iterable[Candidate]:
        bits, key = _letters(word), sound(word)
        for length in range(len(word) - limit, len(word) + limit + 1):
            listed = self._by_length.get(length, ())
            # A letter more or less changes one bit, another letter in its place two.
            most = 2 * limit - abs(length - len(word))
            for other in [one for other_bits, one in listed if (bits ^ other_bits).bit_count() <= most]:
                edits = distance(word, other, limit)
                if edits <= limit:
                    heard = 0 if edits == 1 else distance(key, sound(other), 1)
                    cost = edits + (FIRST_LETTER if other[0] != word[0] else 0) + 0.3 * heard
                    yield Candidate(other, edits, cost)

    def _by_parts(self, word: str) -> Iterable[Candidate]:
        """Find a compound with one slip: a known beginning with one edit in the rest, or the reverse."""
        known = lexicon()
        for at in range(len(word) - 3, 2, -1):
            head, tail = word[:at], word[at:]
            if head in known.left and len(tail) >= ONE_EDIT_FROM:
                yield from (Candidate(head + near, 1, 1.5) for near in self._slip(tail, endings=True))
            if tail in known.right and len(head) >= ONE_EDIT_FROM:
                yield from (Candidate(near + tail, 1, 1.5) for near in self._slip(head, endings=False))

    def _slip(self, piece: str, *, endings: bool) -> list[str]:
        """Known words one edit from this piece of a compound."""
        pool = lexicon().right if endings else lexicon().left
        near = (candidate for candidate in self._by_edits(piece, 1) if candidate.distance == 1)
        return [candidate.word for candidate in near if candidate.word in pool][:1]

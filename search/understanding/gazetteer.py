"""Knows the places of the country by name, postcode and near miss, and the names that are also words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.language.analyser import Word, is_stop, words
from search.language.lexicon import lexicon, word_file
from search.language.spelling import Speller
from search.understanding.plan import Where

LONGEST_NAME = 4
BEFORE_A_PLACE = word_file("before-a-place.txt")
SAINTS = {"st": "sint", "ste": "sint", "st.": "sint"}
SHORTEST_NEAR_MISS = 5
# What stands before a thing and not before a place: "een mol", "brood met ham".
BEFORE_A_THING = word_file("before-a-thing.txt")
# Numbers that are a helpline before they are a postcode.
HELPLINES = frozenset({"1700", "1712", "1733", "1813"})


# Unknown words of which it is remembered which place may have been meant.
MOST_NEAR = 2000


@dataclass(frozen=True)
class Spot:
    """One place: its municipality, and its own name when it is only a part of that."""

    municipality: str
    municipality_name: str
    latitude: float | None
    longitude: float | None
    nodes: tuple[str, ...]
    part: str = ""
    weight: int = 0

    def where(self, *, typed: bool) -> Where:
        """Give the place as the plan carries it."""
        label = f"{self.part} ({self.municipality_name})" if self.part else self.municipality_name
        return Where(self.municipality, label, self.nodes, self.latitude, self.longitude, typed, self.part)


@dataclass(frozen=True)
class FoundPlace:
    """A place in the question and the positions of its words; `near_miss` = it was misspelt."""

    spot: Spot
    at: tuple[int, ...]
    near_miss: bool = False


def key_of(name: str) -> tuple[str, ...]:
    """Give the folded words of a place name, with "st" as "sint"."""
    return tuple(SAINTS.get(word.text, word.text) for word in words(name) if not word.joined)


class Gazetteer:
    """All names, made once; asking never touches the database."""

    def __init__(self, spots: Iterable[tuple[str, Spot]]) -> None:
        self._spots: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
        for name, spot in spots:
            key = key_of(name)
            if key and spot not in self._spots[key]:
                self._spots[key].append(spot)
        singles = {key[0]: 1 for key in self._spots if len(key) == 1 and key[0].isalpha()}
        speller = Speller({name: 1 for name in singles if len(name) >= SHORTEST_NEAR_MISS})
        self._near = lru_cache(maxsize=MOST_NEAR)(speller.near)

    def __len__(self) -> int:
        return len(self._spots)

    def named(self, name: str) -> Spot | None:
        """Give the place with exactly this name, postcode or NIS code."""
        spots = self._spots.get(key_of(name)) or self._spots.get((name.strip().lower(),))
        return self._best(spots, "") if spots else None

    def spot(self, text: str) -> Spot | None:
        """Give the place that someone typed in a field for places: a name, a postcode, or both."""
        exact = self.named(text)
        if exact:
            return exact
        asked = [word for word in words(text) if not word.joined]
        found = self.find(asked, set(range(len(asked))), text, "")
        return found.spot if found else None

    def meant(self, text: str) -> str:
        """Give the name of the place that is nearest to a misspelt one, or nothing."""
        asked = [word for word in words(text) if not word.joined]
        found = (self.near_miss(at, asked, set(), "") for at in range(len(asked)))
        return next((near.spot.part or near.spot.municipality_name for near in found if near), "")

    def is_whole(self, word: str, municipality: str) -> bool:
        """Whether this folded word is the name of that municipality (NIS code) itself."""
        return any(spot.municipality == municipality and not spot.part for spot in self._spots.get((word,), ()))

    def is_name(self, word: str) -> bool:
        """Whether this folded word is a place."""
        return (word,) in self._spots

    def find(
        self, asked: Sequence[Word], free: set[int], text: str, home: str, is_need: Callable[[Word], bool] = bool
    ) -> FoundPlace | None:
        """Give the place that the question names, the longest name first; `home` settles namesakes.

        `is_need` tells whether a word may be what is sought: a name that is also a word is a place beside one.
        """
        texts = [SAINTS.get(word.text, word.text) for word in asked]
        for size in range(LONGEST_NAME, 0, -1):
            for at in range(len(texts) - size + 1):
                span = tuple(range(at, at + size))
                spots = self._spots.get(tuple(texts[at : at + size]))
                if not spots or not free.issuperset(span):
                    continue
                whole = any(not spot.part for spot in spots)
                if size > 1 or _is_led(at, asked, free, text) or (whole and _stands_alone(at, asked, free, is_need)):
                    return FoundPlace(self._best(spots, home), self._with_lead(span, texts, free))
        return None

    def near_miss(self, at: int, asked: Sequence[Word], free: set[int], home: str) -> FoundPlace | None:
        """Give the place that this one unknown word is nearest to."""
        word = asked[at].text
        if len(word) < SHORTEST_NEAR_MISS:
            return None
        near = self._near(word)
        if not near or near[0].cost > 1.3:
            return None
        texts = [other.text for other in asked]
        spot = self._best(self._spots[near[0].word,], home)
        return FoundPlace(spot, self._with_lead((at,), texts, free), near_miss=True)

    def _with_lead(self, span: tuple[int, ...], texts: Sequence[str], free: set[int]) -> tuple[int, ...]:
        """Take "in", "te" or "regio" before the name along."""
        first = span[0]
        while first - 1 in free and texts[first - 1] in BEFORE_A_PLACE | {"de"}:
            first -= 1
        return (*range(first, span[0]), *span)

    def _best(self, spots: Sequence[Spot], home: str) -> Spot:
        """Take a municipality before a part of one; then home; then the largest."""
        return min(spots, key=lambda spot: (bool(spot.part), spot.municipality != home, -spot.weight))


def _is_led(at: int, asked: Sequence[Word], free: set[int], text: str) -> bool:
    """Tell whether a name says by itself that it is a place: no other word, after "in", or with a capital."""
    word = asked[at].text
    if word in HELPLINES:
        return len(free) > 1
    if not _is_also_a_word(word):
        return True
    led = at > 0 and asked[at - 1].text in BEFORE_A_PLACE and not _is_infinitive(asked[at - 1].text, word)
    return led or (at > 0 and text[asked[at].start].isupper() and not text.isupper())


def _stands_alone(at: int, asked: Sequence[Word], free: set[int], is_need: Callable[[Word], bool]) -> bool:
    """Tell whether a name that is also a word stands as a place beside what is sought: "tandarts mol", no "een mol"."""
    if len(asked[at].text) < 3 or asked[at].text in HELPLINES or free == {at}:
        return False
    before = asked[at - 1] if at - 1 in free else None
    if before:
        is_last = at + 1 not in free
        return before.text not in BEFORE_A_THING and (is_last or is_need(before))
    after = asked[at + 1] if at + 1 < len(asked) else None
    return after is None or not (is_stop(after.text) or (at + 1 in free and not is_need(after)))


def _is_infinitive(before: str, word: str) -> bool:
    """Tell whether this is a verb after "te": "met de computer te werken"."""
    return before == "te" and word.endswith("en") and word.removesuffix("en") in lexicon().verbs


def _is_also_a_word(name: str) -> bool:
    known = lexicon()
    return len(name) < 4 or name in known.words or name in known.left or name in known.right

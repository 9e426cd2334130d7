"""Splits Dutch compounds: "schuldhulpverlening" is schuld, hulp and verlening, and hulpverlening too."""

from functools import cache, lru_cache
from typing import NamedTuple

from search.language.lexicon import lexicon, word_file
from search.language.stemmer import stem

SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
PART_COST = 10
# Short parts are guesses more often than long ones.
SHORT_COST = {3: 6, 4: 2}
# A beginning that is a word but is not known to begin compounds.
GUESS_COST = 5
GUESS_FROM = 4
# Any two words may make a new one, when they are too long to be found by chance.
LOOSE_FIRST = 5
LOOSE_LAST = 6
# Prefixes of derived words; as first part of a "compound" they only make nonsense.
PREFIXES = word_file("no-first-parts.txt")
# Endings of derived words that are also words of their own.
SUFFIXES = word_file("no-last-parts.txt")


class Chain(NamedTuple):
    """The cheapest way found so far to fill the word up to some letter."""

    cost: int
    parts: tuple[str, ...]


class Splits(NamedTuple):
    """The lists on top of the dictionary: words that build compounds, and words that are never split."""

    parts: frozenset[str]
    whole: frozenset[str]


@cache
def shipped() -> Splits:
    """Give the lists that come with the product."""
    return Splits(lexicon().parts, lexicon().whole)


def split(word: str, lists: Splits | None = None) -> tuple[str, ...]:
    """Give the parts of a folded compound from left to right, or nothing when it is no compound.

    `lists` are those of the installation; without them those of the product.
    """
    return _split(word, lists or shipped())


@lru_cache(maxsize=100_000)
def _split(word: str, lists: Splits) -> tuple[str, ...]:
    if len(word) < SHORTEST_COMPOUND or word in lists.whole or not word.isalpha():
        return ()
    single = _singular_of(word, lists.parts)
    if single:
        return _split(single, lists)
    if _is_derived(word):
        return ()
    best: dict[int, Chain] = {0: Chain(0, ())}
    for start in range(len(word) - SHORTEST_PART + 1):
        chain = best.get(start)
        if chain is not None:
            _extend(word, start, chain, best, lists.parts)
    done = best.get(len(word))
    return done.parts if done and len(done.parts) > 1 else _loosely(word)


def _loosely(word: str) -> tuple[str, ...]:
    """Cut a word that nobody knows into two long words that everybody knows: speelgoed and uitleen."""
    known = lexicon().words
    if _is_a_word(word):
        return ()
    for at in range(len(word) - LOOSE_LAST, LOOSE_FIRST - 1, -1):
        first, last = word[:at], word[at:]
        if (
            last in known
            and last not in SUFFIXES
            and first not in PREFIXES
            and (first in known or first.removesuffix("s") in known)
        ):
            return first, last
    return ()


def _singular_of(word: str, extra: frozenset[str]) -> str:
    """Give the known word that this is the plural of: gesprekken is gesprek, not gesp and rekken."""
    words = lexicon().words
    if word in words:
        return ""
    return next((base for base in _singulars(word) if _ends(base, extra) and base in words), "")


def _is_derived(word: str) -> bool:
    """Tell whether the word is made from a verb: scheiding and luisteren have no parts."""
    ending = next((ending for ending in ("ing", "en") if word.endswith(ending)), "")
    return bool(ending) and any(root in lexicon().verbs for root in _from_plural(word.removesuffix(ending)))


def _extend(word: str, start: int, chain: Chain, best: dict[int, Chain], extra: frozenset[str]) -> None:
    """Try every part that begins at `start`, and keep the cheapest chain to each end."""
    for end in range(start + SHORTEST_PART, len(word) + 1):
        part = word[start:end]
        last = end == len(word)
        if last and start == 0:
            continue
        if not (_may_end(part, extra) if last else _may_begin(part, start, extra)):
            continue
        cost = (
            chain.cost + PART_COST + SHORT_COST.get(len(part), 0) + (0 if last or _usual(part, extra) else GUESS_COST)
        )
        if end not in best or cost < best[end].cost:
            best[end] = Chain(cost, (*chain.parts, part))


def _usual(part: str, extra: frozenset[str]) -> bool:
    known = lexicon()
    return part in extra or (part in known.left and part not in known.only_ours_left)


def _ends(part: str, extra: frozenset[str]) -> bool:
    known = lexicon()
    return part in extra or (part in known.right and part not in known.only_ours_right)


def _may_begin(part: str, start: int, extra: frozenset[str]) -> bool:
    """Tell whether a compound can begin with this: what usually does, else any long word at the very start."""
    if start == 0 and part in PREFIXES:
        return part in extra
    if _usual(part, extra):
        return True
    return start == 0 and len(part) > GUESS_FROM and _is_a_word(part)


@lru_cache(maxsize=100_000)
def _is_a_word(part: str) -> bool:
    words = lexicon().words
    return part in words or any(base in words for base in _singulars(part))


@lru_cache(maxsize=100_000)
def _may_end(part: str, extra: frozenset[str]) -> bool:
    if _ends(part, extra):
        return part not in SUFFIXES
    if part in SUFFIXES or len(part) < 5:
        return False
    return any(_ends(base, extra) for base in _singulars(part))


def _singulars(part: str) -> list[str]:
    """Tell what the part may be the plural, or the small form, of."""
    found = []
    if part.endswith("s"):
        found.append(part[:-1])
    if part.endswith("heden"):
        found.append(part[:-4] + "eid")
    elif part.endswith("en"):
        found.extend(_from_plural(part[:-2]))
    if part.endswith("n"):
        found.append(part[:-1])
    for ending in ("tje", "tjes", "je", "jes"):
        if part.endswith(ending):
            found.append(part.removesuffix(ending))
    return [base for base in found if len(base) >= SHORTEST_PART]


def _from_plural(root: str) -> list[str]:
    """Undo the spelling rules of a plural on -en: leningen, gezinnen, huizen, brieven, talen."""
    forms = [root]
    if len(root) < 2:
        return forms
    if root[-1] == root[-2]:
        forms.append(root[:-1])
    if root[-1] in "zv":
        forms.append(root[:-1] + {"z": "s", "v": "f"}[root[-1]])
    if root[-2] in "aeou":
        forms.extend(f"{form[:-1]}{form[-2]}{form[-1]}" for form in tuple(forms) if len(form) > 1)
    return forms


def all_parts(word: str, lists: Splits | None = None) -> tuple[str, ...]:
    """Give the stems of all parts of a compound, on every level, without the word itself."""
    return _all_parts(word, lists or shipped())


@lru_cache(maxsize=100_000)
def _all_parts(word: str, lists: Splits) -> tuple[str, ...]:
    parts = _split(word, lists)
    found = [stem(part) for part in parts]
    words = lexicon().words
    for size in range(2, len(parts)):
        for at in range(len(parts) - size + 1):
            piece = "".join(parts[at : at + size])
            if piece in words or _ends(piece, lists.parts) or piece.removesuffix("s") in words:
                found.append(stem(piece))
    return tuple(dict.fromkeys(found))

"""Makes `lexicon-nl.xz` from the OpenTaal spelling dictionary; run by hand, see README.md in this folder."""

import lzma
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLAIN = re.compile(r"^[a-z]+$")
FORBIDDEN = "Fw"
# What an affix flag of nl.aff says about a word in a compound.
BEGINS = {"Ca", "Cb", "Ce", "CA", "CB"}
BEGINS_WITH_S = {"Ch", "Cd"}
ENDS = {"Cc"}
PLURALS = {"Zb", "Ze", "Zf", "Zg", "Zh", "Zj"}
NOUN = {"Za", "Zb", "Zc", "Zd", "Ze", "Zf", "Zg", "Zh", "Zi", "Zj", "Ya", "Yb", "Yc", "Yf"}
# Parts of three letters are accidents more often than words, so these are named.
SHORT_ENDS = {
    word
    for line in (HERE / "short-last-parts.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
}
THIRD_PERSON = "V3"
PREFIXES = {
    "Pb": "aan", "Pd": "achter", "Pj": "af", "Pl": "bij", "Pm": "over", "Pn": "voor", "Po": "binnen",
    "Pp": "door", "Pr": "mee", "Ps": "uit", "Pt": "na",
}  # fmt: skip
# Words that the flags forget ("taal", "les", "recht") count when so many other words are built with them.
SEEN_OFTEN = 5


def fold(word: str) -> str:
    """Lower case without accents, with the ij as two letters."""
    plain = unicodedata.normalize("NFKD", word.replace("ĳ", "ij").replace("Ĳ", "ij"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def entries(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Every plain lower-case word of the dictionary with its two-letter flags."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        word, _slash, rest = line.strip().partition("/")
        codes = rest.split()[0] if rest else ""
        flags = {codes[at : at + 2] for at in range(0, len(codes), 2)}
        folded = fold(word.removesuffix("-"))
        if word == word.lower() and PLAIN.match(folded) and FORBIDDEN not in flags:
            yield folded, flags


def plural(word: str, flag: str) -> str:
    """Give the plural that a plural flag of nl.aff makes of a word."""
    if flag == "Zj":
        return word + "n"
    if flag == "Ze":
        return word + word[-1] + "en"
    if flag in {"Zf", "Zg"}:
        return f"{word[:-2]}{word[-1]}en" if len(word) > 2 and word[-2] == word[-3] else word + "en"
    if flag == "Zh":
        return word[:-1] + {"s": "z", "f": "v"}.get(word[-1], word[-1]) + "en"
    return word + "en"


def beginnings(word: str, flags: set[str]) -> Iterator[str]:
    """Every form in which the word may begin a compound."""
    if flags & BEGINS:
        yield word
    if flags & BEGINS_WITH_S:
        yield word + "s"
    if flags & (ENDS | BEGINS | {"Zj"}):
        for flag in sorted(flags & PLURALS):
            yield plural(word, flag)


def seen_at_the_end(words: set[str], left: set[str], nouns: set[str]) -> set[str]:
    """Nouns that end many words whose beginning may begin a compound."""
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(word[at:] for at in range(3, len(word) - 3) if word[:at] in left and word[at:] in nouns)
    return {word for word, times in counts.items() if times >= SEEN_OFTEN}


def seen_at_the_start(words: set[str], right: set[str]) -> set[str]:
    """Words, with or without a linking s, that begin many words whose end may end a compound."""
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(word[:at] for at in range(4, len(word) - 3) if word[at:] in right and _may_be(word[:at], words))
    return {word for word, times in counts.items() if times >= SEEN_OFTEN}


def _may_be(head: str, words: set[str]) -> bool:
    return head in words or head.removesuffix("s") in words


def build(dictionary: Path, target: Path) -> dict[str, int]:
    """Write the four sorted lists; return how long each is."""
    lists: dict[str, set[str]] = {"words": set(), "left": set(), "right": set(), "verbs": set()}
    nouns = set()
    for word, flags in entries(dictionary):
        if "Cx" not in flags:
            lists["words"].add(word)
        if len(word) >= 3:
            lists["left"].update(form for form in beginnings(word, flags))
            if flags & ENDS and (len(word) > 3 or word in SHORT_ENDS):
                lists["right"].add(word)
        if flags & NOUN:
            nouns.add(word)
        if THIRD_PERSON in flags:
            lists["verbs"].add(word)
            lists["verbs"].update(PREFIXES[flag] + word for flag in flags & PREFIXES.keys())
    flagged = lists["right"] | SHORT_ENDS
    lists["right"] = flagged.copy()
    lists["right"] |= seen_at_the_end(lists["words"], lists["left"], nouns)
    lists["left"] |= seen_at_the_start(lists["words"], {word for word in flagged if len(word) > 3})
    text = "\n".join(f"#{name}\n" + "\n".join(sorted(words)) for name, words in lists.items())
    target.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    return {name: len(words) for name, words in lists.items()}


if __name__ == "__main__":
    made = HERE / "lexicon-nl.xz"
    counts = build(Path(sys.argv[1]), made)
    sys.stdout.write(f"{counts} {made.stat().st_size} bytes\n")

"""Addresses that nobody should send: drawn once, always the same ones, as many as there are questions in the load."""

import random
from collections.abc import Iterator

from bench.load import SEED
from search.address import FILTER_NAMES

MANY = 220
LONGEST = 10_000
# Control characters, right-to-left marks, mixed scripts, query syntax, SQL, markup and words that search knows.
PIECES = (
    "\x00", "\x1f\x7f", "\u202e", "\u200f\u200b", "долги", "ديون", "债务", "🙂", "e\u0301", "%00%ff",
    "'; DROP TABLE x; --", '+name:"x" AND (NOT *) OR [a TO b]~2^9', "(a+)+$", "<script>", "{{ x }}{% y %}",
    "9" * 30, "o.c.m.w.", "ab-" * 20, "schuld", "huis", "de het een", "!@#$^&*",
    " ", "zedelgem", "zaterdag", "gratis", "'", "\\", ".", "a",
)  # fmt: skip
OTHERS = ("waar", "op", "om", "binnen", "sorteer", "beeld", "nr", "page", "alles", *FILTER_NAMES.values())


def addresses() -> Iterator[list[tuple[str, str]]]:
    """Give what stands in each address, as names and values."""
    chance = random.Random(SEED)  # noqa: S311 (a bench, no secret)
    for number in range(MANY):
        # Every tenth is as long as a field can be.
        pairs = [("q", _text(chance, LONGEST if number % 10 == 0 else chance.randint(0, 200)))]
        yield pairs + [(chance.choice(OTHERS), _text(chance, 30)) for _more in range(chance.randint(0, 6))]


def _text(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(PIECES) * chance.randint(1, 4)
    return text[:length]

"""Which listings must be read again when compounds are taken apart in another way.

A question follows the new lists at once. A listing keeps the parts that it was indexed with until it is read again,
so the change writes it into the outbox; every index then renews it in its own time.
"""

from collections.abc import Iterable, Iterator

from search.changes import outbox
from search.engines import index
from search.engines.base import Ask, Condition, Engine, EngineDownError
from search.language.compounds import SHORTEST_PART, Splits, all_parts
from search.language.stemmer import stem
from search.rules.draft import PART, Draft
from search.rules.draft import WHOLE as NEVER_SPLIT
from search.understanding import known
from search.understanding.plan import WHOLE, Plan
from sociale_kaart.models import Service

BATCH = 1000
MOST_WORDS = 200


def listings_to_renew(drafts: Iterable[Draft], before: Splits, after: Splits) -> list[str]:
    """Give the ids of the services in which a word now has other parts; all of them when no index can tell."""
    touched = [draft for draft in drafts if draft.kind in (PART, NEVER_SPLIT)]
    if not touched or before == after:
        return []
    try:
        engine = index.engine()
        words = engine.vocabulary().words
    except EngineDownError:
        return list(Service.objects.public().values_list("pk", flat=True))
    moved = [word for word in _possibly(touched, words) if all_parts(word, before) != all_parts(word, after)]
    return list(_holding(engine, moved))


def listings_of(draft: Draft, replaces: Draft | None = None) -> list[str]:
    """Give what would be read again when this rule is kept."""
    rules = [rule for rule in known.drafts_in_force() if replaces is None or rule.signature() != replaces.signature()]
    moved = [draft, *([replaces] if replaces else [])]
    return listings_to_renew(moved, known.current().splits, known.splits_of([*rules, draft]))


def _possibly(drafts: list[Draft], words: Iterable[str]) -> Iterator[str]:
    """Give the words that can change at all: those that hold the part, or begin like the word that stays whole."""
    sides = [(draft.kind, side) for draft in drafts for side in draft.left]
    parts = tuple(side.lower() for kind, side in sides if kind == PART)
    beginnings = tuple(side.lower()[:SHORTEST_PART] for kind, side in sides if kind == NEVER_SPLIT)
    for word in words:
        if word.startswith(beginnings) or any(part in word for part in parts):
            yield word


def _holding(engine: Engine, words: list[str]) -> Iterator[str]:
    """Give every record that holds one of these words, each once."""
    seen: set[str] = set()
    for start in range(0, len(words), MOST_WORDS):
        stems = tuple(dict.fromkeys(stem(word) for word in words[start : start + MOST_WORDS]))
        ask = Ask(plan=Plan(""), needed=(), must_match=0, always=(Condition(WHOLE, stems),))
        offset, total = 0, 1
        while offset < total:
            found = engine.keys_by(ask, "by_name", BATCH, offset)
            yield from (row.key for row in found.rows if row.key not in seen)
            seen.update(row.key for row in found.rows)
            offset, total = offset + BATCH, found.total


def waiting() -> int:
    """Tell how many listings the index still has to read again."""
    try:
        return len({change.service_id for change in outbox.waiting(index.cursor())})
    except EngineDownError:
        return 0

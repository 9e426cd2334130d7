"""Says a plan in Elasticsearch's JSON, so that it finds, counts and weighs what the embedded engine does.

Clauses are plain dictionaries: one page has hundreds of them, and as objects they would cost more than the search.
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from search.engines.base import Ask, Condition
from search.engines.circle import Box, Circle
from search.engines.tantivy_queries import PHRASE_SLOP, TIE
from search.understanding.plan import Alternative, Concept

Clause = dict[str, Any]

# The constants of BM25 in tantivy, which cannot be changed there.
K1, B = 1.2, 0.75
MOST_VALUES = 1000
SEPARATOR = "\x1f"
COPIES = 64
STRONG, SOME, FLAG = "s", "c", "f"


def term(field: str, value: str) -> Clause:
    """Ask for one token or value."""
    return {"term": {field: value}}


def condition(one: Condition) -> Clause:
    """Any of the values."""
    if len(one.values) == 1:
        return term(one.field, one.values[0])
    return {"terms": {one.field: list(one.values)}}


def alternative(one: Alternative) -> Clause:
    """One way to find a concept, with its weight; several terms count as their sum divided by the root."""
    boost = one.weight / math.sqrt(len(one.terms))
    if one.phrase:
        return {"match_phrase": {one.field: {"query": " ".join(one.terms), "slop": PHRASE_SLOP, "boost": boost}}}
    if len(one.terms) == 1:
        return {"term": {one.field: {"value": one.terms[0], "boost": boost}}}
    return {"bool": {"must": [term(one.field, word) for word in one.terms], "boost": boost}}


def concept(one: Concept, name: str = "") -> Clause:
    """Let the best alternative count, and the others for a tenth."""
    return _named("dis_max", {"queries": [alternative(way) for way in one.alternatives], "tie_breaker": TIE}, name)


def strong(one: Concept, name: str = "") -> Clause:
    """Whether a record has this concept."""
    ways = [alternative(way) for way in one.alternatives if way.strong]
    return _named(
        "bool", {"should": ways, "minimum_should_match": 1} if ways else {"must_not": {"match_all": {}}}, name
    )


def _named(kind: str, body: Clause, name: str) -> Clause:
    return {kind: {**body, "_name": name} if name else body}


def question(ask: Ask, *, without: Iterable[str] = ()) -> Clause:
    """Give the whole question; `without` leaves the filters of some groups open."""
    concepts = ask.plan.concepts
    _sure, unsure = sure_and_unsure(ask)
    excluded = [condition(one) for one in ask.never]
    if ask.outside:
        excluded.append(_level(ask.needed, ask.outside))
    if ask.seen:
        excluded.append({"terms": {"key": list(ask.seen)}})
    body: Clause = {
        "filter": list(_filters(ask, frozenset(without))),
        "should": [concept(one, f"{SOME}{at}" if one in unsure else "") for at, one in enumerate(concepts)],
        # At the last level any trace of any concept will do.
        "minimum_should_match": int(bool(ask.needed) and not ask.must_match),
    }
    if excluded:
        body["must_not"] = excluded
    if not ask.needed:
        body["must"] = {"match_all": {}}
    return {"bool": body}


def sure_and_unsure(ask: Ask) -> tuple[Sequence[Concept], Sequence[Concept]]:
    """Tell of the needed concepts which every row has by the question itself, and which must be told per row."""
    return (ask.needed, ()) if ask.must_match >= len(ask.needed) else ((), ask.needed)


def told_apart(ask: Ask) -> Clause:
    """Give the question with all that each row has to tell of itself.

    Optional clauses of a filter find and weigh nothing, so they cost nothing while searching; the server tells for the
    rows that it gives back which of them are true, by name.
    """
    made = question(ask)
    _sure, unsure = sure_and_unsure(ask)
    asked = [strong(one, f"{STRONG}{at}") for at, one in enumerate(ask.plan.concepts) if one in unsure]
    asked += [_named("bool", {"filter": condition(flag)}, f"{FLAG}{at}") for at, flag in enumerate(ask.flags)]
    if asked:
        optional = {"filter": {"match_all": {}}, "should": asked, "minimum_should_match": 0}
        made["bool"]["filter"].append({"bool": optional})
    return made


def _filters(ask: Ask, without: frozenset[str]) -> Iterator[Clause]:
    if ask.needed and ask.must_match:
        yield _level(ask.needed, ask.must_match)
    yield from (condition(one) for one in ask.always)
    for group, conditions in ask.filters.items():
        if group not in without:
            yield from (condition(one) for one in conditions)
    if ask.within:
        yield from _circle(ask.within)


def _circle(circle: Circle) -> Iterator[Clause]:
    yield from _box(circle.box)
    yield {"bool": {"should": [{"bool": {"filter": _box(strip)}} for strip in circle.strips()]}}


def _box(box: Box) -> list[Clause]:
    south, west, north, east = box
    return [
        {"range": {"latitude": {"gte": south, "lte": north}}},
        {"range": {"longitude": {"gte": west, "lte": east}}},
    ]


def _level(needed: Sequence[Concept], must_match: int) -> Clause:
    """At least so many of the concepts strongly."""
    wanted = min(must_match, len(needed))
    return {"bool": {"should": [strong(one) for one in needed], "minimum_should_match": wanted}}


def aim(index: str, text: str) -> Clause:
    """Say which index to ask, and of its copies the same one for all pages of a question: equals keep their order."""
    copy = f"copy-{zlib.crc32(text.encode()) % COPIES}"
    return {"index": index, "preference": copy, "allow_partial_search_results": False}


def rows_body(ask: Ask, limit: int, offset: int = 0, sort: Sequence[Any] = ()) -> Clause:
    """Ask for candidates with their facts, and for nothing that has to be fetched from the stored records."""
    order = {"sort": list(sort), "track_scores": "_score" in sort} if sort else {}
    return {
        "query": told_apart(ask),
        "size": limit,
        "from": offset,
        **order,
        "track_total_hits": True,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": ["row"],
    }


def count_body(ask: Ask) -> Clause:
    """Ask only how many there are."""
    return {"query": question(ask), "size": 0, "track_total_hits": True}


def cards_body(keys: Sequence[str]) -> Clause:
    """Ask for what result rows show."""
    query = {"bool": {"filter": {"terms": {"key": list(keys)}}}}
    return {"query": query, "size": len(keys), "_source": ["card", "key"], "track_total_hits": False}


def facets_body(ask: Ask, groups: Sequence[str]) -> Clause:
    """Count the values of each group; one with a filter of its own is counted as if that were open."""
    own = {group: ask.filters[group] for group in groups if group in ask.filters}
    counts = {group: _counted(group, own) for group in groups}
    return {"query": question(ask, without=own), "size": 0, "track_total_hits": False, "aggs": counts}


def _counted(group: str, own: Mapping[str, Sequence[Condition]]) -> Clause:
    values = {"terms": {"field": group, "size": MOST_VALUES}}
    others = [condition(one) for other, conditions in own.items() if other != group for one in conditions]
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}}

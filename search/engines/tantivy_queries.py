"""Says a plan in tantivy's queries; the only place that knows the schema of the embedded index."""

import math
from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from search.engines.base import Ask, Condition
from search.engines.circle import Box, Circle
from search.understanding.plan import Alternative, Concept

TIE = 0.1
PHRASE_SLOP = 1
SCHEMA_VERSION = "5"
TOKEN_FIELDS = ("w", "p")
# Fields of exact values: all can be filtered, the first also counted.
COUNTED = ("category", "target", "language", "cost", "referral", "how", "access", "accessibility", "areas")
VALUE_FIELDS = (*COUNTED, "tag", "organization", "about", "at", "parts", "slot", "closed", "visible_to")
FLOATS = ("latitude", "longitude")
INTEGERS = ("verified_day",)


def make_schema() -> tantivy.Schema:
    """Give the fields of the index. `key` is text: deleting by a number field deletes nothing in 0.27."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("version", stored=True)
    for name in TOKEN_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position" if name == "w" else "freq")
    builder.add_text_field("v", tokenizer_name="whitespace", index_option="basic")
    for name in VALUE_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in COUNTED)
    builder.add_text_field("name", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("label", tokenizer_name="raw", index_option="basic")
    for name in FLOATS:
        builder.add_float_field(name, fast=True, indexed=True)
    for name in INTEGERS:
        builder.add_integer_field(name, fast=True, indexed=True)
    builder.add_integer_field("ident", fast=True)
    builder.add_bytes_field("facts", stored=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


class Queries:
    """Builds queries against one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def term(self, field: str, value: str) -> Query:
        """Ask for one token or value."""
        option = {"w": "position", "p": "freq"}.get(field, "basic")
        return Query.term_query(self._schema, field, value, index_option=option)

    def condition(self, condition: Condition) -> Query:
        """Any of the values, each looked up by itself: a set of terms walks the whole dictionary. Scores nothing."""
        return Query.const_score_query(_any_of([self.term(condition.field, value) for value in condition.values]), 0.0)

    def keys(self, keys: Sequence[str]) -> Query:
        """Ask for these records and no others; scores nothing."""
        return self.condition(Condition("key", tuple(keys)))

    def alternative(self, one: Alternative) -> Query:
        """One way to find a concept, with its weight; several terms count as their sum divided by the root."""
        if one.phrase:
            query = Query.phrase_query(self._schema, one.field, list(one.terms), slop=PHRASE_SLOP)
        elif len(one.terms) == 1:
            query = self.term(one.field, one.terms[0])
        else:
            query = Query.boolean_query([(Occur.Must, self.term(one.field, term)) for term in one.terms])
        return Query.boost_query(query, one.weight / math.sqrt(len(one.terms)))

    def concept(self, concept: Concept) -> Query:
        """Let the best alternative count, and the others for a tenth."""
        return Query.disjunction_max_query([self.alternative(one) for one in concept.alternatives], TIE)

    def strong(self, concept: Concept) -> Query:
        """Whether a record has this concept."""
        return _any_of([self.alternative(one) for one in concept.alternatives if one.strong])

    def some(self, concept: Concept) -> Query:
        """Whether a record has any trace of this concept."""
        return _any_of([self.alternative(one) for one in concept.alternatives])

    def ask(self, ask: Ask, *, box: Box | None = None) -> Query:
        """Give the whole question, scored."""
        within = [(Occur.Must, clause) for clause in (self._box(box) if box else ())]
        if ask.needed and all(_must(ask, concept) for concept in ask.needed):
            matching = [*self._conditions(ask, ""), *self._excluded(ask)]
        else:
            matching = self._matching(ask, "")
        scored = [
            (Occur.Must if _must(ask, concept) else Occur.Should, self.concept(concept))
            for concept in ask.plan.concepts
        ]
        return Query.boolean_query([*matching, *within, *scored])

    def counting(self, ask: Ask, without: str = "") -> Query:
        """Ask which records answer, whatever their order; `without` leaves the filters of one group open."""
        return Query.boolean_query(self._matching(ask, without))

    def _matching(self, ask: Ask, without: str) -> list[tuple[Occur, Query]]:
        return [(Occur.Must, self._answering(ask)), *self._conditions(ask, without), *self._excluded(ask)]

    def _answering(self, ask: Ask) -> Query:
        """Whatever has enough of the question."""
        if ask.needed and ask.must_match:
            return self._level(ask.needed, ask.must_match)
        if ask.needed:
            return Query.const_score_query(_any_of([self.some(concept) for concept in ask.plan.concepts]), 0.0)
        return Query.const_score_query(Query.all_query(), 1.0)

    def _conditions(self, ask: Ask, without: str) -> list[tuple[Occur, Query]]:
        asked = [*ask.always]
        for group, conditions in ask.filters.items():
            if group != without:
                asked += conditions
        clauses = [self.condition(condition) for condition in asked]
        return [(Occur.Must, clause) for clause in (*clauses, *(self._circle(ask.within) if ask.within else ()))]

    def _excluded(self, ask: Ask) -> list[tuple[Occur, Query]]:
        excluded = [self.condition(condition) for condition in ask.never]
        if ask.seen:
            excluded.append(self.keys(ask.seen))
        if ask.outside:
            excluded.append(self._level(ask.needed, ask.outside))
        return [(Occur.MustNot, query) for query in excluded]

    def _level(self, needed: Sequence[Concept], must_match: int) -> Query:
        """At least so many of the concepts strongly; scores nothing."""
        subqueries = [(Occur.Should, self.strong(concept)) for concept in needed]
        if must_match >= len(needed):
            subqueries = [(Occur.Must, query) for _occur, query in subqueries]
            return Query.const_score_query(Query.boolean_query(subqueries), 0.0)
        query = Query.boolean_query(subqueries, minimum_number_should_match=must_match)
        return Query.const_score_query(query, 0.0)

    def _circle(self, circle: Circle) -> Iterable[Query]:
        yield from self._box(circle.box)
        strips = ([(Occur.Must, clause) for clause in self._box(strip)] for strip in circle.strips())
        yield Query.const_score_query(_any_of([Query.boolean_query(strip) for strip in strips]), 0.0)

    def _box(self, box: Box) -> Iterable[Query]:
        south, west, north, east = box
        for name, low, high in (("latitude", south, north), ("longitude", west, east)):
            query = Query.range_query(self._schema, name, tantivy.FieldType.Float, low, high)
            yield Query.const_score_query(query, 0.0)

    def bits(self, keys: Sequence[str], questions: Sequence[Query]) -> Query:
        """Give a query over these keys whose score is a number with one bit per question (at most 20)."""
        shoulds = [
            (Occur.Should, Query.const_score_query(question, float(1 << bit))) for bit, question in enumerate(questions)
        ]
        return Query.boolean_query([(Occur.Must, self.keys(keys)), *shoulds])


def _must(ask: Ask, concept: Concept) -> bool:
    """Whether what scores a concept has it: all concepts are asked for, and this one knows no weak traces."""
    all_count = ask.must_match >= len(ask.needed) and concept in ask.needed
    return all_count and all(one.strong for one in concept.alternatives)


def _any_of(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])

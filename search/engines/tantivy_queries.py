"""Says a plan in the queries of tantivy."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial

import tantivy
from tantivy import Occur, Query

from search.engines.base import Ask, Condition
from search.engines.circle import Box, Circle
from search.engines.narrow import Few, proving
from search.engines.tantivy_schema import MILLIONTHS
from search.understanding.plan import Alternative, Concept

TIE = 0.1
# Concepts that are kept in tantivy's words; those of the questions that are asked again and again.
MOST_SAID = 1000
PHRASE_SLOP = 1


class Said:
    """A concept in tantivy's words, each made when it is first asked for.

    With `narrow` they may miss what does not meet that. Of a concept without weak traces there is nothing to score for
    who has it not.
    """

    def __init__(self, queries: "Queries", concept: Concept, narrow: Condition | None) -> None:
        self._queries = queries
        self.concept = concept
        self._narrow = narrow

    @cached_property
    def scored(self) -> Query:
        """What it is worth: the best alternative counts, and the others for a tenth."""
        return self._best_of(self.concept.alternatives)

    @cached_property
    def traces(self) -> Query | None:
        """What it is worth to who has only weak traces."""
        weak = [one for one in self.concept.alternatives if not one.strong]
        return self._best_of(weak) if weak else None

    @cached_property
    def strong(self) -> Query:
        """Whether a record has it strongly."""
        return _any_of([self._proof(one) for one in proving([one for one in self.concept.alternatives if one.strong])])

    @cached_property
    def some(self) -> Query:
        """Whether a record has it at all."""
        return _any_of([self._proof(one) for one in proving(self.concept.alternatives)])

    @cached_property
    def _few(self) -> Query | None:
        return self._queries.condition(self._narrow) if self._narrow else None

    def _best_of(self, alternatives: Sequence[Alternative]) -> Query:
        return Query.disjunction_max_query([self._scored(one) for one in alternatives], TIE)

    def _proof(self, one: Alternative) -> Query:
        """Whether a record has this alternative; a term by itself is looked up at once."""
        proof = self._queries.alternative(one, "basic")
        return self._among(one, proof) if len(one.terms) > 1 else proof

    def _scored(self, one: Alternative) -> Query:
        """One way to find a concept, with its weight; several terms count as their sum divided by the root."""
        query = self._among(one, self._queries.alternative(one, "freq"))
        return Query.boost_query(query, one.weight / math.sqrt(len(one.terms)))

    def _among(self, one: Alternative, query: Query) -> Query:
        """Look for it only among the few records that may answer, where that is quicker; its score stays the same."""
        few = self._queries.few
        if self._narrow is None or self._few is None or few is None or not few.pays(one, self._narrow):
            return query
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, self._few)])


Say = Callable[[Concept], Said]


class Queries:
    """Builds queries against one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._said: dict[tuple[int, Condition | None], Said] = {}
        # Who may see something of this index, as far as that is known.
        self.audiences: frozenset[str] | None = None
        # How many records have what, where there are many.
        self.few: Few | None = None

    def term(self, field: str, value: str, option: str = "basic") -> Query:
        """Ask for one token or value."""
        return Query.term_query(self._schema, field, value, index_option=option)

    def condition(self, condition: Condition) -> Query:
        """Any of the values, each looked up by itself: a set of terms walks the whole dictionary. Scores nothing."""
        return Query.const_score_query(_any_of([self.term(condition.field, value) for value in condition.values]), 0.0)

    def keys(self, keys: Sequence[str]) -> Query:
        """Ask for these records and no others; scores nothing."""
        return self.condition(Condition("key", tuple(keys)))

    def alternative(self, one: Alternative, option: str) -> Query:
        """Ask for a phrase, or for all terms of an alternative."""
        if one.phrase:
            return Query.phrase_query(self._schema, one.field, list(one.terms), slop=PHRASE_SLOP)
        return _all_of([self.term(one.field, term, option) for term in one.terms])

    def said(self, concept: Concept, narrow: Condition | None = None) -> Said:
        """Say a concept once: several questions of one page are about the same ones."""
        asked = id(concept), narrow
        known = self._said.get(asked)
        if known is None or known.concept is not concept:
            if len(self._said) >= MOST_SAID:
                self._said.clear()
            known = self._said[asked] = Said(self, concept, narrow)
        return known

    def ask(self, ask: Ask, *, box: Box | None = None) -> Query:
        """Give the whole question, scored; what scores a concept proves it as well, where it knows no weak traces."""
        conditions = self._conditions(ask, "")
        say = self._sayer(conditions)
        clauses = [*self._met(ask, conditions), *self._excluded(ask, say)]
        clauses += [(Occur.Must, clause) for clause in (self._box(box) if box else ())]
        if ask.needed and not ask.must_match:
            traces = _traces(ask, say)
            return Query.boolean_query([*clauses, *traces], minimum_number_should_match=1)
        clauses += _proofs(ask, say)
        clauses += [
            (Occur.Must if _must(ask, concept) else Occur.Should, say(concept).scored) for concept in ask.plan.concepts
        ]
        return Query.boolean_query(clauses)

    def counting(self, ask: Ask, without: str = "") -> Query:
        """Ask which records answer, whatever their order; `without` leaves the filters of one group open."""
        conditions = self._conditions(ask, without)
        say = self._sayer(conditions)
        answering = (Occur.Must, _answering(ask, say))
        return Query.boolean_query([answering, *self._met(ask, conditions), *self._excluded(ask, say)])

    def _sayer(self, conditions: Sequence[Condition]) -> Say:
        """Say concepts for who asks for these conditions besides."""
        return partial(self.said, narrow=self.few.narrowest(conditions) if self.few else None)

    def _conditions(self, ask: Ask, without: str) -> list[Condition]:
        asked = [condition for condition in ask.always if not self._fits_all(condition)]
        for group, conditions in ask.filters.items():
            if group != without:
                asked += conditions
        return asked

    def _met(self, ask: Ask, conditions: Iterable[Condition]) -> list[tuple[Occur, Query]]:
        clauses = [self.condition(condition) for condition in conditions]
        return [(Occur.Must, clause) for clause in (*clauses, *(self._circle(ask.within) if ask.within else ()))]

    def _fits_all(self, condition: Condition) -> bool:
        """Whether every record is visible to who asks: then nothing has to be looked up."""
        return (
            condition.field == "visible_to" and self.audiences is not None and self.audiences.issubset(condition.values)
        )

    def _excluded(self, ask: Ask, say: Say) -> list[tuple[Occur, Query]]:
        excluded = [self.condition(condition) for condition in ask.never]
        if ask.seen:
            excluded.append(self.keys(ask.seen))
        if ask.outside:
            excluded.append(_level(ask.needed, ask.outside, say))
        return [(Occur.MustNot, query) for query in excluded]

    def _circle(self, circle: Circle) -> Iterable[Query]:
        yield from self._box(circle.box)
        strips = ([(Occur.Must, clause) for clause in self._box(strip)] for strip in circle.strips())
        yield Query.const_score_query(_any_of([Query.boolean_query(strip) for strip in strips]), 0.0)

    def _box(self, box: Box) -> Iterable[Query]:
        south, west, north, east = box
        for name, low, high in (("latitude", south, north), ("longitude", west, east)):
            inside = math.ceil(low * MILLIONTHS), math.floor(high * MILLIONTHS)
            query = Query.range_query(self._schema, name, tantivy.FieldType.Integer, *inside)
            yield Query.const_score_query(query, 0.0)

    def bits(self, keys: Sequence[str], questions: Sequence[Query]) -> Query:
        """Give a query over these keys whose score is a number with one bit per question (at most 20)."""
        shoulds = [
            (Occur.Should, Query.const_score_query(question, float(1 << bit))) for bit, question in enumerate(questions)
        ]
        return Query.boolean_query([(Occur.Must, self.keys(keys)), *shoulds])


def _traces(ask: Ask, say: Say) -> list[tuple[Occur, Query]]:
    """Any of these: outside the level of one concept, nothing has a needed one strongly."""
    if ask.outside != 1:
        return [(Occur.Should, say(concept).scored) for concept in ask.plan.concepts]
    said = [(concept in ask.needed, say(concept)) for concept in ask.plan.concepts]
    traces = [one.traces if needed else one.scored for needed, one in said]
    return [(Occur.Should, query) for query in traces if query] or [(Occur.Must, Query.empty_query())]


def _proofs(ask: Ask, say: Say) -> list[tuple[Occur, Query]]:
    """Give what must be so besides the clauses that score."""
    if not ask.needed or ask.must_match < len(ask.needed):
        return [(Occur.Must, _answering(ask, say))]
    unproven = [concept for concept in ask.needed if not _must(ask, concept)]
    return [(Occur.Must, _level(unproven, len(unproven), say))] if unproven else []


def _answering(ask: Ask, say: Say) -> Query:
    """Whatever has enough of the question."""
    if not ask.needed:
        return Query.const_score_query(Query.all_query(), 1.0)
    if ask.must_match:
        return _level(ask.needed, ask.must_match, say)
    return Query.const_score_query(_any_of([say(concept).some for concept in ask.plan.concepts]), 0.0)


def _level(needed: Sequence[Concept], must_match: int, say: Say) -> Query:
    """At least so many of the concepts strongly; scores nothing."""
    proofs = [say(concept).strong for concept in needed]
    if must_match >= len(proofs):
        return Query.const_score_query(_all_of(proofs), 0.0)
    some = [(Occur.Should, proof) for proof in proofs]
    return Query.const_score_query(Query.boolean_query(some, minimum_number_should_match=must_match), 0.0)


def _must(ask: Ask, concept: Concept) -> bool:
    """Whether what scores a concept has it: all concepts are asked for, and this one knows no weak traces."""
    all_count = ask.must_match >= len(ask.needed) and concept in ask.needed
    return all_count and all(one.strong for one in concept.alternatives)


def _all_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])

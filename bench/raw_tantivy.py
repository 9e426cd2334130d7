"""The floor of the embedded engine: the same records in a plain tantivy index, with tantivy's own Dutch."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.records.doc import NAME, SearchDoc

FACETS = ("category", "areas", "target", "language", "cost", "referral")
HEAP = 120_000_000
BEST = 20


class RawTantivy:
    """One index of two text fields and six fields of values; with `phrases` as tantivy makes it by itself."""

    name = "raw tantivy"

    def __init__(self, folder: Path, phrases: bool = False) -> None:
        self._folder = folder
        self._schema = _schema("position" if phrases else "freq")

    def build(self, docs: Iterable[SearchDoc]) -> int:
        """Write all records anew; return how many."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        index = self._opened(tantivy.Index(self._schema, path=str(self._folder)))
        writer = index.writer(HEAP, 1)
        count = 0
        for doc in docs:
            writer.add_document(_record(doc))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        self._index = self._opened(tantivy.Index.open(str(self._folder)))
        return count

    def find(self, text: str, conditions: Sequence[tuple[str, tuple[str, ...]]], facets: Sequence[str]) -> int:
        """Give the best twenty keys, the total and the counts; return the total."""
        query, _errors = self._index.parse_query_lenient(text, ["title", "body"], field_boosts={"title": 5.0})
        clauses = [(Occur.Must, query)]
        for name, values in conditions:
            of = Query.term_set_query(self._schema, name, list(values))
            clauses.append((Occur.Must, Query.const_score_query(of, 0.0)))
        return ask(self._index.searcher(), Query.boolean_query(clauses), facets)

    def _opened(self, index: tantivy.Index) -> tantivy.Index:
        dutch = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        dutch = dutch.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
        index.register_tokenizer("nl", dutch.filter(tantivy.Filter.stemmer("dutch")).build())
        return index


def ask(searcher: tantivy.Searcher, query: Query, facets: Sequence[str]) -> int:
    """Read the best twenty keys, count what answers and its values: the least that any page needs."""
    result = searcher.search(query, BEST, count=True)
    for _score, address in result.hits:
        searcher.doc(address).get_first("key")
    if facets:
        searcher.aggregate(query, counted(facets))
    return int(result.count)


def counted(facets: Sequence[str]) -> dict[str, Any]:
    """Ask for the counts of these fields."""
    return {name: {"terms": {"field": name, "size": 300}} for name in facets}


def _schema(kept: str) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="nl", index_option=kept)
    builder.add_text_field("body", tokenizer_name="nl", index_option=kept)
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def _record(doc: SearchDoc) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("key", doc.key)
    made.add_text("title", doc.name)
    made.add_text("body", " ".join(passage.text for passage in doc.passages if passage.weight < NAME))
    for name in FACETS:
        for value in sorted(doc.areas if name == "areas" else doc.facets.get(name, ())):
            made.add_text(name, value)
    return made

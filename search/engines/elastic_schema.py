"""The index on Elasticsearch: its settings and fields, and how a record is written into it."""

from collections.abc import Mapping
from typing import Any

from elasticsearch import dsl

from search.engines.elastic_queries import K1, SEPARATOR, B
from search.engines.tantivy_schema import INTEGERS, PLACE, TOKEN_FIELDS, VALUE_FIELDS
from search.records.doc import SearchDoc, tokens_of

# Part of the generation: raise it when the same record is written differently.
SCHEMA_VERSION = "7"
AS_GIVEN = dsl.analyzer("as_given", type="custom", tokenizer="whitespace")
REFRESH = "500ms"
# Deep pages: the last page that can be asked for, of the largest size.
DEEPEST = 60_000


def settings(*, refresh: str = REFRESH) -> dict[str, Any]:
    """Give the settings: one shard, so that totals, scores and counts are exact."""
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "refresh_interval": refresh,
        "max_result_window": DEEPEST,
        "similarity": {"as_tantivy": {"type": "BM25", "k1": K1, "b": B}},
        "analysis": AS_GIVEN.get_analysis_definition() | {"analyzer": {"as_given": AS_GIVEN.get_definition()}},
    }


def mapping() -> dict[str, Any]:
    """Give the fields. Words are kept as tokens only: an index is always made from the database."""
    fields = dsl.Mapping()
    fields.meta("dynamic", "strict")
    fields.meta("_source", includes=["key", "version", "card"])
    for name in TOKEN_FIELDS:
        options = "positions" if name == "w" else "freqs"
        fields.field(name, dsl.Text(analyzer=AS_GIVEN, similarity="as_tantivy", index_options=options))
    for name in ("key", "by_name", *VALUE_FIELDS):
        fields.field(name, dsl.Keyword())
    for name in ("words", "stems", "row"):
        fields.field(name, dsl.Keyword(index=False))
    for name in PLACE:
        fields.field(name, dsl.Double())
    for name in INTEGERS:
        fields.field(name, dsl.Long())
    fields.field("version", dsl.Long())
    fields.field("location", dsl.GeoPoint())
    fields.field("card", dsl.Object(enabled=False))
    return fields.to_dict()


def source(doc: SearchDoc) -> dict[str, Any]:
    """Give the record as Elasticsearch takes it."""
    tokens = tokens_of(doc)
    made: dict[str, Any] = {
        "key": doc.key,
        "version": doc.version,
        "by_name": doc.by_name,
        "w": " ".join(tokens.whole),
        "p": " ".join(tokens.parts),
        "words": sorted(tokens.forms),
        "stems": sorted(set(tokens.parts)),
        "row": packed(doc),
        "card": doc.card,
    }
    made |= {field: sorted(values) for field, values in doc.values.items() if field in VALUE_FIELDS}
    made |= {name: value for name in (*PLACE, *INTEGERS) if (value := getattr(doc, name)) is not None}
    if doc.latitude is not None and doc.longitude is not None:
        made["location"] = {"lat": doc.latitude, "lon": doc.longitude}
    return made


def packed(doc: SearchDoc) -> str:
    """Give all that ranking needs to know of a record in one value: five fields more cost more than the search."""
    facts = (doc.latitude, doc.longitude, doc.verified_day, doc.area_size, doc.popularity)
    needs = sorted(doc.facets.get("category", ()))
    return SEPARATOR.join([doc.key, *("" if fact is None else repr(fact) for fact in facts), *needs])


def action(index: str, doc: SearchDoc, at: int) -> Mapping[str, Any]:
    """Give the bulk line that writes a record, unless the index already has it from a later reading."""
    return {"_op_type": "index", "_source": source(doc), **_versioned(index, doc.key, at)}


def removal(index: str, key: str, at: int) -> Mapping[str, Any]:
    """Give the bulk line that takes a record out."""
    return {"_op_type": "delete", **_versioned(index, key, at)}


def _versioned(index: str, key: str, at: int) -> dict[str, Any]:
    return {"_index": index, "_id": key, "version": at, "version_type": "external_gte"}

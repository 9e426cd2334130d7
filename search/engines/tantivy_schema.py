"""The embedded index: its fields, how a record is written into it, and how a new one is made."""

import json
from collections.abc import Iterable
from pathlib import Path

import tantivy

from search.engines.facts import ident_of, order_of, written
from search.engines.files import cleared
from search.records.doc import SearchDoc, tokens_of

SCHEMA_VERSION = "11"
TOKEN_FIELDS = ("w", "p")
# Fields of exact values: all can be filtered, the first also counted.
COUNTED = ("category", "target", "language", "cost", "referral", "how", "access", "accessibility", "areas")
VALUE_FIELDS = (*COUNTED, "about", "at", "parts", "slot", "closed", "visible_to")
PLACE = ("latitude", "longitude")
INTEGERS = ("by_check",)
# Fields that score need to know how long each text is; a name is only there to be sorted by.
SCORED, ONLY_SORTED = frozenset(TOKEN_FIELDS), frozenset({"by_name"})
# A place is kept in millionths of a degree, a decimetre: with all its digits it takes more than twice as much room.
MILLIONTHS = 1_000_000
# Records lie in the index in the order of this number.
ORDER = "order"
BUILD_HEAP = 120_000_000
BLOCK = 65_536
# The audience of a record that nobody may see.
NOBODY = "-"


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
    builder.add_text_field("by_name", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("label", tokenizer_name="raw", index_option="basic")
    for name in (*PLACE, *INTEGERS):
        builder.add_integer_field(name, fast=True)
    builder.add_integer_field(ORDER, fast=True)
    builder.add_integer_field("ident", fast=True)
    builder.add_bytes_field("facts", stored=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def build(folder: Path, docs: Iterable[SearchDoc]) -> int:
    """Make a new index in an empty folder; return how many records it holds. Raises EngineDownError on a full disk."""
    writer = _made(folder).writer(BUILD_HEAP, 1)
    count = 0
    for doc in docs:
        with cleared(folder):
            writer.add_document(to_tantivy(doc))
        count += 1
    with cleared(folder):
        writer.commit()
    writer.wait_merging_threads()
    return count


def _made(folder: Path) -> tantivy.Index:
    """Give an empty index, in the order of places; what makes it smaller only its file can say.

    Stored records share larger blocks: a tenth. No lengths of what scores nothing, no list of words for what is only
    sorted by: a twentieth.
    """
    folder.mkdir(parents=True)
    tantivy.Index(make_schema(), path=str(folder), sort_by_field=ORDER)
    told = json.loads((meta := folder / "meta.json").read_text(encoding="utf-8"))
    told["index_settings"]["docstore_blocksize"] = BLOCK
    for field in told["schema"]:
        if field["name"] in ONLY_SORTED:
            field["options"]["indexing"] = None
        elif field["type"] == "text" and field["name"] not in SCORED:
            field["options"]["indexing"]["fieldnorms"] = False
    meta.write_text(json.dumps(told), encoding="utf-8")
    return tantivy.Index.open(str(folder))


def to_tantivy(doc: SearchDoc) -> tantivy.Document:
    """Give the record as tantivy takes it."""
    tokens = tokens_of(doc)
    made = tantivy.Document()
    made.add_text("key", doc.key)
    made.add_integer("version", doc.version)
    made.add_text("w", " ".join(tokens.whole))
    made.add_text("p", " ".join(tokens.parts))
    made.add_text("v", " ".join(sorted(tokens.forms)))
    made.add_text("by_name", doc.by_name)
    for label in doc.labels:
        made.add_text("label", label)
    values = doc.values
    for field in VALUE_FIELDS:
        for value in sorted(values.get(field, ())):
            made.add_text(field, value)
    if not doc.visible_to:
        made.add_text("visible_to", NOBODY)
    _add_numbers(made, doc)
    facts, card = written(doc), json.dumps(doc.card, ensure_ascii=False, separators=(",", ":")).encode()
    made.add_integer(ORDER, order_of(doc))
    made.add_integer("ident", ident_of(doc.key, facts, card))
    made.add_bytes("facts", facts)
    made.add_bytes("card", card)
    return made


def _add_numbers(made: tantivy.Document, doc: SearchDoc) -> None:
    for name in PLACE:
        value = getattr(doc, name)
        if value is not None:
            made.add_integer(name, round(value * MILLIONTHS))
    for name in INTEGERS:
        made.add_integer(name, getattr(doc, name))

"""What only the embedded engine has: one writer at a time. What both engines keep is tested in contract/."""

import json
from dataclasses import replace

import pytest

from search.engines import embedded
from search.engines.embedded import EmbeddedEngine, WriterBusyError
from search.engines.tantivy_schema import build
from search.records.doc import NAME, Passage, SearchDoc, label_of, label_read


def record(key, name="Voorbeeld"):
    """Give a small record."""
    return SearchDoc(key=key, version=1, name=name, passages=(Passage(NAME, name),), areas=frozenset({"country:BE"}))


@pytest.fixture
def own(tmp_path):
    """Give an engine of one's own, to write to."""
    build(tmp_path / "index", [record("een", "Poetshulp"), record("twee", "Oppas")])
    return EmbeddedEngine(tmp_path / "index")


def test_records_that_serve_the_same_places_lie_together_the_wide_ones_first(tmp_path):
    everywhere, brugge, gent = {"region:Vlaams Gewest"}, {"municipality:31005"}, {"municipality:44021"}
    areas = {
        "a": gent,
        "b": brugge | gent,
        "c": everywhere,
        "d": gent,
        "e": brugge,
        "f": everywhere | {"municipality:21004"},
    }
    build(tmp_path / "index", [replace(record(key), areas=frozenset(areas[key])) for key in areas])
    engine = EmbeddedEngine(tmp_path / "index")
    assert [key for key, _version in engine.keys_and_versions()] == ["c", "f", "b", "e", "a", "d"]

    engine.write([replace(record("c"), version=2), record("g")], gone=["b"])

    assert dict(engine.keys_and_versions()) == {"a": 1, "c": 2, "d": 1, "e": 1, "f": 1, "g": 1}


@pytest.mark.parametrize(
    "key",
    ["0f2a8b79-fc8e-40b3-af0e-228923a5ef88", "0F2A8B79-FC8E-40B3-AF0E-228923A5EF88", "0f2a8b79fc8e40b3af0e228923a5ef88",
     "u-17", "k", ""],
)  # fmt: skip
def test_a_label_gives_back_the_key_and_the_name_as_they_were_given(key):
    assert label_read(label_of("service", key, "Huis \x1f van het Kind")) == ("service", key, "Huis \x1f van het Kind")


def test_a_label_of_a_uuid_is_short():
    assert len(label_of("service", "0f2a8b79-fc8e-40b3-af0e-228923a5ef88")) == len("service") + 2 + 23


def test_only_what_scores_keeps_how_long_its_texts_are(own, tmp_path):
    told = json.loads((tmp_path / "index" / "meta.json").read_text(encoding="utf-8"))
    texts = {field["name"]: field["options"].get("indexing") for field in told["schema"] if field["type"] == "text"}

    assert {name for name, how in texts.items() if how and how["fieldnorms"]} == {"w", "p"}
    assert {name for name, how in texts.items() if not how} == {"by_name"}


def test_two_writers_do_not_meet(own, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.LOCK_WAIT", 0.1)
    busy = own._writer(15_000_000)

    with pytest.raises(WriterBusyError):
        own.write([record("vier")])
    busy.wait_merging_threads()


def test_a_second_reader_of_the_same_folder_sees_what_was_written(own, tmp_path):
    other = EmbeddedEngine(tmp_path / "index")
    assert not other.vocabulary().has_word("tandarts")
    own.write([record("drie", "Tandarts")])

    assert other.vocabulary().has_word("tandarts")


def test_words_that_are_costly_to_read_may_be_old_for_a_while_and_what_stands_there_is_found(own, monkeypatch):
    monkeypatch.setattr(embedded, "QUICK", -1)
    monkeypatch.setattr(embedded, "PATIENCE", 1e9)
    assert own.vocabulary().has_word("oppas")
    own.write([record("drie", "Tandarts")])

    assert not own.vocabulary().has_word("tandarts")
    assert own.searcher().num_docs == 3
    own._next_words = 0
    assert own.vocabulary().has_word("tandarts")

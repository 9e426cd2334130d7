"""The index of this node: made when it is missing, broken or of another making, and never half."""

import shutil

import pytest

from search.changes import outbox
from search.engines import index
from search.engines.base import EngineDownError
from search.find import search
from search.query import SearchQuery
from tests.factories.search import listing

pytestmark = pytest.mark.django_db


def names(text=""):
    """Give the names that a question finds, strictly."""
    return [hit.card["name"] for hit in search(SearchQuery(text)).hits]


def test_the_index_is_made_when_it_is_missing():
    listing("Schuldbemiddeling")

    assert index.current() is None
    assert names("schulden") == ["Schuldbemiddeling"]
    assert index.current() is not None


def test_an_index_of_another_database_is_built_again():
    assert names("") == []
    outbox.Cursor(index.current() / "cursor.json").start_at(99_999)
    index.forget_engine()
    listing("Oppas")

    assert names("oppas") == ["Oppas"]


def test_an_index_of_another_generation_is_built_again(monkeypatch):
    listing("Oppas")
    assert names("oppas") == ["Oppas"]
    before = index.current()
    monkeypatch.setattr(index, "generation", lambda: "anders")

    assert names("oppas") == ["Oppas"]
    assert index.current() != before


def test_only_one_process_builds_and_the_other_says_so():
    listing("Oppas")

    with index.building(), pytest.raises(EngineDownError):
        search(SearchQuery("oppas"))


def test_a_large_catalogue_is_built_beside_and_the_visitor_hears_it(monkeypatch):
    started = []

    def start(thread):
        started.append(thread)

    monkeypatch.setattr(index, "BUILD_WHILE_WAITING", 0)
    monkeypatch.setattr(index.Thread, "start", start)
    listing("Oppas")

    with pytest.raises(EngineDownError):
        search(SearchQuery("oppas"))
    assert [thread.name for thread in started] == ["search-build"]


@pytest.mark.parametrize("broken", ["*", "meta.json", "*.store"])
def test_a_broken_index_is_built_again(broken):
    assert names("") == []
    for file in [one for one in index.current().glob(broken) if one.name != "cursor.json"]:
        file.unlink()
        if broken != "*":
            file.write_bytes(b"half a fi")
    index.forget_engine()
    listing("Oppas")

    assert names("oppas") == ["Oppas"]


def test_a_build_that_the_disk_does_not_take_says_so_and_leaves_the_index_as_it_was():
    listing("Oppas")
    assert names("oppas") == ["Oppas"]
    before = index.current()

    def takes_the_folder_away(services, total):
        yield from services
        for folder in index.home().glob("index-*"):
            if folder != before:
                shutil.rmtree(folder)

    with pytest.raises(EngineDownError) as told:
        index.rebuild(takes_the_folder_away)

    assert told.value.told == "de index kan niet geschreven worden; kijk of er plaats is op de schijf"
    assert [*index.home().glob("index-*")] == [before]
    assert names("oppas") == ["Oppas"]


def test_a_build_that_breaks_off_leaves_the_index_as_it_was():
    listing("Oppas")
    assert names("oppas") == ["Oppas"]
    before = index.current()

    def breaks_off(services, total):
        yield from services
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(breaks_off)

    assert index.current() == before
    assert len([*index.home().glob("index-*")]) == 2
    index.rebuild()
    assert [*index.home().glob("index-*")] == [index.current()]
    assert names("oppas") == ["Oppas"]

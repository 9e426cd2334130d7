"""One generated catalogue of a given size on every engine: build, size, memory and the fixed load."""

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

django.setup()

import tantivy  # noqa: E402 (needs the apps)
from django.core.management import call_command  # noqa: E402 (needs the apps)
from elasticsearch import Elasticsearch  # noqa: E402 (needs the apps)

from bench.figures import Timings, keep, stopwatch  # noqa: E402 (needs the apps)
from bench.generated import records  # noqa: E402 (needs the apps)
from bench.load import load  # noqa: E402 (needs the apps)
from bench.raw_tantivy import FACETS, RawTantivy, ask, counted  # noqa: E402 (needs the apps)
from bench.workloads import NOW, WORKLOADS, asker, found, home_nodes, run  # noqa: E402 (needs the apps)
from config import serving  # noqa: E402 (needs the apps)
from search.engines.elastic import ElasticEngine  # noqa: E402 (needs the apps)
from search.engines.elastic_schema import mapping, settings  # noqa: E402 (needs the apps)
from search.engines.embedded import EmbeddedEngine  # noqa: E402 (needs the apps)
from search.engines.tantivy_queries import Queries  # noqa: E402 (needs the apps)
from search.engines.tantivy_schema import build, make_schema  # noqa: E402 (needs the apps)
from search.query import SearchQuery  # noqa: E402 (needs the apps)
from tools import search_node  # noqa: E402 (needs the apps)

INDEX = "bench"
PLANNED = "tantivy, our plans"
WITH_PHRASES = "raw tantivy, phrases too"
# The size at which the goals compare them.
MIDDLE = 25_000
# The group of the one filter.
FILTERED = "areas"


def size_mb(folder: Path) -> float:
    """Give the megabytes under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def size_of(folder: Path) -> dict[str, float]:
    """Give the size of an index, and of it without the records that it stores: the cards, and what ranking knows."""
    stored = sum(file.stat().st_size for file in folder.rglob("*.store")) / 1e6
    return {"index_mb": round(size_mb(folder), 1), "found_by_mb": round(size_mb(folder) - stored, 2)}


def memory_mb() -> tuple[float, float]:
    """Give the megabytes that this process holds now, and how many of them are its own.

    The others are pages of files, such as the index: the system takes them back when it needs the room.
    """
    total, files = Path("/proc/self/statm").read_text(encoding="ascii").split()[1:3]
    page = resource.getpagesize() / 1e6
    return int(total) * page, (int(total) - int(files)) * page


def raw(size: int, folder: Path) -> None:
    """Measure a plain tantivy index: the floor."""
    engine = RawTantivy(folder)
    with stopwatch() as built:
        engine.build(records(size))
    keep({"engine": engine.name, "size": size, "build_s": round(built.seconds, 1), **size_of(folder)})
    if size <= MIDDLE:
        RawTantivy(folder / "phrases", phrases=True).build(records(size))
        keep({"engine": WITH_PHRASES, "size": size, **size_of(folder / "phrases")})
    nodes = (("areas", home_nodes()),)
    for name, conditions, facets in (("text", (), ()), ("one filter, six facets", nodes, FACETS)):
        for question in load():
            engine.find(question.text, conditions, facets)
        timings = Timings(engine.name, size, name)
        for question in load():
            timings.add(question.kind, _once(engine, question.text, conditions, facets))
        keep(timings.row())


def _once(engine: RawTantivy, text: str, conditions: tuple, facets: tuple) -> Callable[[], int]:
    return lambda: engine.find(text, conditions, facets)


def embedded(size: int, folder: Path) -> None:
    """Measure the embedded engine; its memory is what a process holds above one that has opened nothing."""
    with stopwatch() as built:
        build(folder, records(size))
    keep({"engine": "embedded", "size": size, "build_s": round(built.seconds, 1), **size_of(folder)})
    if (child := os.fork()) == 0:
        _search_embedded(size, folder)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if status:
        sys.exit("the embedded engine failed")


def _search_embedded(size: int, folder: Path) -> None:
    """Ask in a process of its own, so that what building needed does not count."""
    before = memory_mb()
    engine = EmbeddedEngine(folder)
    run("embedded", size, asker(engine))
    planned(size, folder)
    total, own = (round(now - then, 1) for now, then in zip(memory_mb(), before, strict=True))
    keep({"engine": "embedded", "size": size, "memory_mb": total, "own_mb": own})


def planned(size: int, folder: Path) -> None:
    """Measure plain tantivy on what the planner asks: the same records to score and count, nothing of ours around it.

    The plan is made beforehand, and the level that answers is known. The group that is filtered is counted with its
    own filter open, as every page of results needs it.
    """
    engine = EmbeddedEngine(folder)
    queries, searcher = Queries(make_schema()), engine.searcher()
    filtered = WORKLOADS[2]
    timings = Timings(PLANNED, size, filtered.name)
    for question in load():
        result = found(engine, SearchQuery(question.text, now=NOW, **{**filtered.options, "facets": ()}))
        narrow, open_again = queries.ask(result.ask), queries.counting(result.ask, FILTERED)
        once = partial(_counted_twice, searcher, narrow, open_again)
        once()
        timings.add(question.kind, once)
    keep(timings.row())


def _counted_twice(searcher: tantivy.Searcher, narrow: tantivy.Query, open_again: tantivy.Query) -> int:
    searcher.aggregate(open_again, counted([FILTERED]))
    return ask(searcher, narrow, [name for name in FACETS if name != FILTERED])


def elasticsearch(size: int, folder: Path) -> None:
    """Measure the same plans on a real server."""
    with search_node.running(folder) as url:
        client = Elasticsearch(url, request_timeout=120)
        client.indices.create(index=INDEX, settings=settings(refresh="-1"), mappings=mapping())
        engine = ElasticEngine(client, INDEX)
        with stopwatch() as built:
            engine.write(records(size))
            engine.refresh()
        keep({"engine": engine.name, "size": size, "build_s": round(built.seconds, 1)})
        run(engine.name, size, asker(engine))


def main(size: int) -> None:
    """Measure all three on one catalogue."""
    call_command("migrate", verbosity=0)
    call_command("gebied_load", verbosity=0)
    call_command("vocabulary_load", verbosity=0)
    serving.settle()
    with tempfile.TemporaryDirectory(prefix="dorpel-engines-") as made:
        folder = Path(made)
        raw(size, folder / "raw")
        embedded(size, folder / "embedded")
        elasticsearch(size, folder / "server")


if __name__ == "__main__":
    main(int(sys.argv[1]))

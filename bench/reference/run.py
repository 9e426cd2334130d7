"""Time Wagtail's search on PostgreSQL with the load of the bench: run through tools/postgres.sh."""

import sys
from collections.abc import Iterator
from itertools import islice

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (needs the apps)
from django.db import connection  # noqa: E402 (needs the apps)
from wagtail.search.backends import get_search_backend  # noqa: E402 (needs the apps)

from bench.figures import Timings, keep, stopwatch  # noqa: E402 (needs the apps)
from bench.generated import records  # noqa: E402 (needs the apps)
from bench.load import load  # noqa: E402 (needs the apps)
from bench.reference.models import FACETS, Listing  # noqa: E402 (needs the apps)
from bench.workloads import HOME  # noqa: E402 (needs the apps)
from search.records.doc import NAME, SearchDoc  # noqa: E402 (needs the apps)
from search.understanding.places import places  # noqa: E402 (needs the apps)

BATCH = 500
BEST = 20


def rows(size: int) -> Iterator[Listing]:
    """Give the records as rows of the reference."""
    for doc in records(size):
        yield Listing(
            title=doc.name,
            body=" ".join(passage.text for passage in doc.passages if passage.weight < NAME),
            area=next(iter(sorted(doc.areas)), ""),
            **{name: _first(doc, name) for name in FACETS if name != "area"},
        )


def _first(doc: SearchDoc, name: str) -> str:
    return next(iter(sorted(doc.facets.get(name, ()))), "")


def fill(size: int) -> None:
    """Write the table and Wagtail's index of it, through its own calls."""
    made = rows(size)
    backend = get_search_backend()
    index = backend.get_index_for_model(Listing)
    while batch := list(islice(made, BATCH)):
        index.add_items(Listing, Listing.objects.bulk_create(batch))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ask(text: str, nodes: tuple[str, ...] = (), facets: tuple[str, ...] = ()) -> int:
    """Give the best twenty and the total, with counts for the facets; return the total."""
    listings = Listing.objects.filter(area__in=nodes) if nodes else Listing.objects.all()
    results = get_search_backend().search(text, listings)
    list(results[:BEST])
    for name in facets:
        results.facet(name)
    return int(results.count())


def main(size: int) -> None:
    """Fill, ask, print."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("gebied_load", verbosity=0)
    with stopwatch() as built:
        fill(size)
    nodes = tuple(places().nodes[HOME])
    for name, more in (("text", {}), ("one filter, six facets", {"nodes": nodes, "facets": FACETS})):
        timings = Timings("wagtail on postgresql", size, name)
        for question in load():
            timings.add(question.kind, lambda text=question.text, more=more: ask(text, **more))  # type: ignore[misc]
        keep(timings.row(build_s=built.seconds))


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""A whole page of results against a page that never changes, on a generated catalogue without rows in the database."""

import sys
import time
from functools import partial
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (needs the apps)
from django.test import Client  # noqa: E402 (needs the apps)

from bench.bad_input import addresses  # noqa: E402 (needs the apps)
from bench.figures import Timings, keep  # noqa: E402 (needs the apps)
from bench.generated import records  # noqa: E402 (needs the apps)
from bench.load import load  # noqa: E402 (needs the apps)
from bench.served import served  # noqa: E402 (needs the apps)
from config import serving  # noqa: E402 (needs the apps)
from search.changes.outbox import Cursor, latest_change  # noqa: E402 (needs the apps)
from search.engines import index  # noqa: E402 (needs the apps)
from search.engines.tantivy_schema import build  # noqa: E402 (needs the apps)
from search.page.completion import complete  # noqa: E402 (needs the apps)

CONSTANT = "/bench/constant/"
BAD_INPUT = "full page, bad input"


def install(size: int) -> None:
    """Put an index of the invented catalogue in the place of the installation's own."""
    folder = index.home() / f"index-{index.generation()}-{time.time_ns()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    build(folder, records(size))
    Cursor(folder / index.CURSOR).start_at(latest_change())
    index.point_at(folder)


def opened(client: Client, path: str, asked: Any = None) -> int:
    """Open a page; return 1, or stop when it fails."""
    answer = client.get(path, asked)
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}")
    return 1


def whole_pages(size: int) -> None:
    """Ask the server itself for every question of the load, and as often for the page that never changes."""
    with served(CONSTANT) as ask:
        for _round in range(2):
            constant, page = Timings("django", size, "constant page"), Timings("embedded", size, "full page")
            for question in load():
                constant.add(question.kind, lambda: ask(CONSTANT, {}))
                page.add(question.kind, partial(ask, "/zoeken/", {"q": question.text}))
    for timings in (constant, page):
        keep(timings.row())


def bad_input(size: int) -> None:
    """Open the page for bad input, which no server would let through whole, and for the questions in the same way."""
    client = Client()
    serving.settle()
    for _round in range(2):
        page = Timings("embedded", size, "full page, without a server")
        for question in load():
            page.add(question.kind, partial(opened, client, "/zoeken/", {"q": question.text}))
    bad = Timings("embedded", size, BAD_INPUT)
    for pairs in addresses():
        bad.add("bad", partial(opened, client, f"/zoeken/?{urlencode(pairs)}"))
    for timings in (page, bad):
        keep(timings.row())


def completion(size: int) -> None:
    """Complete the beginning of every question."""
    for _round in range(2):
        timings = Timings("embedded", size, "completion")
        for question in load():
            timings.add(question.kind, lambda text=question.text: len(complete(text[:6])) + 1)  # type: ignore[misc]
    keep(timings.row())


def main(size: int) -> None:
    """Lay the catalogue ready, then measure each."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("gebied_load", verbosity=0)
    call_command("vocabulary_load", verbosity=0)
    install(size)
    whole_pages(size)
    bad_input(size)
    completion(size)


if __name__ == "__main__":
    main(int(sys.argv[1]))

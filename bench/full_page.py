"""A whole page of results against a page that never changes, on a generated catalogue without rows in the database."""

import sys
import time
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (needs the apps)
from django.test import Client  # noqa: E402 (needs the apps)
from django.test.utils import override_settings  # noqa: E402 (needs the apps)

from bench.bad_input import addresses  # noqa: E402 (needs the apps)
from bench.demo_region import PLAIN_STATIC  # noqa: E402 (needs the apps)
from bench.figures import Timings, keep  # noqa: E402 (needs the apps)
from bench.generated import records  # noqa: E402 (needs the apps)
from bench.load import load  # noqa: E402 (needs the apps)
from config import serving  # noqa: E402 (needs the apps)
from search.changes.outbox import Cursor, latest_change  # noqa: E402 (needs the apps)
from search.engines import index  # noqa: E402 (needs the apps)
from search.engines.embedded import build  # noqa: E402 (needs the apps)
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


def main(size: int) -> None:
    """Open the page for every question of the load and for bad input, and complete every beginning."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("gebied_load", verbosity=0)
    call_command("vocabulary_load", verbosity=0)
    install(size)
    client = Client()
    serving.settle()
    with override_settings(STORAGES=PLAIN_STATIC, ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="bench.urls"):
        for _round in range(2):
            constant, page = Timings("django", size, "constant page"), Timings("embedded", size, "full page")
            completion = Timings("embedded", size, "completion")
            for question in load():
                constant.add(question.kind, lambda: opened(client, CONSTANT))
                page.add(question.kind, lambda text=question.text: opened(client, "/zoeken/", {"q": text}))  # type: ignore[misc]
                completion.add(question.kind, lambda text=question.text: len(complete(text[:6])) + 1)  # type: ignore[misc]
        bad = Timings("embedded", size, BAD_INPUT)
        for pairs in addresses():
            query = f"/zoeken/?{urlencode(pairs)}"
            bad.add("bad", lambda query=query: opened(client, query))  # type: ignore[misc]
    for timings in (constant, page, completion, bad):
        keep(timings.row())


if __name__ == "__main__":
    main(int(sys.argv[1]))

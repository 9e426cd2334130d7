"""Counts the queries of the pages that grow, in the installation of this process. A program: who on stdin, JSON out."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 (Django first)
from django.db import connection  # noqa: E402 (Django first)
from django.test import Client  # noqa: E402 (Django first)
from django.test.utils import CaptureQueriesContext  # noqa: E402 (Django first)

from tests.load.growing import addresses  # noqa: E402 (Django first)

SLOWEST = 3


def queries(team: dict, *, tell: bool) -> dict[str, int]:
    """Count the queries of each page; tell the slowest ones to who looks for them."""
    found = {}
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies[settings.SESSION_COOKIE_NAME] = team["sessions"][0]
    for name, path in addresses(team).items():
        browser.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(path).status_code == 200
        found[name] = len(caught)
        for query in sorted(caught.captured_queries, key=lambda one: -float(one["time"]))[: SLOWEST * tell]:
            print(name, query["time"], query["sql"], file=sys.stderr)
    return found


if __name__ == "__main__":
    print(json.dumps(queries(json.load(sys.stdin)["teams"][0], tell="--tell" in sys.argv)), flush=True)

"""Figures on the demo region: queries, weight and time of the main pages, and the search."""

import gzip
import re
import sys
import time
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402 (needs the apps)
from django.core.management import call_command  # noqa: E402 (needs the apps)
from django.db import connection  # noqa: E402 (needs the apps)
from django.test import Client  # noqa: E402 (needs the apps)
from django.test.utils import override_settings  # noqa: E402 (needs the apps)

from bench.searching import report as report_search  # noqa: E402 (needs the apps)
from core.models import User  # noqa: E402 (needs the apps)
from sociale_kaart.models import Service  # noqa: E402 (needs the apps)

LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2|svg))"')
BUDGET = 60_000
ROUNDS = 15
PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@dataclass(frozen=True)
class Page:
    """One page that is measured, and as whom it is opened."""

    name: str
    path: str
    worker: bool = False


def pages() -> list[Page]:
    """List the pages of the figures."""
    service = Service.objects.public().order_by("pk").first()
    address = service.get_absolute_url() if service else "/organisaties/"
    return [
        Page("home", "/"), Page("search", "/zoeken/?q=schulden+zedelgem"), Page("service", address),
        Page("organizations", "/organisaties/"), Page("rights", "/rechten/"), Page("library", "/leernetwerk/"),
        Page("today", "/vandaag/", worker=True), Page("inbox", "/naar-ons/", worker=True),
        Page("outbox", "/door-ons/", worker=True),
    ]  # fmt: skip


def packed(content: bytes) -> int:
    """Give the size over the wire, gzip at its best."""
    return len(gzip.compress(content, 9))


def weight(html: str) -> tuple[int, int]:
    """Give the compressed bytes of the page alone, and with everything that it links on a first visit."""
    page = packed(html.encode())
    linked = 0
    for name in sorted(set(LINKED.findall(html))):
        found = finders.find(name)
        if found:
            content = Path(found).read_bytes()
            linked += len(content) if name.endswith(".woff2") else packed(content)
    return page, page + linked


def measure(page: Page, client: Client) -> None:
    """Print one line of figures for one page."""
    client.get(page.path)
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        """Note each statement that goes to the database."""
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(page.path)
    if answer.status_code != 200:
        sys.exit(f"{page.path} answered {answer.status_code}")
    took = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(page.path)
        took.append((time.perf_counter() - start) * 1000)
    alone, first = weight(answer.content.decode())
    took.sort()
    over = " OVER BUDGET" if not page.worker and first > BUDGET else ""
    print(
        f"{page.name:<14} queries {len(queries):>3}   html {alone / 1000:5.1f} kB"
        f"   first visit {first / 1000:5.1f} kB{over}"
        f"   p50 {took[len(took) // 2]:6.1f} ms   p95 {took[int(len(took) * 0.95)]:6.1f} ms"
    )


def main() -> None:
    """Load the demo and print."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    start = time.perf_counter()
    call_command("demo_load", stdout=StringIO(), stderr=StringIO())
    print(f"\n== the demo region: {Service.objects.count()} services, loaded in {time.perf_counter() - start:.1f} s")
    visitor, worker = Client(), Client()
    worker.force_login(User.objects.get(email="lotte@pannenhoek.example"))
    with override_settings(STORAGES=PLAIN_STATIC, ALLOWED_HOSTS=["testserver"]):
        for page in pages():
            measure(page, worker if page.worker else visitor)
    report_search()


if __name__ == "__main__":
    main()

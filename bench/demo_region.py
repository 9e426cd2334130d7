"""Figures on the demo region: queries, weight and time of the main pages, and the relevance of the search."""

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
from whitenoise.compress import Compressor  # noqa: E402 (needs the apps)

from bench.figures import keep, percentile  # noqa: E402 (needs the apps)
from core.models import User  # noqa: E402 (needs the apps)
from core.static_files import without_remarks  # noqa: E402 (needs the apps)
from search.management.commands.search_score import answer  # noqa: E402 (needs the apps)
from search.scoring import judge, read, summed  # noqa: E402 (needs the apps)
from sociale_kaart.models import Service  # noqa: E402 (needs the apps)

LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2|svg))"')
FONT = "fonts/atkinson-hyperlegible-next.woff2"
BUDGET = 60_000
JUDGED = Path(__file__).resolve().parent.parent / "tests" / "search" / "judged"
ROUNDS = 15


@dataclass(frozen=True)
class Page:
    """One page that is measured, as whom it is opened, and whether a large catalogue has it as well."""

    name: str
    path: str
    worker: bool = False
    of_catalogue: bool = False


def pages() -> list[Page]:
    """List the pages of the figures."""
    service = Service.objects.public().order_by("pk").first()
    address = service.get_absolute_url() if service else "/organisaties/"
    return [
        Page("home", "/"), Page("search", "/zoeken/?q=schulden+zedelgem", of_catalogue=True),
        Page("service", address, of_catalogue=True),
        Page("organizations", "/organisaties/", of_catalogue=True),
        Page("rights", "/rechten/"), Page("library", "/leernetwerk/"),
        Page("today", "/vandaag/", worker=True), Page("inbox", "/naar-ons/", worker=True),
        Page("outbox", "/door-ons/", worker=True),
    ]  # fmt: skip


def packed(name: str) -> int:
    """Give the size of a static file over the wire, as WhiteNoise keeps it for a browser on https."""
    content = Path(str(finders.find(name))).read_bytes()
    content = without_remarks(content) if name.endswith(".css") else content
    return len(content) if name.endswith(".woff2") else len(Compressor.compress_brotli(content))


def weight(client: Client, path: str) -> tuple[int, int]:
    """Give the bytes of the page alone as it is sent, and with everything that it links on a first visit."""
    sent = client.get(path, headers={"accept-encoding": "gzip"})
    html = gzip.decompress(sent.content).decode()
    # Style asks for the font, also where no page does before it.
    linked = {FONT, *LINKED.findall(html)}
    return len(sent.content), len(sent.content) + sum(map(packed, linked))


def queries_of(client: Client, path: str) -> int:
    """Count what a page asks of the database the second time that it is opened, or stop when it fails."""
    client.get(path)
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        """Note each statement that goes to the database."""
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}")
    return len(queries)


def measure(page: Page, client: Client) -> None:
    """Print one line of figures for one page."""
    queries = queries_of(client, page.path)
    took = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(page.path)
        took.append((time.perf_counter() - start) * 1000)
    alone, first = weight(client, page.path)
    keep({
        "workload": f"page {page.name}", "queries": queries, "html_kb": round(alone / 1000, 1),
        "first_visit_kb": round(first / 1000, 1), "within_budget": first <= BUDGET,
        "median_ms": round(percentile(took, 0.5), 1), "slow_ms": round(percentile(took, 0.95), 1),
    })  # fmt: skip


def relevance() -> None:
    """Keep the scores of each file of judged questions."""
    for file in sorted(JUDGED.glob("demo-*.toml")):
        *kinds, whole = summed(judge(read(file), answer))
        keep({
            "workload": f"judged {file.stem}", "questions": whole.count, "ndcg": round(whole.ndcg, 3),
            "success": round(whole.success, 3), "without": whole.without,
            "worst_class": min(round(kind.ndcg, 3) for kind in kinds),
        })  # fmt: skip


def main() -> None:
    """Load the demo and print."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    start = time.perf_counter()
    call_command("demo_load", stdout=StringIO(), stderr=StringIO())
    print(f"\n== the demo region: {Service.objects.count()} services, loaded in {time.perf_counter() - start:.1f} s")
    visitor, worker = Client(), Client()
    worker.force_login(User.objects.get(email="lotte@pannenhoek.example"))
    for page in pages():
        measure(page, worker if page.worker else visitor)
    relevance()


if __name__ == "__main__":
    main()

"""Figures on a generated catalogue with its rows in a database: import, index, and queries of the public pages."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings

django.setup()

from django.core.management import call_command  # noqa: E402 (needs the apps)
from django.test import Client  # noqa: E402 (needs the apps)

from bench.demo_region import pages, queries_of  # noqa: E402 (needs the apps)
from bench.figures import keep, stopwatch  # noqa: E402 (needs the apps)
from sociale_kaart.models import Service  # noqa: E402 (needs the apps)

ROOT = Path(__file__).resolve().parent.parent


def records(folder: Path) -> int:
    """Count the rows of all tables."""
    return sum(sum(1 for _line in path.open(encoding="utf-8")) - 1 for path in folder.glob("*.csv"))


def size(folder: Path) -> float:
    """Give the megabytes under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main(services: int) -> None:
    """Make, import, index, search."""
    folder = Path(settings.DATA_DIR) / "catalogue"
    subprocess.run([sys.executable, str(ROOT / "bench/make_catalogue.py"), str(services), str(folder)], check=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("gebied_load", stdout=StringIO())
    call_command("vocabulary_load", stdout=StringIO())
    rows = records(folder)
    with stopwatch() as coming_in:
        call_command("hsds_import", str(folder), stdout=StringIO(), stderr=StringIO())
    about = {"size": Service.objects.count()}
    keep({"workload": "import", **about, "records": rows, "per_second": round(rows / coming_in.seconds)})
    # As an operator types it: a process of its own.
    reindex = [sys.executable, "manage.py", "search_reindex"]
    with stopwatch() as built:
        subprocess.run(reindex, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    megabytes = round(size(Path(settings.SEARCH_DIR)), 1)
    keep({"workload": "reindex from the database", **about, "seconds": round(built.seconds, 1), "mb": megabytes})
    for page in pages():
        if page.of_catalogue:
            keep({"workload": f"page {page.name}", **about, "queries": queries_of(Client(), page.path)})


if __name__ == "__main__":
    main(int(sys.argv[1]))

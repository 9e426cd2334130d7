"""Figures on a generated catalogue: import rate, size and time of the index, and the search."""

import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import django
from django.conf import settings

django.setup()

from django.core.management import call_command  # noqa: E402 (needs the apps)

from bench.searching import report as report_search  # noqa: E402 (needs the apps)
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
    call_command("gebied_load", stdout=StringIO())
    call_command("vocabulary_load", stdout=StringIO())
    rows = records(folder)
    start = time.perf_counter()
    call_command("hsds_import", str(folder), stdout=StringIO(), stderr=StringIO())
    took = time.perf_counter() - start
    print(f"\n== a generated catalogue of {Service.objects.count()} services")
    print(f"import: {rows} records in {took:.1f} s, {rows / took:.0f} records per second")
    start = time.perf_counter()
    call_command("search_reindex", stdout=StringIO(), stderr=StringIO())
    print(f"index: {time.perf_counter() - start:.1f} s, {size(Path(settings.SEARCH_DIR)):.1f} MB")
    report_search()


if __name__ == "__main__":
    main(int(sys.argv[1]))

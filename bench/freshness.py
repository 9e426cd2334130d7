"""How soon a change is found, and whether readers notice the writing: on the imported catalogue."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from bench.figures import Timings, keep, percentile  # noqa: E402 (needs the apps)
from bench.load import load  # noqa: E402 (needs the apps)
from search.find import search  # noqa: E402 (needs the apps)
from search.query import SearchQuery  # noqa: E402 (needs the apps)
from sociale_kaart.models import Service  # noqa: E402 (needs the apps)

CHANGES, PER_MINUTE, SECONDS = 30, 500, 20
READERS = 2


def visible(size: int) -> None:
    """Change one listing at a time, and ask for its new word until it is found."""
    timings = Timings("embedded", size, "a change is found")
    for number, service in enumerate(Service.objects.public().order_by("pk")[:CHANGES]):
        word = f"zonnewijzer{chr(97 + number % 26)}{number}"
        service.alternate_name = word
        started = time.perf_counter()
        service.save()
        while not any(hit.key == service.pk for hit in search(SearchQuery(word, facets=())).hits):
            pass
        timings.took.append((time.perf_counter() - started) * 1000)
    keep(timings.row())


def read(file: Path) -> None:
    """Ask questions until the time is over; write down how long each took."""
    until, took = time.monotonic() + SECONDS, []
    questions = load()
    while time.monotonic() < until:
        for question in questions:
            started = time.perf_counter()
            search(SearchQuery(question.text, facets=()))
            took.append((time.perf_counter() - started) * 1000)
    file.write_text(str(percentile(took, 0.99)), encoding="ascii")


def disturbed(size: int, folder: Path) -> None:
    """Measure the readers' p99 in silence, and while the catalogue changes 500 times a minute."""
    found = []
    for writing in (False, True):
        files = [folder / f"reader-{number}" for number in range(READERS)]
        readers = [subprocess.Popen([sys.executable, "-m", "bench.freshness", "read", str(file)]) for file in files]
        services = Service.objects.public().order_by("-pk").iterator(chunk_size=100)
        while any(reader.poll() is None for reader in readers):
            if writing:
                service = next(services)
                service.assured_date = datetime.now(UTC).date()
                service.save()
            time.sleep(60 / PER_MINUTE)
        found.append(max(float(file.read_text(encoding="ascii")) for file in files))
    quiet, busy = found
    keep({
        "engine": "embedded", "size": size, "workload": "readers while 500 a minute change",
        "p99_quiet": round(quiet, 1), "p99_busy": round(busy, 1), "ratio": round(busy / quiet, 2),
    })  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(Path(sys.argv[2]))
    else:
        visible(int(sys.argv[1]))
        disturbed(int(sys.argv[1]), Path(sys.argv[2]))

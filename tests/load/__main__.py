"""The figures of many people at once: python -m tests.load, on the PostgreSQL server of DATABASE_URL.

Those of a whole run are kept in bench/results, under the day of today.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from bench.report import keep
from tests.faults.mailbox import Mailbox
from tests.faults.running import Running
from tests.load.driving import Load
from tests.load.growing import in_turns

MOST_GROWTH = 1.5
# What a whole run is; the figures of a smaller one say something of that run only.
WHOLE = {"referrals": 100_000, "few": 1_000, "workers": 50, "seconds": 300}


def options() -> argparse.Namespace:
    """Read what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--referrals", type=int, default=WHOLE["referrals"])
    parser.add_argument("--few", type=int, default=WHOLE["few"])
    parser.add_argument("--workers", type=int, default=WHOLE["workers"])
    parser.add_argument("--seconds", type=float, default=WHOLE["seconds"])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--pattern", default="", help="A database with all tables, to copy instead of migrating.")
    parser.add_argument("--tell", action="store_true", help="Print the slowest queries of each page.")
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args()


@contextmanager
def databases(pattern: str):
    """Make two empty databases with all tables, from a pattern when there is one; take them away afterwards."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    names = [f"load_{uuid4().hex}" for _two in range(2)]
    with psycopg.connect(f"{server}/postgres".replace("postgres://", "postgresql://"), autocommit=True) as talk:
        try:
            for name in names:
                talk.execute(f"CREATE DATABASE {name} TEMPLATE {pattern or 'template1'}")
                if not pattern:
                    migrate(f"{server}/{name}")
                pattern = pattern or name
            yield [f"{server}/{name}" for name in names]
        finally:
            for name in names:
                talk.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def migrate(address: str) -> None:
    """Make all tables."""
    with tempfile.TemporaryDirectory() as folder:
        site = Running({"DATA_DIR": folder, "DATABASE_URL": address})
        assert site.program(sys.executable, "manage.py", "migrate", "-v", "0").wait() == 0, site.log.read_text()


def filled(site: Running, referrals: int, workers: int) -> dict:
    """Fill a site; give who can do what there."""
    filling = site.program(
        sys.executable, "-m", "tests.load.filling", str(referrals), str(workers // 2), stdout=subprocess.PIPE
    )
    said = filling.communicate()[0]
    assert filling.returncode == 0, site.log.read_text(errors="replace")[-3000:]
    return json.loads(said)


def queries_of(site: Running, who: dict, tell: list[str]) -> dict[str, int]:
    """Count the queries of each page of a site."""
    counting = site.program(
        sys.executable, "-m", "tests.load.counting", *tell, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    said = counting.communicate(json.dumps(who).encode())[0]
    assert counting.returncode == 0, site.log.read_text(errors="replace")[-3000:]
    if tell:
        print(site.log.read_text(errors="replace"))
    return json.loads(said)


def grow(few, many, asked: argparse.Namespace) -> tuple[list[dict], list[str]]:
    """Measure how pages grow; print it, give the figures, and say what is not as promised."""
    rows, wrong, tell = [], [], ["--tell"] * asked.tell
    counts = [queries_of(site, who, tell) for site, who in (few, many)]
    for site, _who in (few, many):
        site.start_server()
    for name, (before, after, times) in in_turns(few, many, asked.rounds).items():
        queries = [count[name] for count in counts]
        print(f"{name:<10}{before:8.1f} ms{after:8.1f} ms  x {times:.2f}   queries {queries}", flush=True)
        rows.append({"page": name, "few_ms": round(before, 1), "many_ms": round(after, 1), "growth": round(times, 2),
                     "queries": queries})  # fmt: skip
        wrong += [f"{name} grows x {times:.2f}"] if times > MOST_GROWTH else []
        wrong += [f"{name} needs {queries} queries"] if queries[0] != queries[1] else []
    few[0].stop()
    return rows, wrong


def keep_figures(asked: argparse.Namespace, figures: dict) -> None:
    """Keep the figures of a whole run beside those of the bench."""
    sizes = {name: getattr(asked, name) for name in WHOLE}
    if sizes == WHOLE:
        print(f"kept in {keep({**sizes, **figures}, of='load-')}")


def main() -> int:
    """Fill, measure, print; 1 when something is not as promised."""
    asked = options()
    with tempfile.TemporaryDirectory() as folder, databases(asked.pattern) as two, Mailbox() as mailbox:
        sites = []
        for name, address in zip(("few", "many"), two, strict=True):
            (place := Path(folder) / name).mkdir()
            sites.append(Running({"DATA_DIR": str(place), "DATABASE_URL": address, "EMAIL_URL": mailbox.url}))
        try:
            numbers = (asked.few, asked.referrals)
            known = [filled(site, number, asked.workers) for site, number in zip(sites, numbers, strict=True)]
            print(f"filled: {known[0]['referrals']} and {known[1]['referrals']} referrals", flush=True)
            growth, wrong = grow(*zip(sites, known, strict=True), asked)
            sites[1].start_worker()
            load = Load(sites[1], known[1]["teams"], seconds=asked.seconds, seed=asked.seed).run()
            print(load.table())
            wrong += ["there were errors"] if load.errors else []
            keep_figures(asked, {"rows": load.rows(), "growth": growth, "errors": len(load.errors), "wrong": wrong})
        finally:
            for site in sites:
                site.stop()
    print("\n".join(wrong) or "as promised")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

"""Puts the figures of one run beside the goals, and keeps them with the day they were measured."""

import json
import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
Rows = list[dict[str, Any]]
FACETS = "one filter, six facets"


@dataclass(frozen=True)
class Goal:
    """One goal: what it says, and the figure that decides; no figure when a part was not run."""

    says: str
    figure: Callable[[Rows], float | None]
    most: float

    def line(self, rows: Rows) -> str:
        """Say how it went."""
        figure = self.figure(rows)
        if figure is None:
            return f"  -      not measured        {self.says}"
        good = "yes" if figure <= self.most else "NO "
        return f"  {good}    {figure:9.2f} <= {self.most:<6g}  {self.says}"


def value(rows: Iterable[dict[str, Any]], name: str, **about: Any) -> float | None:
    """Give one figure of the row that fits."""
    fits = [row for row in rows if name in row and all(row.get(key) == wanted for key, wanted in about.items())]
    return float(fits[-1][name]) if fits else None


def ratio(name: str, one: dict[str, Any], other: dict[str, Any]) -> Callable[[Rows], float | None]:
    """Compare the same figure of two rows of this run."""

    def of(rows: Rows) -> float | None:
        above, below = value(rows, name, **one), value(rows, name, **other)
        return above / below if above is not None and below else None

    return of


def plain(name: str, **about: Any) -> Callable[[Rows], float | None]:
    """Take one figure as it is."""
    return lambda rows: value(rows, name, **about)


def added(rows: Rows) -> float | None:
    """Give the milliseconds that a page of results takes above one that never changes."""
    page = value(rows, "p50", workload="full page", size=25000)
    constant = value(rows, "p50", workload="constant page", size=25000)
    return page - constant if page is not None and constant is not None else None


def row(engine: str, size: int, workload: str = FACETS) -> dict[str, Any]:
    """Name one row."""
    return {"engine": engine, "size": size, "workload": workload}


def queries(page: str) -> Callable[[Rows], float | None]:
    """Compare what a page asks of the database on 25,000 services with the same page of the demo region."""
    name = f"page {page}"
    return ratio("queries", {"workload": name, "size": 25000}, {"workload": name, "size": None})


OURS, RAW, WAGTAIL = "embedded", "raw tantivy", "wagtail on postgresql"
PLANNED = "tantivy, our plans"
WITH_PHRASES = "raw tantivy, phrases too"
GOALS = (
    Goal("Wagtail on PostgreSQL, 25k, one filter and six facets, p50: ours is 1/100 of it",
         ratio("p50", row(OURS, 25000), row(WAGTAIL, 25000)), 0.01),
    Goal("raw tantivy, 25k, one filter and six facets, p95: ours as a multiple",
         ratio("p95", row(OURS, 25000), row(RAW, 25000)), 1.5),
    Goal("tantivy asked for the same records, 25k, p95: ours as a multiple",
         ratio("p95", row(OURS, 25000), row(PLANNED, 25000)), 1.5),
    Goal("raw tantivy at 250k, p95", ratio("p95", row(OURS, 250000), row(RAW, 250000)), 2),
    Goal("p95 at 250k as a multiple of 1k", ratio("p95", row(OURS, 250000), row(OURS, 1000)), 6),
    Goal("several values of four groups against one filter, 25k, p95",
         ratio("p95", row(OURS, 25000, "several of each, six facets"), row(OURS, 25000)), 3),
    Goal("a full page above a constant one, 25k, p50 in ms", added, 10),
    Goal("a full page as a multiple of a constant one, 25k, p95",
         ratio("p95", row(OURS, 25000, "full page"), row("django", 25000, "constant page")), 10),
    Goal("a page for bad input against one for a question, 25k, p99",
         ratio("p99", row(OURS, 25000, "full page, bad input"),
               row(OURS, 25000, "full page, without a server")), 10),
    Goal("completion, 25k, p95 in ms", plain("p95", workload="completion", size=25000), 5),
    Goal("index of 25k without the records it stores, as a multiple of raw tantivy's, that finds phrases too",
         ratio("found_by_mb", {"engine": OURS, "size": 25000}, {"engine": WITH_PHRASES, "size": 25000}), 2),
    *(Goal(f"queries of the page {page}, 25k, as a multiple of the demo region", queries(page), 1)
      for page in ("search", "service", "organizations")),
    Goal("rebuild of 25k from the database, in seconds", plain("seconds", workload="reindex from the database"), 30),
    Goal("index of 250k in MB", plain("index_mb", engine=OURS, size=250000), 150),
    Goal("memory above an empty process, 25k, in MB", plain("memory_mb", engine=OURS, size=25000), 150),
    Goal("memory of its own above an empty process, 250k, in MB", plain("own_mb", engine=OURS, size=250000), 150),
    Goal("rebuild of 250k as a multiple of 25k", ratio("build_s", {"engine": OURS, "size": 250000},
                                                       {"engine": OURS, "size": 25000}), 12),
    Goal("a change is found, p95 in ms", plain("p95", workload="a change is found"), 1000),
    Goal("readers' p99 while 500 a minute change, as a multiple",
         plain("ratio", workload="readers while 500 a minute change"), 2),
)  # fmt: skip


def table(rows: Rows) -> Iterable[str]:
    """Give the table of engines, sizes and workloads."""
    yield f"{'engine':24}{'size':>8}  {'workload':36}{'p50':>9}{'p95':>9}{'p99':>9}{'without':>9}"
    for one in rows:
        if "p50" in one:
            yield (
                f"{one['engine']:24}{one['size']:>8}  {one['workload']:36}"
                f"{one['p50']:>9.2f}{one['p95']:>9.2f}{one['p99']:>9.2f}{one['without']:>9}"
            )


def report(rows: Rows) -> Path:
    """Print table and goals, and keep the rows under the day of today."""
    print(
        "\n".join(
            ["", *table(rows), "", "goals (one run, one machine: trust the ratios)", *(g.line(rows) for g in GOALS)]
        )
    )
    return keep({"rows": rows})


def keep(figures: dict[str, Any], *, of: str = "") -> Path:
    """Keep figures under the day of today, with the machine on which they were measured; `of` names another kind."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    about = {
        "measured_at": now.isoformat(timespec="seconds"),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
    }
    file = RESULTS / f"{of}{now.date().isoformat()}.json"
    file.write_text(json.dumps({**about, **figures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file

"""Times calls, prints each line of figures, and keeps it for the dated file of the whole run."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass
class Stopwatch:
    """Seconds that a block took."""

    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time a block."""
    watch, start = Stopwatch(), time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - start


@dataclass
class Timings:
    """What one engine needed for one workload, call by call; a call returns how much it found."""

    engine: str
    size: int
    workload: str
    took: list[float] = field(default_factory=list)
    without: int = 0

    def add(self, _kind: str, call: Callable[[], int]) -> None:
        """Time one call, in milliseconds."""
        start = time.perf_counter()
        found = call()
        self.took.append((time.perf_counter() - start) * 1000)
        self.without += found == 0

    def row(self, **more: Any) -> dict[str, Any]:
        """Give the figures as one row."""
        shares = {name: round(percentile(self.took, share), 2) for name, share in SHARES.items()}
        about = {"engine": self.engine, "size": self.size, "workload": self.workload, "calls": len(self.took)}
        extra = {name: round(value, 2) if isinstance(value, float) else value for name, value in more.items()}
        return {**about, **shares, "without": self.without, **extra}


SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


def keep(row: dict[str, Any]) -> None:
    """Print one row, and add it to the file of this run (BENCH_ROWS names it)."""
    print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    file = os.environ.get("BENCH_ROWS")
    if file:
        with Path(file).open("a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def kept(file: Path) -> list[dict[str, Any]]:
    """Read the rows of a run."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []

"""Run every part on data of its own, print the figures beside the goals, and keep them with their date.

python -m bench [PART...]     # without a part: all of them; BENCH_SERVICES says how large the middle catalogue is
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.figures import kept
from bench.report import report

ROOT = Path(__file__).resolve().parent.parent
SERVICES = os.environ.get("BENCH_SERVICES", "25000")
SIZES = ("1000", SERVICES, "250000")
OURS = "bench.settings"


def run(
    part: str, folder: Path, *more: str, wrapper: tuple[str, ...] = (), settings: str = "config.settings.demo"
) -> None:
    """Run one part in a process of its own, with its own folder."""
    rows = folder.parent / "rows.jsonl"
    env = {**os.environ, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": settings, "BENCH_ROWS": str(rows)}
    env.pop("SEARCH_URL", None)
    subprocess.run([*wrapper, sys.executable, "-m", f"bench.{part}", *more], cwd=ROOT, env=env, check=True)


def demo(folder: Path) -> None:
    """Measure the pages and the relevance of the demo region."""
    run("demo_region", folder / "demo", settings=OURS)


def catalogue(folder: Path) -> None:
    """Measure import, index, queries of a page and freshness with rows in a database."""
    run("large_catalogue", folder / "large", SERVICES, settings=OURS)
    run("freshness", folder / "large", SERVICES, str(folder))


def engines(folder: Path) -> None:
    """Measure every engine on three sizes."""
    for size in SIZES:
        run("engines", folder / f"engines-{size}", size)


def page(folder: Path) -> None:
    """Measure the whole page and completion."""
    run("full_page", folder / "page", SERVICES, settings=OURS)


def reference(folder: Path) -> None:
    """Measure what a Django team would pick first."""
    server = (str(ROOT / "tools" / "postgres.sh"),)
    run("reference.run", folder / "reference", SERVICES, wrapper=server, settings="bench.reference.settings")


PARTS: dict[str, Callable[[Path], None]] = {
    part.__name__: part for part in (demo, catalogue, engines, page, reference)
}  # fmt: skip


def main(asked: list[str]) -> None:
    """Run the parts that were asked for, and report."""
    with tempfile.TemporaryDirectory(prefix="dorpel-bench-") as made:
        folder = Path(made)
        for name in asked or PARTS:
            PARTS[name](folder)
        print(f"\nkept in {report(kept(folder / 'rows.jsonl')).relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])

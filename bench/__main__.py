"""Run both halves on data of their own: the demo region, and a generated catalogue."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICES = int(os.environ.get("BENCH_SERVICES", "25000"))


def run(half: str, data_dir: Path, *more: str) -> None:
    """Run one half in a process of its own, with its own folder."""
    env = {**os.environ, "DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
    subprocess.run([sys.executable, "-m", f"bench.{half}", *more], cwd=ROOT, env=env, check=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="dorpel-bench-") as folder:
        run("demo_region", Path(folder) / "demo")
        run("large_catalogue", Path(folder) / "large", str(SERVICES))

"""Whether a second start of the demo may leave out the preparing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_demo_is_ready_once_prepared_and_no_longer_after_a_change(tmp_path):
    source, data = tmp_path / "source", tmp_path / "data"
    for room in ("demo", "core"):
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "ready.py", source / "tools")
    data.mkdir()

    def run(*words, **elsewhere):
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SEARCH_URL"}}
        env |= {"DATA_DIR": str(data), **elsewhere}
        return subprocess.run([sys.executable, *words], cwd=source, env=env, check=False).returncode

    assert run("tools/ready.py") == 1
    prepared = "import os, pathlib, demo.fingerprint as one; one.mark_ready(pathlib.Path(os.environ['DATA_DIR']))"
    assert run("-c", prepared) == 0
    assert run("tools/ready.py") == 0
    assert run("tools/ready.py", DATABASE_URL="postgres://elders/dorpel") == 1
    assert run("tools/ready.py", SEARCH_URL="http://elders:9200/dorpel") == 1
    (source / "requirements.lock").write_text("wagtail==9", encoding="utf-8")
    assert run("tools/ready.py") == 1
    assert run("-c", prepared) == 0
    (source / "core" / "models.py").write_text("# Something else.", encoding="utf-8")
    assert run("tools/ready.py") == 1

"""Where the tools may not install, they name what is missing and stop."""

import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parents[2] / "tools"


def run(folder, *words):
    """Run a tool where only the commands in a folder are there."""
    return subprocess.run(["/bin/bash", *words], env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_a_machine_where_nothing_may_be_installed_is_told_all_that_is_missing(tmp_path):
    for name in ("bash", "env", "dirname"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")

    one = run(tmp_path, str(TOOLS / "apt.sh"), "gettext", "maven")
    all_of_it = run(tmp_path, str(TOOLS / "system.sh"), sys.executable, "tests")

    assert one.returncode == 1
    assert "Ask the operator for: apt-get install gettext maven" in one.stderr
    assert all_of_it.returncode == 1
    asked = all_of_it.stderr.rpartition("Ask the operator for: apt-get install ")[2].split()
    assert {"chromium-headless-shell", "gettext", "default-jdk-headless", "maven"} <= {*asked}

"""Every setting that is read from the environment and every command stands in the README, and the other way round."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
READ = re.compile(r"""(?:\benv(?:\.\w+)?|\brequired|\benviron(?:\.\w+)?)[(\[]\s*["']([A-Z][A-Z0-9_]+)["']""")
# Django reads this one itself; the text above the table names it.
# Read by Django itself, and by the parts of one run of the bench.
OF_DJANGO = {"DJANGO_SETTINGS_MODULE", "BENCH_ROWS"}


def _table(heading: str) -> str:
    """Give the first cells of the table under a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return "\n".join(line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `"))


def _settings_read() -> set[str]:
    found: set[str] = set()
    for room in sorted(path.parent for path in ROOT.glob("*/__init__.py")):
        for file in room.rglob("*.py"):
            if "tests" not in file.relative_to(ROOT).parts:
                found |= set(READ.findall(file.read_text(encoding="utf-8")))
    return found - OF_DJANGO


def _commands() -> set[str]:
    files = ROOT.glob("*/management/commands/*.py")
    return {file.stem for file in files if not file.stem.startswith("_")}


def test_setting_read_from_the_environment_is_in_the_readme() -> None:
    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", _table("Configuration")))

    assert _settings_read() - named == set()
    assert {"DATABASE_URL", "SECRET_KEY", "PORT"} <= _settings_read()


def test_setting_in_the_readme_is_read() -> None:
    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", _table("Configuration")))

    assert named - _settings_read() == set()


def test_command_is_in_the_readme() -> None:
    assert _commands() - set(re.findall(r"`([a-z_]+)", _table("Commands"))) == set()


def test_command_in_the_readme_exists() -> None:
    assert set(re.findall(r"`([a-z_]+)", _table("Commands"))) - _commands() == set()


def test_environment_is_made_from_a_python_that_we_support() -> None:
    """The Python of the README: Debian's own where it can make an environment."""
    python = subprocess.check_output([ROOT / "tools/python.sh"], text=True).strip()
    version = subprocess.check_output([python, "-c", "import venv, sys; print(*sys.version_info[:2])"], text=True)

    assert (3, 11) <= tuple(int(part) for part in version.split()) < (3, 14)

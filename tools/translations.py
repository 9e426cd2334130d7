"""Fail when a text has no Dutch, when the catalogue is behind the source, or when it was not compiled."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale/nl/LC_MESSAGES"
CATALOGUE, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
COLLECT = [
    sys.executable, "manage.py", "makemessages", "--locale", "nl", "--no-location", "--no-wrap",
    "--ignore", ".venv/*", "--ignore", "var/*", "--ignore", "node_modules/*",
]  # fmt: skip


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run one command in the project and give what it printed."""
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)


def texts(catalogue: str) -> set[str]:
    """Give the texts of a catalogue, with their context and plural, without their Dutch."""
    whole = subprocess.run(
        ["msgcat", "--no-wrap", "--no-location", "-"], input=catalogue, check=True, capture_output=True, text=True
    ).stdout
    entries = [entry for entry in whole.split("\n\n")[1:] if "#~" not in entry]
    return {
        "\n".join(line for line in entry.partition("\nmsgstr")[0].splitlines() if not line.startswith("#"))
        for entry in entries
    }


def untranslated() -> list[str]:
    """Say how many texts have no Dutch or a doubtful one."""
    counted = subprocess.run(
        ["msgfmt", "--check-format", "--statistics", "-o", "/dev/null", str(CATALOGUE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wrong = counted.returncode or "untranslated" in counted.stderr or "fuzzy" in counted.stderr
    return [counted.stderr.strip()] if wrong else []


def behind() -> list[str]:
    """Name the texts of the source that the catalogue does not know; the catalogue is left as it was."""
    before = CATALOGUE.read_bytes()
    try:
        run(*COLLECT)
        missing = texts(CATALOGUE.read_text(encoding="utf-8")) - texts(before.decode())
    finally:
        CATALOGUE.write_bytes(before)
    return ["Not in the catalogue yet; run `make messages`:\n" + "\n\n".join(sorted(missing))] if missing else []


def not_compiled() -> list[str]:
    """Say when the compiled catalogue is another one."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "django.mo"
        run("msgfmt", "-o", str(fresh), str(CATALOGUE))
        same = COMPILED.exists() and fresh.read_bytes() == COMPILED.read_bytes()
    return [] if same else ["The compiled catalogue is behind; run `make messages`."]


if __name__ == "__main__":
    problems = [*untranslated(), *behind(), *not_compiled()]
    print("\n".join(problems) or "Every text has its Dutch.")
    sys.exit(bool(problems))

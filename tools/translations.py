"""Fail when a text has no Dutch, when the catalogue is behind the source, or when it was not compiled."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/nl/LC_MESSAGES/django.po"
KEPT = ("msgid", "msgstr", "msgctxt", '"')


def messages(text: str) -> list[str]:
    """Give the lines that carry texts, without comments and without the head of the file."""
    entries = text.split("\n\n")[1:]
    return sorted(
        "\n".join(line for line in entry.splitlines() if line.startswith(KEPT))
        for entry in entries
        if "#~" not in entry
    )


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run one command in the project and give what it printed."""
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)


def faults() -> list[str]:
    """List what is wrong with the Dutch texts."""
    found = []
    counted = subprocess.run(
        ["msgfmt", "--check-format", "--statistics", "-o", "/dev/null", str(CATALOGUE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if counted.returncode or "untranslated" in counted.stderr or "fuzzy" in counted.stderr:
        found.append(counted.stderr.strip())
    before = CATALOGUE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as kept:
        shutil.copy(CATALOGUE, kept)
        run("make", "-s", "messages")
        after = CATALOGUE.read_text(encoding="utf-8")
        shutil.copy(Path(kept) / CATALOGUE.name, CATALOGUE)
    missing = set(messages(after)) - set(messages(before))
    if missing:
        found.append("Not in the catalogue yet; run `make messages`:\n" + "\n\n".join(sorted(missing)[:20]))
    return found


if __name__ == "__main__":
    problems = faults()
    print("\n".join(problems) or "Every text has its Dutch.")
    sys.exit(bool(problems))

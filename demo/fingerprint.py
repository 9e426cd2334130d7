"""Whether anything changed of what the demo was prepared from. No Django: a second start must be quick."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "core", "gebied", "organisaties", "sociale_kaart", "search", "rechtenverkenning", "leernetwerk",
    "bewaarde_zoekvragen", "clienten", "vraagverheldering", "doorverwijzing",
    "website", "demo", "config", "static", "locale", "templates",
)  # fmt: skip
# Libraries bring tables too, and another database or search server was prepared by nobody yet.
LOCK = ROOT / "requirements.lock"
ELSEWHERE = ("DATABASE_URL", "DATABASE_URL_FILE", "SEARCH_URL", "SEARCH_URL_FILE")
STAMP = "demo-ready"


def fingerprint() -> str:
    """Give a digest of the names, sizes and times of all source files, and of where the data lie."""
    seen = hashlib.sha256("\n".join(os.environ.get(name, "") for name in ELSEWHERE).encode())
    for path in (LOCK, *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*")))):
        if path.suffix != ".pyc" and path.is_file():
            about = path.stat()
            seen.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def is_ready(data_dir: Path) -> bool:
    """Tell whether the installation in a folder was prepared from exactly this."""
    stamp = data_dir / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint()


def mark_ready(data_dir: Path) -> None:
    """Remember that the installation in a folder is prepared."""
    (data_dir / STAMP).write_text(fingerprint(), encoding="utf-8")

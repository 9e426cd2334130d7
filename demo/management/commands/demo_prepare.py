"""Get an embedded installation ready in one go, and skip what is already right."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

ROOMS = (
    "core", "gebied", "organisaties", "sociale_kaart", "search", "rechtenverkenning", "leernetwerk", "clienten",
    "vraagverheldering", "doorverwijzing", "website", "demo", "config", "static", "locale", "templates",
)  # fmt: skip
SKIPPED = {".pyc"}


def fingerprint() -> str:
    """Tell whether anything in the source changed: names, sizes and times of its files."""
    seen = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*")):
            if path.is_file() and path.suffix not in SKIPPED:
                about = path.stat()
                seen.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()


class Command(BaseCommand):
    help = "Migrate, load the demo region, collect static files. Safe to repeat; quick when nothing changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stamp = Path(settings.DATA_DIR) / "demo-ready"
        now = fingerprint()
        if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
            self.stdout.write("Nothing changed since the last start.")
            return
        self.stdout.write(f"Preparing {settings.DATA_DIR}")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("demo_load")
        self.stdout.write("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(now, encoding="utf-8")

"""Put a backup back, with everything that was destroyed since then still destroyed."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import restoring
from core.dumps import Count
from core.errors import Refusal
from core.meter import Meter


class Command(BaseCommand):
    help = "Put the backup in FILE in the place of the database and the uploads. Stop the server and the clock first."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="Replace a database that is not empty.")
        parser.add_argument(
            "--destroyed", type=Path, action="append", default=[], metavar="FILE",
            help="A newer backup, or a newer list of destroyed keys, that must be respected too.",
        )  # fmt: skip

    def handle(self, *args: Any, file: Path, force: bool, destroyed: list[Path], **options: Any) -> None:
        self.meter: Meter | None = None
        try:
            done = restoring.restore(file, force=force, lists=destroyed, watch=self._watch, say=self._say)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say("building the search index")
        self._search()
        made = done.manifest
        self.stdout.write(f"Restored: {made.database}, version {made.version}, made {made.made_at}.")
        self.stdout.write(f"{done.uploads} uploads. {done.closed} packets stay closed: their keys were destroyed.")
        if done.faults:
            raise CommandError(f"{done.faults} faults in the audit chain. Run audit_verify.")
        self.stdout.write(f"Audit chain: {done.lines} lines, all in order. Everyone logs in again.")

    def _search(self) -> None:
        try:
            call_command("search_reindex", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(f"The search index was not built: {error} Run search_reindex later.")

    def _say(self, what: str) -> None:
        if self.meter:
            self.meter.end()
        self.meter = None
        self.stderr.write(f"{what} …\n")

    def _watch(self, what: str, total: int) -> Count:
        if self.meter:
            self.meter.end()
        self.meter = Meter(what, self.stderr, total)  # type: ignore[arg-type]
        return self.meter.add

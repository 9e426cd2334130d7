"""Put a backup back, with everything that was destroyed since then still destroyed."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core import restoring
from core.dumps import Count
from core.errors import Refusal
from core.meter import Meter


class Command(BaseCommand):
    help = _("Put a backup in the place of the database and the uploads. Stop the server and the worker first.")
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("File that backup made."))
        parser.add_argument("--force", action="store_true", help=_("Replace a database that is not empty."))
        parser.add_argument(
            "--destroyed", type=Path, action="append", default=[], metavar="FILE",
            help=_("A newer backup, or a newer list of destroyed keys, that must be respected too."),
        )  # fmt: skip

    def handle(self, *args: Any, file: Path, force: bool, destroyed: list[Path], **options: Any) -> None:
        self.meter: Meter | None = None
        try:
            done = restoring.restore(file, force=force, lists=destroyed, watch=self._watch, say=self._say)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say(_("building the search index"))
        self._search()
        made = done.manifest
        facts = {"database": made.database, "version": made.version, "moment": made.made_at}
        self.stdout.write(_("Restored: %(database)s, version %(version)s, made %(moment)s.") % facts)
        told = _("%(uploads)d uploads. %(closed)d packets stay closed: their keys were destroyed.")
        self.stdout.write(told % {"uploads": done.uploads, "closed": done.closed})
        if done.erased:
            told = _("Files of persons that were erased since then: %(erased)d. They were erased again.")
            self.stdout.write(told % {"erased": done.erased})
        if done.faults:
            raise CommandError(_("%(count)d faults in the audit chain. Run audit_verify.") % {"count": done.faults})
        told = _("Audit chain: %(lines)d lines, all in order. Everyone logs in again.")
        self.stdout.write(told % {"lines": done.lines})

    def _search(self) -> None:
        try:
            call_command("search_reindex", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            told = _("The search index was not built: %(reason)s Run search_reindex later.")
            self.stderr.write(told % {"reason": error})

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

"""Read HSDS 3.x, as tables or as JSON, into the catalogue."""

import errno
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import reason
from sociale_kaart.hsds.importing import import_hsds
from sociale_kaart.hsds.report import Problem, Report
from sociale_kaart.hsds.sources import UnreadableError

UNREADABLE = 2
REJECTS = 1


class Command(BaseCommand):
    help = _(
        "Read an HSDS 3.x source: a folder with CSV tables (also zipped), one CSV file, or JSON or NDJSON. Exit code 0 "
        "when it could be read (with --strict: 1 when something was rejected), 2 when it could not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=_("Folder, zip, CSV, JSON or NDJSON file."))
        parser.add_argument("--report", type=Path, help=_("Write counts and problems to this JSON file."))
        parser.add_argument("--strict", action="store_true", help=_("End with exit code 1 when anything was rejected."))
        parser.add_argument("--source", default="", help=_("Name of the source, kept with new services."))
        parser.add_argument("--dry-run", action="store_true", help=_("Do everything, but write nothing."))

    def handle(self, *args: Any, **options: Any) -> None:
        report_path: Path | None = options["report"]
        # Before a long import, not after it. Nothing is made yet: the place may be the source itself.
        if report_path and (why := _why_unwritable(report_path)):
            raise self._not_written(_(os.strerror(why)))
        try:
            report = import_hsds(
                options["path"],
                source=options["source"],
                dry_run=options["dry_run"],
                out=getattr(self.stderr, "_out", None),
            )
        except UnreadableError as error:
            refused = Report()
            refused.tell([Problem("", "", None, "", str(error))])
            self._write(refused, report_path)
            raise CommandError(str(error), returncode=UNREADABLE) from error
        self._write(report, report_path)
        self._tell(report, is_dry_run=options["dry_run"])
        rejected = report.counts["rejected"]
        if options["strict"] and rejected:
            told = ngettext("%(count)d object was rejected.", "%(count)d objects were rejected.", rejected)
            raise CommandError(told % {"count": rejected}, returncode=REJECTS)

    def _write(self, report: Report, path: Path | None) -> None:
        if path is None:
            return
        try:
            report.write(path)
        except OSError as error:
            raise self._not_written(reason(error)) from error

    def _not_written(self, why: str | None) -> CommandError:
        reason = _("The report cannot be written: %(reason)s.") % {"reason": why}
        return CommandError(reason, returncode=UNREADABLE)

    def _tell(self, report: Report, *, is_dry_run: bool) -> None:
        """Print one line of counts and the first problems."""
        for problem in report.shown:
            where = _("row %(number)s") % {"number": problem.row} if problem.row else ""
            parts = (problem.object, problem.id, where, problem.field)
            self.stdout.write(f"  {' · '.join(part for part in parts if part)}: {problem.reason}")
        if report.problem_count > len(report.shown):
            more = report.problem_count - len(report.shown)
            self.stdout.write("  " + _("… and %(count)s more; --report FILE writes them all.") % {"count": more})
        facts = {"read": report.read, **{name: report.counts[name] for name in _OUTCOMES}}
        line = _(
            "%(read)s read: %(created)s new, %(changed)s changed, %(unchanged)s unchanged, "
            "%(rejected)s rejected; %(mended)s mended."
        )
        self.stdout.write(line % facts)
        if is_dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))


def _why_unwritable(path: Path) -> int:
    """Give the number of the error that writing there would give; nought when it can be written."""
    if path.is_dir():
        return errno.EISDIR
    if not path.parent.is_dir():
        return errno.ENOENT
    return 0 if os.access(path if path.exists() else path.parent, os.W_OK) else errno.EACCES


_OUTCOMES = ("created", "changed", "unchanged", "rejected", "mended")

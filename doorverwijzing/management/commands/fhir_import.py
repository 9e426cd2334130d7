"""Read referrals from elsewhere, as FHIR R4."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import Refusal, reason
from doorverwijzing.fhir.importing import import_fhir
from doorverwijzing.fhir.reading import UnreadableError
from doorverwijzing.fhir.report import KEPT, REJECTED, TAKEN, Report
from sociale_kaart.models import Service

UNREADABLE = 2
SHOWN = 20


class Command(BaseCommand):
    help = _(
        "Read FHIR R4 (SDOH Clinical Care): a bundle, a resource, or a folder of them. A request with a consent that "
        "holds becomes a referral; the rest is kept aside. Exit code 0 when it could be read, 2 when it could not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=_("JSON or NDJSON file, or a folder of them."))
        parser.add_argument("--report", type=Path, help=_("Write counts and reasons to this JSON file."))
        parser.add_argument("--source", default="", help=_("Name of the source, kept with what comes in."))
        parser.add_argument("--service", default="", help=_("Id of the service for requests that name none of ours."))

    def handle(self, *args: Any, **options: Any) -> None:
        # Before anything is taken: a report that cannot be written would leave nobody knowing what was.
        _try(options["report"])
        try:
            report = import_fhir(options["path"], source=options["source"][:120], service=_service(options["service"]))
        except UnreadableError as error:
            refused = Report()
            refused.unreadable(str(error))
            _write(refused, options["report"])
            raise CommandError(str(error), returncode=UNREADABLE) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        _write(report, options["report"])
        self._tell(report)

    def _tell(self, report: Report) -> None:
        """Print the first reasons and one line of counts."""
        for problem in report.problems[:SHOWN]:
            line = _("line %(number)s") % {"number": problem["line"]} if problem.get("line") else ""
            parts = (problem.get("file"), line, problem.get("resource"), problem.get("field"))
            self.stdout.write(f"  {' · '.join(str(part) for part in parts if part)}: {problem['reason']}")
        if len(report.problems) > SHOWN:
            more = len(report.problems) - SHOWN
            self.stdout.write("  " + _("… and %(count)s more; --report FILE writes them all.") % {"count": more})
        counts = {name: report.counts[name] for name in (TAKEN, KEPT, REJECTED)}
        line = _("%(read)s read: %(taken)s taken, %(kept_aside)s kept aside, %(rejected)s rejected.")
        self.stdout.write(line % {"read": report.read, **counts})


def _service(pk: str) -> Service | None:
    """Find the service that the operator named."""
    if not pk:
        return None
    found = Service.objects.select_related("organization").taking_referrals().filter(pk=pk).first()
    if found is None:
        raise CommandError(_("No service with this id takes questions here."))
    return found


def _try(path: Path | None) -> None:
    """Open the report to write, and leave in it what is there."""
    if path is not None:
        with _writing(), path.open("a"):
            pass


def _write(report: Report, path: Path | None) -> None:
    if path is not None:
        with _writing():
            report.write(path)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = _("The report cannot be written: %(reason)s.") % {"reason": reason(error)}
        raise CommandError(told, returncode=UNREADABLE) from error

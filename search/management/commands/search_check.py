"""Compare the search indexes with the catalogue, and repair what differs."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.progress import progress
from search.engines.base import EngineDownError
from search.fresh import consistency
from sociale_kaart.models import Service

FOUND, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = _(
        "Compare every record of the search indexes with the catalogue. Exit code 0 when all is right, 1 when something"
        " was found, 2 when an index cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help=_("Have read again what differs, and look once more.")
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help=_("Print one JSON object per index."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reports = consistency.check(repair=options["repair"], progress=self._with_progress)
        except EngineDownError as away:
            raise CommandError(_("Not checked: %(reason)s.") % {"reason": away.told}, returncode=UNREADABLE) from away
        for report in reports:
            self.stdout.write(json.dumps(report.as_dict()) if options["as_json"] else consistency.told(report))
        if not all(report.is_clean for report in reports):
            raise CommandError(_end(reports, repair=options["repair"]), returncode=FOUND)

    def _with_progress(self, services: Iterable[Service], total: int) -> Iterable[Service]:
        return progress(services, total=total, what=_("services"), out=self.stderr)  # type: ignore[arg-type]


def _end(reports: list[consistency.Report], *, repair: bool) -> str:
    if not repair:
        return _("The index differs from the catalogue. Repair it with --repair.")
    if all(report.is_clean or report.is_repaired for report in reports):
        return _("The index differed from the catalogue, and is repaired.")
    return _("The index still differs from the catalogue. Make it anew with search_reindex.")

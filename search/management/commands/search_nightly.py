"""The work of the night: forget old counts, weigh what people opened, follow the calendar, and check the indexes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineDownError
from search.fresh import consistency, nightly


class Command(BaseCommand):
    help = (
        "Forget counts of more than 180 days ago, let what people open lift a service, follow closings that begin or"
        " end, and check and repair the indexes. Safe to repeat. Exit code 1 when the check found something."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = nightly.run()
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
        try:
            reports = consistency.check(repair=True)
        except EngineDownError as away:
            raise CommandError(f"Not checked: {away}.", returncode=2) from away
        for report in reports:
            self.stdout.write(consistency.told(report))
        if not all(report.is_clean for report in reports):
            raise CommandError("An index differed from the catalogue; see above what is left.")

"""The work of the night: forget old counts, weigh what people opened, follow the calendar, and check the indexes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.job_words import in_words
from search.engines.base import EngineDownError
from search.fresh import consistency, nightly


class Command(BaseCommand):
    help = _(
        "Forget counts of more than 180 days ago, let what people open lift a service, follow closings that begin or"
        " end, and check and repair the indexes. Safe to repeat. Exit code 1 when the check found something."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = nightly.run()
        self.stdout.write(in_words(done))
        try:
            reports = consistency.check(repair=True)
        except EngineDownError as away:
            raise CommandError(_("Not checked: %(reason)s.") % {"reason": away.told}, returncode=2) from away
        for report in reports:
            self.stdout.write(consistency.told(report))
        if not all(report.is_clean for report in reports):
            raise CommandError(_("An index differed from the catalogue; see above what is left."))

"""The work of the night, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import jobs, working
from core.job_words import TITLES, outcome_in_words
from core.models import JobRun


class Command(BaseCommand):
    help = _(
        "Do all the work of the night now, each part apart; the worker does it by itself every night. Safe to repeat. "
        "Exit code 1 when a part found something wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        names = [job.name for job in jobs.all_jobs() if job.nightly]
        for name in names:
            jobs.run_job.enqueue(name)
        working.empty_queue()
        rows = JobRun.objects.in_bulk(names)
        for name in names:
            said = outcome_in_words(rows[name].outcome) or _("nothing to do")
            self.stdout.write(f"{TITLES.get(name, name)}: {said}")
        if wrong := [name for name in names if rows[name].failures]:
            raise CommandError(
                _("Not well: %(parts)s.") % {"parts": ", ".join(str(TITLES.get(name, name)) for name in wrong)}
            )

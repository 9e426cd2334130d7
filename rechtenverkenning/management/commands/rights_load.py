"""Load the rights, questions and ceilings that travel along with the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import Refusal
from core.progress import progress
from rechtenverkenning.loading import load

WORDS = {
    "questions": _("questions"),
    "ceilings": _("ceilings"),
    "created": _("rights that are new"),
    "changed": _("rights that changed"),
    "unchanged": _("rights that stayed the same"),
    "kept": _("rights that an editor changed"),
}


class Command(BaseCommand):
    help = _("Load rights, questions and ceilings; safe to repeat, never over an editor's change.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help=_("Overwrite what editors changed."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(
                force=options["force"],
                watch=lambda rows: progress(rows, total=len(rows), what=_("rights")),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for name, count in report.counts.items():
            self.stdout.write(f"{WORDS[name]}: {count}")
        if report.kept:
            self.stdout.write(_("left as an editor made them: %(codes)s") % {"codes": ", ".join(report.kept)})

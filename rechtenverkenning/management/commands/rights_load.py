"""Load the rights, questions and ceilings that travel along with the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refusal
from core.progress import progress
from rechtenverkenning.loading import load


class Command(BaseCommand):
    help = "Load rights, questions and ceilings; safe to repeat, never over an editor's change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="overwrite what editors changed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(
                force=options["force"],
                watch=lambda rows: progress(rows, total=len(rows), what="rights"),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for name, count in report.counts.items():
            self.stdout.write(f"{name}: {count}")
        if report.kept:
            self.stdout.write(f"left as an editor made them: {', '.join(report.kept)}")

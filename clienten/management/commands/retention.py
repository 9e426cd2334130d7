"""Announces and erases the files of which the time is over; the nightly work does the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clienten import retention
from clienten.models import ClientCard
from organisaties.models import Organization


class Command(BaseCommand):
    """`manage.py retention [--preview]`."""

    help = "Announce and erase files whose time is over. --preview only tells what the next nights will do."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a wish to look only."""
        parser.add_argument("--preview", action="store_true", help="change nothing")

    def handle(self, *args: Any, preview: bool, **options: Any) -> None:
        """Print counts; never a name."""
        if not preview:
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in retention.run().items()))
            return
        for organization in Organization.objects.filter(pk__in=ClientCard.objects.values("organization")):
            seen = retention.preview(organization)
            self.stdout.write(
                f"{organization}: {seen.months} months; to announce {len(seen.due)}, announced {len(seen.planned)}, "
                f"held {len(seen.held)}"
            )

"""Writes the whole file of one person into a folder, as JSON and as PDF."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clienten.models import ClientCard
from clienten.rights_of_subject import exporting
from core import audit, durable


class Command(BaseCommand):
    """`manage.py person_file CARD FOLDER`."""

    help = "Write everything that is kept of one person into a folder: gegevens.json and gegevens.pdf."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of the card and a folder."""
        parser.add_argument("card", type=UUID)
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, card: UUID, folder: Path, **options: Any) -> None:
        """Write both files, readable by who runs this only."""
        found = ClientCard.objects.filter(pk=card).select_related("organization").first()
        if found is None:
            raise CommandError("No card has this number.")
        made = exporting.file_of(found, by=audit.SYSTEM)
        durable.write(folder / "gegevens.json", exporting.as_json(made))
        durable.write(folder / "gegevens.pdf", exporting.as_pdf(found, made))
        self.stdout.write(f"Written to {folder}: gegevens.json and gegevens.pdf.")

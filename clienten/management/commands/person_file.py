"""Writes the whole file of one person into a folder, as JSON and as PDF."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from clienten.models import ClientCard
from clienten.rights_of_subject import exporting
from core import audit, durable
from core.errors import reason


class Command(BaseCommand):
    """`manage.py person_file CARD FOLDER`."""

    help = _("Write everything that is kept of one person into a folder: gegevens.json and gegevens.pdf.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of the card and a folder."""
        parser.add_argument("card", type=UUID, help=_("Number of the client card, as its address shows it."))
        parser.add_argument(
            "folder", type=Path, help=_("Folder to write both files in; it is made when it is not there.")
        )

    def handle(self, *args: Any, card: UUID, folder: Path, **options: Any) -> None:
        """Write both files, readable by who runs this only."""
        found = ClientCard.objects.filter(pk=card).select_related("organization").first()
        if found is None:
            raise CommandError(_("No card has this number."))
        made = exporting.file_of(found, by=audit.SYSTEM)
        try:
            durable.write(folder / "gegevens.json", exporting.as_json(made))
            durable.write(folder / "gegevens.pdf", exporting.as_pdf(found, made))
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(reason)s.") % {"reason": reason(error)}) from error
        self.stdout.write(_("Written to %(folder)s: gegevens.json and gegevens.pdf.") % {"folder": folder})

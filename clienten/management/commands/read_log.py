"""Write the read log of an organization to a file, with the proof of the audit chain."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clienten import read_log
from core import audit, durable
from organisaties.models import Organization


class Command(BaseCommand):
    help = (
        "Who looked at data of clients of an organization, as JSON with hashes and the check of the chain, or as CSV."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organization", help="id of the organization")
        parser.add_argument("--since", type=date.fromisoformat, help="first day, as 2026-11-01")
        parser.add_argument("--until", type=date.fromisoformat, help="last day")
        parser.add_argument("--format", choices=["json", "csv"], default="json")
        parser.add_argument("--out", type=Path, help="file to write; without it the lines are printed")

    def handle(self, *args: Any, organization: str, out: Path | None, **options: Any) -> None:
        found = Organization.objects.filter(pk=organization).first()
        if found is None:
            raise CommandError("There is no organization with this id.")
        text = read_log.export(
            found, since=options["since"], until=options["until"], kind=options["format"], by=audit.SYSTEM
        )
        if out is None:
            self.stdout.write(text, ending="")
        else:
            durable.write(out, text.encode())
            self.stdout.write(f"Written to {out}.")
        if not read_log.check_now().whole:
            raise CommandError("The audit chain is not whole. Look with: audit_verify.")

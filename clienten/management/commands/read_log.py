"""Write the read log of an organization to a file, with the proof of the audit chain."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from clienten import read_log
from core import audit, durable
from core.errors import reason
from organisaties.models import Organization


class Command(BaseCommand):
    help = _(
        "Who looked at data of clients of an organization, as JSON with hashes and the check of the chain, or as CSV."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organization", help=_("Id of the organization."))
        parser.add_argument("--since", type=_day, help=_("First day, such as 2026-11-01."))
        parser.add_argument("--until", type=_day, help=_("Last day."))
        parser.add_argument("--format", choices=["json", "csv"], default="json", help=_("Form of the lines."))
        parser.add_argument("--out", type=Path, help=_("File to write; without it the lines are printed."))

    def handle(self, *args: Any, organization: str, out: Path | None, **options: Any) -> None:
        found = Organization.objects.filter(pk=organization).first()
        if found is None:
            raise CommandError(_("There is no organization with this id."))
        text = read_log.export(
            found, since=options["since"], until=options["until"], kind=options["format"], by=audit.SYSTEM
        )
        if out is None:
            self.stdout.write(text, ending="")
        else:
            self._keep(out, text)
        if not read_log.check_now().whole:
            raise CommandError(_("The audit chain is not whole. Look with: audit_verify."))

    def _keep(self, out: Path, text: str) -> None:
        try:
            durable.write(out, text.encode())
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(reason)s.") % {"reason": reason(error)}) from error
        self.stdout.write(_("Written to %(file)s.") % {"file": out})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("%(text)s is no day. Write it like 2026-11-01.") % {"text": text}) from None

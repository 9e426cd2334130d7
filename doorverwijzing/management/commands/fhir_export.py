"""Give one referral out as a FHIR R4 bundle."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import Refusal, reason
from core.moments import short_moment
from doorverwijzing.fhir.exporting import export
from doorverwijzing.fhir.waiting import waiting
from doorverwijzing.models import Referral


class Command(BaseCommand):
    help = _(
        "Write one referral as a FHIR R4 bundle (SDOH Clinical Care): what the receiver may read today, nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "referral", nargs="?", help=_("Id of the referral; without one: name the answers that wait.")
        )
        parser.add_argument("--out", type=Path, help=_("Write to this file, readable by its owner only."))
        parser.add_argument(
            "--for", dest="side", choices=["receiver", "sender"], default="receiver",
            help=_("Whose system it goes to; the client's own answer goes to the sender's only."),
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["referral"]:
            self._name_waiting()
            return
        try:
            referral = Referral.objects.for_list().get(pk=options["referral"])
            made = export(referral, for_sender=options["side"] == "sender")
        except (Referral.DoesNotExist, ValidationError) as error:
            raise CommandError(_("There is no such referral.")) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        if options["out"]:
            _write(options["out"], text)
        else:
            self.stdout.write(text, ending="")

    def _name_waiting(self) -> None:
        """Print the id of each answer for another region that did not leave yet, and since when."""
        found = waiting()
        for answer in found:
            self.stdout.write(f"{answer.referral}  {short_moment(answer.since)}")
        if not found:
            self.stdout.write(_("No answer waits for another region."))


def _write(path: Path, text: str) -> None:
    """Write what one person said for no other eyes than the owner's."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            os.fchmod(out.fileno(), 0o600)
            out.write(text)
    except OSError as error:
        raise CommandError(_("The file cannot be written: %(reason)s.") % {"reason": reason(error)}) from error

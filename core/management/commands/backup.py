"""Write one file with the database and the uploads; never a key."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core import backup, doomed_keys, key_copies
from core.dumps import Count
from core.errors import Refusal, reason
from core.meter import Meter
from core.progress import progress


class Command(BaseCommand):
    help = _("Write a backup of the database and the uploads to a file. The keys are not in it: see KEY_STORE_COPIES.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("File to write; it must not be there yet."))

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        self.meters: list[Meter] = []
        # What should be gone is not taken along, and each key that the backup needs has its copy.
        try:
            doomed_keys.destroy_doomed()
            manifest = backup.make(file, self._watch)
            self.meters[-1].end()
            key_copies.copy(watch=self._copied)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(_("The key store cannot be reached: %(reason)s.") % {"reason": reason(error)}) from error
        size = file.stat().st_size / 1_000_000
        uploads = len([name for name in manifest.files if "/" in name])
        facts = {"file": file, "database": manifest.database, "uploads": uploads, "size": f"{size:.1f}"}
        told = _("%(file)s: %(database)s, %(uploads)d uploads, %(size)s MB. The keys are not in it.")
        self.stdout.write(told % facts)

    def _copied(self, keys: Sequence[UUID]) -> Iterable[UUID]:
        return progress(keys, total=len(keys), what=_("copying keys"), out=self.stderr)  # type: ignore[arg-type]

    def _watch(self, what: str, total: int) -> Count:
        if self.meters:
            self.meters[-1].end()
        self.meters.append(Meter(what, self.stderr, total))  # type: ignore[arg-type]
        return self.meters[-1].add

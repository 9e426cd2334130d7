"""Look after the key store: how it stands, the nightly tidying, and putting back what was lost."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core import destroyed_keys, doomed_keys, key_copies, keystore, night
from core.errors import reason
from core.jobs import JobFailedError
from core.models import DoomedKey
from core.progress import progress


def _watch(what: str) -> key_copies.Watch:
    def watch(keys: Sequence[UUID]) -> Iterable[UUID]:
        return progress(keys, total=len(keys), what=what) if keys else []

    return watch


class Command(BaseCommand):
    help = _(
        "status: how many keys there are, and whether they open. tidy: finish what a crash left undone, sweep, copy; "
        "run it every night. recover: put back from the copies what is missing or damaged, never what was destroyed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["status", "tidy", "recover"], help=_("What must be done."))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            {"status": self._status, "tidy": self._tidy, "recover": self._recover}[what]()
        except OSError as error:
            raise CommandError(_("The key store cannot be reached: %(reason)s.") % {"reason": reason(error)}) from error

    def _status(self) -> None:
        keys = list(keystore.ids())
        bad = [key_id for key_id in progress(keys, total=len(keys), what=_("keys")) if not key_copies.opens(key_id)]
        missing = doomed_keys.referred() - set(keys)
        destroyed = len(destroyed_keys.listed())
        told = _("%(count)d keys in %(folder)s, %(destroyed)d destroyed.")
        self.stdout.write(told % {"count": len(keys), "folder": keystore.root(), "destroyed": destroyed})
        told = _("%(copies)d copies; %(doomed)d keys wait to be destroyed.")
        self.stdout.write(told % {"copies": len(keystore.copies()), "doomed": DoomedKey.objects.count()})
        if bad or missing:
            told = _("%(bad)d keys do not open, %(missing)d are missing. Try: keystore recover.")
            raise CommandError(told % {"bad": len(bad), "missing": len(missing)})

    def _tidy(self) -> None:
        try:
            done = night.tidy_keys(_watch(_("keys")))
        except JobFailedError as failed:
            raise CommandError(str(failed)) from failed
        told = _(
            "%(destroyed)d keys destroyed, %(closed)d rows closed, %(swept)d orphans swept, %(copied)d keys copied."
        )
        self.stdout.write(told % done)

    def _recover(self) -> None:
        count = key_copies.recover(watch=_watch(_("looking")))
        self.stdout.write(_("%(count)d keys put back.") % {"count": count})

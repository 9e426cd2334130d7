"""Look after the key store: how it stands, the nightly tidying, and putting back what was lost."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import destroyed_keys, doomed_keys, key_copies, keystore, night
from core.jobs import JobFailedError
from core.models import DoomedKey
from core.progress import progress


def _watch(what: str) -> key_copies.Watch:
    def watch(keys: Sequence[UUID]) -> Iterable[UUID]:
        return progress(keys, total=len(keys), what=what) if keys else []

    return watch


class Command(BaseCommand):
    help = (
        "status: how many keys there are, and whether they open. tidy: finish what a crash left undone, sweep, copy; "
        "run it every night. recover: put back from the copies what is missing or damaged, never what was destroyed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["status", "tidy", "recover"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            {"status": self._status, "tidy": self._tidy, "recover": self._recover}[what]()
        except OSError as error:
            raise CommandError(f"The key store cannot be reached: {error}.") from error

    def _status(self) -> None:
        keys = list(keystore.ids())
        bad = [key_id for key_id in progress(keys, total=len(keys), what="keys") if not key_copies.opens(key_id)]
        missing = doomed_keys.referred() - set(keys)
        self.stdout.write(f"{len(keys)} keys in {keystore.root()}, {len(destroyed_keys.listed())} destroyed.")
        self.stdout.write(f"{len(keystore.copies())} copies; {DoomedKey.objects.count()} keys wait to be destroyed.")
        if bad or missing:
            raise CommandError(f"{len(bad)} keys do not open, {len(missing)} are missing. Try: keystore recover.")

    def _tidy(self) -> None:
        try:
            done = night.tidy_keys(_watch("keys"))
        except JobFailedError as failed:
            raise CommandError(str(failed)) from failed
        self.stdout.write(
            "{destroyed} keys destroyed, {closed} rows closed, {swept} orphans swept, {copied} keys copied.".format(
                **done
            )
        )

    def _recover(self) -> None:
        self.stdout.write(f"{key_copies.recover(watch=_watch('looking'))} keys put back.")

"""Make the search index anew beside the live one, and switch over when it is whole."""

import time
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.progress import progress
from search import index, sync
from search.engines.base import EngineDownError
from sociale_kaart.models import Service


class Command(BaseCommand):
    help = "Build the search index anew from the catalogue; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            count = index.rebuild(self._with_progress)
        except EngineDownError as error:
            raise CommandError(f"Not started: {error}.") from error
        written = sync.catch_up()
        sync.prune()
        seconds = time.perf_counter() - started
        size = index.size_on_disk() / 1_000_000
        self.stdout.write(f"{count} services indexed in {seconds:.1f} s, {size:.1f} MB; {written} changed meanwhile.")

    def _with_progress(self, services: Iterable[Service], total: int) -> Iterable[Service]:
        return progress(services, total=total, what="services", out=self.stderr)  # type: ignore[arg-type]

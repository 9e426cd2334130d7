"""Make the search indexes anew beside the live ones, and switch over when they are whole."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.progress import progress
from search.engines import index
from search.engines.base import EngineDownError
from search.engines.elastic_server import Server
from search.engines.server import server
from search.fresh import sync
from search.operating import server_rebuild
from sociale_kaart.models import Service


class Command(BaseCommand):
    help = _(
        "Build the search index anew from the catalogue, on this node and on the server; searching goes on meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=["node", "server"], help=_("Leave the other one as it is."))
        parser.add_argument(
            "--back", action="store_true", help=_("Let the server return to the index before this one.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        far = server()
        if far is None and (options["back"] or options["only"] == "server"):
            raise CommandError(_("SEARCH_URL names no server."))
        try:
            if options["back"] and far:
                self.stdout.write(_("The server reads %(index)s again.") % {"index": server_rebuild.go_back(far)})
                return
            self._rebuild(far, options["only"])
        except EngineDownError as error:
            raise CommandError(_("Not done: %(reason)s.") % {"reason": error.told}) from error

    def _rebuild(self, far: Server | None, only: str | None) -> None:
        if only != "server":
            self._timed(lambda: index.rebuild(self._with_progress), self._size)
        if far and only != "node":
            self._timed(lambda: server_rebuild.rebuild(far, self._with_progress), lambda: _("on the server"))
        sync.prune()

    def _timed(self, build: Callable[[], int], where: Callable[[], str]) -> None:
        started = time.perf_counter()
        count = build()
        written = sync.catch_up()
        seconds = f"{time.perf_counter() - started:.1f}"
        told = _("%(count)d services indexed in %(seconds)s s, %(where)s; %(written)d changed meanwhile.")
        self.stdout.write(told % {"count": count, "seconds": seconds, "where": where(), "written": written})

    def _size(self) -> str:
        return f"{index.size_on_disk() / 1_000_000:.1f} MB"

    def _with_progress(self, services: Iterable[Service], total: int) -> Iterable[Service]:
        return progress(services, total=total, what=_("services"), out=self.stderr)  # type: ignore[arg-type]

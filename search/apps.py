"""The search app."""

from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Listen to the catalogue, and make the work of the night known."""
        from core.jobs import Job, register  # noqa: PLC0415  models are loaded only now
        from core.servers import Server, watch  # noqa: PLC0415  the same
        from search import receivers  # noqa: F401, PLC0415  the same
        from search.engines import server  # noqa: PLC0415  the same
        from search.fresh import nightly  # noqa: PLC0415  the same

        register(Job("search", nightly.run_and_check, hold=timedelta(hours=1)))
        watch(Server("search server", lambda: server.server() is not None, server.answers))

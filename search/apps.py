"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Listen to the catalogue."""
        from search import receivers  # noqa: F401, PLC0415  models are loaded only now

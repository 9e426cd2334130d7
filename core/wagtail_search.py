"""Wagtail's own search for editors, made safe for quotation marks on SQLite (wagtail/wagtail#13227)."""

import re
from typing import Any

from django.db import connection

if connection.vendor == "sqlite":
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as DatabaseBackend
else:
    from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as DatabaseBackend

_NOT_A_WORD = re.compile(r"[^\w\s\-]+", re.UNICODE)


class SearchBackend(DatabaseBackend):
    """Takes out what the full-text syntax of the database would trip over."""

    def search(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for the words of the query."""
        if isinstance(query, str):
            query = _NOT_A_WORD.sub(" ", query).strip()
        return super().search(query, model_or_queryset, *args, **kwargs)

    def autocomplete(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search for what begins with the words of the query."""
        if isinstance(query, str):
            query = _NOT_A_WORD.sub(" ", query).strip()
        return super().autocomplete(query, model_or_queryset, *args, **kwargs)

"""Queries of every page that differ in the person alone: Django puts them together once, not for each page again.

To put one together costs ten times as much as SQLite or PostgreSQL need for the answer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from core.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# Stands in the query where the key of a person comes; no person has it.
SOMEBODY = User(pk=-87_123_906_554)


class Prepared:
    """One query about a person. It may depend on nothing else: no moment, no language, no role."""

    def __init__(self, made_for: Callable[[User], QuerySet[Any, Any]]) -> None:
        self._made_for = made_for
        self._known: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, user: "User | AnonymousUser") -> list[tuple[Any, ...]]:
        """Ask it of the database; the values come as the database gives them: a UUID of SQLite is a text."""
        sql, values = self._sql(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, [user.pk if value == SOMEBODY.pk else value for value in values])
            return cursor.fetchall()

    def _sql(self, vendor: str) -> tuple[str, tuple[Any, ...]]:
        if vendor not in self._known:
            self._known[vendor] = self._made_for(SOMEBODY).query.sql_with_params()
        return self._known[vendor]

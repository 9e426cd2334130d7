"""A command that meets no database, or one of an older version, ends in a sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.environment import CANNOT_BOOT


@contextmanager
def database_told() -> Iterator[None]:
    """End the process with what the operator can do when the database is not there or not ready."""
    try:
        yield
    except Error:
        if not (sentence := _what_is_wrong()):
            raise
        print(sentence, file=sys.stderr)  # noqa: T201 (the words of a command, not of the log)
        raise SystemExit(CANNOT_BOOT) from None


def _what_is_wrong() -> str:
    """Say why no command can work with this database; nothing when it is there and up to date."""
    try:
        # What broke may have left the connection half way.
        connection.close()
        executor = MigrationExecutor(connection)
    except Error:
        return _("The database does not answer. See that it runs, and that DATABASE_URL names it.")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _("The database is not up to date with this version. Run migrate first.")
    return ""

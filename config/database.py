"""A command that meets no database, one of an older version, or a disk that is full ends in a sentence."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.environment import CANNOT_BOOT

FULL = {errno.ENOSPC, errno.EDQUOT}
# As PostgreSQL numbers it; SQLite has only words.
POSTGRESQL_FULL, SQLITE_FULL = "53100", "disk is full"


@contextmanager
def database_told() -> Iterator[None]:
    """End the process with what the operator can do when the database or the disk stands in the way."""
    try:
        yield
    except (Error, OSError) as error:
        if not (sentence := what_is_wrong(error)):
            raise
        print(sentence, file=sys.stderr)  # noqa: T201 (the words of a command, not of the log)
        raise SystemExit(CANNOT_BOOT) from None


def what_is_wrong(error: Error | OSError) -> str:
    """Say what the operator can do; nothing when the fault is ours."""
    if _is_full(error):
        return _("The disk is full. Make room and do it again: what was not finished did not happen.")
    return _what_is_wrong_with_the_database() if isinstance(error, Error) else ""


def _is_full(error: Error | OSError) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    return SQLITE_FULL in str(error) or getattr(error.__cause__, "sqlstate", "") == POSTGRESQL_FULL


def _what_is_wrong_with_the_database() -> str:
    try:
        # What broke may have left the connection half way.
        connection.close()
        executor = MigrationExecutor(connection)
    except Error:
        return _("The database does not answer. See that it runs, and that DATABASE_URL names it.")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _("The database is not up to date with this version. Run migrate first.")
    return ""

"""Make the test database once, and copy it for each worker: to migrate and to load all places takes half a minute.

`python -m tests.databases` makes what is copied, as `tools/suite.sh` does. Without it each worker makes its own.
"""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()

from django.db import connection, connections
from django.test.utils import setup_databases

from gebied import loading


def copy_for(worker: str) -> None:
    """Copy the database that was made before, unless this worker has its own or nothing was made."""
    name = connection.settings_dict["TEST"]["NAME"]
    if connection.vendor == "sqlite":
        made_before = Path(name.removesuffix(f"_{worker}"))
        if made_before.exists() and not Path(name).exists():
            shutil.copyfile(made_before, name)
        return
    with connection._nodb_cursor() as cursor:
        made_before = whole(cursor, name)
        if made_before and not exists(cursor, name):
            cursor.execute(copy(name, made_before))


def whole(server: Any, name: str) -> str | None:
    """Name the database of PostgreSQL that was made for all, when the one of this name is the copy of a worker."""
    made_before = re.sub(r"_gw\d+$", "", name)
    return made_before if made_before != name and exists(server, made_before) else None


def exists(server: Any, name: str) -> bool:
    """Tell whether PostgreSQL has a database; the server is a cursor or a connection of psycopg."""
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return (found or server).fetchone() is not None


def copy(name: str, made_before: str) -> str:
    """Give the command that copies: the files, which costs less than to write all rows again."""
    return f'CREATE DATABASE "{name}" TEMPLATE "{made_before}" STRATEGY FILE_COPY'


def make() -> None:
    """Migrate an empty database and load the places in it."""
    setup_databases(verbosity=0, interactive=False)
    loading.load()
    # PostgreSQL copies no database to which somebody is connected.
    connections.close_all()


if __name__ == "__main__":
    make()

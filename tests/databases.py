"""Make the test database once, and copy it for each worker: to migrate and to load all places takes half a minute.

`python -m tests.databases` makes what is copied, as `tools/suite.sh` does. Without it each worker makes its own.
"""

import os
import shutil
from pathlib import Path

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
    whole = name.removesuffix(f"_{worker}")
    if connection.vendor == "sqlite":
        if Path(whole).exists() and not Path(name).exists():
            shutil.copyfile(whole, name)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        present = {row[0] for row in cursor.fetchall()}
        if whole in present and name not in present:
            quoted = [connection.ops.quote_name(one) for one in (name, whole)]
            # To copy the files costs less than to write all rows again.
            cursor.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY".format(*quoted))


def make() -> None:
    """Migrate an empty database and load the places in it."""
    setup_databases(verbosity=0, interactive=False)
    loading.load()
    # PostgreSQL copies no database to which somebody is connected.
    connections.close_all()


if __name__ == "__main__":
    make()

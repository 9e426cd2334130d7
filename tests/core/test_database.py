"""How the site holds on to its database."""

import sqlite3

import pytest
from django.db import connection

from core import dumps


@pytest.mark.django_db
def test_a_connection_is_kept_for_a_minute():
    """To connect takes milliseconds of every page, also to a file: its whole schema is read anew."""
    kept = connection.settings_dict

    assert (kept["CONN_MAX_AGE"], kept["CONN_HEALTH_CHECKS"]) == (60, True)


def written(path, *names):
    """Make a database as an installation keeps it."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("CREATE TABLE place (name TEXT)")
    base.executemany("INSERT INTO place VALUES (?)", [(name,) for name in names])
    base.commit()
    return base


def test_who_holds_the_file_open_sees_what_a_restore_wrote(tmp_path):
    held, before = written(tmp_path / "live", "Oostkamp"), "SELECT name FROM place"
    source = written(tmp_path / "backup", "Beernem", "Jabbeke")
    source.execute("CREATE TABLE more (name TEXT)")
    source.commit()
    assert held.execute(before).fetchall() == [("Oostkamp",)]

    dumps._copy_pages(source, sqlite3.connect(tmp_path / "live", timeout=20), lambda _bytes: None)

    assert held.execute(before).fetchall() == [("Beernem",), ("Jabbeke",)]
    assert held.execute("SELECT count(*) FROM more").fetchone() == (0,)

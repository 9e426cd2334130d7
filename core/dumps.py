"""The whole database in one file and back, all or nothing: SQLite's online backup, or pg_dump and pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import Connection, Error
from sqlite3 import connect as open_sqlite
from typing import Any

from django.db import connection, connections
from django.utils.translation import gettext as _

from core.errors import Refusal

Count = Callable[[int], None]
PAGES, CHUNK = 2000, 256 * 1024
# Everything of ours in the schema goes in the transaction that brings the backup in; extensions stay.
EMPTY_SCHEMA = """
DO $$ DECLARE thing text; BEGIN
  FOR thing IN SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename)
    FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE thing; END LOOP;
  FOR thing IN SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP EXECUTE thing; END LOOP;
  FOR thing IN SELECT format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', schemaname, sequencename)
    FROM pg_sequences WHERE schemaname = 'public' LOOP EXECUTE thing; END LOOP;
END $$;
"""


def kind() -> str:
    """Name the kind of this database: sqlite or postgresql."""
    return connection.vendor


def is_empty() -> bool:
    """Tell whether the database has no tables yet."""
    return not connection.introspection.table_names()


def size() -> int:
    """Give about how many bytes the database takes."""
    with connection.cursor() as cursor:
        if kind() == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        found: int = cursor.fetchone()[0]
    return found


def dump(target: Path, count: Count) -> None:
    """Write the database as it is at this moment; everyone may go on working. Raises Refusal."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}[kind()](target, count)


def load(source: Path, count: Count) -> None:
    """Put a dump in the place of the database; killed half way, the old one is still there. Raises Refusal."""
    {"sqlite": _load_sqlite, "postgresql": _load_postgresql}[kind()](source, count)


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _dump_sqlite(target: Path, count: Count) -> None:
    live, copy = open_sqlite(_sqlite_file(), timeout=20), open_sqlite(target)
    try:
        # A reading transaction holds the moment, so that a writer does not make the copy begin again.
        live.execute("BEGIN")
        live.execute("SELECT 1 FROM sqlite_master").fetchone()
        _copy_pages(live, copy, count)
    except Error as error:
        raise Refusal(_("The database cannot be copied: %(reason)s.") % {"reason": _(str(error))}) from error
    finally:
        copy.close()
        live.close()


def _load_sqlite(source: Path, count: Count) -> None:
    connections.close_all()
    file = _sqlite_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    copy, live = open_sqlite(source), open_sqlite(file, timeout=20)
    try:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise Refusal(_("The database in the backup is damaged."))
        _copy_pages(copy, live, count)
    except Error as error:
        raise Refusal(
            _("The database cannot be put back: %(reason)s. Stop the server first.") % {"reason": _(str(error))}
        ) from error
    finally:
        copy.close()
        live.close()


def _copy_pages(origin: Connection, target: Connection, count: Count) -> None:
    page: int = origin.execute("PRAGMA page_size").fetchone()[0]
    done = 0

    def told(_status: int, left: int, total: int) -> None:
        nonlocal done
        count((total - left - done) * page)
        done = total - left

    origin.backup(target, pages=PAGES, progress=told)


def program(name: str) -> str:
    """Find a program of PostgreSQL: in the path, or the newest that Debian has."""
    found = shutil.which(name)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    if not found and not kept:
        raise Refusal(_("%(program)s is not installed. Install the package postgresql-client.") % {"program": name})
    return found or str(kept[-1])


def _environment() -> dict[str, str]:
    """Tell the programs where the database is, without a password on the command line."""
    settings: dict[str, Any] = connection.settings_dict
    options = settings.get("OPTIONS") or {}
    given = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"] or ""),
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
        "PGCLIENTENCODING": "UTF8",
    }
    return {**os.environ, **{name: str(value) for name, value in given.items() if value}}


def _start(name: str, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([program(name), *arguments], env=_environment(), **pipes)  # noqa: S603 (our own words)


def _read(running: subprocess.Popen[bytes], count: Count) -> Iterator[bytes]:
    assert running.stdout is not None  # noqa: S101 (we opened it)
    while chunk := running.stdout.read(CHUNK):
        count(len(chunk))
        yield chunk


def _dump_postgresql(target: Path, count: Count) -> None:
    arguments = ["--format=custom", "--no-owner", "--no-privileges"]
    with target.open("wb") as file, _start("pg_dump", *arguments, stdout=subprocess.PIPE) as running:
        for chunk in _read(running, count):
            file.write(chunk)
    if running.returncode:
        raise Refusal(_("pg_dump stopped. What it says stands above."))


def _load_postgresql(source: Path, count: Count) -> None:
    """Feed the dump to psql in one transaction; what fails or ends half way is rolled back."""
    connections.close_all()
    script = _start("pg_restore", "--no-owner", "--no-privileges", "-f", "-", str(source), stdout=subprocess.PIPE)
    # Its words may hold a row; those stay out of sight.
    quiet = ["-v", "VERBOSITY=terse", "-v", "SHOW_CONTEXT=never", "--quiet", "--no-psqlrc"]
    sink = _start("psql", *quiet, "-v", "ON_ERROR_STOP=1", "-f", "-", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    with script, sink:
        _feed(script, sink, count)
    if script.returncode or sink.returncode:
        raise Refusal(_("The database was not put back; it is as it was. What went wrong stands above."))


def _feed(script: subprocess.Popen[bytes], sink: subprocess.Popen[bytes], count: Count) -> None:
    """Pass the statements on. Only the last word commits: who is cut off before it has changed nothing."""
    assert sink.stdin is not None  # noqa: S101 (we opened it)
    try:
        sink.stdin.write(b"BEGIN;\n" + EMPTY_SCHEMA.encode())
        for chunk in _read(script, count):
            sink.stdin.write(chunk)
        if script.wait() == 0:
            sink.stdin.write(b"\nCOMMIT;\n")
        sink.stdin.close()
    except BrokenPipeError:
        script.kill()

"""An installation of its own for stories that really commit, crash and restore; run as a program: STORY, facts as JSON.

It stands beside the test database, so that nothing that is committed here meets another test.
"""

import functools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import psycopg
from django.db import connections

from core.dumps import program
from tests import databases

ROOT = Path(__file__).parents[2]
STEPS = {
    "core/durable.py", "core/keystore.py", "core/destroyed_keys.py", "core/doomed_keys.py", "doorverwijzing/packet.py",
}  # fmt: skip
COMMITS = {"commit", "_commit", "run_and_clear_commit_hooks"}


@contextmanager
def installation(folder, connection, *, empty=False):
    """Copy what was committed to the test database, places included; give the environment that leads to the copy."""
    kind = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    with kind(folder, connection.settings_dict, empty=empty) as address:
        yield {"DATA_DIR": str(folder), "DATABASE_URL": address}


@contextmanager
def _on_sqlite(folder, settings, *, empty):
    file = folder / "own.sqlite3"
    if not empty:
        source, copy = sqlite3.connect(settings["NAME"]), sqlite3.connect(file)
        source.backup(copy)
        source.close()
        copy.close()
    yield f"sqlite:///{file}"


@contextmanager
def _on_postgresql(_folder, settings, *, empty):
    place = f"{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
    name = f"own_{uuid4().hex}"
    with psycopg.connect(f"postgresql://{place}/postgres", autocommit=True) as server:
        made_before = None if empty else databases.whole(server, settings["NAME"])
        server.execute(databases.copy(name, made_before) if made_before else f"CREATE DATABASE {name}")
        try:
            if not (empty or made_before):
                dump = f"'{program('pg_dump')}' -O -x 'postgresql://{place}/{settings['NAME']}'"
                fill = f"'{program('psql')}' -X -q -v ON_ERROR_STOP=1 'postgresql://{place}/{name}'"
                command = ["bash", "-o", "pipefail", "-c", f"{dump} | {fill}"]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            yield f"postgres://{place}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment, *arguments):
    """Run a story or a command in an installation."""
    what = ["manage.py"] if arguments[0] == "manage" else ["-m", "tests.doorverwijzing.key_stories", arguments[0]]
    return subprocess.run(
        [sys.executable, *what, *arguments[1:]],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.test",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )  # fmt: skip


def facts(done):
    """Read what a story found out."""
    assert done.returncode == 0, done.stdout + done.stderr
    return SimpleNamespace(**json.loads(done.stdout.splitlines()[-1]))


def step_of(frame):
    """Name the step that a frame is about to take, when it is one of ours or a commit."""
    file = file_of_steps(frame.f_code.co_filename, frame.f_code.co_name)
    return file and f"{file}:{frame.f_lineno}"


@functools.cache
def file_of_steps(name, function):
    """Name the file of a function when its lines are steps. Asked at every call, so remembered."""
    short = name.removeprefix(f"{ROOT}/")
    if short in STEPS or (name.endswith("backends/base/base.py") and function in COMMITS):
        return short.rpartition("site-packages/")[2]
    return ""


def traced(act, at_step):
    """Do something and call `at_step` before each step of it."""

    def local(frame, event, _argument):
        if event == "line":
            at_step(step_of(frame))
        return local

    sys.settrace(lambda frame, _event, _argument: local if step_of(frame) else None)
    try:
        act()
    finally:
        sys.settrace(None)


def in_a_process(act):
    """Do something in a process of its own; tell whether it was killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            connections.close_all()
            status = 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def steps_of(act, folder):
    """Name every step that something takes, each once, in order."""
    log = Path(folder) / f"steps-{time.monotonic_ns()}"

    def recorded():
        with log.open("w") as lines:
            traced(act, lambda step: lines.write(f"{step}\n"))

    in_a_process(recorded)
    return list(dict.fromkeys(log.read_text().splitlines()))


def killed_at(wanted, act):
    """Do something in a process that is killed with -9 just before a step; tell whether it came that far."""

    def at_step(step):
        if step == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return in_a_process(lambda: traced(act, at_step))

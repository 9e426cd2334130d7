"""One real Elasticsearch node for a whole test run: the first worker starts it, and stops it after the last."""

import fcntl
import json
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tools.search_node import start, stop

LONGEST_WAIT = 300.0


@contextmanager
def node():
    """Give the address of the node of this run, or of the server that `ENGINE_URL` names."""
    if url := os.environ.get("ENGINE_URL"):
        yield url
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"alone-{os.getpid()}"
    folder = Path(tempfile.gettempdir()) / f"dorpel-node-{run}"
    folder.mkdir(exist_ok=True)
    process = None
    with _noted(folder) as note:
        if not note:
            process, url = start(folder / "data")
            note.update(url=url, users=0)
        note["users"] += 1
        url = note["url"]
    try:
        yield url
    finally:
        with _noted(folder) as note:
            note["users"] -= 1
        if process:
            _wait_for_the_others(folder)
            stop(process)
            shutil.rmtree(folder)


def _wait_for_the_others(folder):
    """Let workers that still ask the node finish; one that was killed is not waited for forever."""
    until = time.monotonic() + LONGEST_WAIT
    users = 1
    while users and time.monotonic() < until:
        with _noted(folder) as note:
            users = note["users"]
        time.sleep(0.05)


@contextmanager
def _noted(folder):
    """Give what the workers wrote down about the node, to one worker at a time."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = folder / "node.json"
        note = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        yield note
        file.write_text(json.dumps(note), encoding="utf-8")

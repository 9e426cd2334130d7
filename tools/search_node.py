"""Starts the real Elasticsearch node of tools/search-node, and stops it."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START = Path(__file__).resolve().parent / "search-node" / "start.sh"
# The first time the node is built, and its jars are fetched.
LONGEST_START = 600.0
LONGEST_STOP = 20.0


class NodeFailedError(Exception):
    """The node did not start; the message holds what it printed."""


def start(data: Path, port: int = 0, *, quick: bool = True) -> tuple[subprocess.Popen[bytes], str]:
    """Start the node; give its process and its address once it serves. Raises NodeFailedError.

    A quick one is ready sooner and uses half the processor in a run of tests; one that is measured should not be.
    """
    data.mkdir(parents=True, exist_ok=True)
    log = data / "node.log"
    with log.open("wb") as out:
        # Tied: it ends with us, also when we are killed.
        process = subprocess.Popen(
            [START, str(port), data],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NODE_TIED": "tied", "NODE_QUICK": "quick" if quick else ""},
        )
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        # Maven, which fetches the jars the first time, leaves its last line open: ours does not always start one.
        if ready := re.search(r"READY (\d+)$", log.read_text(errors="replace"), re.MULTILINE):
            return process, f"http://127.0.0.1:{ready[1]}"
        time.sleep(0.1)
    process.kill()
    raise NodeFailedError(log.read_text(errors="replace"))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the node in good order."""
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=LONGEST_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running(data: Path, port: int = 0) -> Iterator[str]:
    """Give the address of a node that runs for as long as the block, as fast as it can be."""
    process, url = start(data, port, quick=False)
    try:
        yield url
    finally:
        stop(process)

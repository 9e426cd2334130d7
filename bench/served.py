"""The server of an installation with the addresses of the bench, for as long as a block, and one connection to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 60
# As an operator starts it, but for one process: both pages come from the same.
SERVER = ("--preload", "--workers", "1", "--threads", "4", "--log-level", "error", "--no-control-socket")
Ask = Callable[[str, dict[str, str]], int]


@contextmanager
def served(ready: str) -> Iterator[Ask]:
    """Serve this DATA_DIR; give what asks for a page, reads it whole and returns 1, or stops when it fails."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    command = [gunicorn, *SERVER, "--bind", f"127.0.0.1:{port}", "config.serving:application()"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    with subprocess.Popen(command, cwd=ROOT, env=env) as server:
        try:
            _wait(server, port, ready)
            connection = HTTPConnection("127.0.0.1", port)
            yield lambda path, fields: _opened(connection, path, fields)
            connection.close()
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int, ready: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < until:
        with suppress(OSError, HTTPException):
            _opened(HTTPConnection("127.0.0.1", port), ready, {})
            return
        time.sleep(0.1)
    sys.exit("the server did not start")


def _opened(connection: HTTPConnection, path: str, fields: dict[str, str]) -> int:
    connection.request("GET", f"{path}?{urlencode(fields)}" if fields else path)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        sys.exit(f"{path} answered {answer.status}")
    return 1

"""The server of the demo: loopback only, two processes, the accounts printed when it is ready, and its worker."""

import os
import subprocess
import sys
from pathlib import Path

from demo.accounts import welcome

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 5
control_socket_disable = True
# Who pastes a whole letter into the search field gets a page, not "URI Too Long".
limit_request_line = 0
# Read the code once, before the processes part.
preload_app = True


WORKER = [sys.executable, "manage.py", "worker", "--alone", "--with-parent", "--interval", "0.5"]
_started: list[subprocess.Popen[bytes]] = []


def when_ready(server: object) -> None:
    """Start what sends mails and runs the clock, and tell where to look and as whom."""
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
    root = Path(__file__).resolve().parent.parent
    _started.append(subprocess.Popen(WORKER, cwd=root, env=settings))  # noqa: S603 (our own command)
    print(welcome(f"http://{bind}"), flush=True)  # noqa: T201 (this line is for the person who typed make demo)


def on_exit(server: object) -> None:
    """Let the worker finish what it is doing."""
    for worker in _started:
        worker.terminate()

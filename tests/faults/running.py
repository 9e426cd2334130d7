"""A real server and a real worker on data of their own, to be killed and started again."""

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "x" * 32
READY_SECONDS = 60


def free_port() -> int:
    """Ask the machine for a port that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@dataclass
class Answer:
    """What came back: the status, and where it leads."""

    status: int
    location: str = ""
    body: str = ""


class Running:
    """One installation: where it lies, and which of its processes live."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        kept = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}
        self.env = {name: value for name, value in os.environ.items() if name in kept} | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "PORT": str(self.port), "PYTHONPATH": str(ROOT),
            "LOG_LEVEL": "WARNING", **environment,
        }  # fmt: skip
        self.log = Path(environment["DATA_DIR"]) / "faults.log"
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def program(self, *command: str, **options: object) -> subprocess.Popen[bytes]:
        """Start a program of the installation, in a group of its own."""
        with self.log.open("ab") as log:
            given = {"stdout": log, "stderr": log, **options}
            return subprocess.Popen(command, cwd=ROOT, env=self.env, start_new_session=True, **given)

    def start_server(self) -> None:
        """Start the server and wait until it answers."""
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        self.server = self.program(
            gunicorn, "--preload", "--workers", "2", "--threads", "4", "--timeout", "60", "--log-level", "error",
            "--no-control-socket", "--bind", f"127.0.0.1:{self.port}", "config.serving:application()",
        )  # fmt: skip
        self.wait()

    def start_worker(self) -> None:
        """Start the worker; it knows that it is the only one."""
        self.worker = self.program(sys.executable, "manage.py", "worker", "--alone", "--interval", "0.1")

    def wait(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/healthz/").status == 200:
                    return
            time.sleep(0.02)
        raise AssertionError(self.log.read_text(errors="replace")[-3000:])

    def ask(self, method: str, path: str, *, session: str = "", fields: dict[str, str] | None = None) -> Answer:
        """Send one request as a browser would. Raises OSError or HTTPException when the server died over it."""
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Connection": "close"}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(
                response.status, response.headers.get("Location", ""), response.read().decode("utf-8", "replace")
            )
        finally:
            connection.close()

    def kill_a_process_of_the_server(self, chance: random.Random) -> None:
        """Kill one of the processes that answer; the master makes another."""
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(chance.choice(children)), signal.SIGKILL)

    def kill_server(self) -> None:
        """Kill the whole server, and start it again."""
        assert self.server
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.start_server()

    def kill_worker(self) -> None:
        """Kill the worker, and start it again."""
        assert self.worker
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.start_worker()

    def stop(self) -> None:
        """End everything that was started."""
        for process in (self.server, self.worker):
            if process and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

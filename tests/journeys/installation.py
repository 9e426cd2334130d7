"""A running installation with the demo region, on data of its own, behind the server of the demo."""

import contextlib
import email
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 90
MAIL_SECONDS = 30
PREPARE_SECONDS = 600
# The worker looks now and then whether its server is still there.
STOP_SECONDS = 30
# Set both to walk on a server that already runs, while writing a journey.
URL, DATA = "JOURNEY_URL", "JOURNEY_DATA"
# Where `tools/suite.sh` has prepared the demo before; `python -m tests.journeys.installation` does it.
PREPARED = "JOURNEY_PREPARED"
AFTER_MAIL = b"-" * 79 + b"\n"


def free_port() -> int:
    """Ask the machine for a port that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def prepared(beside: Path) -> Path:
    """Prepare the demo once for all the workers of a run, and give its folder."""
    if PREPARED in os.environ:
        return Path(os.environ[PREPARED])
    root = beside.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else beside.parent
    folder = root / "prepared"
    with (root / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            prepare(making := root / "preparing")
            making.rename(folder)
    return folder


def prepare(folder: Path) -> None:
    """Prepare the demo in an empty folder."""
    # No server answers there while it is prepared.
    site = Site(folder, "http://127.0.0.1:8000")
    site.manage("demo_prepare")
    # Else the worker of each copy would do it while somebody walks.
    site.manage("nightly")


class Site:
    """The address, the data and the process of one installation."""

    def __init__(self, data_dir: Path, url: str, **settings: str) -> None:
        self.data_dir = data_dir
        self.url = url
        # What somebody exported for their own installation says nothing about this one.
        kept = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV"}
        self.env = {name: value for name, value in os.environ.items() if name in kept} | {
            "DATA_DIR": str(data_dir),
            "PORT": url.rpartition(":")[2],
            "SITE_URL": url,
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    @classmethod
    def fresh(cls, data_dir: Path, **settings: str) -> "Site":
        """Copy the prepared demo, start its server and wait until it answers; settings are those of the environment."""
        shutil.copytree(prepared(data_dir), data_dir, dirs_exist_ok=True)
        site = cls(data_dir, f"http://127.0.0.1:{free_port()}", **settings)
        if "SEARCH_URL" in settings:
            site.manage("search_reindex")
        site.start()
        return site

    def manage(self, *command: str) -> str:
        """Run a management command on this installation; what it prints on the way out stands in the failure."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=PREPARE_SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        """Start the server as `make demo` does, and wait for it."""
        server = [str(Path(sys.executable).parent / "gunicorn"), "--config", "config/gunicorn.py"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*server, "config.wsgi_demo:application"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urlopen(f"{self.url}/healthz/", timeout=5) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.2)
        self.stop()
        raise AssertionError(self.log.read_text(errors="replace"))

    @property
    def log(self) -> Path:
        """Give the file in which the server writes."""
        return self.data_dir / "server.log"

    def stop(self) -> None:
        """End the server, and see that it is gone with all that it started."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
            assert not (left := self._left()), left

    def _left(self) -> list[str]:
        """Name the processes that still work on this installation, after they had a moment to end."""
        deadline = time.monotonic() + STOP_SECONDS
        own = f"DATA_DIR={self.data_dir}".encode()
        left: list[str] = []
        while time.monotonic() < deadline:
            left = []
            for process in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):
                    if own in (process / "environ").read_bytes().split(b"\0"):
                        left.append((process / "cmdline").read_text().replace("\0", " "))
            if not left:
                return []
            time.sleep(0.2)
        return left

    def wait_for_mails(self) -> None:
        """Wait until the worker has sent everything that may go now."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            with self._readiness() as answer:
                if json.load(answer)["mails_waiting"] == 0:
                    return
            time.sleep(0.2)
        raise AssertionError(f"mails still wait\n{self.log.read_text(errors='replace')}")

    def _readiness(self) -> Any:
        try:
            return urlopen(f"{self.url}/readyz/", timeout=5)
        except HTTPError as trouble:
            # Something is not well, and the answer says what.
            return trouble

    def mails(self, to: str) -> list[EmailMessage]:
        """Read the mails that were sent to one address, oldest first."""
        self.wait_for_mails()
        files = sorted((self.data_dir / "mail").glob("*.log"))
        read = [email.message_from_bytes(path.read_bytes().partition(AFTER_MAIL)[0], policy=default) for path in files]
        return [message for message in read if to in str(message["To"])]


if __name__ == "__main__":
    prepare(Path(os.environ[PREPARED]))

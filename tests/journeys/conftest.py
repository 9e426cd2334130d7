"""The journeys: a real server on its own data, a real Chromium, real mail files."""

import contextlib
import email
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from email.policy import default
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 90
PASSWORD = "dorpel-demo-2026"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    """Ask the machine for a port that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Site:
    """A running installation with the demo region."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}},
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "SITE_URL": self.url,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *command: str) -> str:
        """Run a management command on this installation."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout

    def start(self) -> None:
        """Prepare the demo and wait until the first page answers."""
        self.manage("demo_prepare")
        log = (self.data_dir / "server.log").open("wb")
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "gunicorn"), "--config", "config/gunicorn.py", "config.wsgi_demo:application"],
            cwd=ROOT, env=self.env, stdout=log, stderr=log,
        )  # fmt: skip
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urlopen(f"{self.url}/healthz/", timeout=2) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.3)
        pytest.fail((self.data_dir / "server.log").read_text(errors="replace"))

    def stop(self) -> None:
        """End the server and wait for it."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)

    def mails(self, to: str) -> list[str]:
        """Read the mails that were sent to one address, oldest first."""
        found = []
        for path in sorted((self.data_dir / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime):
            for part in path.read_bytes().split(b"-" * 79 + b"\n"):
                message = email.message_from_bytes(part, policy=default)
                if message["To"] and to in message["To"]:
                    found.append(f"{message['Subject']}\n{message.get_content()}")
        return found


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Start the site once for all journeys."""
    running = Site(tmp_path_factory.mktemp("site"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    """Start Debian's Chromium once."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing: run make test, which installs it.")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


class Person:
    """Someone at a screen: clicks and typed fields are counted."""

    def __init__(self, browser, site: Site, *, width: int = 1280, javascript: bool = True) -> None:
        self.site = site
        self.context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="nl-BE"
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.interactions = 0

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def click(self, name: str, *, role: str = "button", exact: bool = False, nth: int = 0) -> None:
        """Press a button or follow a link by what it says."""
        self.interactions += 1
        self.page.get_by_role(role, name=name, exact=exact).nth(nth).click()
        self.page.wait_for_load_state()

    def choose(self, label: str, *, exact: bool = False, nth: int = 0) -> None:
        """Choose a radio or a tick by its label."""
        self.interactions += 1
        self.page.get_by_label(label, exact=exact).nth(nth).check(force=True)

    def type(self, label: str, text: str, *, exact: bool = False) -> None:
        """Type in a field by its label."""
        self.interactions += 1
        self.page.get_by_label(label, exact=exact).first.fill(text)

    def log_in(self, address: str) -> None:
        """Log in as someone of the demo."""
        self.go("/account/login/?next=/vandaag/")
        self.type("E-mailadres", address)
        self.type("Wachtwoord", PASSWORD)
        self.click("Meld je aan")

    def sees(self, text: str) -> None:
        """Fail unless the page shows a text."""
        self.page.get_by_text(text).first.wait_for(state="visible")

    def check_access(self) -> None:
        """Let axe look at the page; every violation is a failure."""
        results = Axe().run(self.page).response["violations"]
        found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results]
        assert not found, json.dumps({self.page.url: found}, indent=1)

    def no_sideways_scroll(self) -> None:
        """Fail when the page is wider than the screen."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), self.page.url


@pytest.fixture
def person(browser, site):
    """Make people at their own screens; all are sent home at the end."""
    made: list[Person] = []

    def new(**options) -> Person:
        made.append(Person(browser, site, **options))
        return made[-1]

    yield new
    for one in made:
        one.context.close()

"""The journeys: a real server on its own data, a real Chromium, real mail files."""

import os
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.installation import DATA, URL, Site
from tests.journeys.person import Person

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Start the site once for all journeys."""
    if URL in os.environ:
        yield Site(Path(os.environ[DATA]), os.environ[URL])
        return
    # A space in its name, as in many a folder of a real machine.
    running = Site.fresh(tmp_path_factory.mktemp("the site"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    """Start Debian's Chromium once."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing: run make test, which installs it.")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sessions():
    """Remember who logged in before: the cookies of each address."""
    return {}


@contextmanager
def people(browser, site, sessions):
    """Make people at their own screens; at the end all go home, and nothing may have gone wrong on their pages."""
    made: list[Person] = []

    def new(address: str = "", **options) -> Person:
        someone = Person(browser, site, state=sessions.get(address), **options)
        made.append(someone)
        if address and address not in sessions:
            someone.go("/account/login/?next=/vandaag/")
            someone.log_in(address)
            sessions[address] = someone.context.storage_state()
        someone.interactions = 0
        return someone

    yield new
    problems = [problem for one in made for problem in one.problems]
    for one in made:
        one.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def person(browser, site, sessions):
    """Make people for one test: `person()` for a visitor, `person("lotte@…")` for who is logged in."""
    with people(browser, site, sessions) as new:
        yield new


@pytest.fixture(scope="module")
def screens(browser, site, sessions):
    """Keep the screens of who only reads."""
    with people(browser, site, sessions) as new:
        yield cache(new)


@pytest.fixture
def reader(screens):
    """Make people who only open pages, each on one screen for the whole file: a warm browser reads a page faster.

    What goes wrong is told with the page on which it went wrong.
    """
    used: list[Person] = []

    def at_screen(address: str = "") -> Person:
        used.append(screens(address))
        return used[-1]

    yield at_screen
    problems = [one.problems.pop() for one in used for _problem in [*one.problems]]
    assert not problems, "\n".join(problems)

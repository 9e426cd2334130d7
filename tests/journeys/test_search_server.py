"""The search server falls away while someone searches: a copy answers and says so, until the server is back."""

import fcntl
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from tests.journeys.installation import Site
from tests.journeys.looking import look_at
from tools import search_node

pytestmark = pytest.mark.journey

NOTICE = "De zoekserver is even weg. Een kopie antwoordt: je vindt hetzelfde."
# The breaker lets one question try the server every fifteen seconds.
LONGEST_ABSENCE = 40
ENOUGH_FAILURES = 3


class Node:
    """A search node that can be away for a while: the same address and the same data afterwards."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process, self.url = search_node.start(data)

    def stop(self) -> None:
        """Take the node away."""
        search_node.stop(self.process)

    def start_again(self) -> None:
        """Bring the node back and wait until it can read its indexes."""
        self.process, _same = search_node.start(self.data, int(self.url.rpartition(":")[2]))
        with Elasticsearch(self.url, request_timeout=30) as client:
            client.cluster.health(wait_for_status="yellow", wait_for_no_initializing_shards=True)


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """Start a node of this journey's own."""
    running = Node(tmp_path_factory.mktemp("node"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory, node):
    """Start a site that asks the node, in the place of the one that all journeys share."""
    # A breaker is of one process: with one, each question counts for the same breaker.
    running = Site.fresh(tmp_path_factory.mktemp("site"), SEARCH_URL=node.url, GUNICORN_CMD_ARGS="--workers=1")
    yield running
    running.stop()


def found(someone, question):
    """Search, and give the names of what is found."""
    assert someone.go(f"/zoeken/?q={question}") == 200
    return someone.page.locator(".result-title").all_inner_texts()


def has_notice(someone):
    """Tell whether the page says that a copy answers."""
    return someone.page.get_by_text(NOTICE).is_visible()


def ask_until_the_server_answers(someone, question):
    """Search again and again until the notice is gone, and give what is found then."""
    until = time.monotonic() + LONGEST_ABSENCE
    names = found(someone, question)
    while has_notice(someone):
        assert time.monotonic() < until, f"still the notice after {LONGEST_ABSENCE} s"
        someone.page.wait_for_timeout(1000)
        names = found(someone, question)
    return names


def engine(someone, question):
    """Ask the machine face of search which engine answers."""
    return someone.context.request.get(f"/api/search?q={question}").json()["engine"]


@contextmanager
def being_made_anew(site):
    """Let there be no index, and another process that is making one."""
    folder = site.data_dir / "search"
    (folder / "CURRENT").rename(folder / "CURRENT.kept")
    with (folder / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
        (folder / "CURRENT.kept").rename(folder / "CURRENT")


def test_while_the_index_is_made_anew_typing_is_answered_with_ways_on(person, site, node):
    visitor = person()
    before = found(visitor, "huur")
    node.stop()
    field = visitor.page.locator("#q")

    with being_made_anew(site), visitor.expecting(503):
        field.fill("ik wil dood")
        visitor.sees("Zoeken hapert.")
        assert "tel:1813" in visitor.page.locator(".help-now a").first.get_attribute("href")
        assert not visitor.page.locator(".result-title").count()
        look_at(visitor.page)
    node.start_again()
    field.fill("huur")
    visitor.page.locator(".result-title").first.wait_for()

    assert visitor.page.locator(".result-title").all_inner_texts() == before


def test_a_copy_answers_while_the_search_server_is_away(person, site, node):
    site.manage("search_reindex", "--only", "server")
    visitor = person()
    before = ask_until_the_server_answers(visitor, "huur")
    assert before
    assert engine(visitor, "huur") == "elasticsearch"

    node.stop()
    field = visitor.page.locator("#q")
    field.press("End")
    field.press_sequentially(" betalen")
    visitor.page.wait_for_url("**q=huur+betalen**")
    visitor.sees(NOTICE)
    look_at(visitor.page)
    for _time in range(ENOUGH_FAILURES):
        assert found(visitor, "huur") == before
        assert has_notice(visitor)
    assert engine(visitor, "huur") == "embedded"

    node.start_again()

    assert ask_until_the_server_answers(visitor, "huur") == before
    assert engine(visitor, "huur") == "elasticsearch"
    assert "search.server back" in site.log.read_text(encoding="utf-8")

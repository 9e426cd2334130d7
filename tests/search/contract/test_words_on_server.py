"""Rules of words with a server: both engines follow them at once, and the server is given the synonyms."""

import pytest

from search.engines.server import server
from search.find import search
from search.operating import server_rebuild
from search.query import SearchQuery
from search.rules.draft import EQUAL, KEEP, ONE_WAY, PART, Draft
from search.words import actions
from tests.factories.search import listing
from tests.search.contract.conftest import NUMBERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(node_url, settings, worker_name):
    """Give the server with an index of what is in the database."""
    settings.SEARCH_URL = f"{node_url}/words-{worker_name}-{next(NUMBERS)}"
    listing("Wasrek te leen")
    listing("Zwemzorgvuldig samen")
    made = server()
    server_rebuild.rebuild(made)
    yield made
    made.remove(made.names())
    made.client.options(ignore_status=404).indices.delete(index=made.cursors)


@pytest.fixture
def teach(django_capture_on_commit_callbacks):
    """Keep a rule and do what happens after the commit."""

    def taught(draft):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.add(draft, by=None)

    return taught


def found(text):
    """Give which engine answers and what it finds."""
    server().engine().refresh()
    page = search(SearchQuery(text))
    return page.engine, [] if page.level else [hit.card["name"] for hit in page.hits]


def test_the_server_follows_a_synonym_and_a_part_of_words(far, teach):
    assert found("schabouwelijk ") == ("elasticsearch", [])
    teach(Draft(EQUAL, ("schabouwelijk",), ("wasrek",)))
    teach(Draft(PART, ("zwemzorg", "vuldig")))

    assert found("schabouwelijk ") == ("elasticsearch", ["Wasrek te leen"])
    assert found("vuldig ") == ("elasticsearch", ["Zwemzorgvuldig samen"])


def test_the_server_is_given_the_synonyms_in_force_and_nothing_else(far, teach):
    teach(Draft(ONE_WAY, ("schabouwelijk",), ("wasrek",), note="gehoord aan het loket"))
    teach(Draft(KEEP, ("zwixelaar",)))
    kept = far.client.synonyms.get_synonym(id=far.alias, size=10_000)
    lines = {rule["synonyms"] for rule in kept["synonyms_set"]}

    assert "schabouwelijk => wasrek" in lines
    assert not {line for line in lines if "#" in line or "zwixelaar" in line}

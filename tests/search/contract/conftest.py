"""The formal catalogue on both engines, on a real server of one's own."""

import itertools
import os

import pytest
from elasticsearch import Elasticsearch

from search.engines import elastic, elastic_server
from search.engines.elastic import ElasticEngine
from search.engines.elastic_schema import mapping, settings
from search.engines.embedded import EmbeddedEngine
from search.engines.tantivy_schema import build
from tests.search import fixture
from tests.search.contract.shared_node import node

ENGINES = ("embedded", "elasticsearch")
PATIENCE = 30.0
NUMBERS = itertools.count()


@pytest.fixture(scope="session", autouse=True)
def _patience():
    """Wait longer than a visitor would: a machine that is busy with the suite is no server that is away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elastic, "SEARCH_SECONDS", PATIENCE)
        patch.setattr(elastic_server, "SEARCH_SECONDS", PATIENCE)
        yield


@pytest.fixture(scope="session")
def node_url():
    """Give the address of the server."""
    with node() as url:
        yield url


@pytest.fixture(scope="session")
def worker_name():
    """Give a name that no other worker and no other run has."""
    return f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}-{os.getpid()}"


@pytest.fixture(scope="session")
def make_server(node_url, worker_name):
    """Make an index on the server: `make_server(docs)` gives its engine; all go away afterwards."""
    client = Elasticsearch(node_url, request_timeout=30)
    made = []

    def make(docs=()):
        name = f"test-{worker_name}-{next(NUMBERS)}"
        client.indices.create(index=name, settings=settings(refresh="-1"), mappings=mapping())
        made.append(name)
        engine = Refreshing(client, name)
        engine.write(docs)
        return engine

    yield make
    for name in made:
        client.indices.delete(index=name)


class Refreshing(ElasticEngine):
    """Shows at once what was written; in production it shows within half a second."""

    def write(self, docs, gone=(), at=0):
        super().write(docs, gone, at)
        self.refresh()


@pytest.fixture(scope="session")
def server(make_server, known):
    """Give the formal catalogue on the server; nobody writes to it."""
    return make_server(fixture.docs(known.gazetteer))


@pytest.fixture(params=ENGINES)
def engine(request, formal):
    """Give each engine with the formal catalogue, one after the other."""
    return formal if request.param == "embedded" else request.getfixturevalue("server")


@pytest.fixture(params=ENGINES)
def fresh(request, tmp_path):
    """Make an engine to write to: `fresh(docs)`."""

    def make(docs):
        if request.param == "elasticsearch":
            return request.getfixturevalue("make_server")(docs)
        build(tmp_path / "index", docs)
        return EmbeddedEngine(tmp_path / "index")

    return make

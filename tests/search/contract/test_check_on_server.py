"""The check on the server: what differs there is found and repaired, and the operator sees how it is."""

import pytest
from django.db import connection

from search.changes import outbox
from search.engines.server import server
from search.fresh import consistency, sync
from search.operating import server_rebuild
from tests.factories.search import listing
from tests.search.contract.conftest import NUMBERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(node_url, settings, worker_name):
    """Give the server with an index of two listings."""
    settings.SEARCH_URL = f"{node_url}/check-{worker_name}-{next(NUMBERS)}"
    made = server()
    listing("Oppas")
    listing("Tolk")
    server_rebuild.rebuild(made)
    yield made
    made.remove(made.names())
    made.client.options(ignore_status=404).indices.delete(index=made.cursors)


def found(**options):
    """Give the counts of missing, stale and orphaned records by index."""
    return {one.name: tuple(len(keys) for keys in one.found) for one in consistency.check(**options)}


def test_a_server_in_step_is_clean(far):
    assert found() == {"embedded": (0, 0, 0), "elasticsearch": (0, 0, 0)}


def test_what_differs_on_the_server_is_found_and_repaired(far):
    engine = far.engine()
    engine.refresh()
    (gone, _version), (stale, _other) = sorted(engine.keys_and_versions())
    consistency.check()
    far.client.delete(index=far.look_again(), id=gone, refresh=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sociale_kaart_service SET wait_time = 'lang' WHERE id = %s", [stale])

    assert found(repair=True) == {"embedded": (0, 1, 0), "elasticsearch": (1, 0, 0)}
    assert found() == {"embedded": (0, 0, 0), "elasticsearch": (0, 0, 0)}


def test_the_place_on_the_server_is_kept_as_ranges(far):
    keys = [key for key, _version in sorted(far.engine().keys_and_versions())]
    outbox.write(keys)
    outbox.write(keys)
    cursor = far.cursor_of(far.look_again())
    assert outbox.lag(cursor).services == len(keys)
    sync.bring_up(far)

    assert outbox.lag(cursor).services == 0
    assert len(cursor.read()[1].ranges) <= 1


def test_the_operator_sees_both_indexes(far, operator, log_in):
    found()
    shown = log_in(operator).get("/zoekmotor/").content.decode()

    assert "Elasticsearch-server" in shown
    assert far.look_again() in shown
    assert shown.count("loopt gelijk") == 2


def test_the_operator_sees_that_the_server_rests(far, operator, log_in, settings):
    settings.SEARCH_URL = "http://127.0.0.1:9/weg"
    away = server()
    for _time in range(3):
        away.breaker.failed()
    shown = log_in(operator).get("/zoekmotor/").content.decode()

    assert "De server krijgt even rust." in shown
    assert "niet te lezen" in shown

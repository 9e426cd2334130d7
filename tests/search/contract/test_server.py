"""The server behind the one door: fresh, rebuilt while people search, and replaced while it is away."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from search.changes import outbox
from search.engines import index
from search.engines.base import EngineDownError
from search.engines.breaker import RETRY_AFTER, Breaker
from search.engines.server import address, answers, server
from search.find import search
from search.fresh import sync
from search.models import Change
from search.operating import server_rebuild
from search.query import SearchQuery
from search.records.doc import NAME, Passage
from search.records.documents import documents
from sociale_kaart.models import Accessibility, Language, Service
from tests.factories.search import listing
from tests.search.contract.conftest import NUMBERS
from tools.search_node import start, stop

pytestmark = pytest.mark.django_db


SATURDAY = datetime(2026, 11, 28, 10)
EACH_OTHERWISE = (
    {"cost_kind": "free", "walk_in": True, "referral_way": "self"},
    {"cost_kind": "paid", "home_visits": True, "hours": "SA", "area": ("Jabbeke", "Oostkamp"), "town": "Oostkamp"},
    {"takes_new_people": False, "by_phone": True, "referral_way": "form", "area": ("West-Vlaanderen",)},
)
ALIKE = (
    {},
    {"open_at": SATURDAY},
    {"area": "Zedelgem", "within_km": 5.0},
    *(
        {"filters": {group: frozenset({value})}}
        for group, value in (
            ("category", "care"), ("language", "ar"), ("cost", "free"), ("municipality", "31012"), ("referral", "form"),
            ("how", "home_visits"), ("accessibility", "lift"), ("access", "takes_new"), ("access", "open_now"),
        )
    ),
)  # fmt: skip


class Clock:
    """A clock that the test moves."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def far(node_url, settings, worker_name):
    """Give the server of this installation, under a name of its own; nothing is on it yet."""
    settings.SEARCH_URL = f"{node_url}/door-{worker_name}-{next(NUMBERS)}"
    made = server()
    yield made
    made.remove(made.names())
    made.client.options(ignore_status=404).indices.delete(index=made.cursors)


@pytest.fixture
def live(far):
    """Give the server with an index of what is in the database, of which the newest change always stays."""
    outbox.write(["of before"])
    server_rebuild.rebuild(far)
    return far


def page(text="", **options):
    """Give a page as soon as the server shows what was written; within one test nothing is ever really committed."""
    far = server()
    sync.keep_up()
    if far.live_names():
        far.engine_of(far.alias).refresh()
    return search(SearchQuery(text, **options))


def names(text="", **options):
    """Give the names that are found, and the engine that found them."""
    found = page(text, **options)
    return found.engine, [hit.card["name"] for hit in found.hits]


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do what happens after a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize(
    ("url", "hosts", "alias"),
    [
        ("http://zoek.example:9200", ("http://zoek.example:9200",), "services"),
        ("https://u:p@a.example/dorpel, https://b.example", ("https://u:p@a.example", "https://b.example"), "dorpel"),
    ],
)
def test_the_setting_names_hosts_and_alias(url, hosts, alias):
    assert address(url) == (hosts, alias)


@pytest.mark.parametrize("url", ["", "embedded://"])
def test_without_a_server_the_embedded_engine_is_the_only_one(url):
    assert address(url) is None


@pytest.mark.parametrize(
    "url", ["elasticsearch://host", "zoek.example:9200", "http://", "http://a.example,embedded://"]
)
def test_an_address_that_is_none_is_said_so(url):
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        address(url)


def test_the_client_is_not_loaded_where_there_is_no_server():
    code = "import django; django.setup(); import search.find, sys; print('elasticsearch' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_the_server_answers_a_whole_page(places, far):
    listing("Schuldbemiddeling", summary="Een plan voor je schulden.", cost_kind="free", needs=["money"])
    server_rebuild.rebuild(far)

    found = page("schulden zedelgem")

    assert (found.engine, found.degraded, found.total) == ("elasticsearch", False, 1)
    assert found.hits[0].card["place"] == "Zedelgem"
    assert [(value.value, value.count) for value in found.facets["category"] if value.count] == [("money", 1)]


def test_every_filter_counts_alike_on_the_server_and_beside_it(places, far, settings):
    for at, fields in enumerate(EACH_OTHERWISE):
        Language.objects.create(service=listing(f"Oppas {at}", needs=["care"], **fields), code=("ar", "tr")[at % 2])
    location = Service.objects.order_by("pk").first().service_at_locations.get().location
    Accessibility.objects.create(location=location, description="Ingang zonder trap, met lift")
    server_rebuild.rebuild(far)
    assert page("oppas").engine == "elasticsearch"
    url = settings.SEARCH_URL

    for asked in ALIKE:
        pages = []
        for settings.SEARCH_URL in (url, ""):
            found = search(SearchQuery("oppas", now=SATURDAY, **asked))
            pages.append((found.engine, found.total, found.facets, sorted(hit.key for hit in found.hits)))
        settings.SEARCH_URL = url
        there, here = pages

        assert (there[0], here[0]) == ("elasticsearch", "embedded")
        assert there[1:] == here[1:], asked


def test_changes_arrive_and_also_those_of_related_rows(live, commit):
    with commit():
        service = listing("Oppas")
    assert names("oppas") == ("elasticsearch", ["Oppas"])
    with commit():
        Language.objects.create(service=service, code="ar", name="Arabisch")
    assert names("oppas", filters={"language": frozenset({"ar"})}) == ("elasticsearch", ["Oppas"])
    with commit():
        Service.objects.get(pk=service.pk).delete()

    assert names("oppas") == ("elasticsearch", [])


def test_an_index_is_made_from_the_database_before_it_answers(far):
    listing("Oppas")

    assert names("oppas") == ("embedded", ["Oppas"])
    assert page("oppas").degraded
    assert "De zoekserver is even weg." in Client().get("/zoeken/?q=oppas").content.decode()
    assert server_rebuild.rebuild(far) == 1


def test_a_late_delivery_does_not_overwrite_a_later_reading(live, make_server):
    listing("Oppas")
    sync.bring_up(live)
    engine = live.engine()
    engine.refresh()
    (key, version), *_others = engine.keys_and_versions()
    engine.write([], gone=[key], at=0)
    engine.refresh()

    assert list(engine.keys_and_versions()) == [(key, version)]


def test_a_record_that_the_server_refuses_is_told_and_holds_up_no_other(live, caplog):
    bad, good = listing("Oppas"), listing("Tuinhulp")
    docs = {doc.key: doc for doc in documents(Service.objects.for_index())}
    nowhere = replace(docs[bad.pk], latitude=999.0, longitude=3.1)
    engine = live.engine()
    engine.write([nowhere, docs[good.pk]], at=outbox.latest_change())
    engine.refresh()

    assert [key for key, _version in engine.keys_and_versions()] == [good.pk]
    assert f"search.refused {bad.pk} 400" in caplog.text


def test_what_was_written_twice_stands_there_once(live):
    before = outbox.latest_change()
    service = listing("Oppas")
    sync.bring_up(live)
    live.cursor_of(live.look_again()).start_at(before)
    sync.bring_up(live)

    assert names("oppas") == ("elasticsearch", ["Oppas"])
    assert Change.objects.filter(service_id=service.pk).exists()


def test_readers_see_the_old_index_until_the_new_one_is_right(live, monkeypatch):
    before = live.look_again()
    listing("Oppas")
    monkeypatch.setattr(server_rebuild.sync, "replay", lambda far, name: 0)
    monkeypatch.setattr(server_rebuild, "documents", lambda rows: iter(()))

    with pytest.raises(EngineDownError, match="holds 0 records"):
        server_rebuild.rebuild(live)
    assert live.look_again() == before
    assert live.names() == [before]


@pytest.mark.parametrize(
    ("otherwise", "why"),
    [({"passages": (Passage(NAME, "Fietsles"),)}, "common words find"), ({"facets": {}}, "needs are counted")],
)
def test_a_new_index_that_answers_otherwise_is_not_shown(far, monkeypatch, otherwise, why):
    listing("Oppas", needs=["care"])
    server_rebuild.rebuild(far)
    before, made = far.look_again(), server_rebuild.documents
    monkeypatch.setattr(server_rebuild, "documents", lambda rows: (replace(one, **otherwise) for one in made(rows)))

    with pytest.raises(EngineDownError, match=why):
        server_rebuild.rebuild(far)
    assert far.names() == [before]


def test_the_index_before_stays_as_a_way_back(live, commit):
    first = live.look_again()
    server_rebuild.rebuild(live)
    second = live.look_again()
    server_rebuild.rebuild(live)
    third = live.look_again()
    with commit():
        listing("Oppas")

    assert live.names() == [second, third]
    assert first != second
    assert server_rebuild.go_back(live) == second
    assert names("oppas") == ("elasticsearch", ["Oppas"])


def test_an_index_of_another_making_is_not_read(live, monkeypatch):
    listing("Oppas")
    monkeypatch.setattr(index, "generation", lambda: "anders")
    live.point_at(*live.live_names())

    assert names("oppas") == ("embedded", ["Oppas"])


def test_the_breaker_opens_at_the_third_failure_within_ten_seconds():
    clock = Clock()
    breaker = Breaker(clock)
    for seconds in (0, 6, 6):
        clock.now += seconds
        breaker.failed()
    assert breaker.lets_through()

    clock.now += 1
    breaker.failed()

    assert not breaker.lets_through()


def test_an_open_breaker_lets_one_question_try_every_fifteen_seconds():
    clock = Clock()
    breaker = Breaker(clock)
    for _time in range(3):
        breaker.failed()
    clock.now += RETRY_AFTER

    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]
    breaker.failed()
    clock.now += RETRY_AFTER - 1
    assert not breaker.lets_through()
    clock.now += 1
    assert breaker.lets_through()
    assert breaker.worked()
    assert breaker.lets_through()


def test_a_server_that_stops_is_stood_in_for_and_comes_back(settings, tmp_path, commit, monkeypatch):
    monkeypatch.setenv("NODE_HEAP", "256m")
    process, url = start(tmp_path / "node")
    try:
        settings.SEARCH_URL = url
        far, clock = server(), Clock()
        far.breaker = Breaker(clock)
        listing("Oppas")
        server_rebuild.rebuild(far)
        assert names("oppas") == ("elasticsearch", ["Oppas"])

        stop(process)
        answers = [search(SearchQuery("oppas")) for _time in range(4)]
        with commit():
            listing("Oppas aan huis")
        meanwhile = search(SearchQuery("oppas"))

        assert {(found.engine, found.degraded, found.total) for found in answers} == {("embedded", True, 1)}
        assert (meanwhile.engine, meanwhile.degraded, meanwhile.total) == ("embedded", True, 2)
        assert far.breaker.is_open

        process, _url = start(tmp_path / "node", int(url.rpartition(":")[2]))
        far.admin.cluster.health(wait_for_status="yellow", wait_for_no_initializing_shards=True)
        assert search(SearchQuery("oppas")).degraded
        clock.now += RETRY_AFTER
        first = search(SearchQuery("oppas"))
        far.engine().refresh()

        assert (first.engine, first.degraded) == ("elasticsearch", False)
        assert names("oppas") == ("elasticsearch", ["Oppas", "Oppas aan huis"])
    finally:
        stop(process)


def test_rules_in_solr_format_can_be_given_to_the_server(far):
    far.push_synonyms(["zetel, sofa", "fiets => rijwiel"])
    far.push_synonyms(["zetel, sofa, canapé"])

    kept = far.client.synonyms.get_synonym(id=far.alias)
    assert [rule["synonyms"] for rule in kept["synonyms_set"]] == ["zetel, sofa, canapé"]


def test_the_command_fills_the_server_and_leads_back(far):
    listing("Oppas")
    printed = StringIO()
    call_command("search_reindex", "--only", "server", stdout=printed, stderr=StringIO())
    first = far.look_again()
    call_command("search_reindex", stdout=printed, stderr=StringIO())
    call_command("search_reindex", "--back", stdout=printed, stderr=StringIO())

    assert "Diensten geïndexeerd: 1, in" in printed.getvalue()
    assert far.look_again() == first
    assert index.current() is not None


@pytest.mark.parametrize("options", [["--back"], ["--only", "server"]])
def test_the_command_says_that_there_is_no_server(options):
    with pytest.raises(CommandError, match="noemt geen server"):
        call_command("search_reindex", *options)


def test_there_is_no_way_back_from_the_first_index(live):
    with pytest.raises(CommandError, match="geen vroegere index"):
        call_command("search_reindex", "--back")


def test_the_operator_hears_whether_the_server_is_there(far, settings):
    assert answers()

    settings.SEARCH_URL = "http://127.0.0.1:1/dorpel"
    assert not answers()

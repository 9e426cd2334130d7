"""The check finds what is missing, stale or too much in an index, and has it repaired; also after a crash."""

import json
import pickle
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from search.changes import outbox
from search.engines import index
from search.engines.base import EngineDownError
from search.engines.embedded import LOCK_WAIT
from search.engines.tantivy_schema import to_tantivy
from search.find import search
from search.fresh import consistency, rolling, sync
from search.models import Change, Check, Rolled
from search.models.numbers import Numbers
from search.query import SearchQuery
from search.records.documents import documents
from search.records.fingerprint import fingerprint
from sociale_kaart.models import Service
from tests.factories.search import listing
from tests.factories.sociale_kaart import ScheduleFactory

pytestmark = pytest.mark.django_db
# A process of its own writes records to the index, and is killed where the test says.
WRITER = """
import os, pickle, signal, sys
from pathlib import Path
from search.engines.embedded import EmbeddedEngine
from search.engines.tantivy_schema import to_tantivy
folder, docs, where = Path(sys.argv[1]), pickle.load(sys.stdin.buffer), sys.argv[2]
engine = EmbeddedEngine(folder)
if where == "committed":
    engine.write(docs)
else:
    writer = engine._writer(30_000_000)
    for doc in docs:
        writer.delete_documents_by_term("key", doc.key)
        writer.add_document(to_tantivy(doc))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def three():
    """Give three listings that the index holds."""
    services = [listing(name) for name in ("Oppas", "Tuinhulp", "Tolk")]
    search(SearchQuery())
    return services


def found(**options):
    """Give the counts of missing, stale and orphaned records in the index of this node."""
    (report,) = consistency.check(**options)
    return tuple(len(keys) for keys in report.found)


def behind_our_back(sql, *values):
    """Write to the database as another program would: no signal, no QuerySet of ours."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def run(*arguments):
    """Call a command and give what it printed, and its exit code."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=StringIO())
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def test_an_index_in_step_is_clean(three):
    assert found() == (0, 0, 0)
    assert run("search_check")[1] == 0


def test_what_waits_is_no_difference(three):
    three[0].name = "Kinderoppas"
    three[0].save()

    assert found() == (0, 0, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sociale_kaart_service SET name = 'Anders' WHERE id = %s",
        "UPDATE sociale_kaart_phone SET number = '050 00 00 01' WHERE service_id = %s",
        "DELETE FROM sociale_kaart_schedule WHERE service_id = %s",
        "UPDATE sociale_kaart_servicearea SET node = 'country:BE' WHERE service_id = %s",
    ],
)
def test_what_another_program_wrote_is_stale(three, sql):
    behind_our_back(sql, three[0].pk)

    assert found() == (0, 1, 0)
    assert found(repair=True) == (0, 1, 0)
    assert found() == (0, 0, 0)


def test_missing_stale_and_orphaned_are_told_apart_and_repaired(three):
    oppas, tuinhulp, tolk = three
    index.engine().write([], [oppas.pk])
    behind_our_back("UPDATE sociale_kaart_service SET wait_time = 'lang' WHERE id = %s", tuinhulp.pk)
    behind_our_back("UPDATE sociale_kaart_service SET live = %s WHERE id = %s", False, tolk.pk)
    (report,) = consistency.check(repair=True)

    assert report.found == ([oppas.pk], [tuinhulp.pk], [tolk.pk])
    assert report.is_repaired
    assert found() == (0, 0, 0)
    assert [hit.card["name"] for hit in search(SearchQuery(sort="name")).hits] == ["Oppas", "Tuinhulp"]


def test_a_record_that_stands_there_twice_is_stale(three):
    writer = index.engine()._writer(30_000_000)
    writer.add_document(to_tantivy(next(documents(Service.objects.for_index().filter(pk=three[0].pk)))))
    writer.commit()
    writer.wait_merging_threads()

    assert found(repair=True) == (0, 1, 0)
    assert found() == (0, 0, 0)
    assert search(SearchQuery("oppas")).total == 1


def test_the_command_says_what_it_found_and_whether_it_was_repaired(three):
    index.engine().write([], [three[0].pk])
    told, code = run("search_check")
    assert code == 1
    assert "ontbreekt: 1, verouderd: 0, te veel: 0" in told
    assert three[0].pk in told

    printed, code = run("search_check", "--repair", "--json")
    row = json.loads(printed)
    assert (code, row["missing"], row["repaired"], row["clean"]) == (1, 1, True, False)
    assert row["ids"]["missing"] == [three[0].pk]
    assert run("search_check")[1] == 0
    assert [(check.missing, check.repaired) for check in Check.objects.all()] == [(0, False), (1, True), (1, False)]


def test_the_command_says_how_far_it_is(three):
    shown = StringIO()
    call_command("search_check", stdout=StringIO(), stderr=shown)

    assert "diensten: 3 van 3" in shown.getvalue()


def test_at_most_twenty_ids_are_named():
    lost = consistency.Differences([str(number) for number in range(25)], [], [])
    told = consistency.told(consistency.Report("embedded", 3, lost, None, 0.1))

    assert "19 … en nog 5." in told


def test_only_one_check_runs_at_a_time(three):
    with index.alone("checking"), pytest.raises(EngineDownError):
        consistency.check()
    with index.alone("checking"):
        assert run("search_check")[1] == 2


def test_two_records_have_the_same_number_when_they_read_the_same(three):
    rows = Service.objects.for_index().order_by("pk")
    one, other = list(documents(rows)), list(documents(rows))

    assert [doc.version for doc in one] == [doc.version for doc in other]
    assert len({doc.version for doc in one}) == 3
    assert all(0 < fingerprint(doc) < 2**63 for doc in one)


@pytest.mark.parametrize("where", ["writing", "committed"])
def test_a_process_killed_while_it_writes_leaves_nothing_wrong(three, where):
    service = three[0]
    service.name = "Kinderoppas"
    service.save()
    docs = list(documents(Service.objects.for_index().filter(pk=service.pk)))
    killed = subprocess.run(
        [sys.executable, "-c", WRITER, str(index.current()), where], input=pickle.dumps(docs), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert sync.is_behind()

    assert found() == (0, 0, 0)
    assert not sync.is_behind()
    assert (search(SearchQuery("kinderoppas")).total, search(SearchQuery()).total) == (1, 3)


def test_a_place_that_was_not_written_down_is_read_again(three):
    before = index.cursor().read()
    three[0].name = "Kinderoppas"
    three[0].save()
    sync.catch_up()
    index.cursor().start_at(before[0])

    assert sync.is_behind()
    assert found() == (0, 0, 0)
    assert search(SearchQuery()).total == 3


def test_changes_may_arrive_twice_and_in_any_order(three):
    waiting = [three[2].pk, three[0].pk, three[2].pk, three[1].pk, three[0].pk]
    late = Change(pk=Change.objects.latest("pk").pk + 10, service_id=three[1].pk)
    outbox.write(waiting[:2])
    Change.objects.create(pk=late.pk + 1, service_id=three[2].pk)
    sync.catch_up()
    behind_our_back("UPDATE sociale_kaart_service SET name = 'Gids' WHERE id = %s", three[1].pk)
    late.save(force_insert=True)
    outbox.write(waiting)

    assert found() == (0, 0, 0)
    assert search(SearchQuery("gids")).total == 1


def test_what_one_process_reads_another_does_not_overwrite_with_older_rows(three):
    three[0].name = "Kinderoppas"
    three[0].save()
    with index.turn(0):
        begun = time.perf_counter()
        assert search(SearchQuery("oppas")).total == 1
        assert time.perf_counter() - begun < LOCK_WAIT / 2
        assert sync.catch_up(patience=0.1) == 0
    assert sync.catch_up() == 1


def test_numbers_are_kept_as_ranges():
    numbers = Numbers().with_all([5, 1, 2, 3, 9]).with_all([4])

    assert numbers.ranges == [(1, 5), (9, 9)]
    assert numbers.above(3).ranges == [(4, 5), (9, 9)]
    assert [number in numbers for number in (1, 6, 9)] == [True, False, True]


def test_a_place_does_not_move_past_what_may_still_commit(three, time_machine):
    cursor = index.cursor()
    position = cursor.read()[0]
    outbox.write([three[0].pk])
    sync.catch_up()
    assert cursor.read()[0] == position
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    outbox.write([three[0].pk])
    sync.catch_up()

    assert cursor.read()[1].ranges[-1][1] == outbox.latest_change()


def test_a_place_waits_for_the_oldest_transaction_that_writes(three):
    begun = timezone.now()
    if connection.vendor == "postgresql":  # SQLite has one writer at a time
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_current_xact_id(), xact_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
            begun = cursor.fetchone()[1]
            assert outbox.settled() == begun - outbox.SETTLED
            cursor.execute("ROLLBACK")
        other.close()
        with connection.cursor() as cursor:  # what is going on is looked at once in a transaction
            cursor.execute("SELECT pg_stat_clear_snapshot()")

    assert outbox.settled() > begun - outbox.SETTLED


def test_the_lag_says_how_many_services_wait_and_since_when(three):
    begun = timezone.now()
    outbox.write([three[0].pk, three[1].pk])
    outbox.write([three[0].pk])
    lag = outbox.lag(index.cursor())

    assert lag.services == 2
    assert timezone.now() >= lag.since >= begun
    sync.catch_up()
    assert outbox.lag(index.cursor()) == (0, None)


@pytest.fixture
def closing(time_machine):
    """Give a listing that will be closed for a fortnight, on a day before that."""
    time_machine.move_to("2026-11-20T10:00:00+01:00")
    service = listing("Tandarts", hours="MO")
    listing("Oppas", hours="MO")
    closed = {"byday": "", "opens_at": None, "closes_at": None}
    ScheduleFactory(service=service, **closed, valid_from="2026-12-21", valid_to="2027-02-10")
    search(SearchQuery())
    rolling.roll(timezone.localdate())
    sync.catch_up()
    return service


def test_a_day_that_comes_within_sixty_days_is_written_by_the_night(closing, time_machine):
    assert found() == (0, 0, 0)
    time_machine.move_to("2026-11-21T03:15:00+01:00")
    assert found() == (0, 1, 0)

    assert rolling.roll(timezone.localdate()) == 1
    assert {change.service_id for change in outbox.waiting(index.cursor())} == {closing.pk}
    assert found() == (0, 0, 0)
    assert rolling.roll(timezone.localdate()) == 0


def test_a_closing_that_ended_is_taken_out_by_the_night(closing, time_machine):
    monday = {"filters": {"access": frozenset({"open_now"})}}
    time_machine.move_to("2027-02-08T10:00:00+01:00")
    rolling.roll(timezone.localdate())
    assert [hit.card["name"] for hit in search(SearchQuery(**monday)).hits] == ["Oppas"]
    time_machine.move_to("2027-02-11T03:15:00+01:00")
    assert found() == (0, 1, 0)

    assert rolling.roll(timezone.localdate()) == 1
    assert found() == (0, 0, 0)
    time_machine.move_to("2027-02-15T10:00:00+01:00")
    assert search(SearchQuery(**monday)).total == 2


def test_hours_that_begin_on_a_day_are_written_by_the_night(closing, time_machine):
    ScheduleFactory(service=Service.objects.get(name="Oppas"), byday="SU", valid_from="2026-11-23")
    sync.catch_up()
    time_machine.move_to("2026-11-23T03:15:00+01:00")
    call_command("search_nightly", stdout=StringIO())

    assert found() == (0, 0, 0)
    assert [row.day.isoformat() for row in Rolled.objects.all()] == ["2026-11-23"]


def test_the_night_repairs_and_says_so(three):
    index.engine().write([], [three[0].pk])
    told, code = run("search_nightly")

    assert code == 1
    assert "ontbreekt: 1," in told
    assert "0 over na het herstel" in told
    assert run("search_nightly")[1] == 0


@pytest.fixture
def damage(three):
    """Write over the beginning of a file of the index, as a bad disk does."""

    def write_over(ending):
        file = next(index.current().glob(f"*.{ending}"))
        # In place: a file that becomes shorter while it is read from memory ends the process.
        with file.open("r+b") as opened:
            opened.write(b"\xff" * 400)
        index.forget_engine()

    return write_over


@pytest.mark.parametrize("ending", ["term", "store", "idx", "fast"])
def test_a_damaged_file_is_found_and_the_index_made_anew(damage, ending):
    damage(ending)

    with pytest.raises(CommandError, match=f"beschadigd.*{ending}") as told:
        call_command("search_check")
    call_command("search_check", repair=True, stdout=StringIO())

    assert told.value.returncode == 2
    assert index.damaged() == []
    assert search(SearchQuery("oppas")).total == 1


@pytest.mark.parametrize("ending", ["term", "store"])
def test_a_question_to_a_damaged_index_is_answered_by_a_new_one(damage, ending):
    damage(ending)

    assert [hit.card["name"] for hit in search(SearchQuery("oppas")).hits] == ["Oppas"]
    assert index.damaged() == []

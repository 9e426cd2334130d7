"""Counting goes on beside the ranking, in a process that was parted as well."""

import os
import threading

import pytest

from search.engines import beside as hands
from search.engines.beside import beside


@pytest.fixture
def two_cores(monkeypatch):
    """Work as on a machine with two cores, whatever this one has."""
    monkeypatch.setattr(hands, "CORES", 2)
    monkeypatch.setattr(hands._Hands, "pool", None)


def test_work_begins_at_once_on_a_thread_of_its_own(two_cores):
    begun = threading.Event()
    wait = beside(lambda: begun.set() or threading.current_thread().name)

    assert begun.wait(5)
    assert wait().startswith("search")


def test_what_fails_there_fails_for_who_waits(two_cores):
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)()


def test_what_nobody_began_is_done_by_who_asks(two_cores):
    busy, free = threading.Event(), threading.Event()
    first = beside(lambda: (busy.set(), free.wait(5)))
    assert busy.wait(5)

    assert beside(threading.current_thread)() is threading.current_thread()

    free.set()
    first()


def test_one_core_works_in_turn(monkeypatch):
    monkeypatch.setattr(hands, "CORES", 1)
    done = []
    wait = beside(lambda: done.append(1))

    assert not done
    wait()
    assert done == [1]


def test_a_process_that_parted_has_threads_of_its_own(two_cores):
    beside(int)()
    child = os.fork()
    if not child:
        os._exit(beside(lambda: 7)())
    _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 7

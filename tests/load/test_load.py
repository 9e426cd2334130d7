"""Fifty workers at the same time, on a small set: nothing goes wrong. The figures come from `make load`."""

import json
import os
from argparse import Namespace

import pytest
from django.db import connection

from bench import report
from tests.doorverwijzing.own_installation import installation
from tests.faults.mailbox import Mailbox
from tests.faults.running import Running
from tests.load.__main__ import WHOLE, filled, keep_figures
from tests.load.driving import MIX, Load

pytestmark = pytest.mark.django_db
WORKERS, REFERRALS = 50, 400
SECONDS = {"postgresql": 30, "sqlite": 5}


def test_fifty_workers_at_once_meet_no_error(django_db_setup, django_db_blocker, tmp_path):
    seconds = float(os.environ.get("LOAD_SECONDS", SECONDS[connection.vendor]))
    with django_db_blocker.unblock(), installation(tmp_path, connection) as here, Mailbox() as mailbox:
        site = Running({**here, "EMAIL_URL": mailbox.url})
        try:
            who = filled(site, REFERRALS, WORKERS)
            site.start_server()
            site.start_worker()
            load = Load(site, who["teams"], seconds=seconds, seed=5).run()
        finally:
            site.stop()

    assert load.errors == [], load.table()
    assert {"today", "inbox", "message"} <= set(load.took) <= set(MIX)
    assert load.acknowledged["message"]
    assert {"workload", "times", "p50", "p95", "p99"} == set(load.rows()[0])


@pytest.mark.parametrize("seconds", [WHOLE["seconds"], 30])
def test_the_figures_of_a_whole_run_are_kept_and_those_of_a_short_one_are_not(seconds, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "RESULTS", tmp_path)

    keep_figures(Namespace(**{**WHOLE, "seconds": seconds}), {"rows": [{"workload": "inbox", "p95": 61.5}]})

    kept = [json.loads(file.read_text()) for file in tmp_path.glob("load-????-??-??.json")]
    assert [(one["referrals"], one["rows"]) for one in kept] == (
        [(100_000, [{"workload": "inbox", "p95": 61.5}])] if seconds == WHOLE["seconds"] else []
    )

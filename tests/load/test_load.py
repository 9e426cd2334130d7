"""Fifty workers at the same time, on a small set: nothing goes wrong. The figures come from `make load`."""

import os

import pytest
from django.db import connection

from tests.doorverwijzing.own_installation import installation
from tests.faults.mailbox import Mailbox
from tests.faults.running import Running
from tests.load.__main__ import filled
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

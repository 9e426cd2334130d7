"""Two people move at once, for every pair of moves: one wins, the other is told, and nothing happens twice."""

import subprocess
import sys

import pytest
from django.db import connection

from tests.doorverwijzing.own_installation import ROOT, facts, installation

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """Let two press for every pair, in an installation that commits."""
    with django_db_blocker.unblock(), installation(tmp_path_factory.mktemp("pressing"), connection) as here:
        environment = {**here, "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "PYTHONPATH": str(ROOT)}
        yield facts(
            subprocess.run(
                [sys.executable, "-m", "tests.faults.pressing"],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
            )
        )  # fmt: skip


def closed_then_taken_back(pair):
    """Tell whether a client took back what had just ended: the receiver may read it a little longer, so that counts."""
    return pair["pair"].startswith("close and withdraw") and (pair["status"], pair["readable"]) == ("closed", False)


def test_one_wins_and_the_other_is_told(told):
    assert len(told.pressed) > 20
    for pair in told.pressed:
        may_both = pair["both"] or closed_then_taken_back(pair)
        assert pair["said"] == ["done", "told"] or (may_both and pair["said"] == ["done", "done"]), pair


def test_nothing_happens_twice(told):
    for pair in told.pressed:
        assert pair["steps"] == pair["said"].count("done") - closed_then_taken_back(pair), pair
        assert pair["status"] in pair["possible"], pair
    assert told.chain == 0

"""Two people move at once, for every pair of moves: one wins, the other is told, and nothing happens twice."""

import subprocess
import sys

import pytest
from django.db import connection

from tests.doorverwijzing.own_installation import ROOT, facts, installation

pytestmark = pytest.mark.django_db


def told(folder):
    """Let two press for every pair, in an installation that commits."""
    with installation(folder, connection) as here:
        environment = {**here, "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "PYTHONPATH": str(ROOT)}
        return facts(
            subprocess.run(
                [sys.executable, "-m", "tests.faults.pressing"],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
            )
        )  # fmt: skip


def closed_then_taken_back(pair):
    """Tell whether a client took back what had just ended: the receiver may read it a little longer, so that counts."""
    return pair["pair"].startswith("close and withdraw") and (pair["status"], pair["readable"]) == ("closed", False)


def test_of_two_who_move_at_once_one_wins_and_the_other_is_told(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        found = told(tmp_path)

    assert len(found.pressed) > 20
    for pair in found.pressed:
        late = closed_then_taken_back(pair)
        may_both = pair["both"] or late
        assert pair["said"] == ["done", "told"] or (may_both and pair["said"] == ["done", "done"]), pair
        assert pair["steps"] == pair["said"].count("done") - late, pair
        assert pair["status"] in pair["possible"], pair
    assert found.chain == 0

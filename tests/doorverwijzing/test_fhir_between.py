"""FHIR out of one region into another installation: two databases, two key stores, only files between them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.doorverwijzing.own_installation import facts, installation

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
ON_THE_WAY = ("0470 00 00 62", "Na 16 uur", "Ik slaap niet", "die hangt op", "We weten voor 1 december")
AT_HOME = ("9 jaar", "1.450", "2.340")


def story(environment, name, folder):
    """Run a story in an installation, by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.doorverwijzing.fhir_stories", name, str(folder)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.test",
            **environment,
        },
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    return facts(done)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """Walk the road once: there, twice, less of it, an older file, taken back; and a second one, back with a no."""
    a, b, post = (tmp_path_factory.mktemp(name) for name in ("a", "b", "post"))
    with django_db_blocker.unblock(), installation(a, connection) as one, installation(b, connection) as two:
        sent = story(one, "in_region_a", post)
        (post / "a.json").write_text(json.dumps(vars(sent)))
        steps = vars(story(two, "in_region_b", post))
        home = vars(story(one, "home_in_region_a", post))
        return SimpleNamespace(sent=sent, post=post, home=of(home), **vars(of(steps)))


def of(steps):
    return SimpleNamespace(**{step: SimpleNamespace(**told) for step, told in steps.items()})


def outcomes(report):
    return [one["outcome"] for one in report["referrals"]]


def test_the_question_waits_in_the_inbox_of_the_other_region(told):
    report = told.first.report

    assert (report["read"], report["kept_aside"], report["rejected"]) == (report["taken"], 0, 0)
    assert outcomes(report) == ["new"]
    assert "Amina" in told.first.inbox
    assert "Sociaal Huis Pannenhoek" in told.first.inbox


def test_question_pieces_and_state_are_the_same_there(told):
    assert told.first.title == told.sent.title
    assert told.first.items == ["contact", "own_words", "tried"]
    # The yes to the question itself, and to each piece.
    assert told.first.consents == 1 + len(told.first.items)
    assert told.first.report["referrals"][0]["status"] == "received"
    assert [said for said in (*ON_THE_WAY, "Lotte") if said not in told.first.page] == []


def test_what_was_not_shared_did_not_travel(told):
    travelled = (told.post / "first.json").read_text() + told.first.page

    assert [said for said in AT_HOME if said in travelled] == []


def test_outside_the_packet_nothing_of_the_person_is_written(told):
    assert told.first.cards == [""]


def test_nobody_here_may_act_for_who_sent_it(told):
    assert told.first.sender == [False, False]


def test_the_same_file_twice_is_one_question(told):
    first, again = told.first.report, told.again.report

    assert (again["read"], again["taken"], again["new"]) == (first["read"], first["taken"], 0)
    assert outcomes(again) == ["unchanged"]
    assert told.again.referrals == 1


def test_what_the_client_takes_back_at_home_closes_there(told):
    assert outcomes(told.less.report) == ["renewed"]
    assert told.less.items == ["own_words", "tried"]
    assert told.less.consents == 1 + len(told.less.items)
    assert "Amina" not in told.less.page + told.less.inbox
    assert "0470 00 00 62" not in told.less.page


def test_an_older_file_never_opens_it_again(told):
    assert outcomes(told.older.report) == ["unchanged"]
    assert told.older.items == ["own_words", "tried"]


def test_a_yes_that_ends_at_home_ends_there(told):
    assert outcomes(told.nothing.report) == ["renewed"]
    assert (told.nothing.status, told.nothing.items, told.nothing.consents) == ("withdrawn", None, 0)
    assert [said for said in ON_THE_WAY if said in told.nothing.page] == []


def test_the_file_that_says_so_holds_nothing_of_the_person(told):
    text = (told.post / "nothing.json").read_text()

    assert [said for said in (*ON_THE_WAY, *AT_HOME, "Amina") if said in text] == []


def test_a_question_that_comes_home_changes_nothing_there(told):
    home = told.sent.home

    assert outcomes(home) == ["unchanged"]
    assert (home["kept_aside"], home["read"]) == (0, home["taken"] + home["rejected"])
    assert {problem["why"] for problem in home["problems"]} == {"ours"}


def test_a_no_goes_back_as_a_file_and_is_settled_there(told):
    made = told.second.no

    task = next(one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == "Task")
    assert (task["status"], task["statusReason"]["coding"][0]["code"]) == ("rejected", "no_room")
    assert made["identifier"] == json.loads((told.post / "second.json").read_text())["identifier"]
    assert told.second.settled == "given_back"
    assert "Amina" not in json.dumps(made)


def test_the_no_of_the_other_region_is_read_by_who_sent_it(told):
    assert outcomes(told.home.no.report) == ["answered"]
    assert told.home.no.status == "refused"
    assert "Geen plaats nu" in told.home.no.page


def test_the_contact_of_the_other_region_is_read_by_who_sent_it(told):
    assert outcomes(told.home.contact.report) == ["answered"]
    assert told.home.contact.status == "contact_made"
    assert "Huurhulp De Blauwe Deur sprak met Amina" in told.home.contact.page
    assert "KANARIE" not in told.home.contact.page + (told.post / "contact.json").read_text()


def test_an_older_answer_and_the_same_one_again_change_nothing(told):
    assert outcomes(told.home.older.report) == outcomes(told.home.again.report) == ["unchanged"]
    assert told.home.again.status == told.home.older.status == "contact_made"
    assert told.home.again.moves == told.home.contact.moves

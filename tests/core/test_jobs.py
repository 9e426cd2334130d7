"""Jobs: once at their time, once after downtime, faults kept apart, and health that tells."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import health, jobs, moments, outbox, servers, virus_scan, working
from core.checks import cache_answers, cache_is_beside
from core.job_words import TITLES
from core.jobs import Job, JobFailedError
from core.models import JobRun, OutgoingMail
from tests.core.test_sealed_files import clamd

pytestmark = pytest.mark.django_db


@pytest.fixture
def only(monkeypatch, time_machine):
    """Give a registry of the test's own, and what ran in it."""
    time_machine.move_to(datetime(2026, 11, 30, 10, tzinfo=UTC), tick=False)
    monkeypatch.setattr(jobs, "_jobs", {})
    ran: list[str] = []

    def work(name, fault=None):
        def do():
            ran.append(name)
            if fault:
                raise fault
            return {"done": 1}

        return do

    jobs.register(Job("often", work("often"), every=timedelta(minutes=5)))
    jobs.register(Job("night", work("night")))
    jobs.register(Job("bad", work("bad", ValueError("a word of a client")), every=timedelta(minutes=5)))
    return ran


def test_every_job_that_an_operator_sees_is_registered_and_the_other_way_round():
    beside = {"virus scanner", "search server", "cache server"}

    assert {job.name for job in jobs.all_jobs()} - beside == set(TITLES) - beside


@pytest.mark.parametrize(("said", "answers", "word"), [("PONG", True, "bereikbaar"), ("", False, "weg")])
def test_the_operator_sees_whether_a_server_beside_ours_is_there(only, log_in, operator, settings, said, answers, word):
    def speak(line):
        assert line.recv(10) == b"zPING\0"
        line.sendall(said.encode() + b"\0")

    browser = log_in(operator)
    scanner = servers.Server("virus scanner", virus_scan.is_configured, virus_scan.answers)
    # Once without, so that the templates are read before someone listens.
    browser.get(reverse("health_page"))
    with clamd(speak) as settings.CLAMD_ADDRESS:
        servers.watch(scanner)
        with contextlib.nullcontext() if answers else pytest.raises(JobFailedError):
            jobs.run(jobs._jobs["virus scanner"])
    with clamd(speak) as settings.CLAMD_ADDRESS:
        page = browser.get(reverse("health_page")).content.decode()

    assert (f">{word}<" in page, "job virus scanner: failed" in health.troubles()) == (True, not answers)


def test_a_server_that_went_away_is_told_with_the_last_time_that_it_answered(
    only, log_in, operator, settings, time_machine
):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    servers.watch(servers.Server("virus scanner", virus_scan.is_configured, virus_scan.answers))
    JobRun.objects.create(name="virus scanner", due_at=timezone.now(), succeeded_at=timezone.now())
    time_machine.shift(timedelta(minutes=30))

    page = log_in(operator).get(reverse("health_page")).content.decode()

    assert ">weg<" in page
    assert "Alles draait" not in page
    assert moments.short_moment(timezone.now() - timedelta(minutes=30)) in page


def test_a_cache_that_went_away_while_we_run_is_told(only, log_in, operator, settings, monkeypatch):
    monkeypatch.setattr(servers, "_servers", dict(servers._servers))
    browser = log_in(operator)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/1"}}
    servers.watch(servers.Server("cache server", cache_is_beside, cache_answers))

    with pytest.raises(JobFailedError):
        jobs.run(jobs._jobs["cache server"])

    assert "job cache server: failed" in health.troubles()
    page = browser.get(reverse("health_page")).text
    assert (page.count(">weg<"), page.count(">niet ingesteld<")) == (1, 2)


def test_a_server_that_nobody_set_is_not_called_away(log_in, operator):
    page = log_in(operator).get(reverse("health_page")).content.decode()

    assert page.count(">niet ingesteld<") == 3
    assert "Alles draait" in page
    assert ">weg<" not in page


def test_a_job_runs_at_its_time_once_for_all_it_missed_and_a_fault_stops_no_other(only, time_machine):
    working.run_once()
    working.run_once()
    assert sorted(only) == ["bad", "often"]

    time_machine.shift(timedelta(days=2))
    working.run_once()

    assert sorted(only) == ["bad", "bad", "night", "often", "often"]
    bad = JobRun.objects.get(name="bad")
    assert (bad.failures, bad.outcome, bad.held_until) == (2, "ValueError", None)
    assert JobRun.objects.get(name="often").outcome == "done: 1"
    assert health.troubles() == ["job bad: failed"]


def test_what_a_killed_worker_was_doing_is_taken_up_again(only):
    jobs.enqueue_due()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    JobRun.objects.update(held_until=timezone.now() + timedelta(minutes=15))
    working.run_once()
    assert only == []

    working.take_over()
    working.run_once()

    assert sorted(only) == ["bad", "often"]


def test_jobs_go_on_after_a_clock_that_ran_ahead_was_set_right(only, time_machine):
    right = timezone.now()
    time_machine.shift(timedelta(days=400))
    working.run_once()
    JobRun.objects.filter(name="often").update(held_until=timezone.now() + timedelta(minutes=15))
    time_machine.move_to(right, tick=False)
    only.clear()

    working.run_once()

    assert {"often", "night", "bad"} == set(only)
    only.clear()
    working.run_once()
    assert only == []


@pytest.mark.parametrize("pause", ["0", "-1", "nan", "inf", "1e-9", "soon"])
def test_a_worker_that_would_never_rest_is_told_to_wait_and_does_not_start(pause):
    with pytest.raises(CommandError, match=r"--interval: geef een aantal seconden van 0\.05 of meer"):
        call_command("worker", f"--interval={pause}")


def test_two_workers_do_not_run_one_job_at_once(only):
    job = jobs.all_jobs()[0]
    jobs.run_of(job)
    JobRun.objects.update(held_until=timezone.now() + timedelta(minutes=1))

    assert jobs.run(job) == "busy"
    assert only == []


def test_the_night_by_hand_tells_what_is_wrong(only, capsys):
    jobs.register(Job("chain", lambda: (_ for _ in ()).throw(JobFailedError("2 faults"))))

    with pytest.raises(CommandError, match="chain"):
        call_command("nightly")

    assert only == ["night"]
    assert "chain: 2 faults" in capsys.readouterr().out


def test_health_tells_a_monitor_and_the_operator_and_nobody_else(only, log_in, visitor, operator, worker, settings):
    settings.MAIL_AT_ONCE = False
    working.run_once()
    failed = outbox.post(to="weg@blauwedeur.example", subject="a", body="b")
    DBTaskResult.objects.all().delete()
    OutgoingMail.objects.update(failed_at=timezone.now(), error="SMTPRecipientsRefused")

    answer = visitor.get("/readyz/")
    page = log_in(operator).get(reverse("health_page"))
    again = log_in(operator).post(reverse("health_retry", args=[failed.pk]))

    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["job bad: failed", "mails failed: 1"]
    assert "SMTPRecipientsRefused" in page.content.decode()
    assert "blauwedeur" not in page.content.decode() + answer.content.decode()
    assert again.status_code == 302
    assert OutgoingMail.objects.get().failed_at is None
    assert log_in(worker).get(reverse("health_page")).status_code == 403
    assert log_in(worker).post(reverse("health_retry", args=[failed.pk])).status_code == 403


def test_a_worker_that_does_not_live_is_seen(only, visitor, time_machine):
    JobRun.objects.all().delete()
    jobs.register(Job("bad", dict, every=timedelta(minutes=5)))
    working.run_once()
    JobRun.objects.filter(name="bad").update(failures=0)
    time_machine.shift(timedelta(minutes=30))

    assert health.troubles() == ["job bad: late", "job often: late"]

"""Jobs of the clock: what runs every so often or every night, one at a time, on the queue in the database.

A room registers its jobs when it starts (`AppConfig.ready`). What was missed while no worker lived runs once, not once
for every time that was missed. A job must be safe to repeat: a worker may be killed in the middle of it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from core.models import JobRun

QUEUE = "queue"
# When the night begins: backups and imports of others mostly run on the hour.
NIGHT = time(3, 20)
# A task that runs for longer than this was killed with its worker.
STALE = timedelta(hours=1)
# What lies so much further ahead than any moment that we choose was written while the clock ran ahead. Less says
# nothing: two workers do not read the clock in the same instant.
AHEAD = timedelta(hours=1)
DONE_KEPT = timedelta(days=3)

Work = Callable[[], Mapping[str, int]]


@dataclass(frozen=True)
class Job:
    """One job: `every` so often, or at night when that is empty. Its work gives counts, for the operator."""

    name: str
    work: Work
    every: timedelta | None = None
    hold: timedelta = timedelta(minutes=15)

    @property
    def nightly(self) -> bool:
        """Tell whether it is work of the night."""
        return self.every is None

    def next_after(self, now: datetime) -> datetime:
        """Give the next moment that it must run."""
        if self.every is not None:
            return now + self.every
        local = timezone.localtime(now)
        night = timezone.make_aware(datetime.combine(local.date(), NIGHT))
        tomorrow = timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), NIGHT))
        return night if night > now else tomorrow

    def late_after(self) -> timedelta:
        """Tell how long after its moment an operator should worry."""
        return timedelta(hours=6) if self.every is None else 3 * self.every + timedelta(minutes=2)


class JobFailedError(Exception):
    """A job did its work and found something wrong; the message says what, in codes and counts."""


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Make a job known; the last one of a name counts."""
    _jobs[job.name] = job


def all_jobs() -> list[Job]:
    """Give every job, those that run most often first."""
    return sorted(_jobs.values(), key=lambda job: (job.every or timedelta.max, job.name))


def run_of(job: Job) -> JobRun:
    """Give the row of a job; a new one of the night waits for the night."""
    now = timezone.now()
    row, _new = JobRun.objects.get_or_create(
        name=job.name, defaults={"due_at": job.next_after(now) if job.nightly else now}
    )
    return row


def enqueue_due(now: datetime | None = None) -> int:
    """Put each job whose moment has come on the queue, once, whoever else does the same; return how many."""
    now = now or timezone.now()
    # One question for all of them: a worker asks this every second.
    rows = JobRun.objects.in_bulk()
    return sum(_enqueue_one(job, now) for job in all_jobs() if _is_due(job, rows.get(job.name) or run_of(job), now))


def _is_due(job: Job, row: JobRun, now: datetime) -> bool:
    return row.due_at <= now or row.due_at > job.next_after(now) + AHEAD


@transaction.atomic
def _enqueue_one(job: Job, now: datetime) -> int:
    come = Q(due_at__lte=now) | Q(due_at__gt=job.next_after(now) + AHEAD)
    mine = JobRun.objects.filter(come, name=job.name).update(due_at=job.next_after(now))
    if mine:
        run_job.enqueue(job.name)
    return mine


@task(backend=QUEUE)  # type: ignore[untyped-decorator]
def run_job(name: str) -> str:
    """Run one job from the queue. A fault goes on to the queue, which keeps and logs it."""
    return run(_jobs[name])


def run(job: Job) -> str:
    """Run a job now, unless it is running; give its outcome in words. Raises whatever its work raises."""
    now = timezone.now()
    run_of(job)
    free = Q(held_until=None) | Q(held_until__lte=now) | Q(held_until__gt=now + job.hold + AHEAD)
    held = JobRun.objects.filter(free, name=job.name).update(held_until=now + job.hold, started_at=now)
    if not held:
        return "busy"
    with _outcome_kept(job) as said:
        said.append(_in_words(job.work()))
    return said[0]


@contextmanager
def _outcome_kept(job: Job) -> Iterator[list[str]]:
    """Write down how it ended, also when it ended in a fault."""
    said: list[str] = []
    try:
        yield said
    finally:
        row, now = JobRun.objects.get(name=job.name), timezone.now()
        kind, fault = sys.exc_info()[0], sys.exc_info()[1]
        row.held_until, row.finished_at = None, now
        if kind is None:
            row.succeeded_at, row.failures, row.outcome = now, 0, said[0]
        else:
            # Only our own faults are known to hold no word of a person.
            told = str(fault) if isinstance(fault, JobFailedError) else kind.__name__
            row.failures, row.outcome = row.failures + 1, told[:300]
        row.save()


def _in_words(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in counts.items())[:300]


def requeue_stale(before: datetime | None = None) -> int:
    """Put back on the queue what a killed worker was busy with."""
    before = before or timezone.now() - STALE
    killed = Q(started_at__lte=before) | Q(started_at__gt=timezone.now() + AHEAD)
    stale = DBTaskResult.objects.filter(killed, status=TaskResultStatus.RUNNING, backend_name=QUEUE)
    return stale.update(status=TaskResultStatus.READY, run_after=get_date_max())


def take_over() -> None:
    """Take up at once what a killed worker left. Only for who knows that no other worker lives."""
    requeue_stale(timezone.now())
    JobRun.objects.exclude(held_until=None).update(held_until=None)


def forget_done() -> int:
    """Remove tasks that ended days ago."""
    ended = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    old = DBTaskResult.objects.filter(status__in=ended, finished_at__lt=timezone.now() - DONE_KEPT)
    return old.delete()[0]

"""How the work behind the pages stands: what waits, how long, which job ran when, and which mails were given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.jobs import QUEUE, Job, all_jobs
from core.models import JobRun, OutgoingMail

# Longer than this nothing that may go out should wait.
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class JobState:
    """One job, for the operator. `trouble` is failed, late, never or nothing."""

    job: Job
    row: JobRun | None
    trouble: str

    @property
    def shown(self) -> str:
        """Give the trouble, or "never" for what has still to run for the first time."""
        return self.trouble or ("" if self.row and self.row.finished_at else "never")


@dataclass(frozen=True)
class Waiting:
    """How many wait that may go now, and since when."""

    count: int
    since: datetime | None

    def too_long(self, now: datetime) -> bool:
        """Tell whether the oldest waits longer than it should."""
        return self.since is not None and now - self.since > PATIENCE


def job_states(now: datetime | None = None) -> list[JobState]:
    """Say of each job how it stands."""
    now = now or timezone.now()
    rows = JobRun.objects.in_bulk()
    return [JobState(job, rows.get(job.name), _trouble(job, rows.get(job.name), now)) for job in all_jobs()]


def _trouble(job: Job, row: JobRun | None, now: datetime) -> str:
    if row is None:
        return "never"
    if row.failures:
        return "failed"
    # A crash between the start and the end shows here too: it is due again and does not come to an end.
    ended = row.finished_at or row.started_at
    if now - row.due_at > job.late_after() or (ended and not job.nightly and now - ended > job.late_after()):
        return "late"
    return ""


def mails_waiting(now: datetime | None = None) -> Waiting:
    """Tell how many mails may go out now and did not."""
    due = OutgoingMail.objects.due(now or timezone.now())
    found = due.aggregate(count=Count("pk"), since=Min("next_try_at"))
    return Waiting(found["count"], found["since"])


def queue_waiting(now: datetime | None = None) -> Waiting:
    """Tell how many tasks may run now and do not."""
    ready = Q(status=TaskResultStatus.READY, backend_name=QUEUE)
    due = DBTaskResult.objects.ready().filter(ready).order_by()
    # A task that had to wait for its hour waits since that hour.
    at_once = Q(run_after=get_date_max())
    found = due.aggregate(
        count=Count("pk"), since=Min("enqueued_at", filter=at_once), hour=Min("run_after", filter=~at_once)
    )
    return Waiting(found["count"], min(filter(None, (found["since"], found["hour"])), default=None))


def troubles(now: datetime | None = None) -> list[str]:
    """Name what is not well, in codes: empty when all is well."""
    now = now or timezone.now()
    # A job that never ran is new here; when no worker lives, what waits tells so.
    states = [state for state in job_states(now) if state.trouble not in ("", "never")]
    found = [f"job {state.job.name}: {state.trouble}" for state in states]
    if mails_waiting(now).too_long(now):
        found.append("mails wait")
    if queue_waiting(now).too_long(now):
        found.append("queue waits")
    if failed := OutgoingMail.objects.failed().count():
        found.append(f"mails failed: {failed}")
    return found

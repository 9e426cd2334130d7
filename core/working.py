"""The worker: it looks at the clock, empties the queue, and waits a moment."""

import logging
import os
import signal
import threading
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import jobs, outbox

log = logging.getLogger(__name__)
# Named on each task that it runs, for who looks into the queue.
WORKER_ID = get_random_string(32)


def run_once() -> None:
    """Do everything that is due now."""
    jobs.enqueue_due()
    empty_queue()


def empty_queue() -> int:
    """Run what waits on the queue, one after the other, until nothing waits; return how many ran."""
    worker = Worker(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name=jobs.QUEUE,
        startup_delay=False, max_tasks=None, worker_id=WORKER_ID,
    )  # fmt: skip
    ran = 0
    while (found := _claim()) is not None:
        # It keeps and logs a fault of the task, and goes on.
        worker.run_task(found)
        ran += 1
    return ran


def _claim() -> DBTaskResult | None:
    """Take the next task that may run, unless another worker is first; then the one after it."""
    ready = DBTaskResult.objects.ready().filter(backend_name=jobs.QUEUE)
    while (found := ready.first()) is not None:
        mine = DBTaskResult.objects.filter(pk=found.pk, status=TaskResultStatus.READY)
        claimed = {"status": TaskResultStatus.RUNNING, "started_at": timezone.now()}
        if mine.update(**claimed, worker_ids=[*found.worker_ids, WORKER_ID]):
            found.refresh_from_db()
            return found
    return None


def take_over() -> None:
    """Take up at once what a killed worker left. Only for who knows that no other worker lives."""
    jobs.take_over()
    outbox.let_go()


class Loop:
    """Works until someone says stop; what runs then is finished first."""

    def __init__(self, *, interval: float, with_parent: bool = False) -> None:
        self.interval = interval
        self._parent = os.getppid() if with_parent else None
        self._stop = threading.Event()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the work at hand."""
        self._stop.set()

    def run(self) -> None:
        """Work."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self._stop.is_set() and not self._is_orphan():
            close_old_connections()
            self._look()
            self._stop.wait(self.interval)

    def _look(self) -> None:
        """Do what is due; a database that is away for a moment is asked again after the next pause."""
        try:
            run_once()
        except (OperationalError, InterfaceError) as away:
            log.warning("The database did not answer: %s", type(away).__name__)

    def _is_orphan(self) -> bool:
        return self._parent is not None and os.getppid() != self._parent

"""How the installation stands: for a monitor in codes and counts, for the operator as a page."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import health, outbox
from core.errors import NotAllowed
from core.models import OutgoingMail
from core.requests import UserRequest

SHOWN = 50
# What jobs count; a count that is not here shows its own name.
COUNTED: dict[str, str | Promise] = {
    "sent": _("sent"), "put off": _("put off"), "put back": _("put back"), "paused": _("paused"),
    "near": _("told an hour before"), "notices": _("reminders"), "expired": _("given back"),
    "lapsed": _("consent ended"), "handed over": _("handed over"), "reminded": _("reminded"), "mails": _("mails"),
    "lines": _("lines"),
    "destroyed": _("destroyed"), "closed": _("closed again"), "swept": _("swept"), "copied": _("copied"),
    "tasks": _("tasks"), "dated": _("dated"), "kept": _("overviews mended"), "told": _("told to the network"),
    "prolonged": _("kept working"),
}  # fmt: skip
# Job name to what an operator calls it; a job that is not here shows its own name.
TITLES: dict[str, str | Promise] = {
    "mails": _("Sending mails"),
    "queue": _("Taking up what a crash left"),
    "referrals": _("The clock of referrals"),
    "handovers": _("Reminders of calls and visits"),
    "saved searches": _("What is new for saved searches"),
    "absences": _("Handing over for who is away"),
    "publishing": _("Listings and pages that come and go"),
    "audit chain": _("Checking the audit chain"),
    "keys": _("Tidying the key store"),
    "search": _("The night of search"),
    "owners": _("Does every question have an owner?"),
    "talks": _("Does every open conversation have a worker?"),
    "copies": _("Copies of which the source is closed"),
    "gone": _("Marks of erased questions"),
    "receipts": _("Codes of sheets that are still needed"),
    "forgetting": _("Removing what is old"),
    "news": _("News of the day, in one mail"),
    "files": _("Removing files that belong to nothing"),
    "retention": _("Keeping data no longer than needed"),
}
TONES = {"failed": "stuck", "late": "late", "never": "quiet", "": "reached"}
WORDS: dict[str, str | Promise] = {
    "failed": _("went wrong"), "late": _("is late"), "never": _("not yet"), "": _("went well"),
}  # fmt: skip


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Tell a monitor what is not well, in codes and counts; 503 when something is."""
    now = timezone.now()
    mails, queue, troubles = health.mails_waiting(now), health.queue_waiting(now), health.troubles(now)
    answer = {
        "status": "trouble" if troubles else "ok",
        "troubles": troubles,
        "mails_waiting": mails.count,
        "oldest_mail_seconds": _age(now - mails.since) if mails.since else 0,
        "queue_waiting": queue.count,
        "oldest_task_seconds": _age(now - queue.since) if queue.since else 0,
    }
    return JsonResponse(answer, status=503 if troubles else 200)


def _age(since: timedelta) -> int:
    return max(round(since.total_seconds()), 0)


def _only_operator(request: UserRequest) -> None:
    if not request.user.is_superuser:
        raise NotAllowed(_now("Only who runs the installation can do this."))


@never_cache
@require_safe
def page(request: UserRequest) -> HttpResponse:
    """Show what waits, when each job ran, and which mails were given up."""
    _only_operator(request)
    now = timezone.now()
    jobs = [
        {
            "title": TITLES.get(state.job.name, state.job.name),
            "row": state.row,
            "tone": TONES[state.shown],
            "word": WORDS[state.shown],
            "outcome": _counted(state.row.outcome) if state.row else "",
            "nightly": state.job.nightly,
        }
        for state in health.job_states(now)
    ]
    mails, queue = health.mails_waiting(now), health.queue_waiting(now)
    context = {
        "jobs": jobs,
        "well": not health.troubles(now),
        "mails": mails,
        "queue": queue,
        "waits_long": mails.too_long(now) or queue.too_long(now),
        "failed": OutgoingMail.objects.failed().order_by("-failed_at")[:SHOWN],
    }
    return render(request, "core/health.html", context)


def _counted(outcome: str) -> str:
    """Say what a job counted, without what it did not find; a fault is said as it was kept."""
    parts = [part.partition(": ") for part in outcome.split(", ")]
    if not all(number.isdecimal() for _name, _sign, number in parts):
        return outcome
    return ", ".join(f"{COUNTED.get(name, name)}: {number}" for name, _sign, number in parts if number != "0")


@require_POST
def retry(request: UserRequest, pk: UUID) -> HttpResponse:
    """Send a mail once more that was given up; pressing twice sends it once."""
    _only_operator(request)
    if outbox.retry(pk):
        messages.success(request, _now("The mail goes out again."))
    return redirect("health_page")

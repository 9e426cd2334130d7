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

from core import health, outbox, servers
from core.errors import NotAllowed
from core.job_words import TITLES, outcome_in_words
from core.models import OutgoingMail
from core.requests import UserRequest

SHOWN = 50
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
            "outcome": outcome_in_words(state.row.outcome) if state.row else "",
            "nightly": state.job.nightly,
        }
        for state in health.job_states(now)
    ]
    mails, queue, beside = health.mails_waiting(now), health.queue_waiting(now), servers.states()
    context = {
        "jobs": jobs,
        "well": not health.troubles(now) and not any(state.is_away for state in beside),
        "mails": mails,
        "queue": queue,
        "servers": beside,
        "waits_long": mails.too_long(now) or queue.too_long(now),
        "failed": OutgoingMail.objects.failed().order_by("-failed_at")[:SHOWN],
    }
    return render(request, "core/health.html", context)


@require_POST
def retry(request: UserRequest, pk: UUID) -> HttpResponse:
    """Send a mail once more that was given up; pressing twice sends it once."""
    _only_operator(request)
    if outbox.retry(pk):
        messages.success(request, _now("The mail goes out again."))
    return redirect("health_page")

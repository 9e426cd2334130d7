"""How the installation stands: for a monitor in codes and counts, for the operator as a page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health


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
        "oldest_mail_seconds": round((now - mails.since).total_seconds()) if mails.since else 0,
        "queue_waiting": queue.count,
        "oldest_task_seconds": round((now - queue.since).total_seconds()) if queue.since else 0,
    }
    return JsonResponse(answer, status=503 if troubles else 200)

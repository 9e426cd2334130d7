"""How long a session lasts: some time without a sign of life, and some hours in all. What was typed is kept."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.kept_words import WAS
from core.second_factor import MINUTE, STAY
from organisaties.door import stay_of

# In the session, beside how long they stay: when someone came in, was last seen, and was asked about.
SINCE, SEEN, ASKED = "since", "last_seen", "stay_asked"
# How often a sign of life is written down, and how often is asked what the organization wants now.
NOTE_SECONDS, ASK_SECONDS = 30, 300
HOUR = 3600
# A page that looks again by itself says so: nobody needs to be sitting there.
BY_ITSELF = "X-By-Itself"

Handler = Callable[[HttpRequest], HttpResponse]


class SessionClockMiddleware:
    """Ends a session that lasted too long, and remembers whose it was for what comes just too late."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clock before anything is shown."""
        if (settings.SESSION_IDLE_MINUTES or settings.SESSION_HOURS) and request.user.is_authenticated:
            now = int(time.time())
            _ask_again(request, now)
            if _is_over(request, now):
                _end(request)
            elif BY_ITSELF not in request.headers and now - request.session.get(SEEN, 0) >= NOTE_SECONDS:
                request.session[SEEN] = now
                UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
        return self.get_response(request)


def _ask_again(request: HttpRequest, now: int) -> None:
    if now - request.session.get(ASKED, 0) >= ASK_SECONDS:
        request.session[STAY] = list(stay_of(request.user))
        request.session[ASKED] = now
        request.session.setdefault(SINCE, now)


def _is_over(request: HttpRequest, now: int) -> bool:
    minutes, hours = request.session[STAY]
    seen = request.session.get(SEEN, now)
    return bool((minutes and now - seen > minutes * MINUTE) or (hours and now - request.session[SINCE] > hours * HOUR))


def _end(request: HttpRequest) -> None:
    owner = str(request.user.pk)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    request.session[WAS] = owner

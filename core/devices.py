"""The devices on which someone is logged in, and logging one of them out, or all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import audit
from core.requests import UserRequest

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip
PHONES = {"Android", "iPhone", "iPad"}


@dataclass(frozen=True)
class Device:
    """One row of the list."""

    pk: int
    name: str
    address: str
    seen: datetime
    phone: bool
    here: bool


def device(session: UserSession) -> Device:
    """Say which device a session is on, as far as its browser tells."""
    browser = next((name for sign, name in BROWSERS if sign in session.user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in session.user_agent), "")
    name = _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if browser and system else ""
    return Device(
        session.pk, name or browser or system or _("a device"), session.ip, session.last_seen_at, system in PHONES,
        session.is_current(),
    )  # fmt: skip


class Devices(ListUserSessionsView):
    """The list, this device first; its form logs all others out."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the devices in words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = [device(session) for session in context["sessions"]]
        context["devices"] = sorted(found, key=lambda one: (not one.here, -one.seen.timestamp()))
        return context


@require_POST
def log_out(request: UserRequest, pk: int) -> HttpResponse:
    """Log one device out."""
    session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
    end_sessions(request, [session])
    if request.user.is_authenticated:
        audit.record("device.logged_out", subject=request.user, by=request.user)
        messages.success(request, _("That device is logged out."))
    return redirect("usersessions_list")


@require_POST
def log_out_everywhere(request: UserRequest) -> HttpResponse:
    """Log every device out, this one too."""
    audit.record("device.logged_out", subject=request.user, by=request.user, everywhere=True)
    end_sessions(request, list(UserSession.objects.filter(user=request.user)))
    if request.user.is_authenticated:
        request.session.flush()
    messages.success(request, _("You are logged out everywhere."))
    return redirect("account_login")

"""The devices on which someone is logged in or is asked no second step, and taking that back, of one or of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import audit, trusted_devices
from core.models import TrustedDevice
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


def named(agent: str) -> tuple[str, bool]:
    """Say which device this is, as far as its browser tells, and whether one holds it in the hand."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    name = _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if browser and system else ""
    return name or browser or system or _("a device"), system in PHONES


def device(session: UserSession) -> Device:
    """Give a session as a row."""
    name, phone = named(session.user_agent)
    return Device(session.pk, name, session.ip, session.last_seen_at, phone, session.is_current())


def trusted(row: TrustedDevice, here: TrustedDevice | None) -> Device:
    """Give a device that is trusted as a row; instead of when it was seen, until when it is trusted."""
    name, phone = named(row.user_agent)
    return Device(row.pk, name, row.ip or "", trusted_devices.until(row), phone, row == here)


def came_in_by(session: UserSession) -> int:
    """Give the trusted device by which a session came in; 0 for none."""
    return int(SessionStore(session.session_key).get(trusted_devices.TRUSTED, 0))


def logged_in(request: UserRequest) -> list[Device]:
    """List where someone is logged in, this device first."""
    return in_order(UserSession.objects.purge_and_list(request.user))


def in_order(sessions: Iterable[UserSession]) -> list[Device]:
    """Give sessions as rows, this device first and then the last one that was seen."""
    return sorted(map(device, sessions), key=lambda one: (not one.here, -one.seen.timestamp()))


class Devices(ListUserSessionsView):
    """The list, this device first; its form logs all others out, and asks them the second step again."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the devices in words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["devices"] = in_order(context["sessions"])
        here = trusted_devices.here(self.request, self.request.user)
        context["trusted"] = [trusted(row, here) for row in trusted_devices.standing(self.request.user)]
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Take trust away from every device but this one, before they are logged out."""
        here = trusted_devices.here(self.request, self.request.user)
        others = trusted_devices.of(self.request.user).exclude(pk=here.pk if here else 0)
        trusted_devices.end(others, by=self.request.user, subject=self.request.user)
        response: HttpResponse = super().form_valid(form)
        return response


@require_POST
def log_out(request: UserRequest, pk: int) -> HttpResponse:
    """Log one device out; it is no longer trusted either."""
    session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
    kept = trusted_devices.of(request.user).filter(pk=came_in_by(session))
    trusted_devices.end(kept, by=request.user, subject=request.user)
    end_sessions(request, [session])
    if request.user.is_authenticated:
        audit.record("device.logged_out", subject=request.user, by=request.user)
        messages.success(request, _("That device is logged out."))
    return redirect("usersessions_list")


@require_POST
def end_trust(request: UserRequest, pk: int) -> HttpResponse:
    """Ask the second step again on one device; who came in there without it is asked at the next page."""
    kept = trusted_devices.of(request.user).filter(pk=pk)
    get_object_or_404(kept)
    trusted_devices.end(kept, by=request.user, subject=request.user)
    messages.success(request, _("That device asks the second step again."))
    return redirect("usersessions_list")


@require_POST
def log_out_everywhere(request: UserRequest) -> HttpResponse:
    """Log every device out, this one too; none is trusted any more."""
    audit.record("device.logged_out", subject=request.user, by=request.user, everywhere=True)
    trusted_devices.end(trusted_devices.of(request.user), by=request.user, subject=request.user)
    end_sessions(request, list(UserSession.objects.filter(user=request.user)))
    if request.user.is_authenticated:
        request.session.flush()
    messages.success(request, _("You are logged out everywhere."))
    return redirect("account_login")

"""Devices on which the second step is not asked again for some days; each can be taken back, here and at once.

The cookie, its signature and its end are allauth's. A cookie alone cannot be taken back: it counts here only while its
row stands, and while password and second steps are what they were.
"""

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.internal.flows.trust import create_config_fingerprint, decode_trust_cookie, trust_browser
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.signing import Signer
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core import audit
from core.models import TrustedDevice, User

if TYPE_CHECKING:
    from core.second_factor import CipherAdapter

# In the session: the trusted device that it came in by.
TRUSTED = "trusted_device"
AGENT_LENGTH = 200

Person = AbstractBaseUser | AnonymousUser | None


def may_trust(user: Person) -> bool:
    """Tell whether this person may be let in without a second step on a device that they trust."""
    return user is not None and cast("CipherAdapter", get_adapter()).may_trust_devices(user)


def standing(user: AbstractBaseUser) -> QuerySet[TrustedDevice]:
    """Give the devices that still count for this person, the newest first."""
    if not may_trust(user):
        return TrustedDevice.objects.none()
    kept = TrustedDevice.objects.filter(
        user_id=user.pk, fingerprint=create_config_fingerprint(user), issued_at__gt=_oldest()
    )
    return kept.order_by("-issued_at", "-pk")


def here(request: HttpRequest, user: AbstractBaseUser) -> TrustedDevice | None:
    """Find the row of this browser, if this person trusted it and nobody took that back."""
    issued = [one.at for one in decode_trust_cookie(request)]
    return standing(user).filter(issued_at__in=issued).first() if issued else None


def note(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Write in the session that someone came in on a device that they trust."""
    if device := here(request, user):
        request.session[TRUSTED] = device.pk


def holds(request: HttpRequest) -> bool:
    """Tell whether this session came in by a trusted device that is still trusted."""
    device: int = request.session.get(TRUSTED, 0)
    return bool(device) and standing(cast(User, request.user)).filter(pk=device).exists()


def trust(request: HttpRequest, user: User, response: HttpResponse) -> None:
    """Ask no second step of this person in this browser for some days."""
    trust_browser(request, user, response)
    fingerprint, issued_at = Signer().unsign_object(response.cookies[app_settings.TRUST_COOKIE_NAME].value)[-1]
    device, _new = TrustedDevice.objects.get_or_create(
        user=user,
        fingerprint=fingerprint,
        issued_at=issued_at,
        defaults={
            "user_agent": request.headers.get("User-Agent", "")[:AGENT_LENGTH],
            "ip": get_account_adapter().get_client_ip(request),
        },
    )
    request.session[TRUSTED] = device.pk
    audit.record("device.trusted", subject=user, by=user, days=settings.TRUST_DAYS)


def end(kept: QuerySet[TrustedDevice], *, by: Any, subject: Any, **details: Any) -> int:
    """Ask the second step again on these devices; say how many that were."""
    ended, _kinds = kept.delete()
    if ended:
        audit.record("device.trust_ended", subject=subject, by=by, devices=ended, **details)
    return ended


def of(user: AbstractBaseUser) -> QuerySet[TrustedDevice]:
    """Give all rows of this person, also those that no longer count."""
    return TrustedDevice.objects.filter(user_id=user.pk)


def until(device: TrustedDevice) -> datetime:
    """Say until when a device is trusted."""
    return datetime.fromtimestamp(device.issued_at, timezone.get_current_timezone()) + _days()


def forget_old() -> int:
    """Remove the rows whose days are over."""
    return TrustedDevice.objects.filter(issued_at__lte=_oldest()).delete()[0]


def _oldest() -> int:
    return int(time.time() - _days().total_seconds())


def _days() -> timedelta:
    return timedelta(days=settings.TRUST_DAYS)

"""Typing the second step, setting one up, which counts at once as proven in this session, and a key alone."""

from typing import Any

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core import audit, trusted_devices
from core.forms import CareForm
from core.second_factor import note_passed


class TypeTheCode(AuthenticateView):
    """The second step of the login; a tick keeps it away from this device for some days."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Let in, and trust the device when that was ticked and may be."""
        user = self.stage.login.user
        response: HttpResponse = super().form_valid(form)
        if "trust" in self.request.POST and trusted_devices.may_trust(user):
            trusted_devices.trust(self.request, user, response)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who is coming in, by which steps, and whether the device may be trusted."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        days = settings.TRUST_DAYS if trusted_devices.may_trust(user) else 0
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        return {
            **context,
            "coming": user,
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_key": Authenticator.Type.WEBAUTHN in kinds,
            "trust_days": days,
            "trust_ticked": "trust" in self.request.POST,
        }


class _Proven:
    """Notes the step that was set up as passed, writes it in the audit chain, and leads on to where someone went."""

    kind: str

    def get_success_url(self) -> str:
        """Show new spare codes first; from there, or at once, someone goes on."""
        there: str = super().get_success_url()  # type: ignore[misc]
        onward = get_next_redirect_url(self.request)  # type: ignore[attr-defined]
        if not onward:
            return there
        spare = reverse("mfa_view_recovery_codes")
        return f"{spare}?{urlencode({'next': onward})}" if there == spare else onward

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        request = self.request  # type: ignore[attr-defined]
        note_passed(request, self.kind)
        audit.record("second_step.added", subject=request.user, by=request.user, kind=self.kind)
        return response


class AppWithCodes(_Proven, ActivateTOTPView):
    """An app on a phone that shows a code of six digits."""

    kind = str(Authenticator.Type.TOTP.value)


class KeyOrFingerprint(_Proven, AddWebAuthnView):
    """A key, or the fingerprint of a device."""

    kind = str(Authenticator.Type.WEBAUTHN.value)


class KeyName(CareForm, EditWebAuthnForm):
    """Another name for a key; allauth's form has no label for people."""

    name = forms.CharField(label=_lazy("What do you call it?"))


class KeyAlone(LoginWebAuthnView):
    """Lets in who shows a key that knows them; who does not get in finds the way back to the page they came for."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say the same of every key that does not open: who is known here stays unknown."""
        messages.error(self.request, _("This key does not open the door here. Use your password, or another key."))
        return HttpResponseRedirect(passthrough_next_redirect_url(self.request, reverse("account_login"), "next"))

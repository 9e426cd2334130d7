"""Setting up a second step, which counts at once as proven in this session; and coming in by a key alone."""

from typing import Any

from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.second_factor import note_passed


class _Proven:
    """Notes the step that was set up as passed, and writes it in the audit chain."""

    kind: str

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


class KeyAlone(LoginWebAuthnView):
    """Lets in who shows a key that knows them; who does not get in finds the way back to the page they came for."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say the same of every key that does not open: who is known here stays unknown."""
        messages.error(self.request, _("This key does not open the door here. Use your password, or another key."))
        return HttpResponseRedirect(passthrough_next_redirect_url(self.request, reverse("account_login"), "next"))

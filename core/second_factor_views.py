"""Setting up a second step: what was just set up counts at once as proven, in this session."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpResponse

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

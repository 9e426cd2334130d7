"""Addresses of the door that are ours; they stand before those of allauth."""

from django.urls import path
from django.views.generic import RedirectView

from core import devices, kept_words
from core.own_address import OwnAddress
from core.second_factor_views import AppWithCodes, KeyAlone, KeyOrFingerprint, TypeTheCode
from core.step_up import step_up

# Who types the address of the account alone comes to its overview.
to_overview = RedirectView.as_view(pattern_name="display")

urlpatterns = [
    path("", to_overview, name="account"),
    path("email/", step_up(OwnAddress.as_view()), name="account_email"),
    path("2fa/authenticate/", TypeTheCode.as_view(), name="mfa_authenticate"),
    path("2fa/totp/activate/", AppWithCodes.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", KeyOrFingerprint.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", KeyAlone.as_view(), name="mfa_login_webauthn"),
    path("sessions/", devices.Devices.as_view(), name="usersessions_list"),
    path("sessions/<int:pk>/afmelden/", devices.log_out, name="device_log_out"),
    path("sessions/vertrouwd/<int:pk>/weg/", devices.end_trust, name="device_end_trust"),
    path("sessions/afmelden/", devices.log_out_everywhere, name="devices_log_out"),
    path("bewaard/weg/", kept_words.let_go, name="kept_words_let_go"),
]

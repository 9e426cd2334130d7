"""How people get in: by invitation only, in two steps where they chose a second one."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from core import outbox, second_factor, trusted_devices

STAGE_OF_ALLAUTH, STAGE_OF_OURS = "allauth.mfa.stages.AuthenticateStage", "core.second_factor.SecondStep"
# Of the ways to prove it again, the one by a code of the app or a spare code.
BY_CODE = "mfa_reauthenticate"
# A tick beside the code asks the same as this page would.
PAGE_OF_TRUST = "allauth.mfa.stages.TrustStage"


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody makes an account alone; an organisation invites its colleagues."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no, to everyone."""
        return False

    def get_login_stages(self) -> list[str]:
        """Put our second step in the place of allauth's: it also knows who vouched, and what was taken back."""
        stages = [stage for stage in super().get_login_stages() if stage != PAGE_OF_TRUST]
        return [STAGE_OF_OURS if stage == STAGE_OF_ALLAUTH else stage for stage in stages]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Let someone in, and remember when: the whole time of a session counts from here."""
        super().login(request, user)
        request.session["since"] = int(time.time())
        trusted_devices.note(request, user)

    def send_mail(self, template_prefix: str, email: str, words: dict[str, Any]) -> None:
        """Put what the door has to say into the outbox: a mail server that is away loses nothing."""
        request = context.request or self.request
        told = {"request": request, "email": email, "current_site": get_current_site(request), **words}
        message = self.render_mail(template_prefix, email, told)
        outbox.post(to=email, subject=str(message.subject), body=str(message.body))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Let who has just come in choose a first second step; later on that takes a proof that it is they."""
        request = context.request
        if app == "allauth.mfa" and second_factor.is_fresh(request) and not second_factor.is_set_up(request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Ask for the second step where someone has one: a password that was stolen proves nothing.

        Who has no app with codes is asked for the key first, before the spare codes.
        """
        ways = super().get_reauthentication_methods(user)
        steps = [way for way in ways if way["id"].startswith("mfa")]
        if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            steps.sort(key=lambda way: way["id"] == BY_CODE)
        return steps or ways

"""The login of an employer or of the government: it opens accounts that were invited, and makes none."""

import re
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import DisconnectForm
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.moments import full_date
from core.privacy import holds_national_number
from core.second_factor import vouch
from organisaties.models import Membership

# What we keep of what the other side tells. Whatever else comes along, a national number first of all, we let go.
KEPT = ("sub", "iss", "email", "email_verified", "acr", "amr")

# A long name of letters and digits was made by a machine: among them any digits may stand.
_MADE_UP = re.compile(r"(?=\d*[a-z])[0-9a-z]{20,}", re.IGNORECASE)


class InvitedOnlyAdapter(DefaultSocialAccountAdapter):
    """Ties the login of another side to the account of an invited colleague, by a confirmed address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Say no, to everyone."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> AbstractBaseUser:
        """Let go of what we need not know, before anything is written."""
        said = sociallogin.account.extra_data
        sociallogin.account.extra_data = {
            part: {name: said[part][name] for name in KEPT if name in said[part]}
            for part in ("userinfo", "id_token")
            if isinstance(said.get(part), dict)
        }
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose account this is, or turn away who was not invited."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT or not _is_one_person(sociallogin):
            raise _turned_away(request)
        if not sociallogin.is_existing:
            colleague = _invited(sociallogin)
            if colleague is None:
                raise _turned_away(request)
            self._tie(request, sociallogin, colleague)
            audit.record("login.tied", subject=colleague, by=colleague, provider=sociallogin.account.provider)
        if _took_two_steps(sociallogin) and sociallogin.user:
            vouch(request, sociallogin.user)

    def _tie(self, request: HttpRequest, sociallogin: SocialLogin, colleague: User) -> None:
        """Let this login open the account from now on, and tell the colleague by mail."""
        sociallogin.user = colleague
        sociallogin.save(request, connect=True)
        about = {"account": sociallogin.account, "provider": sociallogin.account.get_provider()}
        self.send_notification_mail("socialaccount/email/account_connected", colleague, context=about)


class OtherLogins(DisconnectForm):
    """The logins that open an account, named as the button of the login names them; allauth names the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].label_from_instance = _named


def _named(account: SocialAccount) -> str:
    words = {"name": account.get_provider().name, "day": full_date(account.date_joined)}
    return _("%(name)s, since %(day)s") % words


def _said(sociallogin: SocialLogin) -> dict[str, dict[str, Any]]:
    said: dict[str, dict[str, Any]] = sociallogin.account.extra_data
    return said


def _is_one_person(sociallogin: SocialLogin) -> bool:
    """Tell whether both answers are about the same person, whose name there is no national number."""
    subjects = {part.get("sub") for part in _said(sociallogin).values()}
    name = _MADE_UP.sub("id", sociallogin.account.uid)
    return len(subjects) == 1 and not holds_national_number(name)


def _invited(sociallogin: SocialLogin) -> User | None:
    """Give the colleague with this address, when the other side confirmed it and someone let them in here."""
    confirmed = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
    found = User.objects.filter(email__in=confirmed, is_active=True, is_superuser=False)
    return found.filter(pk__in=Membership.objects.current().values("user")).first()


def _took_two_steps(sociallogin: SocialLogin) -> bool:
    """Tell whether the signed answer says so; what stands beside it does not count."""
    claims = _said(sociallogin).get("id_token", {})
    methods = claims.get("amr", [])
    proofs = {str(claims.get("acr", "")), *(methods if isinstance(methods, list) else [methods])}
    return not proofs.isdisjoint(settings.OIDC_SECOND_FACTOR)


def _turned_away(request: HttpRequest) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(render(request, "socialaccount/not_invited.html", status=403))


class SignedAnswers(OpenIDConnectOAuth2Adapter):
    """Believes an identity only when its signature holds; allauth leaves that to the connection it came by."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        said: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return said


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of the other side."""
    if not settings.OIDC_SERVER_URL:
        raise Http404
    answer: HttpResponse = OAuth2CallbackView.adapter_view(SignedAnswers(request, provider_id))(request)
    return answer

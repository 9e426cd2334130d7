"""Nobody who may see client data comes further than the door with a password alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core import kept_words
from core.middleware import PassesOn
from core.second_factor import STEPS, CipherAdapter, passed
from organisaties.door import forbids_trusted_devices, needs_second_step

if TYPE_CHECKING:
    from core.models import User


class SealedAdapter(CipherAdapter):
    """Keeps the last second step of who needs one, and knows where no device is trusted."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say no to taking away the last step of who cannot come in without."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STEPS).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not needs_second_step(authenticator.user)

    def may_trust_devices(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Say no too where one of the organizations of this person does."""
        return super().may_trust_devices(user) and not forbids_trusted_devices(cast("User", user))


def is_half_way(request: HttpRequest) -> bool:
    """Tell whether someone came in with a password alone, and needs two steps."""
    return not passed(request) and needs_second_step(request.user)


class SecondFactorMiddleware(PassesOn):
    """Leads who needs a second step to it, whichever way they came in; only what everyone may see stays open."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Stop before the view of a page that is not for everyone."""
        if not request.user.is_authenticated or self._is_open(request, view) or not is_half_way(request):
            return None
        return _lead(request, f"{reverse(_next_step(request))}?{urlencode({'next': _way_back(request)})}")

    @staticmethod
    def _is_open(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
        if request.path.startswith(reverse("account_login").removesuffix("login/")):
            return True
        # Wagtail's machine side says that it is public and asks itself who comes.
        return not getattr(view, "login_required", True) and not request.path.startswith(reverse("wagtailadmin_home"))


def _next_step(request: HttpRequest) -> str:
    """Name the page that asks for the step that someone has, or the one on which they choose one."""
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    if Authenticator.Type.TOTP in kinds:
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in kinds else "mfa_index"


def _way_back(request: HttpRequest) -> str:
    """Lead back to the page, or to where what was typed waits, sealed."""
    background = kept_words.is_background(request)
    waits = request.method == "POST" and not background and kept_words.keep(request, owner=str(request.user.pk))
    return request.get_full_path() if waits or (request.method == "GET" and not background) else "/vandaag/"


def _lead(request: HttpRequest, there: str) -> HttpResponse:
    """Lead the whole page there, also when only a part of it asked."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": there})
    return HttpResponseRedirect(there)

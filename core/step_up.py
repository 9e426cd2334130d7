"""Before a step that matters: prove once more that it is you. What was typed waits meanwhile, sealed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import kept_words
from core.second_factor import fresh_seconds, has_own_proof, is_fresh

# Who opened the form in time may finish it: so many times as long.
TYPING = 3

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Let a view through for who proved lately that it is they; the others prove it first and come back."""
    return step_up_from(lambda request, *args, **kwargs: request.get_full_path())(view)


def step_up_from(page: Callable[..., str]) -> Callable[[View], View]:
    """Do the same for what has no page of its own, such as a file: who proved it comes back to `page`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            times = TYPING if request.method == "POST" else 1
            if is_fresh(request, seconds=times * fresh_seconds(request)):
                return view(request, *args, **kwargs)
            return _prove(request, page(request, *args, **kwargs))

        inner.asks_proof = True  # type: ignore[attr-defined]
        return inner

    return wrap


def _prove(request: HttpRequest, path: str) -> HttpResponse:
    if request.method == "POST" and path == request.get_full_path():
        kept_words.keep(request, owner=str(request.user.pk))
    ways = get_adapter(request).get_reauthentication_methods(request.user) if has_own_proof(request) else []
    if ways:
        return redirect(f"{ways[0]['url']}?{urlencode({'next': path})}")
    # Who has no proof of their own here comes in by another login: the proof is to come in again.
    kept = request.session.get(kept_words.KEPT)
    logout(request)
    if kept:
        request.session[kept_words.KEPT] = kept
    messages.info(request, _("Log in once more. Then you go on where you were."))
    return redirect_to_login(path)

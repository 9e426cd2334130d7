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
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import kept_words
from core.second_factor import fresh_seconds, has_own_proof, is_fresh

# Who opened the form in time may finish it: so many times as long.
TYPING = 3

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Let a view through for who proved lately that it is they; the others prove it first and come back."""
    return _gate(_here)(view)


def step_up_for(what: str | Promise) -> Callable[[View], View]:
    """Do the same for what no press undoes: who comes back reads `what` pressing on will do."""
    return _gate(_here, what)


def step_up_from(page: Callable[..., str]) -> Callable[[View], View]:
    """Do the same for what has no page of its own, such as a file: who proved it comes back to `page`."""
    return _gate(page)


def _here(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return request.get_full_path()


def _gate(page: Callable[..., str], what: str | Promise = "") -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            times = TYPING if request.method == "POST" else 1
            if is_fresh(request, seconds=times * fresh_seconds(request)):
                return view(request, *args, **kwargs)
            path = page(request, *args, **kwargs)
            if request.method == "POST" and path == request.get_full_path():
                kept_words.keep(request, owner=str(request.user.pk), what=str(what))
            return _prove(request, path)

        return inner

    return wrap


def _prove(request: HttpRequest, path: str) -> HttpResponse:
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

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
from core.second_factor import FRESH_SECONDS, is_fresh

# Who opened the form in time may finish it.
TYPING_SECONDS = 3 * FRESH_SECONDS

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Let a view through for who proved lately that it is they; the others prove it first and come back."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        posted = request.method == "POST"
        if is_fresh(request, seconds=TYPING_SECONDS if posted else FRESH_SECONDS):
            return view(request, *args, **kwargs)
        return _prove(request)

    return inner


def _prove(request: HttpRequest) -> HttpResponse:
    path, ways = request.get_full_path(), get_adapter(request).get_reauthentication_methods(request.user)
    if request.method == "POST":
        kept_words.keep(request, owner=str(request.user.pk))
    if ways:
        return redirect(f"{ways[0]['url']}?{urlencode({'next': path})}")
    # Who has no proof of their own here comes in by another login: the proof is to come in again.
    kept = request.session.get(kept_words.KEPT)
    logout(request)
    if kept:
        request.session[kept_words.KEPT] = kept
    messages.info(request, _("Log in once more. Then you go on where you were."))
    return redirect_to_login(path)

"""What someone typed when their session ended: kept sealed in the browser's session, for that person alone."""

import json
import re
from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.encryption import open_sealed, seal
from core.errors import Unreadable
from core.middleware import PassesOn
from core.requests import is_for_people

KEPT = "kept_words"
# Whose session it was, as long as nobody logged in again in this browser.
WAS = "was"
LONGEST = 200_000
NOT_KEPT = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2"}
SHOWN_FROM = 15
BY_WAGTAIL = "XMLHttpRequest"
# What a choice sends: a word for us, not for people.
CODE = re.compile(r"[a-z0-9_]*")


def keep(request: HttpRequest, *, owner: str, what: str = "") -> bool:
    """Seal what this POST brought, for this person and this address, and tell whether there was anything to keep.

    Files and long texts stay behind.
    `what` says what sending it will do, where that is not undone by a press: no name, it lies in the session.
    """
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_KEPT}
    text = json.dumps(typed)
    kept = bool(typed) and len(text) <= LONGEST
    if kept:
        path = request.get_full_path()
        request.session[KEPT] = {
            "path": path,
            "owner": owner,
            "what": what,
            "sealed": seal(text, context=_context(owner, path)),
        }
    return kept


def _context(owner: str, path: str) -> str:
    return f"kept.{owner}.{path}"


def is_background(request: HttpRequest) -> bool:
    """Tell whether the page itself sent this: it still holds what was typed."""
    by_script = "X-Autosave" in request.headers or "HX-Request" in request.headers
    # The editors' screens save and preview with scripts of Wagtail.
    return by_script or request.headers.get("X-Requested-With") == BY_WAGTAIL or not request.accepts("text/html")


class KeptWordsMiddleware(PassesOn):
    """Keeps a POST that came just too late, and gives it back after the login of the same person."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Keep, give back or forget."""
        if not request.user.is_authenticated:
            return self._too_late(request, view)
        kept = request.session.get(KEPT)
        if not kept or (kept["owner"] == str(request.user.pk) and kept["path"] != request.get_full_path()):
            return None
        if request.method == "GET" and kept["owner"] == str(request.user.pk) and not is_background(request):
            return give_back(request, kept)
        # Sent again from the page that gave it back, or someone else came in.
        del request.session[KEPT]
        return None

    @staticmethod
    def _too_late(request: HttpRequest, view: Callable[..., HttpResponse]) -> HttpResponse | None:
        owner, private = request.session.get(WAS), getattr(view, "login_required", True)
        if private and "HX-Request" in request.headers:
            # htmx would follow to the login, and lay that page or nothing at all over a part of this one.
            return HttpResponse(headers={"HX-Redirect": redirect_to_login(_page_around(request)).url})
        if owner and private and is_background(request):
            # Led to the login, a script would lay that page over what was typed.
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        if request.method != "POST" or not owner or not private or is_background(request):
            return None
        keep(request, owner=owner)
        return redirect_to_login(request.get_full_path())


def _page_around(request: HttpRequest) -> str:
    """Give the address of the page of which a part asked; what a GET asks for is that page itself, as it will be."""
    pressed_on: str | None = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return request.get_full_path() if request.method == "GET" else pressed_on or "/vandaag/"


def give_back(request: HttpRequest, kept: dict[str, str]) -> HttpResponse | None:
    """Show what was typed, ready to go on; None when it does not open any more."""
    try:
        text = open_sealed(kept["sealed"], context=_context(kept["owner"], kept["path"]))
    except Unreadable:
        del request.session[KEPT]
        return None
    typed = [(name, value) for name, values in json.loads(text).items() for value in values]
    what = kept.get("what", "")
    words = [value for name, value in typed if is_for_people(name)]
    shown = [value for value in words if _is_text(value) or (what and not CODE.fullmatch(value))]
    context = {"typed": typed, "shown": shown, "path": kept["path"], "what": what}
    return render(request, "core/kept_words.html", context)


def _is_text(value: str) -> bool:
    return len(value) >= SHOWN_FROM and " " in value


@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """Forget what was kept, and go on to the page that it was typed on."""
    kept = request.session.pop(KEPT, None)
    return redirect(kept["path"] if kept else "/")

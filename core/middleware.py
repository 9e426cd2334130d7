"""What every request loses and every answer gets: NULs, headers, the editors' content policy, a refusal as a page."""

from collections.abc import Callable

from csp.constants import HEADER
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse

from core.errors import NotAllowed

NUL, QUOTED_NUL = "\0", "%00"
FORM = "application/x-www-form-urlencoded"
# Wagtail looks behind any address for a page; that it might, says nothing.
CATCH_ALL = "wagtail_serve"
Handler = Callable[[HttpRequest], HttpResponse]
EDITOR_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class PassesOn:
    """A middleware that only looks before a view or after a fault; the request itself goes on as it came."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)


class WithoutNulMiddleware:
    """Takes the character NUL out of addresses and forms: nobody types it, and PostgreSQL keeps no text with it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on without it. Must stand before whatever reads the address or the form."""
        request.path, request.path_info = request.path.replace(NUL, ""), request.path_info.replace(NUL, "")
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(QUOTED_NUL, "").replace(NUL, "")
        if request.content_type == FORM and QUOTED_NUL.encode() in request.body:
            # Django reads the form from here when someone asks for it.
            request._body = request.body.replace(QUOTED_NUL.encode(), b"")
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Closes the browser's doors that we never use, and keeps private pages out of caches."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers added."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class AdminContentPolicyMiddleware:
    """Lets Wagtail's editors use the inline script and style that they still need (wagtail/wagtail#1288), and frames.

    A preview comes with the headers of the public page that it draws: those would keep it out of the editors' frame.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the looser policy below the editors' address."""
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response.headers.pop(HEADER, None)
            response._csp_replace = EDITOR_POLICY  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif getattr(request, "is_preview", False):
            # Wagtail draws a preview under the address of the page itself, and shows it in a frame.
            response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
        return response


def _above(path: str) -> str:
    """Give the nearest address above this one that a view of ours answers; empty when there is none."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if _is_ours(f"{path}/"):
            return f"{path}/"
    return ""


def _is_ours(path: str) -> bool:
    try:
        return resolve(path).url_name != CATCH_ALL
    except Resolver404:
        return False


class RefusalMiddleware:
    """Shows a NotAllowed that a view let through as 403 with its reason, and the address of a button as a page.

    Who reloads, goes back, or logs in again after a press opens that address like any other.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; where only a press of a button is taken, say where that button stands."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and "text/html" in request.headers.get("Accept", ""):
            response.content = render_to_string("405.html", {"above": _above(request.path)}, request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a NotAllowed; leave everything else to Django."""
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": str(exception), "site_name": settings.SITE_NAME}, status=403)
        return None

"""What every request loses and every answer gets: NULs, headers, the editors' content policy, a refusal as a page."""

from collections.abc import Callable

from csp.constants import HEADER
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.errors import NotAllowed

NUL, QUOTED_NUL = "\0", "%00"
FORM = "application/x-www-form-urlencoded"
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


class RefusalMiddleware(PassesOn):
    """Shows a NotAllowed that a view let through as 403 with its reason."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a NotAllowed; leave everything else to Django."""
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": str(exception), "site_name": settings.SITE_NAME}, status=403)
        return None

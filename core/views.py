"""Pages that belong to no room: display settings, the component gallery, health and the error pages."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import faults
from core.account_parts import parts_of
from core.devices import logged_in
from core.display import display_form, keep_display
from core.gallery import samples
from core.requests import UserRequest, typed_in
from core.second_factor import steps_of


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component of the house."""
    return render(request, "components/gallery.html", samples())


@login_not_required
@require_http_methods(["GET", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Choose light or dark and the size of the letters; who is logged in finds the account here too."""
    form = display_form(request)
    next_url = request.POST.get("next", request.GET.get("next", ""))
    if form.is_bound and form.is_valid():
        safe = url_has_allowed_host_and_scheme(next_url, {request.get_host()}, require_https=request.is_secure())
        response = redirect(next_url if safe else "display")
        keep_display(response, form.cleaned_data)
        messages.success(request, _("Kept. This is how you see every page on this device."))
        return response
    context: dict[str, Any] = {"form": form, "next": next_url}
    if request.user.is_authenticated:
        mine = cast(UserRequest, request)
        context |= {"devices": logged_in(mine), "steps": steps_of(mine.user), "parts": parts_of(mine)}
    return render(request, "core/display.html", context)


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Tell a monitor that the process and its database answer."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was open for too long, and give back what was typed."""
    return render(request, "403_csrf.html", {"typed": typed_in(request)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what was wrong with what came in. Asks nothing of the request: it could not be read."""
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return HttpResponseBadRequest(render_to_string("400.html", {**_names(), "too_large": too_large}))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say who can do this."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say the same for what is not there and for what is not yours."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say what to do when the fault is ours; asks nothing of the database, which may be the fault."""
    facts = {"moment": timezone.localtime(), "code": faults.noted(request)}
    response = HttpResponseServerError(render_to_string("500.html", {**_names(), **facts}))
    # Django would write it once more, with the address and with what the fault quotes.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _names() -> dict[str, Any]:
    """Give what the layout asks, for a page that is drawn without a request."""
    names = {"site_name": settings.SITE_NAME, "site_tagline": settings.SITE_TAGLINE}
    return {**names, "site_mark": settings.SITE_MARK}

"""Pages that belong to no room: display settings, the component gallery, health and the error pages."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from core.gallery import samples

A_YEAR = 60 * 60 * 24 * 365
CHOICES = {"theme": ("auto", "light", "dark"), "size": ("100", "118", "140")}


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component of the house."""
    return render(request, "components/gallery.html", samples())


@login_not_required
@require_http_methods(["GET", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Choose light or dark and the size of the text; kept in two cookies that say nothing else."""
    if request.method == "GET":
        return render(request, "core/display.html", {"next": request.GET.get("next", "")})
    next_url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()}, require_https=False)
    response = redirect(next_url if next_url and safe else "display")
    for name, allowed in CHOICES.items():
        if request.POST.get(name) in allowed:
            response.set_cookie(name, request.POST[name], max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Tell a monitor that the process and its database answer."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was open for too long, and that nothing is lost."""
    return render(request, "403_csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say who can do this."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say the same for what is not there and for what is not yours."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say what to do when the fault is ours."""
    return render(request, "500.html", status=500)

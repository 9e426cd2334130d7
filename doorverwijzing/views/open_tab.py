"""What a page that lies open asks every half minute: whether all that stands on it may still be read."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import Unreadable
from doorverwijzing import open_tab


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, given: str) -> HttpResponse:
    """Say nothing while all is well, else lead the whole page away; also once nobody is logged in any more.

    What someone was typing on it comes along with POST, and is given back to copy. It is kept nowhere.
    """
    try:
        there = open_tab.way_out(given)
    except Unreadable as error:
        raise Http404 from error
    if there is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method == "POST":
        layout = "layouts/worker.html" if request.user.is_authenticated else "layouts/guest.html"
        typed = [text for text in request.POST.getlist("typed") if text.strip()]
        return render(request, "doorverwijzing/left.html", {"typed": typed, "way_back": there, "base_layout": layout})
    # Without a script behind it someone came here by hand, or loaded the page of the typed text again.
    return HttpResponse(headers={"HX-Redirect": there}) if "HX-Request" in request.headers else redirect(there)

"""What a page that lies open asks every half minute: whether all that stands on it may still be read."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.errors import Unreadable
from doorverwijzing import open_tab


@login_not_required
@never_cache
@require_safe
def look(request: HttpRequest, given: str) -> HttpResponse:
    """Say nothing while all is well, else lead the whole page away; also once nobody is logged in any more."""
    try:
        there = open_tab.way_out(given)
    except Unreadable as error:
        raise Http404 from error
    if there is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponse(headers={"HX-Redirect": there})

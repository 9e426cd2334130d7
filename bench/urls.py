"""The addresses of the product, and one page that never changes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as ours

PAGE = b"<!doctype html><title>constant</title>" + b"<p>Niets verandert hier.</p>" * 850


@login_not_required
def constant(request: HttpRequest) -> HttpResponse:
    """Give 24 kB that cost nothing to make."""
    return HttpResponse(PAGE)


urlpatterns = [path("bench/constant/", constant), *ours]

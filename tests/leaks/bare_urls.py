"""The addresses of the site with a bare page for what is not found: the page itself is looked at once, with GET."""

from django.http import HttpResponse, HttpResponseNotFound

from config.urls import handler403, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def handler404(request, exception) -> HttpResponse:
    """Say nothing."""
    return HttpResponseNotFound()

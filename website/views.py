"""The one page of the frame itself: what does not fit in the bottom bar of a phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """List every place of the rail, for a phone."""
    return render(request, "website/more.html")

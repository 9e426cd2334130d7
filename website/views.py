"""The pages of the frame itself: what does not fit in the bar or the rail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.requests import UserRequest
from website import hubs


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """List every place of the rail, for a phone."""
    return render(request, "website/more.html")


@require_safe
def network(request: UserRequest) -> HttpResponse:
    """Gather what who coordinates the network looks after."""
    return _hub(request, hubs.of_network(request.user), _("The network"), _("What you keep moving between partners."))


@require_safe
def data(request: UserRequest) -> HttpResponse:
    """Gather what is about personal data and emergencies."""
    lead = _("What you watch over, and what to do when it cannot wait.")
    return _hub(request, hubs.of_data(request.user), _("Data and emergencies"), lead)


def _hub(request: UserRequest, doors: list[hubs.Door], title: str, lead: str) -> HttpResponse:
    if not doors:
        raise Http404
    return render(request, "website/hub.html", {"doors": doors, "title": title, "lead": lead})

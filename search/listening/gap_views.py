"""The report that something does not exist, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import throttle
from search.listening.forms import GapForm

# Reports from one address within an hour.
MOST_GAPS = 10


@login_not_required
@require_http_methods(["GET", "POST"])
def gap(request: HttpRequest) -> HttpResponse:
    """Report that help for a need does not exist somewhere: need, place and day, and nothing about a person."""
    form = GapForm(request.POST if request.method == "POST" else None, initial=_known(request))
    who = throttle.address(request)
    if form.is_valid():
        if not throttle.is_paused("gap", who, limit=MOST_GAPS):
            if form.save():
                throttle.count_failure("gap", who, seconds=3600)
            return redirect("zoeken:gap_thanks")
        form.add_error(None, _("You reported a lot just now. Try again in an hour."))
    return render(request, "search/gap.html", {"form": form})


def _known(request: HttpRequest) -> dict[str, str]:
    """Give what the address fills in."""
    return {name: request.GET[name] for name in ("thema", "waar", "woorden") if name in request.GET}


@login_not_required
@require_safe
def gap_thanks(request: HttpRequest) -> HttpResponse:
    """Say that the report arrived, and the way on."""
    return render(request, "search/gap_thanks.html")

"""The page of who runs the installation: how the search indexes are, and having them checked or made anew."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.requests import UserRequest
from search.engines import index
from search.operating import chores
from search.operating.chores import Chore, State
from search.operating.state import states
from search.permissions import may_run_search


@require_safe
def engine(request: UserRequest) -> HttpResponse:
    """Show each index with its lag, its size and its last check."""
    may_run_search(request.user).require()
    busy = {chore.name.lower(): index.is_busy(chore) for chore in Chore}
    return render(request, "search/engine.html", {"states": states(), "busy": busy})


@require_POST
def work(request: UserRequest) -> HttpResponse:
    """Check or build anew; asked twice, it is done once."""
    may_run_search(request.user).require()
    chore = next((one for one in Chore if one.name.lower() == request.POST.get("doe")), None)
    if chore is None:
        return HttpResponseBadRequest()
    state = chores.ask(chore)
    level = messages.WARNING if state is State.FAILED else messages.SUCCESS
    messages.add_message(request, level, _told(chore, state))
    return redirect("zoekmotor:engine")


def _told(chore: Chore, state: State) -> str:
    if state is State.FAILED:
        return _("That did not work. The reason stands below or in the log.")
    if state is State.BUSY:
        return _("This is being done already. Load this page again in a moment.")
    if state is State.STARTED:
        return _("It has started. Searching goes on meanwhile. Load this page again in a moment.")
    return _("Checked. What was found stands below.") if chore is Chore.CHECK else _("The index was built anew.")

"""Screens of the register of incidents, for who answers for the data of an organization; anyone else gets 404."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clienten.incidents import actions
from clienten.incidents.forms import DecisionForm, IncidentForm, LearnedForm, form_for
from clienten.models import About, Incident, answers_for
from clienten.reading import logs_reading
from core.refusals import AtForm
from core.requests import UserRequest

DECIDED = 50
# One incident may touch many: so many cards are named on its page.
CARDS_SHOWN = 200


@require_safe
@never_cache
def overview(request: UserRequest) -> HttpResponse:
    """List what must still be decided, by when, and what was decided."""
    places = list(answers_for(request.user))
    if not places:
        raise Http404
    mine = Incident.objects.visible_to(request.user).select_related("organization")
    context = {
        "waiting": mine.open().order_by("due_at"),
        "decided": mine.filter(due_at=None)[:DECIDED],
        "places": places,
    }
    return render(request, "clienten/incidents/overview.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def note(request: UserRequest, pk: str) -> HttpResponse:
    """Write down what happened."""
    organization = get_object_or_404(answers_for(request.user), pk=pk)
    now = timezone.localtime()
    first = {"known_on": now.date(), "hour": now.replace(second=0, microsecond=0).time()}
    form = IncidentForm(request.POST or None, organization=organization, initial=first)
    if form.is_valid():
        incident = actions.note(organization, by=request.user, **form.told())
        messages.success(request, _("Noted. Decide now who is told."))
        return redirect(incident)
    return render(request, "clienten/incidents/note.html", {"form": form, "organization": organization})


def _known(view: Callable[[UserRequest, Incident], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its incident; whoever may not know of it gets 404."""
    read = logs_reading(lambda found, _user: found.organization)(view)

    @wraps(read)
    @never_cache
    def inner(request: UserRequest, pk: UUID) -> HttpResponse:
        mine = Incident.objects.visible_to(request.user).select_related("organization", "noted_by")
        return read(request, get_object_or_404(mine, pk=pk))

    return inner


@require_http_methods(["GET", "POST"])
@_known
def one(request: UserRequest, found: Incident) -> HttpResponse:
    """Show one incident with its clocks; take a decision, or what was learned."""
    about = request.POST.get("about", "")
    if about and about not in About.values:
        raise Http404
    form = form_for(about)(request.POST, auto_id=f"{about}-%s") if about else None
    if form and form.is_valid():
        with AtForm(form):
            actions.write(found, about=about, by=request.user, **form.decision())
            messages.success(request, _("Kept in the register."))
            return redirect(found)
    return render(request, "clienten/incidents/one.html", _context(found, about, form))


def _context(found: Incident, about: str, form: DecisionForm | LearnedForm | None) -> dict[str, object]:
    undecided = found.undecided()
    return {
        "incident": found,
        "lines": found.lines.select_related("written_by"),
        "decisions": [
            {"about": one, "due": due, "form": form if one == about else DecisionForm(auto_id=f"{one}-%s")}
            for one, due in undecided.items()
        ],
        "learned": form if about == About.LEARNED else LearnedForm(auto_id="learned-%s"),
        "late": form if form and about != About.LEARNED and about not in undecided else None,
        "cards": found.touched.values_list("card", flat=True)[:CARDS_SHOWN],
        "bound": form,
    }

"""Being away: saying it, and coming back earlier."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.models import User
from core.refusals import AtForm
from core.requests import UserRequest
from organisaties import absence, departures
from organisaties.absence_forms import AwayForm
from organisaties.models import Absence, Organization
from organisaties.permissions import may


def _colleague(request: UserRequest, pk: str, user: int) -> tuple[Organization, User]:
    """Fetch someone whose absence this person may note: my own, or of who works where I manage. Else 404."""
    organization = get_object_or_404(Organization.objects.with_people_known_to(request.user), pk=pk)
    if user != request.user.pk:
        may(request.user, "change_roles", organization).require()
    person = User.objects.filter(pk=user).first()
    if person is None or not organization.has_member(person):
        raise Http404
    return organization, person


@require_http_methods(["GET", "POST"])
def away(request: UserRequest, pk: str, user: int) -> HttpResponse:
    """Say from when until when someone is away, and who takes over."""
    organization, person = _colleague(request, pk, user)
    form = AwayForm(
        request.POST or None, user=person, organization=organization, initial={"starts_on": timezone.localdate()}
    )
    if form.is_valid():
        days = {"starts_on": form.cleaned_data["starts_on"], "ends_on": form.cleaned_data["ends_on"]}
        with AtForm(form):
            absence.go_away(person, organization, stand_in=form.heir(), by=request.user, **days)
            messages.success(request, _("Noted. Open questions go to the colleague you chose on the first day."))
            return redirect("organisaties:away", pk=pk, user=user)
    context = {
        "organization": organization,
        "colleague": person,
        "mine": person == request.user,
        "in_hand": departures.in_hand(person, organization),
        "coming": Absence.objects.coming(timezone.localdate()).filter(user=person, organization=organization),
        "form": form,
    }
    return render(request, "organisaties/away.html", context)


@require_POST
def back(request: UserRequest, pk: str, user: int, noted: UUID) -> HttpResponse:
    """End an absence. Pressing twice ends it once."""
    organization, person = _colleague(request, pk, user)
    found = get_object_or_404(Absence, pk=noted, user=person, organization=organization)
    absence.come_back(found, by=request.user)
    messages.success(request, _("Welcome back. What was handed over stays with your colleague."))
    return redirect("organisaties:away", pk=pk, user=user)

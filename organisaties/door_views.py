"""How the door of an organization opens, and taking the lost second step of a colleague away."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.requests import UserRequest
from core.second_factor import is_set_up
from core.step_up import step_up
from organisaties.door import policy_of, set_policy, stay_of
from organisaties.forms_of_the_door import DoorForm
from organisaties.models import Organization
from organisaties.people import Colleague, colleagues
from organisaties.permissions import may
from organisaties.second_step import take_away


def _known(request: UserRequest, pk: str) -> Organization:
    known = get_object_or_404(Organization.objects.with_people_known_to(request.user), pk=pk)
    may(request.user, "change_roles", known).require()
    return known


@require_http_methods(["GET", "POST"])
def door(request: UserRequest, pk: str) -> HttpResponse:
    """Choose how long colleagues stay in, who proves it twice, and who may come in an emergency."""
    return _door(request, _known(request, pk))


@step_up
def _door(request: UserRequest, organization: Organization) -> HttpResponse:
    policy = policy_of(organization)
    shown = {name: getattr(policy, name) for name in DoorForm.base_fields}
    form = DoorForm(request.POST or None, initial=shown)
    if form.is_valid():
        set_policy(organization, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Who is logged in notices it within five minutes."))
        return redirect("organisaties:door", pk=organization.pk)
    context = {
        "organization": organization,
        "form": form,
        "mine": stay_of(request.user),
        "policy": policy,
        "trust_days": settings.TRUST_DAYS,
    }
    return render(request, "organisaties/door.html", context)


@require_http_methods(["GET", "POST"])
def take_second_step_away(request: UserRequest, pk: str, user: int) -> HttpResponse:
    """Let a colleague who lost the phone choose a new second step at the next login."""
    organization = _known(request, pk)
    found = next((one for one in colleagues(organization) if one.user.pk == user and one.user != request.user), None)
    if found is None:
        raise Http404
    return _take_away(request, organization, found)


@step_up
def _take_away(request: UserRequest, organization: Organization, found: Colleague) -> HttpResponse:
    if request.method == "POST":
        take_away(found.user, organization, by=request.user)
        messages.success(request, _("The second step of %(name)s is gone.") % {"name": found.user})
        return redirect("organisaties:members", pk=organization.pk)
    context = {"organization": organization, "colleague": found, "set_up": is_set_up(found.user)}
    return render(request, "organisaties/second_step.html", context)

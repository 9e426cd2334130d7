"""Saving the question of the page of results, asking it again, and taking it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bewaarde_zoekvragen import actions
from bewaarde_zoekvragen.models import SavedSearch
from core.refusals import AsMessage
from core.requests import UserRequest
from search import address


@require_POST
def save(request: UserRequest) -> HttpResponse:
    """Save the question that stands in the address, and go back to its results."""
    asked = address.read(request.GET)
    with AsMessage(request, _("Saved. You find it in your account.")):
        actions.save(asked, by=request.user)
    return redirect(reverse("zoeken:search") + asked.link(page=asked.page))


@require_safe
def again(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask a saved search again: its results stand at their own address."""
    saved = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    return redirect(reverse("zoeken:search") + saved.asked.link())


@require_POST
def remove(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take a saved search away."""
    actions.remove(get_object_or_404(SavedSearch.objects.of(request.user), pk=pk))
    messages.success(request, _("The saved search is gone."))
    return redirect(reverse("display") + "#bewaard")

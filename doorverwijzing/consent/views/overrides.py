"""Sharing without a yes, and the page of who looks at it afterwards."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clienten.consent import overriding as grounds_of
from clienten.models import Item, Override, ProcessingGround
from clienten.permissions import may
from core import audit
from core.refusals import AtForm
from core.step_up import step_up_for
from doorverwijzing.consent import overriding, renewing
from doorverwijzing.consent.forms import OverrideForm, ProcessingForm, ReviewForm
from doorverwijzing.consent.views.saying_yes import tell_sent
from doorverwijzing.models import Referral
from doorverwijzing.views.known import WRITE, UserRequest, of_referral, our_draft
from organisaties.models import Organization, is_coordinator
from organisaties.roles import Role

FIGURES_OVER = timedelta(days=90)
LOOKED_AT = 50


def _may_override(request: UserRequest, pk: object) -> Referral:
    found = our_draft(request, pk)
    if not may(request.user, "override", found.client):
        raise Http404
    return found


@of_referral(_may_override, *WRITE)
@step_up_for(gettext_lazy("Share without a yes"))
def share_without_yes(request: UserRequest, referral: Referral) -> HttpResponse:
    """Ask why it cannot wait, then hand over; someone else looks at it afterwards."""
    form = OverrideForm(request.POST or None)
    if form.is_valid():
        with AtForm(form):
            overriding.send_without_yes(referral, grounds=form.grounds(), by=request.user)
            tell_sent(request, referral)
            return redirect(referral)
    items = [str(item.label) for item in Item.in_order(item for item, yes in referral.choices.items() if yes)]
    context = {"referral": referral, "form": form, "name": referral.client.first_name, "items": items}
    return render(request, "doorverwijzing/without_yes.html", context)


def _guarded(user: object) -> list[Organization]:
    """Give the organizations where this person watches over personal data."""
    held = Organization.objects.filter(
        memberships__user=user, memberships__ended_at=None, memberships__role=Role.DATA_PROTECTION_CONTACT
    )
    return list(held.distinct().order_by("name"))


@require_safe
def reviews(request: UserRequest) -> HttpResponse:
    """List what was shared without a yes: what waits for a look, and what was found."""
    mine = _guarded(request.user)
    if not mine:
        raise Http404
    done = Override.objects.filter(organization__in=mine).exclude(reviewed_at=None).select_related("recipient", "by")
    waiting = overriding.waiting_for(request.user)
    context = {"waiting": waiting, "mine": mine, "done": done.order_by("-reviewed_at")[:LOOKED_AT]}
    return render(request, "doorverwijzing/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: UserRequest, pk: object) -> HttpResponse:
    """Show why it was shared, never what; and take what the data-protection contact finds."""
    mine = Override.objects.filter(organization__in=_guarded(request.user))
    found = get_object_or_404(mine.select_related("organization", "recipient", "by", "client"), pk=pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        with AtForm(form):
            overriding.review(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("doorverwijzing:reviews")
    audit.record("consent.override_read", subject=found, by=request.user, organization=found.organization)
    context = {
        "override": found,
        "form": form,
        "items": [str(item.label) for item in Item.in_order(found.items)],
        "may_review": grounds_of.is_reviewer(request.user, found) and not found.reviewed_at,
    }
    return render(request, "doorverwijzing/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def processing(request: UserRequest, organization: str) -> HttpResponse:
    """Write down on what ground this organization handles data of clients; kept apart from what a client agrees to."""
    found = next((one for one in _guarded(request.user) if one.pk == organization), None)
    if found is None:
        raise Http404
    kept = ProcessingGround.objects.filter(organization=found).first()
    form = ProcessingForm(request.POST or None, initial={"ground": kept.ground, "source": kept.source} if kept else {})
    if form.is_valid():
        grounds_of.write_processing_ground(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("doorverwijzing:reviews")
    return render(request, "doorverwijzing/processing.html", {"organization": found, "form": form})


@require_safe
def breadth(request: UserRequest) -> HttpResponse:
    """Show the coordinator how much of what was shared was never opened, per receiver."""
    if not is_coordinator(request.user):
        raise Http404
    rows, together = renewing.breadth(timezone.now() - FIGURES_OVER)
    return render(request, "doorverwijzing/breadth.html", {"rows": rows, "together": together})

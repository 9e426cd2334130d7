"""The screens of an emergency: asking, reading for an hour, and looking back."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.emergency import actions
from clienten.emergency.finding import circle_of, find
from clienten.emergency.forms import EmergencyForm, VerdictForm
from clienten.emergency.looking_back import look_back
from clienten.emergency.permissions import may_open
from clienten.forms import LANGUAGES
from clienten.models import EmergencyAccess
from clienten.reading import View, logs_reading
from core import audit, throttle
from core.errors import NotAllowed
from core.models import User
from core.refusals import AtForm
from core.requests import UserRequest
from core.step_up import step_up, step_up_for
from organisaties.models import Organization

WRONG_LINKS, PAUSE_SECONDS, MINUTE, GONE = 5, 3600, 60, 410


@require_http_methods(["GET", "POST"])
@step_up_for(gettext_lazy("Open this card"))
def ask(request: UserRequest) -> HttpResponse:
    """Open a card of the circle, with a reason; who has no circle is told so."""
    circle = list(circle_of(request.user).order_by("name"))
    form = EmergencyForm(request.POST or None)
    if circle and form.is_valid():
        access = _opened(request, form)
        if access:
            return redirect(access)
    mine = EmergencyAccess.objects.of(request.user).running(timezone.now()).select_related("organization")
    context = {"form": form, "circle": circle, "running": mine, "lasts": actions.LASTS.seconds // MINUTE}
    return render(request, "clienten/emergency/ask.html", context)


def _opened(request: UserRequest, form: EmergencyForm) -> EmergencyAccess | None:
    """Open what the link means; say at the form why not. What does not exist and what is not near sound the same."""
    key = str(request.user.pk)
    if throttle.is_paused("emergency", key, limit=WRONG_LINKS):
        form.add_error("reference", _("Too many links that were not right. Try again in an hour, or call."))
        return None
    card = find(form.cleaned_data["reference"], request.user)
    if card is None:
        throttle.count_failure("emergency", key, seconds=PAUSE_SECONDS)
        audit.record("emergency.not_found", subject=request.user, by=request.user)
        form.add_error("reference", _("There is no card in your circle with this link."))
        return None
    parts = {name: form.cleaned_data[name] for name in ("why", "reason", "asked")}
    try:
        return actions.open_card(card, by=request.user, **parts)
    except NotAllowed as refusal:
        form.add_error("reference", str(refusal))
        return None


def _found_by(find_it: Callable[[UserRequest, UUID], EmergencyAccess]) -> Callable[[View], View]:
    """Give a view its access; `find_it` answers 404 to whoever may not know of it."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: UserRequest, pk: UUID) -> HttpResponse:
            return view(request, find_it(request, pk))

        return inner

    return wrap


def _whose_card(access: EmergencyAccess, user: User) -> Organization:
    return access.organization


def _own(request: UserRequest, pk: UUID) -> EmergencyAccess:
    """Fetch an access of my own, at an organization that still lets me; else answer 404."""
    mine = EmergencyAccess.objects.of(request.user).select_related("client__organization", "organization")
    access = get_object_or_404(mine, pk=pk)
    if not may_open(request.user, access.client):
        raise Http404
    return access


@require_safe
@_found_by(_own)
@logs_reading(_whose_card)
def card(request: UserRequest, access: EmergencyAccess) -> HttpResponse:
    """Show the card, for reading only, as long as the hour lasts; after it, say so and what to do now."""
    if not access.is_running():
        return render(request, "clienten/emergency/over.html", {"access": access}, status=GONE)
    actions.note_reading(access, by=request.user)
    minutes = int((access.ends_at - timezone.now()).total_seconds()) // MINUTE + 1
    language = dict(LANGUAGES).get(access.client.language, "")
    context = {"access": access, "card": access.client, "language": language, "minutes": minutes}
    return render(request, "clienten/emergency/card.html", context)


@require_POST
def end(request: UserRequest, pk: UUID) -> HttpResponse:
    """Close the card before its hour is over."""
    actions.end(get_object_or_404(EmergencyAccess.objects.of(request.user), pk=pk), by=request.user)
    messages.success(request, _("The card is closed again."))
    return redirect("noodtoegang:ask")


@require_safe
def reviews(request: UserRequest) -> HttpResponse:
    """List what waits for a look back, and what was judged lately."""
    mine = EmergencyAccess.objects.reviewable_by(request.user)
    mine = mine.select_related("opened_by", "opened_from", "organization", "reviewed_by")
    context = {"waiting": mine.to_review().order_by("review_due"), "judged": mine.exclude(verdict="")[:20]}
    return render(request, "clienten/emergency/reviews.html", context)


def _to_judge(request: UserRequest, pk: UUID) -> EmergencyAccess:
    mine = EmergencyAccess.objects.reviewable_by(request.user)
    return get_object_or_404(mine.select_related("client", "organization", "opened_by", "opened_from"), pk=pk)


@require_http_methods(["GET", "POST"])
@_found_by(_to_judge)
@step_up
@logs_reading(_whose_card)
def review(request: UserRequest, access: EmergencyAccess) -> HttpResponse:
    """Look back at one access and say whether it was right."""
    form = VerdictForm(request.POST or None)
    if form.is_valid():
        with AtForm(form):
            actions.judge(access, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your verdict is kept."))
            return redirect("noodtoegang:reviews")
    context = {"back": look_back(access), "access": access, "form": form}
    return render(request, "clienten/emergency/review.html", context)

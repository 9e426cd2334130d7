"""Public pages of the catalogue: one service, one organization, a card of each for a wallet, all organizations."""

from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.models import User
from organisaties.models import Organization
from organisaties.permissions import may
from sociale_kaart.az import MOST_ON_ONE_PAGE, initial, initials, place_of
from sociale_kaart.models import Service
from sociale_kaart.models.service import Status
from sociale_kaart.reading import origin_of

LISTS = ("zoeken:search", "sociale_kaart:organizations")  # rooms meet by address, not by import
ALTERNATIVES = 2


@login_not_required
@require_safe
def service(request: HttpRequest, pk: str) -> HttpResponse:
    """Show one service; one that has stopped tells which two others may help."""
    found = get_object_or_404(Service.objects.with_a_page().for_page(), pk=pk)
    others = Service.objects.none()
    if not found.is_running():
        others = Service.objects.alternatives_to(found).select_related("organization")[:ALTERNATIVES]
    context = {
        "service": found,
        "origin": origin_of(request.GET.get("van", "")),
        "back": _back(request),
        "alternatives": others,
        "preview": False,
    }
    return render(request, "sociale_kaart/service.html", context)


@login_not_required
@require_safe
def card(request: HttpRequest, pk: str) -> HttpResponse:
    """Show the card that someone takes home: A6, with a code and a phone number."""
    found = get_object_or_404(Service.objects.with_a_page().for_page(), pk=pk)
    context = {"thing": found, "phone": found.main_phone(), "email": found.email, "places": found.places()}
    return render(request, "sociale_kaart/card.html", {**context, "today": timezone.localdate()})


@login_not_required
@require_safe
def organization(request: HttpRequest, pk: str) -> HttpResponse:
    """Show one organization and what it does for people."""
    found = _organization(pk)
    user = request.user
    context = {
        "organization": found,
        "origin": origin_of(request.GET.get("van", "")),
        "back": _back(request),
        "preview": False,
        "people": isinstance(user, User) and bool(may(user, "see_members", found)),
    }
    return render(request, "sociale_kaart/organization.html", context)


@login_not_required
@require_safe
def organization_card(request: HttpRequest, pk: str) -> HttpResponse:
    """Show the card of an organization, as that of a service."""
    found = _organization(pk)
    places = found.locations.all()
    context = {"thing": found, "phone": found.phones.first(), "email": found.email, "places": places}
    return render(request, "sociale_kaart/organization_card.html", {**context, "today": timezone.localdate()})


def _organization(pk: str) -> Organization:
    """Fetch one that everyone may see, with its places and numbers."""
    organizations = Organization.objects.public().prefetch_related(
        "phones", "locations__addresses", "locations__accessibility", "locations__municipality"
    )
    return get_object_or_404(organizations, pk=pk)


@login_not_required
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List every organization from A to Z; a long list comes one letter at a time."""
    asked = " ".join(request.GET.get("naam", "").split())[:80]
    names = Organization.objects.public().order_by("name").values_list("name", flat=True)
    letters = initials(names)
    letter = request.GET.get("letter", "").upper()[:1]
    if not asked and not letter and len(names) > MOST_ON_ONE_PAGE:
        letter = letters[0]
    rows = _rows(asked, letter)
    context: dict[str, Any] = {
        "asked": asked,
        "letters": letters,
        "letter": letter,
        "total": len(names),
        "one_page": len(names) <= MOST_ON_ONE_PAGE,
        "groups": [(first, list(group)) for first, group in groupby(rows, key=lambda row: initial(row.name))],
    }
    return render(request, "sociale_kaart/organizations.html", context)


def _rows(asked: str, letter: str) -> list[Organization]:
    running = Q(services__live=True, services__status__in=[Status.ACTIVE, Status.TEMPORARILY_CLOSED])
    rows: QuerySet[Organization] = Organization.objects.public().annotate(
        service_count=Count("services", filter=running, distinct=True)
    )
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(alternate_name__icontains=asked))
    found = rows.prefetch_related("locations__municipality")
    chosen = [row for row in found if not letter or asked or initial(row.name) == letter]
    return sorted(chosen, key=lambda row: place_of(row.name))


def _back(request: HttpRequest) -> dict[str, str] | None:
    """Give the way back to the list that this visitor came from; the list itself is never kept."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    parts = urlsplit(came_from)
    if not ours or not parts.path.startswith(tuple(reverse(name) for name in LISTS)):
        return None
    label = _("Back to the list")
    count = request.GET.get("n", "")
    if count.isdigit() and len(count) < 6:
        label = ngettext("Back to %(count)s service", "Back to %(count)s services", int(count)) % {"count": count}
    return {"url": f"{parts.path}?{parts.query}" if parts.query else parts.path, "label": label}

"""The public page of search."""

import logging
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gebied.models import Municipality
from organisaties.models import Organization
from search import address
from search.engines.base import EngineDownError
from search.find import danger_in
from search.find import search as find
from search.listening import gaps
from search.listening import heard as listening
from search.page import screen
from search.page.completion import Completion, complete
from search.page.help_lines import help_lines, urgent_lines
from search.page.rows import Reader, Row
from search.query import PAGE_SIZE, SearchPage
from search.understanding.nearby import nearest_place, rounded
from search.understanding.places import places, unknown_place
from sociale_kaart.map import Map, Spot, draw
from sociale_kaart.models import Service, TaxonomyTerm
from sociale_kaart.social_houses import house_to_call

log = logging.getLogger(__name__)
RING_KM = 10
MAP_SIZE = (420, 480)
MOST_WITHOUT_INDEX = 50


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what answers the question in the address bar."""
    return results(request)


def results(request: HttpRequest, **more: Any) -> HttpResponse:
    """Draw the page.

    A private room may call this with `choose_url` (an address that a POST goes to, with `choose_sign` where the id of
    the service belongs), `for_name` (for whom one searches), `back_url`, and `tell`, which gives a line to show under
    each service by its id. None of it is looked at or kept here.
    """
    asked = address.read(request.GET)
    context = {"address": asked, "unknown_place": unknown_place(asked.where), **more}
    if asked.asks_nothing:
        return _at_its_address(
            request, asked, render(request, "search/start.html", {**context, "needs": _needs(asked)})
        )
    try:
        page = _page(asked)
    except EngineDownError as away:
        log.warning("search.away %s", away)
        return _away(request, asked, context)
    reader = Reader(_own(request), more.get("choose_url", ""), more.get("choose_sign", ""))
    shown = screen.make(page, asked, reader, size=PAGE_SIZE)
    tell = more.get("tell")
    context["told"] = tell([row.hit.key for row in shown.all_rows]) if tell else {}
    context |= {"screen": shown, "page": page, "help_lines": help_lines(page.understood.danger)}
    # In a private room the question may be the words of a client: there nothing is counted.
    context["heard"] = None if more else listening.hear(request, asked, page)
    context["gap"] = gaps.offer(asked, page, nothing=shown.nothing)
    if shown.nothing:
        context["house"] = house_to_call(_municipality(page))
        context["urgent_lines"] = [] if context["help_lines"] else urgent_lines()
    if asked.on_map:
        context |= _map_context(shown)
    return _at_its_address(request, asked, render(request, "search/search.html", context))


def _away(request: HttpRequest, asked: address.Address, context: dict[str, Any]) -> HttpResponse:
    """Say that search falters, with the ways on that need no index; who is in danger gets help lines all the same."""
    lines = help_lines(danger_in(asked.text))
    context |= {
        "away": True, "needs": _needs(asked), "services": _without_index(asked), "help_lines": lines,
        "urgent_lines": [] if lines or not asked.text else urgent_lines(),
    }  # fmt: skip
    return _at_its_address(request, asked, render(request, "search/away.html", context, status=503))


def _page(asked: address.Address) -> SearchPage:
    """Find; a page beyond the last one is the last one."""
    query = asked.query()
    page = find(query)
    return find(replace(query, page=page.pages)) if page.page > page.pages else page


def _at_its_address(request: HttpRequest, asked: address.Address, response: HttpResponse) -> HttpResponse:
    """Tell a partial request which link this state is.

    While someone types on, it stays one step of the way back; the same question again is no step at all.
    """
    if request.headers.get("HX-Request"):
        link = request.path + asked.link(page=asked.page, chosen=asked.chosen)
        stays = request.headers.get("X-Typing") == "on" or request.headers.get("HX-Current-URL", "").endswith(link)
        response["HX-Replace-Url" if stays else "HX-Push-Url"] = link
    return response


def _own(request: HttpRequest) -> frozenset[str]:
    """Give the ids of the reader's own organizations, to say so beside a row."""
    if not request.user.is_authenticated:
        return frozenset()
    return frozenset(str(pk) for pk in Organization.objects.of(request.user).values_list("pk", flat=True))


def _needs(asked: address.Address) -> list[tuple[TaxonomyTerm, str]]:
    """Give the sixteen needs, each with its own address."""
    return [(need, asked.link(text="", filters={"category": (need.code,)})) for need in TaxonomyTerm.objects.needs()]


def _without_index(asked: address.Address) -> list[Service]:
    """Give the services of the chosen need straight from the catalogue, while search is away."""
    chosen = asked.filters.get("category", ())
    services = Service.objects.public().filter(
        attributes__taxonomy_term__vocabulary="needs", attributes__taxonomy_term__code__in=chosen
    )
    return list(services.select_related("organization").distinct().order_by("name", "pk")[:MOST_WITHOUT_INDEX])


def _municipality(page: SearchPage) -> str:
    """Give the name of the municipality in "Loppem (Zedelgem)"."""
    return page.understood.place.split(" (")[-1].rstrip(")")


def _map_context(shown: screen.Screen) -> dict[str, Any]:
    """Give the drawing with the same numbers as the list, and the row that is picked."""
    placed = [row for row in reversed(shown.all_rows) if row.hit.position]
    picked = next((row for row in shown.all_rows if row.chosen), None) or next(iter(shown.all_rows), None)
    # Drawn last, lies on top: the picked one, then the first of the list.
    placed.sort(key=lambda row: row is picked)
    spots = [_spot(row, shown, picked) for row in placed]
    spot = places().gazetteer.named(_municipality(shown.page))
    centre = (spot.latitude, spot.longitude) if spot and spot.latitude and spot.longitude else None
    rows = shown.all_rows
    at = rows.index(picked) if picked else 0
    return {
        "picked": picked,
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
        "map": _drawing(spots, centre, spot.municipality if spot else ""),
        "placed": len(placed),
        "on_map_rows": [row for row in shown.rows if row.hit.position],
        "on_map_related": [row for row in shown.related if row.hit.position],
        "not_placed": [row for row in rows if not row.hit.position],
        "ring_km": RING_KM if centre else 0,
        "centre_name": spot.municipality_name if spot else "",
    }


def _spot(row: Row, shown: screen.Screen, picked: Row | None) -> Spot:
    solid = row in shown.rows and not shown.page.level
    tone = "chosen" if row is picked else "solid" if solid else "outline"
    return Spot(row.hit.position or (0.0, 0.0), row.number, tone, str(row.hit.card["name"]))


def _drawing(spots: list[Spot], centre: tuple[float, float] | None, nis: str) -> Map | None:
    here = Municipality.objects.filter(pk=nis).first() if nis else None
    title = _("Map of the results, with the same numbers as the list")
    return draw(spots, here=here, centre=centre, ring_km=RING_KM if centre else 0, size=MAP_SIZE, title=title)


@login_not_required
@require_safe
def completions(request: HttpRequest) -> HttpResponse:
    """Give what the unfinished question may become: as the options of a list, or as JSON for who asks that."""
    try:
        found = complete(address.clean_but_end(request.GET.get("q", "")))
    except EngineDownError:
        found = []
    if request.headers.get("Accept", "").startswith("application/json"):
        response: HttpResponse = JsonResponse({"completions": [asdict(one) for one in found]})
    else:
        response = render(request, "search/_completions.html", {"groups": _by_kind(found)})
    response["Cache-Control"] = "no-store"
    return response


def _by_kind(found: list[Completion]) -> list[tuple[str, list[tuple[int, Completion]]]]:
    """Give the completions in groups, numbered through."""
    numbered = list(enumerate(found, start=1))
    return [(kind, list(group)) for kind, group in groupby(numbered, key=lambda one: one[1].kind)]


# It changes nothing and uses nobody's rights; as a POST, the point stands in no log and no history.
@csrf_exempt
@login_not_required
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Name the village nearest to where a device is; the point is rounded, used once and forgotten."""
    point = rounded(request.POST.get("breedte", ""), request.POST.get("lengte", ""))
    name = nearest_place(point) if point else ""
    return HttpResponse(name, content_type="text/plain; charset=utf-8", status=200 if name else 404)

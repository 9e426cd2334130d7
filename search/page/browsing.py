"""Looking around without a question: by need and its parts, and all services from A to Z."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from search import address
from search.engines import index
from search.engines.base import EngineDownError
from search.find import search as find
from search.page import screen
from search.page.completion import all_services
from search.query import PAGE_SIZE, FacetValue, SearchPage, SearchQuery
from sociale_kaart.az import initial, initials
from sociale_kaart.models import Service, TaxonomyTerm

ON_ONE_PAGE = 100
EVERY_NEED = frozenset({"category"})


@login_not_required
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """List all needs with their parts, and how many services answer each."""
    try:
        counted = find(SearchQuery(size=1, facets=("category",), whole_facets=EVERY_NEED)).facets["category"]
    except EngineDownError:
        counted = []
    terms = TaxonomyTerm.objects.needs().filter(parent=None)
    return render(request, "search/needs.html", {"needs": [_need_row(term, counted) for term in terms]})


def _need_row(term: TaxonomyTerm, counted: list[FacetValue]) -> dict[str, Any]:
    count = next((one.count for one in counted if one.value == term.code), None)
    return {"term": term, "count": count, "parts": _parts(term, counted)}


def _parts(term: TaxonomyTerm, counted: list[FacetValue]) -> list[FacetValue]:
    """Give the parts of a need that a service answers, by name."""
    above = term.code or term.name
    return sorted((one for one in counted if one.parent == above and one.count), key=lambda one: one.label)


@login_not_required
@require_safe
def need(request: HttpRequest, code: str) -> HttpResponse:
    """Show one need: its parts, and the services that answer it; the nearest town first when a place is given."""
    term = _term(code)
    key = term.code or term.name
    asked = address.read(request.GET)
    only = address.Address(where=asked.where, filters={"category": (key,)}, page=asked.page)
    context: dict[str, Any] = {
        "term": term, "key": key, "address": only, "unknown_place": "",
        "others": TaxonomyTerm.objects.needs().filter(parent=None).exclude(pk=term.pk),
        "above": term.parent, "with_filters": reverse("zoeken:search") + only.link(),
    }  # fmt: skip
    try:
        page = _page(only)
    except EngineDownError:
        services = Service.objects.public().filter(attributes__taxonomy_term=term).select_related("organization")
        return render(request, "search/need.html", {**context, "services": services[:ON_ONE_PAGE]}, status=503)
    shown = screen.make(page, only, size=PAGE_SIZE)
    pages = urlencode({"waar": only.where}) + "&" if only.where else ""
    context |= {"screen": shown, "page": page, "parts": _parts(term, page.facets["category"]), "pages": pages}
    return render(request, "search/need.html", context)


def _term(code: str) -> TaxonomyTerm:
    """Find a need or a part of one, by its code or by its name."""
    terms = TaxonomyTerm.objects.exclude(vocabulary__in=["life_domains", "target_groups"]).select_related("parent")
    found = terms.filter(code=code[:120]).first() or terms.filter(name=code[:255]).first()
    if found is None:
        raise Http404
    return found


def _page(asked: address.Address) -> SearchPage:
    """Find the services of a need; a page beyond the last one is the last one."""
    query = asked.query()
    wanted = SearchQuery(
        filters=query.filters, area=query.area, page=query.page, facets=("category",), whole_facets=EVERY_NEED
    )
    page = find(wanted)
    return page if page.page <= page.pages else find(replace(wanted, page=page.pages))


@login_not_required
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """List every service from A to Z; a long letter comes in pages. Asks the index alone."""
    try:
        engine = index.engine()
        names = all_services()
    except EngineDownError:
        return render(request, "search/services.html", {"away": True}, status=503)
    letters = initials(one.name for one in names)
    letter = request.GET.get("letter", "").upper()[:1]
    letter = letter if letter in letters else (letters[0] if letters else "")
    listed = [one for one in names if initial(one.name) == letter]
    page = Paginator(listed, ON_ONE_PAGE).get_page(request.GET.get("page"))
    cards = engine.cards([one.key for one in page])
    context = {
        "letters": letters, "letter": letter, "total": len(names), "page": page,
        "rows": [cards[one.key] for one in page if one.key in cards], "pages": f"{urlencode({'letter': letter})}&",
    }  # fmt: skip
    return render(request, "search/services.html", context)

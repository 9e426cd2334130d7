"""The search for other programs, its description for machines, and its page for people."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import throttle
from search.api.as_json import BadQueryError, answer, page_as_json
from search.api.description import LISTS, PARAMETERS, describe
from search.engines.base import EngineDownError
from search.query import FACETS

# From one address within a minute; a team behind one address stays below, a harvester does not.
MOST_A_MINUTE = 120
MINUTE = 60


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer one question as JSON. What is asked is neither logged nor counted."""
    who = throttle.address(request)
    if throttle.is_paused("api", who, limit=MOST_A_MINUTE):
        told = _("At most %(count)d questions a minute.") % {"count": MOST_A_MINUTE}
        return _answer({"error": told}, status=429, headers={"Retry-After": MINUTE})
    throttle.count_failure("api", who, seconds=MINUTE)
    try:
        page = answer(_fields(request.GET))
    except BadQueryError as error:
        return _answer({"error": str(error)}, status=400)
    except EngineDownError:
        told = _("Search is away. Try again in a minute.")
        return _answer({"error": told}, status=503, headers={"Retry-After": MINUTE})
    return _answer(page_as_json(page))


def _fields(given: QueryDict) -> dict[str, Any]:
    """Read the parameters as the fields of one question; a facet may come more than once. Raises BadQueryError."""
    if unknown := sorted(set(given) - set(PARAMETERS)):
        known = ", ".join(PARAMETERS)
        raise BadQueryError(_("%(given)s is not one of %(known)s") % {"given": repr(unknown[0][:60]), "known": known})
    fields: dict[str, Any] = {name: given[name] for name in given if name not in FACETS and name not in LISTS}
    fields |= {name: ",".join(given.getlist(name)) for name in LISTS if name in given}
    fields["filters"] = {group: given.getlist(group) for group in FACETS if group in given}
    return fields


def _answer(content: dict[str, Any], *, status: int = 200, headers: dict[str, Any] | None = None) -> HttpResponse:
    """Give JSON that any site may read and nobody keeps."""
    response = JsonResponse(content, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, no_store=True)
    return response


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description for machines (OpenAPI 3.1)."""
    response = JsonResponse(describe(settings.SITE_URL, settings.SITE_NAME), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain to people what other programs can ask."""
    context = {"parameters": list(PARAMETERS.items()), "most": MOST_A_MINUTE, "site_url": settings.SITE_URL}
    return render(request, "search/api.html", context)

"""What the home page knows of the catalogue: how many services per need, and which social houses are open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.phones import dialled
from gebied.models import Municipality
from search.understanding.places import places
from sociale_kaart.areas import covering_nodes
from sociale_kaart.models import Service, TaxonomyTerm
from sociale_kaart.models.service import Status
from sociale_kaart.reading import origin_of
from sociale_kaart.social_houses import houses_around

ICON_OF_A_LINK = "n-bed"


@dataclass(frozen=True)
class Need:
    """One line of the index."""

    term: TaxonomyTerm
    count: int
    url: str


def context(asked: str) -> dict[str, Any]:
    """Give the index and the houses for a place, else for the municipality of the installation."""
    origin = origin_of(asked)
    municipality = origin.municipality if origin else Municipality.objects.named(settings.HOME_MUNICIPALITY).first()
    here = covering_nodes(municipality) if municipality else []
    place = (origin.name if origin else municipality.name) if municipality else ""
    return {
        "asked": asked,
        "unknown_place": _unknown(asked) if asked.strip() and origin is None else "",
        "place": place,
        "municipality": municipality,
        "total": Service.objects.public().filter(service_areas__node__in=here).distinct().count(),
        "needs": _needs(here, place),
        "houses": houses_around(municipality) if municipality else [],
    }


def _unknown(asked: str) -> str:
    """Say that we do not know a place, with the one that was probably meant."""
    meant = places().gazetteer.meant(asked)
    if meant:
        return _("We do not know “%(asked)s”. Do you mean %(meant)s?") % {"asked": asked, "meant": meant}
    return _("We do not know “%(asked)s”. Write a postcode or a municipality.") % {"asked": asked}


def _needs(here: Iterable[str], place: str) -> list[Need]:
    running = Q(
        attributes__service__live=True,
        attributes__service__organization__live=True,
        attributes__service__status__in=[Status.ACTIVE, Status.TEMPORARILY_CLOSED],
        attributes__service__service_areas__node__in=here,
    )
    terms = TaxonomyTerm.objects.needs().annotate(total=Count("attributes__service", filter=running, distinct=True))
    return [Need(term, term.total, _search(thema=term.code, waar=place)) for term in terms]  # type: ignore[attr-defined]


def help_line(value: Mapping[str, str]) -> dict[str, str]:
    """Give one help line as component 28 wants it."""
    number = value["number"]
    if number:
        return {
            "number": number,
            "href": f"tel:{dialled(number)}",
            "what": value["what"],
            "when": value["when"],
        }
    return {"number": "", "icon": ICON_OF_A_LINK, "href": value["link"], "what": value["what"], "when": value["when"]}


def _search(**parts: str) -> str:
    return reverse("zoeken:search") + "?" + urlencode({name: part for name, part in parts.items() if part})

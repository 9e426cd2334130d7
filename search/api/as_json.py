"""A page and a question as JSON: the machine face of search."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from search.facets import ALIASES
from search.find import search as find
from search.query import FACETS, SORTS, Hit, SearchPage, SearchQuery, Sort

YEARS = range(2000, 2101)
FARTHEST_KM = 1000
TRUE, FALSE = frozenset({"1", "true", "ja"}), frozenset({"0", "false", "nee"})


class BadQueryError(ValueError):
    """A field of a question cannot be read; the message says which."""


def answer(fields: Mapping[str, Any]) -> SearchPage:
    """Answer a question of another program. Raises BadQueryError and EngineDownError."""
    query = query_from(fields)
    page = find(query)
    if query.within_km and not query.near and not page.understood.place:
        raise BadQueryError(_("within_km: from where? Send near, or an area or a question with a place that we know"))
    return page


def page_as_json(page: SearchPage) -> dict[str, Any]:
    """Give a page in the form that `manage.py search --json` prints."""
    return {
        "total": page.total,
        "level": page.level,
        "page": page.page,
        "pages": page.pages,
        "hits": [_hit(hit) for hit in page.hits],
        "related": [_hit(hit) for hit in page.related],
        "facets": {
            group: [
                {
                    "value": one.value,
                    "label": one.label,
                    "count": one.count,
                    "selected": one.selected,
                    "parent": one.parent or None,
                }
                for one in values
            ]
            for group, values in page.facets.items()
        },
        "cut_facets": sorted(page.cut_facets),
        "suggestion": asdict(page.suggestion) if page.suggestion else None,
        "understood": asdict(page.understood),
        "missing": list(page.missing),
        "engine": page.engine,
        "generation": page.generation,
        "degraded": page.degraded,
        "took_ms": page.took_ms,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    card = hit.card
    return {
        "id": hit.key,
        "name": card.get("name", ""),
        "organization": card.get("organization", ""),
        "url": card.get("url", ""),
        "score": hit.score,
        "place": card.get("place", ""),
        "summary": card.get("summary", ""),
        "phone": card.get("phone", ""),
        "cost": card.get("cost", ""),
        "languages": card.get("languages", []),
        "km": round(hit.km, 2) if hit.km is not None else None,
        "position": list(hit.position) if hit.position else None,
        "open_now": hit.open_now,
        "opening": hit.opening,
        "why": list(hit.why),
        "missing": list(hit.missing),
    }


def query_from(fields: Mapping[str, Any]) -> SearchQuery:
    """Read a question from a JSON object or from command-line options. Raises BadQueryError."""
    if not isinstance(fields, Mapping):
        raise BadQueryError(_("expected one JSON object per line"))
    sort: Sort = fields.get("sort") or "relevance"
    if sort not in SORTS:
        raise BadQueryError(
            _("sort: %(sort)s is not one of %(known)s") % {"sort": repr(sort), "known": ", ".join(SORTS)}
        )
    return SearchQuery(
        text=_words(fields),
        filters=_filters(fields.get("filters") or {}),
        area=_text(fields.get("municipality") or fields.get("area")),
        area_only=_flag(fields, "area_only", default=False),
        open_at=_moment(fields, "open_at"),
        near=_near(fields.get("near")),
        within_km=_kilometres(fields.get("within_km")),
        sort=sort,
        page=_number(fields, "page", 1),
        size=_number(fields, "size", SearchQuery.size),
        facets=FACETS if fields.get("facets") is None else _groups(fields, "facets"),
        whole_facets=frozenset(_groups(fields, "whole_facets")),
        correct=_flag(fields, "correct", default=True),
        now=_moment(fields, "now"),
    )


def _groups(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Read names of facets: a list, or words with commas between. An older name of a facet is understood."""
    given = fields.get(name) or ()
    listed = given.split(",") if isinstance(given, str) else given
    if not isinstance(listed, (list, tuple)):
        raise BadQueryError(_("%(name)s: expected a list of %(known)s") % {"name": name, "known": ", ".join(FACETS)})
    groups = tuple(dict.fromkeys(ALIASES.get(str(one).strip(), str(one).strip()) for one in listed))
    if unknown := [one for one in groups if one not in FACETS]:
        raise BadQueryError(
            _("%(name)s: %(given)s is not one of %(known)s")
            % {"name": name, "given": repr(unknown[0]), "known": ", ".join(FACETS)}
        )
    return groups


def _words(fields: Mapping[str, Any]) -> str:
    """Read the question; a number is a word as well, a list or an object is none."""
    given = fields.get("q") or fields.get("text") or ""
    if isinstance(given, (list, tuple, Mapping)):
        raise BadQueryError(_("q: expected words"))
    return _whole(str(given))


def _text(value: object) -> str | None:
    return _whole(str(value)) if value else None


def _whole(text: str) -> str:
    """Give text that can be printed: half a letter (a lone surrogate) becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _flag(fields: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """Read true or false, also where they are written as words."""
    given = fields.get(name)
    said = str(default if given is None or given == "" else given).lower()
    if said not in TRUE | FALSE:
        raise BadQueryError(_("%(name)s: %(given)s is neither true nor false") % {"name": name, "given": repr(given)})
    return said in TRUE


def _filters(given: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Read values that may be one word or a list of them."""
    if not isinstance(given, Mapping):
        raise BadQueryError(_("filters: expected an object of key and values"))
    if unknown := [key for key in given if ALIASES.get(str(key), str(key)) not in FACETS]:
        raise BadQueryError(
            _("filters: %(given)s is not one of %(known)s") % {"given": repr(unknown[0]), "known": ", ".join(FACETS)}
        )
    listed = {
        key: value if isinstance(value, (list, tuple, set, frozenset)) else [value] for key, value in given.items()
    }
    return {
        str(key): frozenset(_whole(str(value)) for value in values if value is not None)
        for key, values in listed.items()
    }


def _moment(fields: Mapping[str, Any], name: str) -> datetime | None:
    """Read an ISO time, with or without zone; a date alone is its midnight."""
    given = fields.get(name)
    if not given or isinstance(given, datetime):
        return given or None
    text = str(given)
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime(day.year, day.month, day.day)
    except ValueError as error:
        raise BadQueryError(
            _("%(name)s: %(given)s is no date that exists") % {"name": name, "given": repr(text)}
        ) from error
    if moment is None:
        raise BadQueryError(
            _("%(name)s: %(given)s is not an ISO time such as 2026-11-25T10:30") % {"name": name, "given": repr(text)}
        )
    if moment.year not in YEARS:
        raise BadQueryError(_("%(name)s: %(given)s lies too far away") % {"name": name, "given": repr(text)})
    return moment


def _near(given: object) -> tuple[float, float] | None:
    if not given:
        return None
    parts = given.split(",") if isinstance(given, str) else given
    try:
        latitude, longitude = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError) as error:
        raise BadQueryError(_("near: %(given)s is not latitude,longitude") % {"given": repr(given)}) from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadQueryError(_("near: %(given)s is not a point on the globe") % {"given": repr(given)})
    return latitude, longitude


def _kilometres(given: object) -> float | None:
    if given is None or given == "":
        return None
    try:
        kilometres = float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise BadQueryError(_("within_km: %(given)s is no number") % {"given": repr(given)}) from error
    if not 0 < kilometres <= FARTHEST_KM:
        raise BadQueryError(
            _("within_km: %(given)s is not between 0 and %(most)s") % {"given": repr(given), "most": FARTHEST_KM}
        )
    return kilometres


def _number(fields: Mapping[str, Any], name: str, default: int) -> int:
    try:
        return int(fields.get(name) or default)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadQueryError(
            _("%(name)s: %(given)s is no number") % {"name": name, "given": repr(fields[name])}
        ) from error

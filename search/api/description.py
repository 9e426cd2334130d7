"""What other programs may ask and what they get, as OpenAPI 3.1; a test holds real answers against it."""

from typing import Any

from search.api.as_json import FARTHEST_KM
from search.query import FACETS, LARGEST_PAGE, LAST_PAGE, SORTS

VERSION = "1.0.0"
LISTS = ("facets", "whole_facets")
TEXT: dict[str, Any] = {"type": "string"}
TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
FLAG: dict[str, Any] = {"type": "boolean"}
GROUP: dict[str, Any] = {"type": "string", "enum": list(FACETS)}
WHAT_EACH_MEANS = {
    "access": "open_now or takes_new; each narrows", "category": "code of a need or of a part of one",
    "municipality": "name, postcode or NIS code of a municipality that is served", "target": "code of a target group",
    "language": "ISO 639 code or Dutch name", "cost": "free, low, income or paid",
    "referral": "self, phone_first, worker or form",
    "how": "home_visits, walk_in, by_phone, online or undocumented_ok; each narrows",
    "accessibility": "step_free, toilet, lift, parking, hearing, sight or quiet; each narrows",
}  # fmt: skip

# Name of a parameter -> its schema, and what it means.
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "q": (TEXT | {"maxLength": 500}, "The question in plain words; may be empty. Longer texts are cut."),
    "area": (TEXT, "Where the client lives: a name, postcode or NIS code. Preferred, not required."),
    "area_only": (FLAG | {"default": False}, "Give only what serves that area."),
    "open_at": (TIME, "Give only what is open then. Without a zone it is Brussels time."),
    "now": (TIME, "The moment of asking, for words such as “vanavond”; the clock when left out."),
    "near": (
        TEXT | {"pattern": r"^-?\d+(\.\d+)?,-?\d+(\.\d+)?$"},
        "From where distances count: latitude,longitude. Send no more decimals than you need; two is a kilometre.",
    ),
    "within_km": (
        {"type": "number", "exclusiveMinimum": 0, "maximum": FARTHEST_KM},
        "Give only what lies within so many kilometres of `near`, else of the place in the question or of `area`. "
        "Without any of these it cannot be answered.",
    ),
    "sort": (TEXT | {"enum": list(SORTS), "default": "relevance"}, "The order of the results."),
    "page": (
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        "Which page; a number that is out of reach becomes the nearest that is not.",
    ),
    "size": ({"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 20}, "Results on a page."),
    "correct": (FLAG | {"default": True}, "False takes every word as it was typed."),
    "facets": ({"type": "array", "items": GROUP}, "Which facets to count; all when left out."),
    "whole_facets": ({"type": "array", "items": GROUP}, "Of which facets to give all values."),
    **{
        group: ({"type": "array", "items": TEXT}, f"Filter, may be repeated: {WHAT_EACH_MEANS[group]}.")
        for group in FACETS
    },
}


def _object(**properties: Any) -> dict[str, Any]:
    """Give an object of which every property is there and no others."""
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


NUMBER: dict[str, Any] = {"type": "number"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
HIT = _object(
    id=TEXT, name=TEXT, organization=TEXT, url=TEXT, score=NUMBER, place=TEXT, summary=TEXT, phone=TEXT, cost=TEXT,
    languages=_list(TEXT), km=_maybe(NUMBER), position=_maybe(_list(NUMBER) | {"minItems": 2, "maxItems": 2}),
    open_now=_maybe(FLAG), opening=TEXT, why=_list(TEXT), missing=_list(TEXT),
)  # fmt: skip
CHIP = _object(kind=TEXT, label=TEXT, rest=TEXT, synonyms=_list(TEXT))
SCHEMAS: dict[str, Any] = {
    "SearchPage": _object(
        total=COUNT, level=COUNT, page={"type": "integer", "minimum": 1}, pages={"type": "integer", "minimum": 1},
        hits=_list(_ref("Hit")), related=_list(_ref("Hit")),
        facets={"type": "object", "propertyNames": GROUP, "additionalProperties": _list(_ref("FacetValue"))},
        cut_facets=_list(GROUP), suggestion=_maybe(_ref("Suggestion")), understood=_ref("Understood"),
        missing=_list(TEXT), engine=TEXT, generation=TEXT, degraded=FLAG, took_ms=NUMBER | {"minimum": 0},
    ),
    "Hit": HIT,
    "FacetValue": _object(value=TEXT, label=TEXT, count=COUNT, selected=FLAG, parent=_maybe(TEXT)),
    "Suggestion": _object(text=TEXT, applied=FLAG),
    "Understood": _object(chips=_list(_ref("Chip")), place=TEXT, danger=TEXT),
    "Chip": CHIP,
    "Error": _object(error=TEXT),
}  # fmt: skip
SCHEMAS["SearchPage"]["description"] = (
    "level 0 = every part of the question fits. Above 0 nothing fits entirely: then total, hits and facets are of what "
    "comes close, and total is no number of answers. related is weaker evidence than hits, and counted nowhere."
)
ERRORS = {
    "400": "A parameter cannot be read; the message names it.",
    "429": "Too many questions from this address; Retry-After says how long to wait.",
    "503": "The index is being made or away.",
}


def describe(site_url: str, site_name: str) -> dict[str, Any]:
    """Give the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site_name}: search",
            "version": VERSION,
            "summary": "Find help in plain Dutch words.",
            "description": "Public data only. What is asked is neither kept nor counted.",
        },
        "servers": [{"url": site_url}],
        "paths": {"/api/search": {"get": _search()}},
        "components": {"schemas": SCHEMAS},
    }


def _search() -> dict[str, Any]:
    answers = {"200": {"description": "One page of results.", "content": _json("SearchPage")}}
    answers |= {code: {"description": words, "content": _json("Error")} for code, words in ERRORS.items()}
    return {
        "operationId": "search",
        "summary": "Ask one question.",
        "parameters": [_parameter(name, *said) for name, said in PARAMETERS.items()],
        "responses": answers,
    }


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": _ref(name)}}


def _parameter(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
    if schema["type"] == "array":
        made |= {"style": "form", "explode": name not in LISTS}
    return made

"""What never comes in, whatever a file says: a national number, in an identifier or hidden in a text. No queries."""

import re
from typing import Any

from core.privacy import holds_national_number
from doorverwijzing.fhir.codes import SNOMED, Json

# Names that the Belgian number has in identifier systems and types.
NUMBER_WORDS = re.compile(
    r"ssin|insz|niss|rijksregister|national-?(?:register|number)|nrn\b|\brrn\b|NNBEL|NNBE\b", re.I
)
# Long digits that are no numbers of people: row ids, object ids, moments.
HARMLESS = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|urn:oid:[\d.]+|\d{4}-\d\d-\d\dT[\d:.]+", re.I
)
NAMES = {"id", "reference", "fullUrl"}
_GONE = object()


class NumberAsNameError(ValueError):
    """A resource is named by a national number, so nothing of it can be used."""


def clean(resource: Json, *, called: str = "") -> tuple[Json, list[str]]:
    """Give a resource without national numbers, and the paths that were left out. `called` is its full address.

    Raises NumberAsNameError.
    """
    if _holds(called):
        raise NumberAsNameError
    dropped: list[str] = []
    kept = _cleaned(resource, str(resource.get("resourceType", "")), dropped)
    return kept, dropped


def _cleaned(value: Any, path: str, dropped: list[str]) -> Any:
    """Walk through a value; what must go is told by its path."""
    if isinstance(value, dict):
        if _is_number(value):
            dropped.append(path)
            return _GONE
        return _cleaned_fields(value, path, dropped)
    if isinstance(value, list):
        parts = [_cleaned(one, path, dropped) for one in value]
        return [one for one in parts if one is not _GONE]
    if _holds(value):
        dropped.append(path)
        return _GONE
    return value


def _cleaned_fields(value: Json, path: str, dropped: list[str]) -> Json:
    kept: Json = {}
    for key, inner in value.items():
        where = f"{path}.{key}"
        if _holds(key):
            dropped.append(path)
        elif key == "code" and value.get("system") == SNOMED:
            kept[key] = inner
        elif isinstance(inner, dict | list):
            part = _cleaned(inner, where, dropped)
            # FHIR has no empty lists.
            if part is not _GONE and (part or not inner):
                kept[key] = part
        elif _holds(inner):
            if key in NAMES:
                raise NumberAsNameError
            dropped.append(where)
        else:
            kept[key] = inner
    return kept


def _is_number(value: Json) -> bool:
    """Tell whether this is an identifier whose system or type says that it is the national number."""
    if "value" not in value or not isinstance(value["value"], str):
        return False
    kind = value.get("type")
    codings = kind.get("coding") if isinstance(kind, dict) else None
    codes = [str(one.get("code", "")) for one in codings if isinstance(one, dict)] if isinstance(codings, list) else []
    return any(NUMBER_WORDS.search(word) for word in [str(value.get("system", "")), *codes])


def _holds(value: object) -> bool:
    """Tell whether a text or a number holds a national number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    return holds_national_number(HARMLESS.sub(" x ", str(value)))

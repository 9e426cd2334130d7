"""Resources inside another resource: each becomes a piece of its own, named after what holds it. No queries."""

from dataclasses import replace
from typing import Any

from doorverwijzing.fhir.codes import Json
from doorverwijzing.fhir.reading import KIND, Found
from doorverwijzing.fhir.walking import key_of, several, words


def unpacked(holder: Found) -> list[Found]:
    """Give a resource and what it contains. What is kept aside keeps the form in which it came."""
    inside = [one for one in several(holder.resource, "contained") if KIND.fullmatch(words(one, "resourceType"))]
    if not inside:
        return [holder]
    name = key_of(holder)
    rest = {key: value for key, value in holder.resource.items() if key != "contained"}
    outer = replace(holder, resource=_pointing(rest, name), came=holder.resource)
    return [outer, *(_piece(one, name, holder) for one in inside)]


def _piece(one: Json, name: str, holder: Found) -> Found:
    return replace(holder, resource=_pointing(one, name), url=f"{name}#{words(one, 'id')}", came=one)


def _pointing(value: Any, name: str) -> Any:
    """Say of each "#" whose it is: the same id stands for another piece in the next resource."""
    if isinstance(value, list):
        return [_pointing(one, name) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _pointing(inner, name) for key, inner in value.items()}
    pointed = made.get("reference")
    if isinstance(pointed, str) and pointed.startswith("#"):
        made["reference"] = name if pointed == "#" else f"{name}{pointed}"
    return made

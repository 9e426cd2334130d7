"""Telling what a file or a record is: by its name, and by the fields that it has."""

import re
from typing import Any

from sociale_kaart.hsds.tables import Table, tables

_ODD_NAMES = {
    "accessibilities": "accessibility", "accessibility_for_disabilities": "accessibility",
    "fundings": "funding", "metadatas": "metadata", "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location", "service_locations": "service_at_location",
    "capacity": "service_capacity", "capacities": "service_capacity", "organisation": "organization",
    "organisations": "organization", "organisation_identifiers": "organization_identifier",
    "additional_urls": "url", "additional_websites": "url", "terms": "taxonomy_term",
}  # fmt: skip
# Objects of the standard, or of older forms of it, for which we have no room; they are named in the report.
WITHOUT_ROOM = {"meta_table_description", "meta_table_descriptions", "payments_accepted", "eligibility"}
_DECORATION = re.compile(r"^(hsds|oruk|fail|warn)_|_?(full|list|page|export|\d+)$")


def _plural(name: str) -> str:
    if name.endswith("y") and not name.endswith("ay"):
        return name[:-1] + "ies"
    return name + ("es" if name.endswith("s") else "s")


def table_named(name: str) -> Table | None:
    """Find the table that a file or key is named after, in singular or plural."""
    stem = re.sub(r"[\s\-]+", "_", name.strip().lower()).removesuffix(".csv").strip("_")
    known = tables()
    for candidate in (stem, _ODD_NAMES.get(stem, "")):
        if candidate in known:
            return known[candidate]
    return next((table for table in known.values() if _plural(table.name) == stem), None)


def table_hinted(stem: str) -> Table | None:
    """Find the table in a decorated file name, such as `service_list` or `services-page-2`."""
    name = re.sub(r"[\s\-.]+", "_", stem.lower())
    while name:
        if table := table_named(name):
            return table
        shorter = _DECORATION.sub("", name).strip("_")
        if shorter == name:
            return None
        name = shorter
    return None


def table_of(record: Any, hint: Table | None) -> Table | None:
    """Find what a JSON object is by its fields; the name of the file decides between equals."""
    if not isinstance(record, dict):
        return hint
    keys = set(record) - {"id", "attributes", "metadata"}
    if not keys & {"name", "description", "location", "service", "service_id", "location_id", "status"}:
        return hint if "id" in record else None
    scores = {table: _score(table, keys) for table in _main_tables()}
    best = max(scores.values())
    leaders = [table for table, score in scores.items() if score == best]
    return hint if hint is not None and (hint in leaders or hint not in scores) else leaders[0]


def _score(table: Table, keys: set[str]) -> int:
    known = sum(table.knows(key) for key in keys)
    return 2 * known - len(keys) + 4 * len(keys & _TELLING.get(table.name, set()))


# Fields that only this object has.
_TELLING = {
    "service": {"organization", "service_at_locations", "status", "eligibility_description", "application_process"},
    "service_at_location": {"location", "service", "location_id", "service_id"},
    "location": {"location_type", "latitude", "addresses"},
    "taxonomy_term": {"taxonomy_detail", "term_uri", "parent_id", "taxonomy_id"},
    "organization": {"organization_identifiers", "legal_status", "year_incorporated", "programs", "services"},
    "taxonomy": {"version"},
}


def _main_tables() -> list[Table]:
    names = ("organization", "service", "service_at_location", "location", "taxonomy_term", "taxonomy", "program")
    return [tables()[name] for name in names]


def collection_of(record: Any) -> list[tuple[Table, list[Any]]]:
    """Give the lists of an object that is only a box of tables, such as `{"services": […]}`; else nothing.

    Beside a list, one object may stand by itself: `{"organization": {…}, "services": […]}`.
    """
    if not isinstance(record, dict) or "id" in record or "name" in record:
        return []
    found = [(table, value) for key, value in record.items() if (table := table_named(key))]
    if not any(isinstance(value, list) for _table, value in found):
        return []
    return [(table, value if isinstance(value, list) else [value]) for table, value in found]


def unknown_lists(record: dict[str, Any]) -> list[str]:
    """Name what holds objects in a box or a page, and is no table."""
    return [
        key
        for key, value in record.items()
        if not table_named(key)
        and any(isinstance(item, dict) for item in (value if isinstance(value, list) else [value]))
    ]

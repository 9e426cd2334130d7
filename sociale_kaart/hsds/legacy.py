"""Older forms: the CSV files of Ohana and HSDS 1.x, row by row turned into objects of today."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sociale_kaart.hsds.rows import made_id
from sociale_kaart.hsds.words import DAY_WORDS

Cells = dict[str, Any]
# Which organization a location belongs to: in Ohana a service knows only its location.
Owners = dict[str, str]
EVERY_YEAR = "0001"
_COMMA = re.compile(r"\s*,\s*(?![^()]*\))")


@dataclass
class Adapter:
    """Turns rows of an older table into objects of `table`."""

    table: str
    turn: Callable[[Cells, Owners], Cells]
    owners: Owners = field(default_factory=dict)

    def __call__(self, cells: Cells) -> Cells:
        """Give the object of today; the cells that were used are gone, the others stay."""
        return self.turn(dict(cells), self.owners)


def _listed(text: str) -> list[str]:
    return [item for item in _COMMA.split(text.strip()) if item]


def _parts(kind: str, owner: str, texts: list[str], column: str) -> list[Cells]:
    """Make one small object per word of a list, each with an id that stays the same."""
    return [{"id": made_id("legacy", owner, kind, text), column: text} for text in texts]


def _rename(cells: Cells, names: dict[str, str]) -> None:
    for old, new in names.items():
        if old in cells and not cells.get(new):
            cells[new] = cells.pop(old)


def _organization(cells: Cells, owners: Owners) -> Cells:
    owner = f"organization:{cells.get('id')}"
    year = re.search(r"\b(1[5-9]|20)\d\d\b", cells.pop("date_incorporated", ""))
    if year:
        cells["year_incorporated"] = year[0]
    cells["funding"] = _parts("funding", owner, _listed(cells.pop("funding_sources", "")), "source")
    _rename(cells, {"url": "website"})
    return cells


def _location(cells: Cells, owners: Owners) -> Cells:
    owner = f"location:{cells.get('id')}"
    owners[str(cells.get("id", "")).strip()] = str(cells.get("organization_id", "")).strip()
    is_virtual = str(cells.pop("virtual", "")).strip().lower() in {"true", "t", "1", "yes"}
    cells.setdefault("location_type", "virtual" if is_virtual else "physical")
    cells["accessibility"] = _parts("accessibility", owner, _listed(cells.pop("accessibility", "")), "description")
    cells["languages"] = _parts("language", owner, _listed(cells.pop("languages", "")), "name")
    if email := cells.pop("email", "").strip():
        cells["contacts"] = _parts("contact", owner, [email], "email")
    _rename(cells, {"website": "url"})
    return cells


def _service(cells: Cells, owners: Owners) -> Cells:
    owner = f"service:{cells.get('id')}"
    place = str(cells.pop("location_id", "")).strip()
    if place:
        cells["service_at_locations"] = [{"id": made_id("legacy", owner, "at", place), "location_id": place}]
        if not cells.get("organization_id") and place in owners:
            cells["organization_id"] = owners[place]
    for column, kind, key, name in _LISTS_OF_A_SERVICE:
        if words := _listed(cells.pop(column, "")):
            cells[key] = _parts(kind, owner, words, name)
    cells["attributes"] = [
        {"id": made_id("legacy", owner, "term", term), "taxonomy_term": term}
        for term in _listed(cells.pop("taxonomy_ids", ""))
    ]
    for_whom = [cells.pop(column, "").strip() for column in ("audience", "eligibility")]
    if any(for_whom) and not cells.get("eligibility_description"):
        cells["eligibility_description"] = "\n".join(text for text in for_whom if text)
    _rename(cells, {"website": "url", "fees": "fees_description", "how_to_apply": "application_process"})
    return cells


_LISTS_OF_A_SERVICE = (
    ("languages", "language", "languages", "name"),
    ("required_documents", "document", "required_documents", "document"),
    ("service_areas", "area", "service_areas", "name"),
    ("funding_sources", "funding", "funding", "source"),
)


def _phone(cells: Cells, owners: Owners) -> Cells:
    _rename(cells, {"number_type": "type", "department": "description"})
    if prefix := cells.pop("country_prefix", "").strip():
        cells["number"] = f"{prefix} {cells.get('number', '')}".strip()
    return cells


def _address(kind: str) -> Callable[[Cells, Owners], Cells]:
    """Make a turn for one kind of address. Both kinds count from 1, so the postal ones get an id of their own."""

    def turn(cells: Cells, owners: Owners) -> Cells:
        if kind == "postal" and cells.get("id"):
            cells["id"] = made_id("legacy", "postal address", cells["id"])
        return {"address_type": kind, **cells}

    return turn


def _regular_schedule(cells: Cells, owners: Owners) -> Cells:
    day = cells.pop("weekday", "").strip()
    return {**cells, "freq": "WEEKLY", "byday": DAY_WORDS.get(day.lower(), day)}


def _holiday_schedule(cells: Cells, owners: Owners) -> Cells:
    """Give a closure dates and no hours. One of every year has no form in HSDS; its dates stay as words."""
    is_closed = cells.pop("closed", "").strip().lower() in {"true", "t", "1", "yes"}
    start, end = cells.pop("start_date", "").strip(), cells.pop("end_date", "").strip()
    if cells.get("id"):
        cells["id"] = made_id("legacy", "holiday schedule", cells["id"])
    if is_closed:
        cells |= {"opens_at": "", "closes_at": ""}
    notes = [_("Closed")] if is_closed else []
    if EVERY_YEAR in start:
        notes.append(_("every year: %(start)s – %(end)s") % {"start": _day(start), "end": _day(end)})
    else:
        cells |= {"valid_from": start, "valid_to": end}
    return {**cells, "notes": ", ".join(notes)}


def _day(text: str) -> str:
    return text.replace(EVERY_YEAR, "").strip(" ,-/")


def _term(cells: Cells, owners: Owners) -> Cells:
    code = cells.pop("taxonomy_id", "") if not cells.get("id") else ""
    cells.pop("parent_name", None)
    _rename(cells, {"vocabulary": "taxonomy"})
    return {"id": code, "code": code, **cells} if code else cells


def _tagged(cells: Cells, owners: Owners) -> Cells:
    """HSDS 1.x service_taxonomy."""
    _rename(cells, {"service_id": "link_id", "taxonomy_id": "taxonomy_term_id", "taxonomy_detail": "value"})
    return {**cells, "link_entity": "service"}


def _entrance(cells: Cells, owners: Owners) -> Cells:
    """HSDS 1.x and 2.x accessibility_for_disabilities."""
    _rename(cells, {"accessibility": "description"})
    return cells


# Name of the file: the table of today, the turn, and the columns of which one shows that the form is old.
_OLD_FORMS: dict[str, tuple[str, Callable[[Cells, Owners], Cells], set[str]]] = {
    "organization": ("organization", _organization, {"date_incorporated", "funding_sources", "url"}),
    "location": ("location", _location, {"virtual", "short_desc", "admin_emails"}),
    "service": ("service", _service, {"taxonomy_ids", "service_areas", "audience", "accepted_payments"}),
    "phone": ("phone", _phone, {"number_type", "country_prefix", "department"}),
    "mail_address": ("address", _address("postal"), {"id"}),
    "postal_address": ("address", _address("postal"), {"id"}),
    "physical_address": ("address", _address("physical"), {"id"}),
    "regular_schedule": ("schedule", _regular_schedule, {"weekday"}),
    "holiday_schedule": ("schedule", _holiday_schedule, {"start_date"}),
    "taxonomy": ("taxonomy_term", _term, {"parent_id", "parent_name"}),
    "service_taxonomy": ("attribute", _tagged, {"taxonomy_id"}),
    "accessibility_for_disability": ("accessibility", _entrance, {"accessibility"}),
}  # fmt: skip


def adapter_of(name: str, columns: Collection[str], owners: Owners | None = None) -> Adapter | None:
    """Find the adapter of a file of an older form; nothing when it has the form of today."""
    for stem, (table, turn, telling) in _OLD_FORMS.items():
        if _singular(name) == stem and telling & set(columns):
            return Adapter(table, turn, owners if owners is not None else {})
    return None


def _singular(name: str) -> str:
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if name.endswith(ending):
            return name.removesuffix(ending) + replacement
    return name

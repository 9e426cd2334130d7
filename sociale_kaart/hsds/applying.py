"""Bringing one row into its object: what changes, what stays, and which of our own fields are filled."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from sociale_kaart.hsds.rows import AS_GIVEN, Row

if TYPE_CHECKING:
    from sociale_kaart.hsds.writing import Batch

SHORT = 120


def apply(batch: "Batch", row: Row, links: dict[str, str | None], as_given: dict[str, Any]) -> str:
    """Bring a row into its object; return what happened: "created", "changed" or "unchanged".

    The words of the network's own vocabularies belong to its editors: a source does not change them.
    """
    obj: Any = batch.object_of(row)
    if obj is None:
        obj = row.table.model(id=row.id, **row.values, **links)
        obj.extra = _merged_extra({}, row, as_given, set())
        _dress(batch, row, obj)
        _fill(batch, row, obj)
        batch.put(row, obj, is_new=True)
        return "created"
    if getattr(obj, "vocabulary", ""):
        return "unchanged"
    stated, allowed_links = _allowed(batch, row, obj), _allowed_links(batch, row, obj, links)
    changes = {name: value for name, value in {**stated, **allowed_links}.items() if getattr(obj, name) != value}
    skipped = {name for name in row.values if name not in stated}
    skipped |= {name for name in links if name not in allowed_links}
    if row.embedded and batch.has_spoken(row.key):
        skipped |= {name for name in as_given if getattr(obj, name, None)} - stated.keys()
    extra = _merged_extra(obj.extra, row, as_given, skipped)
    for name, value in changes.items():
        setattr(obj, name, value)
    filled = _fill(batch, row, obj)
    is_changed = bool(changes) or extra != obj.extra
    obj.extra = extra
    if is_changed or filled:
        batch.put(row, obj, is_new=False)
    return "changed" if is_changed else "unchanged"


def is_same_elsewhere(batch: "Batch", copy: Row) -> bool:
    """Tell whether an earlier import already gave this copy an id of its own."""
    return batch.fetch(copy) is not None


def _allowed(batch: "Batch", row: Row, obj: models.Model) -> dict[str, Any]:
    """Give the values that this row may write.

    What is told in passing never empties a field, and where it contradicts what this same source said before,
    the first word counts; so a second run changes nothing.
    """
    has_spoken = batch.has_spoken(row.key)
    if not row.embedded or not (row.table.shared or has_spoken):
        return row.values
    if hash(row.key) in batch.run.own:
        return {}
    values = {}
    for name, value in row.values.items():
        if value in ("", None):
            continue
        there = getattr(obj, name)
        if has_spoken and there not in ("", None) and there != value:
            reason = _("The same object is given twice with different content; the first counts.")
            batch.tally.problems.append(row.problem(name, reason))
            continue
        values[name] = value
    return values


def _allowed_links(batch: "Batch", row: Row, obj: Any, links: dict[str, str | None]) -> dict[str, str | None]:
    """Give the links that this row may write: a shared object that is told in passing keeps the link that it has.

    A record of its own decides, but what it leaves open another one may have told.
    """
    if not row.table.shared:
        return links
    if not row.embedded:
        return {name: target for name, target in links.items() if target or not batch.has_spoken(row.key)}
    if hash(row.key) in batch.run.own:
        open_links = {name for name in links if not getattr(obj, name)} - obj.extra.get(AS_GIVEN, {}).keys()
        return {name: target for name, target in links.items() if target and name in open_links}
    allowed: dict[str, str | None] = {}
    for name, target in links.items():
        there = getattr(obj, name)
        if target and (there in (None, target) or not batch.has_spoken(row.key)):
            allowed[name] = target
        elif target:
            reason = _("The same object hangs on two different things; the first counts.")
            batch.tally.problems.append(row.problem(name, reason))
    return allowed


def _merged_extra(there: dict[str, Any], row: Row, as_given: dict[str, Any], skipped: set[str]) -> dict[str, Any]:
    """Join what is kept beside the fields; an original goes away once its field is given rightly."""
    stated = {*row.values, *row.links} - skipped
    originals = {name: value for name, value in there.get(AS_GIVEN, {}).items() if name not in stated}
    originals |= {name: value for name, value in as_given.items() if name not in skipped}
    rest = {name: value for name, value in {**there, **row.extra}.items() if name != AS_GIVEN}
    return {**rest, AS_GIVEN: originals} if originals else rest


def _dress(batch: "Batch", row: Row, obj: Any) -> None:
    """Give a new row its place among others, and say of an organization or service where it came from.

    A listing that comes in is published at once; what happens to it later is up to editors.
    """
    if hasattr(obj, "sort_order"):
        obj.sort_order = row.position
    if row.table.name in {"organization", "service"}:
        obj.source = batch.run.source[:SHORT]
        obj.first_published_at = obj.last_published_at = batch.run.now


def _fill(batch: "Batch", row: Row, obj: Any) -> bool:
    """Fill our own fields where they are empty; tell whether something was filled in."""
    if filler := _FILLERS.get(row.table.name):
        return filler(batch, row, obj)
    return False


def _fill_area(batch: "Batch", row: Row, obj: Any) -> bool:
    if not obj.name or (obj.node and "name" not in row.values):
        return False
    node = batch.run.gazetteer.node(obj.name)
    if not node:
        reason = _("No municipality, zone, province or region is called “%(name)s”.") % {"name": obj.name[:80]}
        batch.run.shaper.once(row, "name", reason, batch.tally.problems)
    was, obj.node = obj.node, node
    return was != node


def _fill_location(batch: "Batch", row: Row, obj: Any) -> bool:
    if obj.municipality_id or obj.location_type == "virtual":
        return False
    gazetteer, nis = batch.run.gazetteer, None
    if obj.external_identifier_type == "NIS":
        nis = gazetteer.of_code(obj.external_identifier)
    if nis is None and obj.latitude is not None and obj.longitude is not None:
        nis = gazetteer.of_position(obj.latitude, obj.longitude)
    obj.municipality_id = nis
    return nis is not None


def _fill_address(batch: "Batch", row: Row, obj: Any) -> bool:
    """Learn from the address in which municipality its location lies; that is written after the batch."""
    if obj.location_id and obj.address_type == "physical":
        nis = batch.run.gazetteer.of_address(obj.country, obj.postal_code, obj.city)
        if nis:
            batch.municipalities.setdefault(obj.location_id, nis)
    return False


_FILLERS = {"service_area": _fill_area, "location": _fill_location, "address": _fill_address}

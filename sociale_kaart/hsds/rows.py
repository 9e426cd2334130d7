"""From one raw row to a row that can be written: ids, columns, links, and what is kept aside."""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.privacy import without_national_number
from sociale_kaart.hsds.cleaning import readable
from sociale_kaart.hsds.moments import WHEN, half_read, oddities
from sociale_kaart.hsds.outcomes import Mended, Refused
from sociale_kaart.hsds.places import mended_position
from sociale_kaart.hsds.report import Problem
from sociale_kaart.hsds.tables import ANCHORS, KEPT, Table, tables
from sociale_kaart.hsds.words import DAYS, NOT_TO_SHOW, plain_word

# All ids that we make ourselves come from here, so that the same source always gives the same ids.
OUR_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "https://docs.openreferral.org/en/latest/hsds/")
# Originals of what was mended, and ids of links that lead nowhere, by column.
AS_GIVEN = "as_given"
SHORT = 80
# Beyond this, PostgreSQL gives a number of JSON back in other digits.
EXACT = 2.0**53
# Without a value these keep what the table says by default.
KEEP_DEFAULT = {"status", "location_type", "address_type", "country"}
AGES, OLDEST = ("minimum_age", "maximum_age"), 150
_SAFE_ID = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.~:-]{0,99}$")


@dataclass(slots=True)
class Row:
    """One HSDS object, clean. `values` and `links` hold only what the source states."""

    table: Table
    id: str
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str | None] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    as_given: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    mended: bool = False
    embedded: bool = False
    # Its place among its sisters, for things that have an order.
    position: int = 0
    # A link that is only a guess: when it leads nowhere nothing is said.
    guess: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Give what makes this object the same as another one."""
        return self.table.name, self.id

    def problem(self, column: str, reason: str, *, rejected: bool = False) -> Problem:
        """Put a sentence about this row into the form of the report."""
        return Problem(self.table.name, self.id, self.number, column, reason, rejected)

    def missing(self) -> list[str]:
        """Name what the standard cannot do without and this row does not state."""
        return sorted(name for name in self.table.must if self.values.get(name) in ("", None))


def made_id(*parts: object) -> str:
    """Make an id that is the same for the same parts."""
    name = ":".join(str(part) for part in parts)
    # Half a letter, of which JSON can tell, is no UTF-8.
    return str(uuid.uuid5(OUR_IDS, name.encode("utf-8", "backslashreplace").decode()))


def clean_id(value: Any, table: str) -> str:
    """Give an id as it is, or one made from it when it cannot stand in a web address; "" when there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip()
    return text if not text or _SAFE_ID.match(text) else made_id(table, text)


def plain(value: Any) -> Any:
    """Give a JSON value that every database takes."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {str(plain(str(name))): plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not abs(value) < EXACT:
        return str(value)
    return value


def fit_to_keep(value: Any) -> Any:
    """Give a value that may be kept beside the fields: no national number stands in it."""
    value = plain(value)
    if isinstance(value, str):
        return without_national_number(value)
    if isinstance(value, dict):
        return {name: fit_to_keep(item) for name, item in value.items()}
    return [fit_to_keep(item) for item in value] if isinstance(value, list) else value


class Shaper:
    """Shapes rows for one run; what is missing in a whole column is told once."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str, str]] = set()

    def row(
        self, table: Table, raw: Mapping[str, Any], number: int, problems: list[Problem], *, is_flat: bool = False
    ) -> Row:
        """Clean one raw row; a flat one has no nested objects. A row that cannot stand has `faults`."""
        row = Row(table, clean_id(raw.get("id"), table.name), number, position=number)
        if row.id and row.id != str(raw["id"]).strip():
            self.mend(row, "id", raw["id"], _("This id cannot stand in a web address; it got another one."), problems)
        for column, value in raw.items():
            if (cleaner := table.cleaners.get(column)) is not None:
                self._take(row, column, value, cleaner(value), problems)
            elif column in table.links:
                row.links[column] = self._link(row, column, value, problems)
            elif column != "id" and (is_flat or not (column in table.children or column in table.parents)):
                self._keep(row, column, value, problems)
        if finish := _FINISH.get(table.name):
            finish(self, row, raw, problems)
        self._ask_for_missing(row, problems)
        return row

    def _take(self, row: Row, column: str, given: Any, outcome: Any, problems: list[Problem]) -> None:
        if outcome.__class__ is Refused:
            row.faults.append((column, outcome.reason))
        elif outcome.__class__ is Mended:
            self.mend(row, column, None if outcome.is_secret else given, outcome.reason, problems)
            outcome = outcome.value
        if outcome.__class__ is not Refused and not (outcome in ("", None) and column in KEEP_DEFAULT):
            row.values[column] = outcome

    def mend(self, row: Row, column: str, given: Any, reason: str, problems: list[Problem]) -> None:
        """Keep the original of a value that was repaired, unless it is secret (`given` is None), and tell of it."""
        row.mended = True
        if given is None:
            problems.append(row.problem(column, reason))
            return
        row.as_given[column] = fit_to_keep(given)
        shown = str(row.as_given[column])
        if not isinstance(given, dict | list) and len(shown) <= SHORT and shown not in reason:
            reason = _("%(reason)s The source says “%(given)s”.") % {"reason": reason, "given": shown}
        problems.append(row.problem(column, reason))

    def _link(self, row: Row, column: str, value: Any, problems: list[Problem]) -> str | None:
        target = clean_id(value, row.table.links[column])
        if not target and value not in ("", None):
            self.mend(row, column, value, _("This is not an id."), problems)
        if target and row.key == (row.table.links[column], target):
            self.mend(row, column, value, _("This points to itself; the link stays empty."), problems)
            return None
        return target or None

    def _keep(self, row: Row, column: str, value: Any, problems: list[Problem]) -> None:
        """Keep what the standard does not name; an empty cell of an unknown column says nothing."""
        if column in ANCHORS.get(row.table.name, ()) or value in ("", None, [], {}):
            return
        row.extra[str(plain(column))] = fit_to_keep(value)
        if column not in KEPT.get(row.table.name, ()):
            self.once(row, column, _("HSDS does not know this field; it was kept beside the others."), problems)

    def once(self, row: Row, column: str, reason: str, problems: list[Problem]) -> None:
        """Tell something about a whole column, at its first row."""
        told = (row.table.name, column, reason)
        if told not in self._told:
            self._told.add(told)
            problems.append(Problem(row.table.name, "", row.number, str(plain(column)), reason))

    def _ask_for_missing(self, row: Row, problems: list[Problem]) -> None:
        for column in row.table.should:
            if row.values.get(column) in ("", None):
                self.once(row, column, _("The standard asks for this field; here it is missing."), problems)


def _finish_location(shaper: Shaper, row: Row, raw: Mapping[str, Any], problems: list[Problem]) -> None:
    """Mend the position; a place that the source keeps secret comes in secret."""
    if row.values.get("location_type") == NOT_TO_SHOW:
        row.values |= {"location_type": "physical", "protected": True}
    if "latitude" not in row.values and "longitude" not in row.values:
        return
    here = row.values.get("latitude"), row.values.get("longitude")
    there, reason = mended_position(*here)
    if reason:
        row.as_given |= {name: plain(raw.get(name)) for name in ("latitude", "longitude")}
        row.mended = True
        problems.append(row.problem("latitude", reason))
    row.values["latitude"], row.values["longitude"] = there


def _finish_address(shaper: Shaper, row: Row, raw: Mapping[str, Any], problems: list[Problem]) -> None:
    if row.values.get("address_type") == NOT_TO_SHOW:
        row.faults.append(("address_type", _("The source keeps this address secret.")))


def _finish_schedule(shaper: Shaper, row: Row, raw: Mapping[str, Any], problems: list[Problem]) -> None:
    """HSDS knows no daily rhythm: it is a weekly one on all days. Days without a rhythm are weekly."""
    values = row.values
    if plain_word(str(raw.get("freq", ""))) in {"daily", "dagelijks"} and not values.get("byday"):
        values["byday"] = ",".join(DAYS)
    if values.get("byday") and not values.get("freq") and not row.faults:
        values["freq"] = "WEEKLY"
        shaper.once(row, "freq", _("Days without a rhythm were read as weekly."), problems)
    values.setdefault("freq", "")
    unread = [column for column in (*WHEN, "byday") if column in row.as_given and values.get(column) in ("", None)]
    if silent := half_read(values, unread):
        row.as_given |= {column: fit_to_keep(raw[column]) for column in silent if raw.get(column)}
        values |= dict.fromkeys(silent)
        reason = _("When this is cannot be read; these hours are not shown.")
        problems.append(row.problem(unread[0], reason))
    problems += [row.problem(column, reason) for column, reason in oddities(values)]


def _finish_service(shaper: Shaper, row: Row, raw: Mapping[str, Any], problems: list[Problem]) -> None:
    """Leave out an age that nobody has; tell of a lowest that lies above the highest."""
    for name in AGES:
        age = row.values.get(name)
        if age is not None and not 0 <= age <= OLDEST:
            shaper.mend(row, name, raw.get(name), _("Nobody has this age; it was left out."), problems)
            row.values[name] = None
    lowest, highest = (row.values.get(name) for name in AGES)
    if lowest is not None and highest is not None and lowest > highest:
        problems.append(row.problem(AGES[0], _("The lowest age lies above the highest.")))


def _finish_anchor(shaper: Shaper, row: Row, raw: Mapping[str, Any], problems: list[Problem]) -> None:
    """Read what an attribute or a metadata row belongs to; a service gets a real link."""
    id_column, kind_column = ANCHORS[row.table.name]
    kind = str(raw.get(kind_column) or "").strip().lower().removesuffix("s")
    kind = kind if kind in tables() else readable(str(raw.get(kind_column) or ""))[0].strip()[:60]
    target = clean_id(raw.get(id_column), kind)
    if not target:
        row.faults.append((id_column, _("It is not said to what this belongs.")))
    if kind and kind not in tables():
        shaper.once(row, kind_column, _("This is not the name of an HSDS object."), problems)
    row.values |= {id_column: target, kind_column: kind}
    if row.table.name == "attribute" and (kind == "service" or kind not in tables()):
        row.links["service_id"] = target
        row.guess = "" if kind == "service" else "service_id"


_FINISH: dict[str, Callable[[Shaper, Row, Mapping[str, Any], list[Problem]], None]] = {
    "service": _finish_service,
    "location": _finish_location,
    "address": _finish_address,
    "schedule": _finish_schedule,
    "attribute": _finish_anchor,
    "metadata": _finish_anchor,
}

"""Finding one's way in a parcel: what points at what, and safe looks into JSON of any shape. No queries."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from doorverwijzing.fhir.codes import Json
from doorverwijzing.fhir.reading import Found, Parcel, short_name

VERSION = re.compile(r"/_history/([^/]*)$")


class Asking:
    """The parcel, asked for what a reference means. A name that more than one resource has means none of them."""

    def __init__(self, parcel: Parcel) -> None:
        self.parcel = parcel
        self._by_name: dict[str, list[Found]] = {}
        self._by_kind: dict[str, list[Found]] = {}
        self._about: dict[tuple[str, str], dict[str, list[Found]]] = {}
        for one in parcel.found:
            self._by_kind.setdefault(one.kind, []).append(one)
            for name in {one.url, short_name(one.resource)} - {""}:
                self._by_name.setdefault(name, []).append(one)

    def of_kind(self, kind: str) -> list[Found]:
        """Give the resources of one type, in the order of the source."""
        return self._by_kind.get(kind, [])

    def about(self, kind: str, field: str, name: str) -> list[Found]:
        """Give the resources of one type of which a field points at something, by its name."""
        if (kind, field) not in self._about:
            found = self._about[kind, field] = {}
            for one in self.of_kind(kind):
                found.setdefault(self.name(one.resource.get(field)), []).append(one)
        return self._about[kind, field].get(name, [])

    def at(self, reference: object) -> Found | None:
        """Give what a reference points at, when that is in the parcel."""
        found = self._called(words(reference, "reference"))
        return found[0] if len(found) == 1 else None

    def _called(self, reference: str) -> list[Found]:
        """Give what has this name. An address elsewhere is never the resource here that happens to have the same id."""
        name, version = VERSION.sub("", reference), VERSION.search(reference)
        found = self._by_name.get(name, [])
        if not found and name.startswith(("https://", "http://")):
            found = [one for one in self._by_name.get("/".join(name.split("/")[-2:]), []) if not one.url]
        return [one for one in found if not version or words(one.resource, "meta", "versionId") in ("", version[1])]

    def is_doubtful(self, *first: Found) -> bool:
        """Tell whether one of these, or what they lead to, points at a name that more than one resource has."""
        names = {name for one in self.around(*first) for name in _references(one.resource)}
        return any(len(self._called(name)) > 1 for name in names)

    def around(self, *first: Found) -> set[Found]:
        """Give some resources and all that they point at, from one to the next."""
        found, left = set(first), list(first)
        while left:
            for name in _references(left.pop().resource):
                one = self.at({"reference": name})
                if one and one not in found:
                    found.add(one)
                    left.append(one)
        return found

    def is_of(self, one: Found, person: object) -> bool:
        """Tell whether a resource points at this person, and at nobody and nothing that may be another one."""
        mine = self.name(person)
        names = self.names_in(one)
        others = {name for name in names - {mine} if _may_be_someone(self.at({"reference": name}), name)}
        return bool(mine) and mine in names and not others

    def names_in(self, one: Found) -> set[str]:
        """Name everything that a resource points at."""
        return {self.name({"reference": name}) for name in _references(one.resource)}

    def name(self, reference: object) -> str:
        """Give one name for what a reference points at, in the parcel or not."""
        found = self.at(reference)
        return key_of(found) if found else words(reference, "reference")


def _references(value: object) -> Iterator[str]:
    """Give every reference somewhere in a value."""
    if isinstance(value, dict):
        if name := words(value, "reference"):
            yield name
        value = list(value.values())
    for one in value if isinstance(value, list) else []:
        yield from _references(one)


def _may_be_someone(found: Found | None, name: str) -> bool:
    """Tell whether a reference may lead to another person who is helped; what is not in the parcel may be anyone."""
    kind = found.kind if found else name.split("/")[-2] if "/" in name else ""
    return kind in {"", "Group", "Patient", "Person", "RelatedPerson"}


def key_of(found: Found) -> str:
    """Give the one name of a resource in a parcel."""
    return found.url or f"{found.kind}/{found.resource.get('id', '')}"


def several(value: object, *path: str) -> list[Json]:
    """Give the objects in a list somewhere in a value; empty when there is no such list."""
    found = inside(value, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def inside(value: object, *path: str) -> Any:
    """Walk down through objects; None when the way ends."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def words(value: object, *path: str) -> str:
    """Give a text somewhere in a value; empty when it is none."""
    found = inside(value, *path)
    return found.strip() if isinstance(found, str) else ""


def codings(value: object) -> Iterator[tuple[str, str, str]]:
    """Give system, code and display of each code in a concept."""
    for one in several(value, "coding"):
        yield words(one, "system"), words(one, "code"), words(one, "display")


def code_in(value: object, system: str) -> str:
    """Give the code of one system in a concept; empty when it has none."""
    return next((code for one, code, _display in codings(value) if one == system), "")


def extension(value: object, url: str) -> Json:
    """Give the extension with an address; empty when there is none."""
    return next((one for one in several(value, "extension") if one.get("url") == url), {})


def moment(text: str) -> datetime | None:
    """Read a FHIR dateTime; a day alone begins at midnight here. None when it is no moment."""
    try:
        found = parse_datetime(text) if "T" in text else None
    except ValueError:
        return None
    if found is None:
        on = day(text)
        return timezone.make_aware(datetime(on.year, on.month, on.day)) if on else None
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)


def day(text: str) -> date | None:
    """Read the day of a FHIR date or dateTime; None when it is not a whole day."""
    try:
        return parse_date(text[:10])
    except ValueError:
        return None

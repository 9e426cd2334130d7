"""Where something lies: positions that are turned round, the municipality of an address, the node of an area."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gebied.models import Municipality, Place
from sociale_kaart.areas import node_of

Ring = list[list[float]]
BELGIUM = {"latitude": (49.4, 51.6), "longitude": (2.4, 6.5)}
LONGEST_NAME = 120


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def mended_position(latitude: float | None, longitude: float | None) -> tuple[tuple[float | None, float | None], str]:
    """Give a position that exists, and what was wrong with the given one."""
    if latitude is not None and longitude is not None and _is_turned(latitude, longitude):
        return (longitude, latitude), _("Latitude and longitude were turned round.")
    if abs(latitude or 0) > 90 or abs(longitude or 0) > 180:
        return (None, None), _("This position lies outside the globe; it was left out.")
    if (latitude, longitude) == (0, 0):
        return (None, None), _("The position 0, 0 lies in the sea; it was left out.")
    return (latitude, longitude), ""


def _is_turned(latitude: float, longitude: float) -> bool:
    if _within(latitude, BELGIUM["longitude"]) and _within(longitude, BELGIUM["latitude"]):
        return True
    return 90 < abs(latitude) <= 180 and abs(longitude) <= 90


class Gazetteer:
    """Municipalities and areas for one run; what was asked once is not asked again."""

    def __init__(self) -> None:
        self._nodes: dict[str, str] = {}

    def node(self, name: str) -> str:
        """Give the node of an area that is served, or "" when the name is unknown."""
        key = " ".join(name.split()).casefold()
        if key not in self._nodes:
            self._nodes[key] = node_of(name) if len(name) <= LONGEST_NAME else ""
        return self._nodes[key]

    def of_address(self, country: str, postal_code: str, city: str) -> str | None:
        """Give the NIS code of the municipality of a Belgian address."""
        if country != "BE":
            return None
        place = city.casefold().strip()
        exact = self._by_place.get((postal_code, place)) or self._by_name.get(place)
        return exact or self._by_postcode.get(postal_code)

    def of_code(self, code: str) -> str | None:
        """Give today's NIS code for one of today or of before the mergers."""
        return self._by_code.get(code)

    def of_position(self, latitude: float, longitude: float) -> str | None:
        """Give the NIS code of the municipality around a position in Flanders or Brussels."""
        for nis, (west, south, east, north), rings in self._outlines:
            is_near = west <= longitude <= east and south <= latitude <= north
            if is_near and any(_encloses(ring, longitude, latitude) for ring in rings):
                return nis
        return None

    @cached_property
    def _places(self) -> list[tuple[str, str, str]]:
        rows = Place.objects.order_by("pk").values_list("postcode", "name", "municipality_id")
        return [(postcode, name.casefold(), nis) for postcode, name, nis in rows]

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], str]:
        return {(postcode, name): nis for postcode, name, nis in self._places}

    @cached_property
    def _by_postcode(self) -> dict[str, str]:
        """A postcode speaks for itself only when all its places lie in one municipality."""
        found: dict[str, set[str]] = {}
        for postcode, _name, nis in self._places:
            found.setdefault(postcode, set()).add(nis)
        return {postcode: next(iter(codes)) for postcode, codes in found.items() if len(codes) == 1}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        rows = Municipality.objects.values_list("name", "nis")
        former = Municipality.objects.exclude(former=None).values_list("former__name", "nis")
        return {name.casefold(): nis for name, nis in [*former, *rows]}

    @cached_property
    def _by_code(self) -> dict[str, str]:
        former = Municipality.objects.exclude(former=None).values_list("former__nis", "nis")
        return {**dict(former), **{nis: nis for nis in Municipality.objects.values_list("nis", flat=True)}}

    @cached_property
    def _outlines(self) -> list[tuple[str, tuple[float, float, float, float], list[Ring]]]:
        found = []
        for nis, boundary in Municipality.objects.exclude(boundary=None).values_list("nis", "boundary"):
            rings = _outer_rings(boundary or {})
            points = [point for ring in rings for point in ring]
            lons, lats = [point[0] for point in points], [point[1] for point in points]
            found.append((nis, (min(lons), min(lats), max(lons), max(lats)), rings))
        return found


def _outer_rings(geometry: dict[str, Any]) -> list[Ring]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _encloses(ring: Ring, x: float, y: float) -> bool:
    """Tell whether a point lies inside a ring, by counting the edges to its east."""
    inside = False
    for (x_1, y_1), (x_2, y_2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y_1 > y) != (y_2 > y) and x < (x_2 - x_1) * (y - y_1) / (y_2 - y_1) + x_1:
            inside = not inside
    return inside

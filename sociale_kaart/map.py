"""Maps without an outside tile server: municipal boundaries, names and pins, as numbers for an inline SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, hypot, radians
from typing import NamedTuple

from django.utils.translation import gettext as _

from gebied.models import Municipality

KM_PER_DEGREE = 111.2
CLOSE_KM, LEAST_KM = 12.0, 8.0  # how wide a map of one place is, and the least that any map shows
MARGIN = 1.25
HEADROOM = 38  # pixels above the highest point, where its pin stands
REACH = 0.2  # degrees around the frame in which the middle of a visible municipality may lie
TOLERANCE = 0.5  # pixels that a simplified line may stray
BLEED = 4.0  # pixels outside the frame, so that the cut of a shape is not drawn
LETTER, LINE = 8.4, 18.0  # about how much room a letter and a line of a name take
PIN_ROOM = 30.0
PIN_HALF, GATHERED_HALF, PIN_GAP = 12.0, 20.0, 2.0  # half the width of a pin, and of one that counts others
START_HALF = 6.0
DESCENT = 4.0  # how far a g or a j reaches below its line
STRAY = 40.0  # how far a name may stand from its middle: further it would name a neighbour
SCALE_LEFT, SCALE_HIGH = 16, 56  # where the scale begins, and how high its corner is
LEAST_AREA = 1500.0  # square pixels of a municipality that is worth a name

Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """One place to pin. `tone` is "solid", "outline" or "chosen"; without a number it is a plain pin."""

    position: Point  # latitude and longitude in degrees
    number: int | None = None
    tone: str = "solid"
    name: str = ""


@dataclass(frozen=True)
class Shape:
    """A municipality as a path. `kind` is "here", "near" (same zone) or "far"."""

    name: str
    kind: str
    path: str


@dataclass(frozen=True)
class Label:
    """A name in the middle of what is visible of a municipality."""

    text: str
    kind: str
    x: float
    y: float

    def overlaps(self, other: "Label") -> bool:
        """Tell whether two names would be printed over each other."""
        room = (len(self.text) + len(other.text)) * LETTER / 2
        return abs(self.x - other.x) < room and abs(self.y - other.y) < LINE


@dataclass(frozen=True)
class Pin:
    """A spot in the frame, and how many other numbers stand in the same place."""

    x: float
    y: float
    spot: Spot
    more: int = 0

    @property
    def half(self) -> float:
        """Give half of its width."""
        return GATHERED_HALF if self.more else PIN_HALF

    def covers(self, other: "Pin") -> bool:
        """Tell whether two numbered pins would be drawn over each other."""
        numbered = self.spot.number is not None and other.spot.number is not None
        beside = abs(self.x - other.x) < self.half + other.half + PIN_GAP
        return numbered and beside and abs(self.y - other.y) < PIN_ROOM


@dataclass(frozen=True)
class Ring:
    """A distance around a point, and the length of its scale."""

    x: float
    y: float
    radius: float
    km: float


@dataclass(frozen=True)
class Map:
    """Everything that `sociale_kaart/_map.html` draws."""

    width: int
    height: int
    title: str
    shapes: list[Shape]
    labels: list[Label]
    pins: list[Pin]
    ring: Ring | None = None
    scale: float = 0.0  # pixels of five kilometres

    @property
    def gathered(self) -> bool:
        """Tell whether a pin stands for more than its own number."""
        return any(pin.more for pin in self.pins)

    @property
    def scale_y(self) -> int:
        """Give the height at which the scale is drawn."""
        return self.height - 22

    @property
    def scale_middle(self) -> float:
        """Give where the words of the scale stand."""
        return SCALE_LEFT + self.scale / 2


@dataclass(frozen=True)
class Frame:
    """A window on the globe, drawn flat around its middle."""

    latitude: float
    longitude: float
    km_wide: float
    width: int
    height: int

    @property
    def per_km(self) -> float:
        """Give the pixels of one kilometre."""
        return self.width / self.km_wide

    def place(self, position: Point) -> Point:
        """Give x and y of a latitude and longitude."""
        latitude, longitude = position
        east = (longitude - self.longitude) * cos(radians(self.latitude)) * KM_PER_DEGREE
        north = (latitude - self.latitude) * KM_PER_DEGREE
        return self.width / 2 + east * self.per_km, self.height / 2 - north * self.per_km

    def holds(self, point: Point) -> bool:
        """Tell whether a point is drawn."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height

    def municipalities(self) -> list[Municipality]:
        """Fetch what may be visible, with its zones."""
        high = self.km_wide * self.height / self.width / KM_PER_DEGREE / 2 + REACH
        wide = self.km_wide / KM_PER_DEGREE / cos(radians(self.latitude)) / 2 + REACH
        near = Municipality.objects.filter(
            boundary__isnull=False,
            latitude__range=(self.latitude - high, self.latitude + high),
            longitude__range=(self.longitude - wide, self.longitude + wide),
        )
        return list(near.prefetch_related("zones"))


def draw(
    spots: Sequence[Spot],
    *,
    here: Municipality | None = None,
    centre: Point | None = None,
    ring_km: float = 0,
    size: tuple[int, int] = (352, 198),
    title: str = "",
) -> Map | None:
    """Draw spots on the municipalities around them; nothing when there is nothing to draw.

    `centre` is where the person starts (the middle of a ring of `ring_km`); `here` is the municipality in green.
    """
    points = [spot.position for spot in spots] + ([centre] if centre else [])
    if not points:
        return None
    frame = _frame(points, centre if ring_km else None, ring_km, size)
    shapes, middles = _shapes(frame, here)
    pins = _gathered([Pin(*_rounded(frame.place(spot.position)), spot) for spot in spots])
    ring = None
    if centre:
        x, y = _rounded(frame.place(centre))
        ring = Ring(x, y, round(ring_km * frame.per_km, 1), ring_km)
    scale = round(5 * frame.per_km, 1)
    labels = _labels(middles, _taken(pins, ring), frame, corner=SCALE_LEFT + scale if ring else 0)
    return Map(*size, title or _("Map"), shapes, labels, pins, ring, scale)


def _frame(points: list[Point], centre: Point | None, ring_km: float, size: tuple[int, int]) -> Frame:
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    if centre:
        up = ring_km / KM_PER_DEGREE
        side = up / cos(radians(centre[0]))
        latitudes += [centre[0] - up, centre[0] + up]
        longitudes += [centre[1] - side, centre[1] + side]
    latitude, longitude = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    wide = (max(longitudes) - min(longitudes)) * KM_PER_DEGREE * cos(radians(latitude))
    high = (max(latitudes) - min(latitudes)) * KM_PER_DEGREE * size[0] / (size[1] - 2 * HEADROOM)
    km_wide = max(wide * MARGIN, high)
    return Frame(latitude, longitude, max(km_wide, LEAST_KM) if km_wide else CLOSE_KM, *size)


def _shapes(frame: Frame, here: Municipality | None) -> tuple[list[Shape], list[Label]]:
    visible = frame.municipalities()
    zones = {zone.pk for other in visible if here and other.pk == here.pk for zone in other.zones.all()}
    shapes, middles = [], []
    for municipality in visible:
        rings = [ring for ring in _visible_rings(municipality, frame) if len(ring) > 2]
        if not rings:
            continue
        near = bool(zones & {zone.pk for zone in municipality.zones.all()})
        kind = "here" if here and municipality.pk == here.pk else "near" if near or here is None else "far"
        shapes.append(Shape(municipality.name, kind, "".join(_path(ring) for ring in rings)))
        biggest = max(rings, key=lambda ring: abs(_area(ring)))
        if abs(_area(biggest)) > LEAST_AREA:
            middles.append(Label(municipality.name, kind, *_rounded(_middle(biggest))))
    order = {"far": 0, "near": 1, "here": 2}
    return sorted(shapes, key=lambda shape: order[shape.kind]), sorted(middles, key=lambda label: -order[label.kind])


def _visible_rings(municipality: Municipality, frame: Frame) -> Iterator[list[Point]]:
    for polygon in _polygons(municipality.boundary):
        ring = [frame.place((latitude, longitude)) for longitude, latitude in polygon[0]]
        yield _simplified(_clipped(ring, frame), TOLERANCE)


def _polygons(boundary: dict | None) -> list[list[list[Point]]]:
    if not boundary:
        return []
    coordinates = boundary["coordinates"]
    return coordinates if boundary["type"] == "MultiPolygon" else [coordinates]


def _clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """Cut a ring to the frame and its bleed (Sutherland and Hodgman)."""
    for axis, edge, sign in (
        (0, -BLEED, 1), (0, frame.width + BLEED, -1), (1, -BLEED, 1), (1, frame.height + BLEED, -1),
    ):  # fmt: skip
        ring = list(_cut(ring, axis, edge, sign))
    return ring


def _cut(ring: list[Point], axis: int, edge: float, sign: int) -> Iterator[Point]:
    if not ring:
        return
    for before, after in pairwise([ring[-1], *ring]):
        inside = [(point[axis] - edge) * sign >= 0 for point in (before, after)]
        if inside[0] != inside[1]:
            share = (edge - before[axis]) / (after[axis] - before[axis])
            yield before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])
        if inside[1]:
            yield after


def _simplified(ring: list[Point], tolerance: float) -> list[Point]:
    """Leave out points that lie within `tolerance` of the line without them (Douglas and Peucker)."""
    if len(ring) < 4:
        return ring
    kept = {0, len(ring) - 1}
    spans = [(0, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = first, tolerance
        for index in range(first + 1, last):
            stray = _distance(ring[index], ring[first], ring[last])
            if stray > distance:
                farthest, distance = index, stray
        if farthest != first:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [ring[index] for index in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    across, up = end[0] - start[0], end[1] - start[1]
    length = hypot(across, up)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(across * (start[1] - point[1]) - up * (start[0] - point[0])) / length


def _path(ring: list[Point]) -> str:
    return "M" + "L".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in ring) + "z"


def _area(ring: list[Point]) -> float:
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise([*ring, ring[0]])) / 2


def _middle(ring: list[Point]) -> Point:
    area = _area(ring)
    if abs(area) < 1:
        return ring[0]
    x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        cross = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return x / (6 * area), y / (6 * area)


def _gathered(pins: list[Pin]) -> list[Pin]:
    """Let pins that would cover each other stand as one: the last of the list, which lies on top, counts the rest."""
    standing: list[Pin] = []
    for pin in reversed(pins):
        above = next((at for at, other in enumerate(standing) if other.covers(pin)), None)
        if above is None:
            standing.append(pin)
        else:
            standing[above] = replace(standing[above], more=standing[above].more + pin.more + 1)
    # One that counts others is wider, and may now cover a neighbour.
    return standing[::-1] if len(standing) == len(pins) else _gathered(standing[::-1])


class Taken(NamedTuple):
    """Where no name can stand: so far to both sides of `x`, its line between top and bottom."""

    top: float
    bottom: float
    x: float
    half: float


def _taken(pins: list[Pin], ring: Ring | None) -> list[Taken]:
    """Give the room of the pins and of the start; a name above a pin has letters that reach below its line."""
    start = [Taken(ring.y - LINE / 2, ring.y + LINE, ring.x, START_HALF)] if ring else []
    return start + [Taken(pin.y - PIN_ROOM - PIN_GAP - DESCENT, pin.y + LINE, pin.x, pin.half) for pin in pins]


def _free_line(x: float, y: float, half: float, taken: list[Taken]) -> float | None:
    """Give the nearest height for a name that nothing else takes, above or below; nothing when that is too far."""
    beside = [room for room in taken if abs(room.x - x) < half + room.half]
    lines = [y, *(line for room in beside for line in (room.bottom, room.top))]
    free = [line for line in lines if not any(room.top < line < room.bottom for room in beside)]
    return min((line for line in free if abs(line - y) <= STRAY), key=lambda line: abs(line - y), default=None)


def _labels(middles: Iterable[Label], taken: list[Taken], frame: Frame, *, corner: float = 0) -> list[Label]:
    """Keep the names that fit: own municipality first, beside what would cover it, none over another or the scale.

    `corner` is how wide the scale stands in the lower left.
    """
    placed: list[Label] = []
    for label in middles:
        half = len(label.text) * LETTER / 2 + PIN_GAP
        x, y = min(max(label.x, half), frame.width - half), min(max(label.y, LINE), frame.height - 6)
        line = _free_line(x, y, half, taken)
        if line is None:
            continue
        moved = Label(label.text, label.kind, round(x, 1), round(line, 1))
        free = LINE <= line < frame.height and not (x - half < corner and line > frame.height - SCALE_HIGH)
        if free and not any(moved.overlaps(other) for other in placed):
            placed.append(moved)
    return placed


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)

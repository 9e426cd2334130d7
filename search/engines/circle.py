"""A circle on the map as thin strips, so that every engine draws exactly the same one with ranges of numbers."""

import math
from collections.abc import Iterator
from typing import NamedTuple

KM_PER_DEGREE = 111.2
# The edge is then at most a sixtieth of the radius off.
STRIPS = 32

# South, west, north and east.
Box = tuple[float, float, float, float]


class Circle(NamedTuple):
    """Everything within so many kilometres of a place."""

    latitude: float
    longitude: float
    km: float

    @property
    def box(self) -> Box:
        """Give the box around it."""
        return self._strip(-1.0, 1.0, 1.0)

    def strips(self) -> Iterator[Box]:
        """Give the strips, from south to north; each as wide as the circle is in its middle."""
        for number in range(STRIPS):
            south, north = (2 * (number + side) / STRIPS - 1 for side in (0, 1))
            yield self._strip(south, north, math.sqrt(1 - ((south + north) / 2) ** 2))

    def _strip(self, south: float, north: float, width: float) -> Box:
        """Give the box between two heights, in radii from the middle."""
        high = self.km / KM_PER_DEGREE
        wide = width * high / max(math.cos(math.radians(self.latitude)), 0.01)
        return self.latitude + south * high, self.longitude - wide, self.latitude + north * high, self.longitude + wide

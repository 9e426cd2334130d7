"""Arithmetic of distance on the globe."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


def km_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Give the distance in kilometres between two (latitude, longitude) pairs in degrees (haversine)."""
    (lat_1, lon_1), (lat_2, lon_2) = ((radians(lat), radians(lon)) for lat, lon in (here, there))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))

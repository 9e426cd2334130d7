"""Names the village or quarter nearest to a point, so that no point has to stand in an address or a log."""

from gebied.distance import km_between
from gebied.models import Place
from search.understanding.places import places

# Belgium and a little around it, in degrees.
SOUTH, NORTH, WEST, EAST = 49.4, 51.6, 2.4, 6.5
NEAR_DEGREES = 0.25
DECIMALS = 2  # about a kilometre
FARTHEST_KM = 25


def rounded(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Read a point to about a kilometre; nothing when it is no point in or near Belgium."""
    try:
        point = round(float(latitude), DECIMALS), round(float(longitude), DECIMALS)
    except (ValueError, OverflowError):
        return None
    return point if SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST else None


def nearest_place(point: tuple[float, float]) -> str:
    """Give the name of the nearest village or quarter, or its postcode when others have that name; else nothing."""
    latitude, longitude = point
    around = Place.objects.filter(
        latitude__range=(latitude - NEAR_DEGREES, latitude + NEAR_DEGREES),
        longitude__range=(longitude - NEAR_DEGREES, longitude + NEAR_DEGREES),
    ).order_by("pk")
    near = min(around, key=lambda place: km_between(point, (place.latitude, place.longitude)), default=None)
    if near is None or km_between(point, (near.latitude, near.longitude)) > FARTHEST_KM:
        return ""
    meant = places().gazetteer.named(near.name)
    return near.name if meant and meant.municipality == near.municipality_id else near.postcode

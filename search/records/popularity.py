"""How much lift it gives a service that people open it: the last ninety days, in a few steps, with a ceiling.

Steps, so that a night changes few records; a ceiling, so that what stands on top does not keep itself there for ever.
"""

import math
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Sum

from search.models import Opened, Popularity
from sociale_kaart.models import Service

DAYS = 90
# Fewer openings say nothing, more than the ceiling say nothing more.
FEW, CEILING = 5, 200
STEPS = 4


def lifts(keys: Collection[str] | None = None) -> dict[str, float]:
    """Give the lift of each service that has one: of all, or of these."""
    known = Popularity.objects.all() if keys is None else Popularity.objects.filter(service_id__in=keys)
    return dict(known.order_by().values_list("service_id", "value"))


def lift(times: int) -> float:
    """Give the lift of so many openings, between 0 and 1."""
    if times < FEW:
        return 0.0
    reached = math.log1p(times) / math.log1p(CEILING)
    return min(STEPS, round(STEPS * reached)) / STEPS


def renew(today: date) -> list[str]:
    """Count again, and give the services whose lift changed: the index must read them."""
    opened = Opened.objects.filter(day__gt=today - timedelta(days=DAYS))
    counted = opened.filter(service_id__in=Service.objects.public().values("pk")).order_by().values("service_id")
    counts = {row["service_id"]: lift(row["times"]) for row in counted.annotate(times=Sum("times"))}
    now = {key: value for key, value in counts.items() if value}
    before = lifts()
    changed = sorted(key for key in {*now, *before} if now.get(key, 0.0) != before.get(key, 0.0))
    Popularity.objects.filter(service_id__in=[key for key in changed if key not in now]).delete()
    rows = [Popularity(service_id=key, value=now[key]) for key in changed if key in now]
    Popularity.objects.bulk_create(rows, update_conflicts=True, unique_fields=["service_id"], update_fields=["value"])
    return changed

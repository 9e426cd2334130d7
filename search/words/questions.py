"""Which questions a new rule is tried on: those of the log, never one that fewer than five people may have asked."""

from django.db.models import Max, Sum

from search.models import Asked

SHOWN_FROM = 5
TRIED = 30


def frequent_texts(limit: int = TRIED) -> list[str]:
    """Give what is asked most."""
    counted = Asked.objects.order_by().values("text").annotate(asked=Sum("times")).filter(asked__gte=SHOWN_FROM)
    return list(counted.order_by("-asked", "text").values_list("text", flat=True)[:limit])


def failing_texts(limit: int = TRIED) -> list[str]:
    """Give what found nothing, the most recent first."""
    nothing = Asked.objects.filter(found=False).order_by().values("text")
    counted = nothing.annotate(asked=Sum("times"), last=Max("day")).filter(asked__gte=SHOWN_FROM)
    return list(counted.order_by("-last", "-asked", "text").values_list("text", flat=True)[:limit])

"""What other rooms may ask: the two-minute cards that help with one life domain, and the guides for a moment."""

from leernetwerk.choices import Moment
from leernetwerk.models import MethodGuidePage


def cards_for(domain_code: str, closest: int = 2) -> list[MethodGuidePage]:
    """Give the published guides about a life domain whose card can be shown, in one query.

    First those for a talk that are about little else, then the newest: nobody can use what nobody ever meets.
    """
    guides = MethodGuidePage.objects.published().about(domain_code).exclude(card_first="")
    ordered = list(guides.for_list().closest_to_a_talk())
    chosen = ordered[:closest]
    newest = max(ordered, key=_published, default=None)
    return [*chosen, newest] if newest is not None and newest not in chosen else chosen


def guides_for(moment: Moment, most: int = 3) -> list[MethodGuidePage]:
    """Give the published guides that colleagues open most at one moment of the work, in one query."""
    return list(MethodGuidePage.objects.published().filter(moment=moment).for_list().most_used()[:most])


def _published(guide: MethodGuidePage) -> tuple[float, int]:
    first = guide.first_published_at
    return (first.timestamp() if first else 0.0, guide.pk)

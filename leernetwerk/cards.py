"""What other rooms may ask: the two-minute cards that help with one life domain."""

from leernetwerk.models import MethodGuidePage


def cards_for(domain_code: str, limit: int = 2) -> list[MethodGuidePage]:
    """Give the published guides about a life domain whose card can be shown, the most used first; one query."""
    guides = MethodGuidePage.objects.published().about(domain_code).exclude(card_first="")
    return list(guides.for_list().most_used()[:limit])

"""What fits beside a life domain: services, rights and method cards. For the worker only; asks nothing about anyone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from leernetwerk.cards import cards_for
from leernetwerk.models import MethodGuidePage
from rechtenverkenning.models import Right
from rechtenverkenning.rules import Outcome
from search.engines.base import EngineDownError
from search.find import search
from search.query import Hit, SearchQuery
from sociale_kaart.models import LifeDomain
from vraagverheldering.models import Conversation
from vraagverheldering.rights_kept import kept_outcomes

MOST, LOOKED_AT = 3, 20
OFTEN_WORTH_IT = (Outcome.LIKELY, Outcome.POSSIBLE, Outcome.UNKNOWN)


@dataclass(frozen=True)
class RightBeside:
    """One right with the outcome that was kept in this talk, if any."""

    right: Right
    outcome: str = ""


@dataclass(frozen=True)
class Suggestions:
    """What stands at the right of the page."""

    services: list[Hit] = field(default_factory=list)
    search_works: bool = True
    rights: list[RightBeside] = field(default_factory=list)
    cards: list[MethodGuidePage] = field(default_factory=list)


def suggestions_for(conversation: Conversation, domain: LifeDomain) -> Suggestions:
    """Gather what fits. The search gets the codes of needs and the municipality, never a word that was said."""
    services, works = _services(conversation, domain)
    return Suggestions(services, works, _rights(conversation, domain), cards_for(domain.pk))


def _services(conversation: Conversation, domain: LifeDomain) -> tuple[list[Hit], bool]:
    needs = frozenset(domain.needs.values_list("code", flat=True))
    if not needs:
        return [], True
    area = conversation.client.municipality_id
    query = SearchQuery(
        domain.name, {"category": needs}, area=area, area_only=bool(area), size=LOOKED_AT, facets=(), correct=False
    )
    try:
        page = search(query)
    except EngineDownError:
        return [], False
    hits = [*page.hits, *page.related]
    return _of_different_houses(hits, own=conversation.organization_id), True


def _of_different_houses(hits: Sequence[Hit], *, own: str) -> list[Hit]:
    """Give one service per organization, those of other organizations first: the own house is known already."""
    first = {hit.card["organization_id"]: hit for hit in reversed(hits)}
    ordered = [hit for hit in hits if first[hit.card["organization_id"]] is hit]
    return sorted(ordered, key=lambda hit: hit.card["organization_id"] == own)[:MOST]


def _rights(conversation: Conversation, domain: LifeDomain) -> list[RightBeside]:
    kept = kept_outcomes(conversation)
    rights = [RightBeside(right, kept.get(right.code, "")) for right in Right.objects.about(domain.pk)]
    if kept:
        order = {str(outcome): place for place, outcome in enumerate(OFTEN_WORTH_IT)}
        rights = sorted(
            (row for row in rights if row.outcome in order), key=lambda row: (order[row.outcome], row.right.code)
        )
    return rights[:MOST]

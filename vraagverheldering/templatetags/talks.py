"""What other rooms' pages may show of conversations."""

from typing import Any

from django import template

from clienten.models import ClientCard
from vraagverheldering.models import Conversation

register = template.Library()
LATEST = 20


@register.inclusion_tag("vraagverheldering/_talks_of.html")
def talks_of(card: ClientCard) -> dict[str, Any]:
    """List the talks with one person and what came out. Whoever shows it checked who may see the card."""
    return {"talks": Conversation.objects.filter(client=card).for_list()[:LATEST]}
